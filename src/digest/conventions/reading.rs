//! Parser of `digest-search.yaml`.

use std::collections::BTreeMap;

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
        for (key, node) in entries(&root, "")? {
            match &*key.name {
                "sources" => conventions.sources(entries(node, "sources: ")?)?,
                "topics" => conventions.topics(entries(node, "topics: ")?)?,
                _ => return Err(unknown(key, "", "sources or topics")),
            }
        }
        Ok(conventions)
    }

    /// Reads the section `sources`.
    fn sources(&mut self, sources: &[(Key, Node)]) -> Result<(), ConventionsError> {
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for (source, _) in sources {
            if own.insert(name_key(&source.name), &source.name).is_some() {
                return Err(repeated(source, "sources: "));
            }
        }
        for (source, names) in sources {
            let path = format!("sources: {}: ", source.name);
            let names = list(names, &path)?.iter().map(|name| Ok((text(name, &path)?, name.place.line)));
            let names = names.collect::<Result<Vec<_>, ConventionsError>>()?;
            for (name, line) in &names {
                self.add_name(name, &source.name, &own, *line)?;
            }
            self.sources.insert(source.name.clone(), names.into_iter().map(|(name, _)| name.to_owned()).collect());
        }
        self.canonical_names.extend(own.into_iter().map(|(key, name)| (key, name.to_owned())));
        Ok(())
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

/// Returns the pairs of a mapping; none for an empty value.
fn entries<'a>(node: &'a Node, path: &str) -> Result<&'a [(Key, Node)], ConventionsError> {
    match &node.value {
        Value::Map(entries) => Ok(entries),
        Value::Text(text) if is_null(text) => Ok(&[]),
        _ => Err(form(node, path, "a mapping")),
    }
}

fn list<'a>(node: &'a Node, path: &str) -> Result<&'a [Node], ConventionsError> {
    match &node.value {
        Value::List(values) => Ok(values),
        Value::Text(text) if is_null(text) => Ok(&[]),
        _ => Err(form(node, path, "a list")),
    }
}

fn text<'a>(node: &'a Node, path: &str) -> Result<&'a str, ConventionsError> {
    match &node.value {
        Value::Text(text) => Ok(text),
        _ => Err(form(node, path, "one value")),
    }
}

/// Reports whether a scalar is null or empty.
fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn form(node: &Node, path: &str, expected: &'static str) -> ConventionsError {
    ConventionsError::Form { path: path.to_owned(), expected, found: node.value.type_name(), line: node.place.line }
}

fn unknown(key: &Key, path: &str, known: &'static str) -> ConventionsError {
    ConventionsError::Unknown { path: path.to_owned(), key: key.name.clone(), line: key.place.line, known }
}

fn repeated(key: &Key, path: &str) -> ConventionsError {
    ConventionsError::Repeated { path: path.to_owned(), key: key.name.clone(), line: key.place.line }
}
