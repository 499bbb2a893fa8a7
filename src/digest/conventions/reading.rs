//! Parser of `digest-search.yaml`.

use std::collections::BTreeMap;

use super::fields::CustomDraft;
use super::form::{entries, list, repeated, text, unknown};
use super::rules::RulesReader;
use super::{Conventions, ConventionsError, Note, Reference, Target, TopicConventions};
use crate::text::{fold, name_key};
use crate::yaml::{self, Key, Limits, Node, Problem, Value};

/// Limits of the file: the size limit of a digest. A corpus has a few hundred sources and topics.
const LIMITS: Limits = Limits { bytes: 4 << 20, depth: 8 };

impl Conventions {
    /// Parses the text of a `digest-search.yaml`. An empty text gives the defaults.
    ///
    /// # Errors
    /// The YAML is invalid, has unknown keys or wrong types, or contradicts itself.
    pub fn from_yaml(yaml: &str) -> Result<Self, ConventionsError> {
        let mut conventions = Self::default();
        let root = yaml::read(yaml, LIMITS).map_err(|error| match error.problem {
            Problem::RepeatedKey(key) => {
                ConventionsError::Repeated { path: String::new(), key, line: error.place.line }
            }
            _ => ConventionsError::Yaml(error),
        })?;
        let mut custom = CustomDraft::default();
        for (key, node) in entries(&root, "")? {
            match &*key.name {
                "sources" => conventions.sources(entries(node, "sources: ")?, &mut custom)?,
                "topics" => conventions.topics(entries(node, "topics: ")?)?,
                "fields" => {
                    let keys = custom.fields(node)?.into_iter();
                    conventions.references.extend(keys.map(|(key, line)| Reference { line, target: Target::Key(key) }));
                }
                "layouts" => conventions.rules_reader().layouts(node)?,
                "skip" => conventions.rules_reader().skip(node)?,
                _ => return Err(unknown(key, "", "sources, topics, fields, layouts or skip")),
            }
        }
        conventions.custom = custom.finish();
        Ok(conventions)
    }

    fn rules_reader(&mut self) -> RulesReader<'_> {
        RulesReader { rules: &mut self.rules, references: &mut self.references }
    }

    /// Reads the section `sources`.
    fn sources(&mut self, sources: &[(Key, Node)], custom: &mut CustomDraft) -> Result<(), ConventionsError> {
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for (source, _) in sources {
            if own.insert(name_key(&source.name), &source.name).is_some() {
                return Err(repeated(source, "sources: "));
            }
        }
        for (source, node) in sources {
            let path = format!("sources: {}: ", source.name);
            let names = match &node.value {
                Value::Map(settings) => self.settings(source, settings, &path, custom)?,
                _ => list(node, &path)?,
            };
            let names = names.iter().map(|name| Ok((text(name, &path)?, name.place.line)));
            let names = names.collect::<Result<Vec<_>, ConventionsError>>()?;
            for (name, line) in &names {
                self.add_name(name, &source.name, &own, *line)?;
            }
            self.sources.insert(source.name.clone(), names.into_iter().map(|(name, _)| name.to_owned()).collect());
        }
        self.canonical_names.extend(own.into_iter().map(|(key, name)| (key, name.to_owned())));
        Ok(())
    }

    /// Reads a source with attributes, and returns its other names.
    fn settings<'a>(
        &mut self,
        source: &Key,
        settings: &'a [(Key, Node)],
        path: &str,
        custom: &mut CustomDraft,
    ) -> Result<&'a [Node], ConventionsError> {
        let mut names: &[Node] = &[];
        for (key, node) in settings {
            match &*key.name {
                "aliases" => names = list(node, &format!("{path}aliases: "))?,
                _ => custom.attribute(&source.name, key, node, path)?,
            }
        }
        let target = Target::Attributes(source.name.clone());
        self.references.push(Reference { line: source.place.line, target });
        Ok(names)
    }

    /// Adds a name of a source. `own` are the keys of all sources.
    fn add_name(
        &mut self,
        name: &str,
        source: &str,
        own: &BTreeMap<String, &str>,
        line: usize,
    ) -> Result<(), ConventionsError> {
        let key = name_key(name);
        let owned = || (name.to_owned(), source.to_owned());
        if key == name_key(source) {
            let message = format!("sources: `{name}` is redundant: it differs from `{source}` only in case or form");
            self.notes.push(Note { line, message });
        } else if own.contains_key(&key) {
            let (name, owner) = owned();
            return Err(ConventionsError::Chain { name, owner, line });
        } else if let Some(first) = self.canonical_names.insert(key.clone(), source.to_owned()) {
            if first != *source {
                let (name, second) = owned();
                return Err(ConventionsError::Ambiguous { name, first, second, line });
            }
            let message =
                format!("sources: `{name}` is redundant: `{source}` already has this name, except for case or form");
            self.notes.push(Note { line, message });
        } else {
            self.references.push(Reference { line, target: Target::Source(name.to_owned(), key) });
        }
        Ok(())
    }

    fn topics(&mut self, topics: &[(Key, Node)]) -> Result<(), ConventionsError> {
        for (topic, node) in topics {
            let folded = fold(&topic.name);
            let is_same =
                |reference: &Reference| matches!(&reference.target, Target::Topic(_, other) if *other == folded);
            if self.references.iter().any(is_same) {
                return Err(repeated(topic, "topics: "));
            }
            self.references
                .push(Reference { line: topic.place.line, target: Target::Topic(topic.name.clone(), folded) });
            self.topics.insert(topic.name.clone(), TopicConventions::read(node, &format!("topics: {}: ", topic.name))?);
        }
        Ok(())
    }
}

impl TopicConventions {
    fn read(node: &Node, path: &str) -> Result<Self, ConventionsError> {
        let mut topic = Self::default();
        for (key, node) in entries(node, path)? {
            let into = match &*key.name {
                "locales" => &mut topic.locales,
                "perspectives" => &mut topic.perspectives,
                _ => return Err(unknown(key, path, "locales or perspectives")),
            };
            let path = format!("{path}{}: ", key.name);
            for (key, node) in entries(node, &path)? {
                into.insert(key.name.clone(), text(node, &path)?.to_owned());
            }
        }
        Ok(topic)
    }
}
