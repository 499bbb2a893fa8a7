//! Reader of a mapping, key by key. It records which keys were read, since the others are mistakes, and the places of
//! their values.

use std::collections::BTreeMap;

use super::error::{Problem, SpecError};
use super::vars::Vars;
use crate::diagnostic::{ConcernedOption, OptionRef, ValueRef};
use crate::options::{Argument, Expected, OptionSource, ValueParser, aliases, canonical};
use crate::render::markdown_escaped;
use crate::yaml::{Key, Node, Place, Value};

/// Maximum number of values of a key; each may contain a long variable.
const MAX_VALUES: usize = 200;

/// The unread keys of a mapping.
pub struct Keys<'a> {
    place: Place,
    entries: Vec<(&'a Key, &'a Node)>,
    vars: &'a Vars<'a>,
    known: Vec<String>,
    /// The values of each key that was read, with their places.
    values: BTreeMap<String, Vec<(String, Place)>>,
}

impl<'a> Keys<'a> {
    /// Returns the keys of a mapping, or of an empty value.
    pub fn new(name: &str, node: &'a Node, vars: &'a Vars<'a>) -> Result<Self, SpecError> {
        let entries = match &node.value {
            Value::Map(entries) => entries.iter().map(|(key, node)| (key, node)).collect(),
            Value::Text(text) if text.is_empty() => Vec::new(),
            other => return Err(SpecError::at(node.place, wrong_type(name, "a mapping", other))),
        };
        Ok(Self { place: node.place, entries, vars, known: Vec::new(), values: BTreeMap::new() })
    }

    /// Reports whether there is an unread key with this name or an alias of it.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| canonical(&key.name) == name)
    }

    /// Adds the keys of another mapping that are not among these, except some options.
    pub fn inherit(&mut self, other: &'a Node, is_excluded: impl Fn(&str) -> bool) {
        let Value::Map(entries) = &other.value else { return };
        let is_inherited = |key: &Key| !self.has(canonical(&key.name)) && !is_excluded(canonical(&key.name));
        let inherited: Vec<_> =
            entries.iter().filter(|(key, _)| is_inherited(key)).map(|(key, node)| (key, node)).collect();
        self.entries.extend(inherited);
    }

    /// Returns the place of the mapping.
    pub fn place(&self) -> Place {
        self.place
    }

    /// Reads the value of a key.
    pub fn node(&mut self, name: &str) -> Option<&'a Node> {
        self.known.push(name.to_owned());
        let at = self.entries.iter().position(|(key, _)| key.name == name)?;
        Some(self.entries.remove(at).1)
    }

    /// Reads the value of an option under its name or an alias; both at once are an error.
    fn option(&mut self, name: &str) -> Result<Option<&'a Node>, SpecError> {
        let mut found: Option<&Node> = None;
        for written in names_of(name) {
            match (self.node(&written), found) {
                (Some(node), Some(_)) => {
                    return Err(SpecError::at(node.place, Problem::Both(written, name.to_owned())));
                }
                (node, _) => found = found.or(node),
            }
        }
        Ok(found)
    }

    /// Reads a key with its value, of any type.
    pub fn entry(&mut self, name: &str) -> Option<(Key, Node)> {
        let key = self.entries.iter().find(|(key, _)| key.name == name).map(|(key, _)| (*key).clone());
        key.zip(self.node(name).cloned())
    }

    /// Reads a text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, SpecError> {
        let Some(node) = self.option(name)? else { return Ok(None) };
        match &node.value {
            Value::Text(text) => {
                let text = self.vars.substitute(text, node.place)?;
                self.values.insert(name.to_owned(), vec![(text.clone(), node.place)]);
                Ok(Some(text))
            }
            other => Err(SpecError::at(node.place, wrong_type(name, "one value", other))),
        }
    }

    /// Reads a text, plain and as Markdown in which values of variables are escaped.
    pub fn markdown(&mut self, name: &str) -> Result<Option<(String, String)>, SpecError> {
        let node = self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| *node);
        let Some((plain, node)) = self.text(name)?.zip(node) else { return Ok(None) };
        let Value::Text(text) = &node.value else { return Ok(None) };
        Ok(Some((plain, self.vars.substitute_with(text, node.place, markdown_escaped)?)))
    }

    /// Reads one text or a list of texts.
    pub fn texts(&mut self, name: &str) -> Result<Vec<(String, Place)>, SpecError> {
        let Some(node) = self.option(name)? else { return Ok(Vec::new()) };
        let nodes = match &node.value {
            Value::List(nodes) => &nodes[..],
            _ => std::slice::from_ref(node),
        };
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Ok((self.vars.substitute(text, node.place)?, node.place)),
            other => Err(SpecError::at(node.place, wrong_type(name, "one value or a list of them", other))),
        };
        if nodes.len() > MAX_VALUES {
            return Err(SpecError::at(
                node.place,
                Problem::TooMany { what: "values", found: nodes.len(), most: MAX_VALUES },
            ));
        }
        let texts = nodes.iter().map(text).collect::<Result<Vec<_>, _>>()?;
        if let Some((_, place)) = texts.iter().find(|(text, _)| text.trim().is_empty()) {
            return Err(SpecError::at(*place, Problem::NoValue(name.to_owned())));
        }
        self.values.insert(name.to_owned(), texts.clone());
        Ok(texts)
    }

    /// Returns the places of all values. An unread key is an error.
    pub fn finish(mut self) -> Result<ValuePlaces, SpecError> {
        // Aliases are accepted, but not listed.
        self.known.retain(|known| canonical(known) == *known);
        match self.entries.first() {
            Some((key, node)) => {
                let is_alone = matches!(&node.value, Value::Text(text) if text.is_empty());
                let problem = Problem::UnknownKey { key: key.name.clone(), known: self.known, is_alone };
                Err(SpecError::at(key.place, problem))
            }
            None => Ok(ValuePlaces { whole: self.place, values: self.values }),
        }
    }
}

impl OptionSource for Keys<'_> {
    type Error = SpecError;

    fn values(&mut self, option: &Argument) -> Result<Vec<String>, SpecError> {
        let name = option.name();
        if !option.is_list() {
            let text = self.text(name)?;
            let is_flag = *option.form() == ValueParser::Flag;
            return Ok(text.map(|text| if is_flag { flag(text) } else { text }).into_iter().collect());
        }
        let texts = self.texts(name)?;
        let values = texts.iter().flat_map(|(text, place)| option.split(text).into_iter().map(|part| (part, *place)));
        let values: Vec<(String, Place)> = values.collect();
        self.values.insert(name.to_owned(), values.clone());
        Ok(values.into_iter().map(|(value, _)| value).collect())
    }

    fn invalid(&self, option: &str, value: &str, expected: Expected) -> SpecError {
        let values = self.values.get(option).map_or(&[][..], |values| values);
        let place = values.iter().find(|(text, _)| text == value).or(values.first());
        let (expected, known) = match expected {
            Expected::OneOf(names) => (String::new(), names),
            Expected::Form(expected) => (expected, Vec::new()),
        };
        let problem = Problem::Value { key: option.to_owned(), value: value.to_owned(), expected, known };
        SpecError::at(place.map_or(self.place, |(_, place)| *place), problem)
    }
}

/// Converts `yes` and `no`, booleans of YAML 1.1.
fn flag(text: String) -> String {
    match text.as_str() {
        "yes" => "true".to_owned(),
        "no" => "false".to_owned(),
        _ => text,
    }
}

/// Places of the options of a mapping.
#[derive(Debug)]
pub struct ValuePlaces {
    /// The place of the mapping.
    pub whole: Place,
    values: BTreeMap<String, Vec<(String, Place)>>,
}

impl ValuePlaces {
    /// Returns the place of a value of an option.
    fn place_of(&self, option: &str, at: usize) -> Place {
        let values = self.values.get(option).map_or(&[][..], |values| values);
        values.get(at).or(values.first()).map_or(self.whole, |(_, place)| *place)
    }

    /// Returns the place of the option value that an error concerns, or else of the mapping.
    pub fn concerned(&self, concerned: Option<&ConcernedOption>) -> Place {
        match concerned {
            None => self.whole,
            Some(ConcernedOption { option, value: ValueRef::At(at) }) => self.place_of(option, *at),
            Some(ConcernedOption { option, value: ValueRef::Text(text) }) => self.place_of_value(option, text),
        }
    }

    /// Returns the place of an option's value with this text.
    fn place_of_value(&self, option: &str, text: &str) -> Place {
        let values = self.values.get(option).map_or(&[][..], |values| values);
        self.place_of(option, values.iter().position(|(value, _)| value == text).unwrap_or_default())
    }
}

/// Returns the names of an option. `last: 7d` reads better than `since: 7d`, and is an alias of it.
pub fn names_of(option: &str) -> Vec<String> {
    let last = (option == "since").then_some("last");
    std::iter::once(option).chain(last).chain(aliases(option)).map(str::to_owned).collect()
}

/// Formats an option as a key of a spec: `` `topic: china-japan` ``.
pub fn syntax(option: &OptionRef) -> String {
    match &option.value {
        Some(value) => format!("`{}: {value}`", option.name),
        None => format!("`{}`", option.name),
    }
}

/// Returns the problem of a value of the wrong type.
pub fn wrong_type(key: &str, expected: &'static str, found: &Value) -> Problem {
    Problem::WrongType { key: key.to_owned(), expected, found: found.type_name() }
}
