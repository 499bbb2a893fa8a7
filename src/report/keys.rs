//! A mapping read key by key. Whatever is read is remembered, so that what is left over is known to be a mistake, and
//! where everything stands.

use std::collections::BTreeMap;

use super::error::{Problem, SpecError};
use super::vars::Vars;
use crate::diagnostic::{ConcernedOption, OptionRef, ValueRef};
use crate::options::{Argument, Expected, OptionSource, ValueParser, aliases, canonical};
use crate::render::markdown_escaped;
use crate::yaml::{Key, Node, Place, Value};

/// Nobody names more values of one key; each may have a long variable in it.
const MAX_VALUES: usize = 200;

/// The keys of a mapping, as far as they are not read.
pub struct Keys<'a> {
    place: Place,
    entries: Vec<(&'a Key, &'a Node)>,
    vars: &'a Vars<'a>,
    known: Vec<String>,
    /// The values of each key that was read, and where they stand.
    values: BTreeMap<String, Vec<(String, Place)>>,
}

impl<'a> Keys<'a> {
    /// The keys of a value that is a mapping, or nothing at all.
    pub fn new(name: &str, node: &'a Node, vars: &'a Vars<'a>) -> Result<Self, SpecError> {
        let entries = match &node.value {
            Value::Map(entries) => entries.iter().map(|(key, node)| (key, node)).collect(),
            Value::Text(text) if text.is_empty() => Vec::new(),
            other => return Err(SpecError::at(node.place, form(name, "a mapping", other))),
        };
        Ok(Self { place: node.place, entries, vars, known: Vec::new(), values: BTreeMap::new() })
    }

    /// Whether there is a key that was not read, by this name or another of the same option.
    pub fn has(&self, name: &str) -> bool {
        self.entries.iter().any(|(key, _)| canonical(&key.name) == name)
    }

    /// Adds the keys of another mapping that are not among these, but for some options.
    pub fn inherit(&mut self, other: &'a Node, is_left_out: impl Fn(&str) -> bool) {
        let Value::Map(entries) = &other.value else { return };
        let comes = |key: &Key| !self.has(canonical(&key.name)) && !is_left_out(canonical(&key.name));
        let inherited: Vec<_> = entries.iter().filter(|(key, _)| comes(key)).map(|(key, node)| (key, node)).collect();
        self.entries.extend(inherited);
    }

    /// Where the mapping stands.
    pub fn place(&self) -> Place {
        self.place
    }

    /// The value of a key.
    pub fn node(&mut self, name: &str) -> Option<&'a Node> {
        self.known.push(name.to_owned());
        let at = self.entries.iter().position(|(key, _)| key.name == name)?;
        Some(self.entries.remove(at).1)
    }

    /// The value of an option, under its name or another that says the same, but not under both.
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

    /// A key and its value, of whatever form.
    pub fn entry(&mut self, name: &str) -> Option<(Key, Node)> {
        let key = self.entries.iter().find(|(key, _)| key.name == name).map(|(key, _)| (*key).clone());
        key.zip(self.node(name).cloned())
    }

    /// A text.
    pub fn text(&mut self, name: &str) -> Result<Option<String>, SpecError> {
        let Some(node) = self.option(name)? else { return Ok(None) };
        match &node.value {
            Value::Text(text) => {
                let text = self.vars.filled(text, node.place)?;
                self.values.insert(name.to_owned(), vec![(text.clone(), node.place)]);
                Ok(Some(text))
            }
            other => Err(SpecError::at(node.place, form(name, "one value", other))),
        }
    }

    /// A text as it is, and as Markdown in which values of variables are no marks.
    pub fn markdown(&mut self, name: &str) -> Result<Option<(String, String)>, SpecError> {
        let node = self.entries.iter().find(|(key, _)| key.name == name).map(|(_, node)| *node);
        let Some((plain, node)) = self.text(name)?.zip(node) else { return Ok(None) };
        let Value::Text(text) = &node.value else { return Ok(None) };
        Ok(Some((plain, self.vars.filled_with(text, node.place, markdown_escaped)?)))
    }

    /// Texts: one, or a list of them.
    pub fn texts(&mut self, name: &str) -> Result<Vec<(String, Place)>, SpecError> {
        let Some(node) = self.option(name)? else { return Ok(Vec::new()) };
        let nodes = match &node.value {
            Value::List(nodes) => &nodes[..],
            _ => std::slice::from_ref(node),
        };
        let text = |node: &Node| match &node.value {
            Value::Text(text) => Ok((self.vars.filled(text, node.place)?, node.place)),
            other => Err(SpecError::at(node.place, form(name, "one value or a list of them", other))),
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

    /// Where everything stands. A key that was not read is an error.
    pub fn finish(mut self) -> Result<Places, SpecError> {
        // Other names are understood, and not listed.
        self.known.retain(|known| canonical(known) == *known);
        match self.entries.first() {
            Some((key, node)) => {
                let is_alone = matches!(&node.value, Value::Text(text) if text.is_empty());
                let problem = Problem::UnknownKey { key: key.name.clone(), known: self.known, is_alone };
                Err(SpecError::at(key.place, problem))
            }
            None => Ok(Places { whole: self.place, values: self.values }),
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
            return Ok(text.map(|text| if is_flag { as_flag(text) } else { text }).into_iter().collect());
        }
        let texts = self.texts(name)?;
        let values = texts.iter().flat_map(|(text, place)| option.split(text).into_iter().map(|part| (part, *place)));
        let values: Vec<(String, Place)> = values.collect();
        self.values.insert(name.to_owned(), values.clone());
        Ok(values.into_iter().map(|(value, _)| value).collect())
    }

    fn wrong(&self, option: &str, value: &str, expected: Expected) -> SpecError {
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

/// A flag as older YAML has it, too.
fn as_flag(text: String) -> String {
    match text.as_str() {
        "yes" => "true".to_owned(),
        "no" => "false".to_owned(),
        _ => text,
    }
}

/// Where options stand.
#[derive(Debug)]
pub struct Places {
    /// Where the mapping stands that they are in.
    pub whole: Place,
    values: BTreeMap<String, Vec<(String, Place)>>,
}

impl Places {
    /// Where a value of an option stands.
    fn of(&self, option: &str, at: usize) -> Place {
        let values = self.values.get(option).map_or(&[][..], |values| values);
        values.get(at).or(values.first()).map_or(self.whole, |(_, place)| *place)
    }

    /// Where the value of an option stands that an error is about; the whole, where it is about none.
    pub fn of_concerned(&self, concerned: Option<&ConcernedOption>) -> Place {
        match concerned {
            None => self.whole,
            Some(ConcernedOption { option, value: ValueRef::At(at) }) => self.of(option, *at),
            Some(ConcernedOption { option, value: ValueRef::Text(text) }) => self.of_value(option, text),
        }
    }

    /// Where an option's value with this text stands.
    fn of_value(&self, option: &str, text: &str) -> Place {
        let values = self.values.get(option).map_or(&[][..], |values| values);
        self.of(option, values.iter().position(|(value, _)| value == text).unwrap_or_default())
    }
}

/// The names under which an option may stand. `last: 7d` reads better than `since: 7d`, and is the same.
pub fn names_of(option: &str) -> Vec<String> {
    let last = (option == "since").then_some("last");
    std::iter::once(option).chain(last).chain(aliases(option)).map(str::to_owned).collect()
}

/// Options as keys of a spec: `` `topic: china-japan` ``.
pub fn syntax(option: &OptionRef) -> String {
    match &option.value {
        Some(value) => format!("`{}: {value}`", option.name),
        None => format!("`{}`", option.name),
    }
}

/// A value of another form than its key takes.
pub fn form(key: &str, takes: &'static str, found: &Value) -> Problem {
    Problem::OtherForm { key: key.to_owned(), takes, found: found.type_name() }
}
