//! Reads the settings of a corpus.

use std::collections::BTreeMap;

use super::{Conventions, ConventionsError, Named, Note, TopicConventions, What};
use crate::text::{fold, name_key};
use crate::yaml::{self, Key, Limits, Node, Problem, Value};

/// A corpus has some hundred sources and topics; the file may be as large as a digest.
const LIMITS: Limits = Limits { bytes: 4 << 20, depth: 8 };

impl Conventions {
    /// Reads the text of a `digest-search.yaml`. An empty one says nothing.
    ///
    /// # Errors
    /// It is not YAML or not of this form, or what it says contradicts itself.
    pub fn from_yaml(yaml: &str) -> Result<Self, ConventionsError> {
        let mut conventions = Self::default();
        let root = yaml::read(yaml, LIMITS).map_err(|error| match error.problem {
            Problem::Twice(key) => ConventionsError::Repeated { of: String::new(), key, line: error.place.line },
            _ => ConventionsError::Yaml(error),
        })?;
        for (key, node) in entries(&root, "")? {
            match &*key.name {
                "sources" => conventions.sources(entries(node, "sources: ")?)?,
                "topics" => conventions.topics(entries(node, "topics: ")?)?,
                _ => return Err(unknown(key, "", "sources and topics")),
            }
        }
        Ok(conventions)
    }

    /// Notes which name stands for which source.
    fn sources(&mut self, sources: &[(Key, Node)]) -> Result<(), ConventionsError> {
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for (source, _) in sources {
            if own.insert(name_key(&source.name), &source.name).is_some() {
                return Err(repeated(source, "sources: "));
            }
        }
        for (source, names) in sources {
            let of = format!("sources: {}: ", source.name);
            let names = list(names, &of)?.iter().map(|name| Ok((text(name, &of)?, name.place.line)));
            let names = names.collect::<Result<Vec<_>, ConventionsError>>()?;
            for (name, line) in &names {
                self.name(name, &source.name, &own, *line)?;
            }
            self.sources.insert(source.name.clone(), names.into_iter().map(|(name, _)| name.to_owned()).collect());
        }
        self.counted_under.extend(own.into_iter().map(|(key, name)| (key, name.to_owned())));
        Ok(())
    }

    /// Notes that a name is another one of a source. `own` are the keys of all sources.
    fn name(
        &mut self,
        name: &str,
        source: &str,
        own: &BTreeMap<String, &str>,
        line: usize,
    ) -> Result<(), ConventionsError> {
        let key = name_key(name);
        let owned = || (name.to_owned(), source.to_owned());
        if key == name_key(source) {
            let message = format!(
                "sources: `{name}` is `{source}` in another case or form, which counts as the same without this"
            );
            self.notes.push(Note { line, message });
        } else if own.contains_key(&key) {
            let (name, of) = owned();
            return Err(ConventionsError::Chain { name, of, line });
        } else if let Some(first) = self.counted_under.insert(key.clone(), source.to_owned()) {
            if first != *source {
                let (name, second) = owned();
                return Err(ConventionsError::Ambiguous { name, first, second, line });
            }
            let message =
                format!("sources: `{name}` is among the names of `{source}` already; case and form make no difference");
            self.notes.push(Note { line, message });
        } else {
            self.named.push(Named { line, what: What::Source(name.to_owned(), key) });
        }
        Ok(())
    }

    fn topics(&mut self, topics: &[(Key, Node)]) -> Result<(), ConventionsError> {
        for (topic, node) in topics {
            let folded = fold(&topic.name);
            let is_same = |named: &Named| matches!(&named.what, What::Topic(_, other) if *other == folded);
            if self.named.iter().any(is_same) {
                return Err(repeated(topic, "topics: "));
            }
            self.named.push(Named { line: topic.place.line, what: What::Topic(topic.name.clone(), folded) });
            self.topics.insert(topic.name.clone(), TopicConventions::read(node, &format!("topics: {}: ", topic.name))?);
        }
        Ok(())
    }
}

impl TopicConventions {
    fn read(node: &Node, of: &str) -> Result<Self, ConventionsError> {
        let mut topic = Self::default();
        for (key, node) in entries(node, of)? {
            let into = match &*key.name {
                "locales" => &mut topic.locales,
                "perspectives" => &mut topic.perspectives,
                _ => return Err(unknown(key, of, "locales and perspectives")),
            };
            let of = format!("{of}{}: ", key.name);
            for (key, node) in entries(node, &of)? {
                into.insert(key.name.clone(), text(node, &of)?.to_owned());
            }
        }
        Ok(topic)
    }
}

/// The entries of a mapping; none where nothing is written.
fn entries<'a>(node: &'a Node, of: &str) -> Result<&'a [(Key, Node)], ConventionsError> {
    match &node.value {
        Value::Map(entries) => Ok(entries),
        Value::Text(text) if is_nothing(text) => Ok(&[]),
        _ => Err(form(node, of, "a mapping")),
    }
}

fn list<'a>(node: &'a Node, of: &str) -> Result<&'a [Node], ConventionsError> {
    match &node.value {
        Value::List(values) => Ok(values),
        Value::Text(text) if is_nothing(text) => Ok(&[]),
        _ => Err(form(node, of, "a list")),
    }
}

fn text<'a>(node: &'a Node, of: &str) -> Result<&'a str, ConventionsError> {
    match &node.value {
        Value::Text(text) => Ok(text),
        _ => Err(form(node, of, "one value")),
    }
}

/// Whether a value is written as none.
fn is_nothing(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn form(node: &Node, of: &str, expected: &'static str) -> ConventionsError {
    ConventionsError::Form { of: of.to_owned(), expected, found: node.value.what(), line: node.place.line }
}

fn unknown(key: &Key, of: &str, known: &'static str) -> ConventionsError {
    ConventionsError::Unknown { of: of.to_owned(), key: key.name.clone(), line: key.place.line, known }
}

fn repeated(key: &Key, of: &str) -> ConventionsError {
    ConventionsError::Repeated { of: of.to_owned(), key: key.name.clone(), line: key.place.line }
}
