//! Parsing of a spec: title, variables, shared filters and sections.

use super::assertion::Assertion;
use super::error::{Problem, SpecError};
use super::keys::{Keys, ValuePlaces, wrong_type};
use super::vars::{SetError, Vars, is_name};
use crate::options::{Command, FilterOptions, Idle, Question, read};
use crate::yaml::{self, Key, Limits, Node, Place, Value};

/// Maximum number of sections.
const MAX_SECTIONS: usize = 50;

/// Maximum number of variables.
const MAX_VARS: usize = 50;

/// Maximum length of a variable's value in bytes; the same as of a query.
const MAX_VALUE: usize = 4096;

/// All names of options for dates. `last: 7d` is `since: 7d`.
pub(super) const DAYS: [&str; 6] = ["last", "since", "from", "until", "to", "on"];

/// Returns the date options of the report that a section overrides: none if the section sets no dates, all if it sets
/// `on` or both ends, and those of the same end if it sets one.
fn overridden_days(keys: &Keys<'_>) -> Vec<&'static str> {
    let [last, since, until, on] = ["last", "since", "until", "on"].map(|name| keys.has(name));
    match (since || last, until) {
        (false, false) if !on => Vec::new(),
        (true, false) if !on => vec!["last", "since", "on"],
        (false, true) if !on => vec!["until", "on"],
        _ => DAYS.to_vec(),
    }
}

/// A parsed spec.
#[derive(Debug)]
pub struct Spec {
    /// The title.
    pub title: String,
    /// The variables and their values.
    pub vars: Vec<(String, String)>,
    pub(super) filters: FilterOptions,
    pub(super) filter_places: ValuePlaces,
    pub(super) sections: Vec<Section>,
}

/// A section.
#[derive(Debug)]
pub(super) struct Section {
    pub title: Option<String>,
    pub content: Content,
}

/// The content of a section.
#[derive(Debug)]
pub(super) enum Content {
    /// A text of the author, plain and as Markdown.
    Text { plain: String, markdown: String },
    /// A query.
    Query(Box<SectionQuery>),
}

/// A query with assertions about its answer.
#[derive(Debug)]
pub(super) struct SectionQuery {
    pub question: Question,
    pub places: ValuePlaces,
    pub assertions: Vec<Assertion>,
    /// Whether the section sets its last day and inherits the first.
    pub inherits_start: bool,
}

/// Limits of the YAML; a valid spec is five levels deep.
const LIMITS: Limits = Limits { bytes: 64 << 10, depth: 8 };

/// The default title.
const TITLE: &str = "Report";

impl Spec {
    /// Parses a spec. `set` overrides values of its variables.
    pub fn read(source: &str, set: &[(String, String)]) -> Result<Self, Error> {
        let root = yaml::read(source, LIMITS).map_err(SpecError::from)?;
        let vars = Vars { values: values(&root, set)?, source };
        let mut keys = Keys::new("a spec", &root, &vars)?;
        keys.node("vars");
        let title = keys.text("title")?.unwrap_or_else(|| TITLE.to_owned());
        let days: Vec<(Key, Node)> = DAYS.iter().filter_map(|name| keys.entry(name)).collect();
        let shared = keys.node("filters");
        let sections = keys.node("sections");
        let place = keys.place();
        keys.finish()?;
        let nothing = Node { place, value: Value::Map(Vec::new()) };
        let shared = &with_days(shared.unwrap_or(&nothing), days)?;
        let mut keys = Keys::new("filters", shared, &vars)?;
        let filters = read(&mut keys)?;
        let filter_places = keys.finish()?;
        let sections = list(sections, place)?.iter().map(|node| Section::read(node, shared, &vars));
        let sections = sections.collect::<Result<_, _>>()?;
        Ok(Self { title, vars: vars.values, filters, filter_places, sections })
    }
}

/// Returns the variables with their values, overridden by `set`.
fn values(root: &Node, set: &[(String, String)]) -> Result<Vec<(String, String)>, Error> {
    let none = Vars::default();
    let mut values = Keys::new("a spec", root, &none)?.node("vars").map_or(Ok(Vec::new()), vars)?;
    for (name, value) in set {
        let Some(at) = values.iter().position(|(known, _)| known == name) else {
            let known = values.into_iter().map(|(name, _)| name).collect();
            return Err(SetError::Unknown { name: name.clone(), known }.into());
        };
        if value.len() > MAX_VALUE {
            return Err(SetError::TooLong { name: name.clone(), bytes: value.len(), most: MAX_VALUE }.into());
        }
        values[at].1.clone_from(value);
    }
    Ok(values)
}

/// Returns the nodes of all sections; `place` is the place of the spec.
fn list(sections: Option<&Node>, place: Place) -> Result<&[Node], SpecError> {
    let nodes = match sections.map(|node| (&node.value, node.place)) {
        Some((Value::List(nodes), _)) if !nodes.is_empty() => nodes,
        Some((value @ Value::Map(_), place)) => {
            return Err(SpecError::at(place, wrong_type("sections", "a list", value)));
        }
        Some((value @ Value::Text(text), place)) if !text.is_empty() => {
            return Err(SpecError::at(place, wrong_type("sections", "a list", value)));
        }
        _ => return Err(SpecError::at(place, Problem::NoSections)),
    };
    limit("sections", nodes.len(), MAX_SECTIONS, place)?;
    Ok(nodes)
}

/// An error of a spec or of the command line's variables.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An error in the spec.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// An invalid `--set`.
    #[error(transparent)]
    Set(#[from] SetError),
}

/// Returns the filters of all sections, with the dates at the top level.
fn with_days(filters: &Node, days: Vec<(Key, Node)>) -> Result<Node, SpecError> {
    let Some((key, _)) = days.first() else { return Ok(filters.clone()) };
    let (place, name) = (key.place, key.name.clone());
    let mut filters = filters.clone();
    match &mut filters.value {
        Value::Map(entries) if entries.iter().any(|(key, _)| DAYS.contains(&key.name.as_str())) => {
            Err(SpecError::at(place, Problem::DaysTwice(name)))
        }
        Value::Map(entries) => {
            entries.extend(days);
            Ok(filters)
        }
        Value::Text(text) if text.is_empty() => Ok(Node { value: Value::Map(days), ..filters }),
        // `Keys::new` reports other types.
        Value::Text(_) | Value::List(_) => Ok(filters),
    }
}

/// Returns the variables with their values in the spec, in which variables are not substituted.
fn vars(node: &Node) -> Result<Vec<(String, String)>, SpecError> {
    let none = Vars::default();
    let entries = match &node.value {
        Value::Map(entries) => &entries[..],
        _ => Keys::new("vars", node, &none).map(|_| &[][..])?,
    };
    limit("vars", entries.len(), MAX_VARS, node.place)?;
    let var = |(key, node): &(Key, Node)| match &node.value {
        _ if !is_name(&key.name) => Err(SpecError::at(key.place, Problem::VariableName(key.name.clone()))),
        Value::Text(text) if text.len() > MAX_VALUE => {
            Err(SpecError::at(node.place, Problem::TooLongWithVariables(text.len(), MAX_VALUE)))
        }
        Value::Text(text) => Ok((key.name.clone(), text.clone())),
        other => Err(SpecError::at(node.place, wrong_type(&key.name, "one value", other))),
    };
    entries.iter().map(var).collect()
}

impl Section {
    fn read(node: &Node, shared: &Node, vars: &Vars<'_>) -> Result<Self, SpecError> {
        let mut keys = Keys::new("a section", node, vars)?;
        let place = keys.place();
        let title = keys.text("title")?;
        let asserted = keys.texts("assert")?;
        let text = keys.markdown("text")?;
        let queries: Vec<(Command, &Node)> =
            Command::ALL.iter().filter_map(|command| Some((*command, keys.node(command.as_str())?))).collect();
        keys.finish()?;
        let content = match (text, &queries[..]) {
            (Some(_), []) if !asserted.is_empty() => return Err(SpecError::at(asserted[0].1, Problem::AssertOfText)),
            (Some((plain, markdown)), []) => Content::Text { plain, markdown },
            (None, [(command, options)]) => Self::query(*command, options, shared, &asserted, vars)?,
            (None, []) => return Err(SpecError::at(place, Problem::NotOneThing("no content".to_owned()))),
            (text, several) => {
                let names = several.iter().map(|(command, _)| command.as_str());
                let names: Vec<&str> = text.map(|_| "text").into_iter().chain(names).collect();
                return Err(SpecError::at(place, Problem::NotOneThing(names.join(" and "))));
            }
        };
        Ok(Self { title, content })
    }

    fn query(
        command: Command,
        options: &Node,
        shared: &Node,
        asserted: &[(String, Place)],
        vars: &Vars<'_>,
    ) -> Result<Content, SpecError> {
        let mut keys = Keys::new(command.as_str(), options, vars)?;
        let (overridden, sets_end) = (overridden_days(&keys), keys.has("until"));
        keys.inherit(shared, |name| overridden.contains(&name));
        let inherits_start = sets_end && (keys.has("since") || keys.has("last")) && !overridden.contains(&"since");
        let has_own_day =
            matches!(&options.value, Value::Map(entries) if entries.iter().any(|(key, _)| key.name == "as-of"));
        let idle = if has_own_day { Idle::Refused } else { Idle::AsOf };
        let question = command.read(&mut keys, true)?.with_idle(idle);
        let places = keys.finish()?;
        let assertions = asserted.iter().map(|(text, place)| Assertion::parse(text, *place, &question));
        let assertions = assertions.collect::<Result<_, _>>()?;
        Ok(Content::Query(Box::new(SectionQuery { question, places, assertions, inherits_start })))
    }
}

fn limit(what: &'static str, found: usize, most: usize, place: Place) -> Result<(), SpecError> {
    if found > most { Err(SpecError::at(place, Problem::TooMany { what, found, most })) } else { Ok(()) }
}
