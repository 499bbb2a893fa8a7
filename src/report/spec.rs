//! A spec: what a report is to tell.

use super::assertion::Assertion;
use super::error::{Problem, SpecError};
use super::keys::{Keys, Places, form};
use super::vars::{SetError, Vars, is_name};
use crate::options::{Command, FilterOptions, Idle, Question, read};
use crate::yaml::{self, Key, Limits, Node, Place, Value};

/// More sections make no report that anyone reads.
const MAX_SECTIONS: usize = 50;

/// More variables than this nobody sets.
const MAX_VARS: usize = 50;

/// A longer value is none that would be typed; as long as a query.
const MAX_VALUE: usize = 4096;

/// Options that say days, by all their names. `last: 7d` is `since: 7d`.
pub(super) const DAYS: [&str; 6] = ["last", "since", "from", "until", "to", "on"];

/// The options of the report that say days and do not hold for a section with options of its own: none where it says no
/// days, all where it says `on` or both ends. Where it says one end, the report's other one holds.
fn without_days(keys: &Keys<'_>) -> Vec<&'static str> {
    let [last, since, until, on] = ["last", "since", "until", "on"].map(|name| keys.has(name));
    match (since || last, until) {
        (false, false) if !on => Vec::new(),
        (true, false) if !on => vec!["last", "since", "on"],
        (false, true) if !on => vec!["until", "on"],
        _ => DAYS.to_vec(),
    }
}

/// What a report is to tell.
#[derive(Debug)]
pub struct Spec {
    /// Its title.
    pub title: String,
    /// The variables and their values.
    pub vars: Vec<(String, String)>,
    pub(super) filters: FilterOptions,
    pub(super) filter_places: Places,
    pub(super) sections: Vec<Section>,
}

/// A section.
#[derive(Debug)]
pub(super) struct Section {
    pub title: Option<String>,
    pub content: Content,
}

/// What stands in a section.
#[derive(Debug)]
pub(super) enum Content {
    /// What the author wrote: as it is read on a terminal, and as Markdown.
    Text { plain: String, markdown: String },
    /// An answer.
    Asked(Box<Asked>),
}

/// A question, and what must hold of its answer.
#[derive(Debug)]
pub(super) struct Asked {
    pub question: Question,
    pub places: Places,
    pub assertions: Vec<Assertion>,
    /// Whether its last day is its own and its first the report's.
    pub has_own_end_alone: bool,
}

/// A longer file is no spec; its own lists and mappings are five deep.
const LIMITS: Limits = Limits { bytes: 64 << 10, depth: 8 };

/// What a report has by default as its title.
const TITLE: &str = "Report";

impl Spec {
    /// Reads a spec; `set` are values of variables instead of its own.
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

/// The variables, with the values that were set for some.
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

/// The nodes of all sections, of a spec that stands at a place.
fn list(sections: Option<&Node>, place: Place) -> Result<&[Node], SpecError> {
    let nodes = match sections.map(|node| (&node.value, node.place)) {
        Some((Value::List(nodes), _)) if !nodes.is_empty() => nodes,
        Some((value @ Value::Map(_), place)) => return Err(SpecError::at(place, form("sections", "a list", value))),
        Some((value @ Value::Text(text), place)) if !text.is_empty() => {
            return Err(SpecError::at(place, form("sections", "a list", value)));
        }
        _ => return Err(SpecError::at(place, Problem::NoSections)),
    };
    limit("sections", nodes.len(), MAX_SECTIONS, place)?;
    Ok(nodes)
}

/// Why a spec can't be read.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something in it is wrong.
    #[error(transparent)]
    Spec(#[from] SpecError),
    /// A value was set that it has no use for.
    #[error(transparent)]
    Set(#[from] SetError),
}

/// The filters of all sections, with the days that stand beside them.
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
        // What is no mapping is found to be none.
        Value::Text(_) | Value::List(_) => Ok(filters),
    }
}

/// The variables with the values that they have in the spec. These are no places for variables.
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
        other => Err(SpecError::at(node.place, form(&key.name, "one value", other))),
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
        let asked: Vec<(Command, &Node)> =
            Command::ALL.iter().filter_map(|command| Some((*command, keys.node(command.as_str())?))).collect();
        keys.finish()?;
        let content = match (text, &asked[..]) {
            (Some(_), []) if !asserted.is_empty() => return Err(SpecError::at(asserted[0].1, Problem::AssertOfText)),
            (Some((plain, markdown)), []) => Content::Text { plain, markdown },
            (None, [(command, options)]) => Self::asked(*command, options, shared, &asserted, vars)?,
            (None, []) => return Err(SpecError::at(place, Problem::NotOneThing("nothing to tell".to_owned()))),
            (text, several) => {
                let names = several.iter().map(|(command, _)| command.as_str());
                let names: Vec<&str> = text.map(|_| "text").into_iter().chain(names).collect();
                return Err(SpecError::at(place, Problem::NotOneThing(names.join(" and "))));
            }
        };
        Ok(Self { title, content })
    }

    fn asked(
        command: Command,
        options: &Node,
        shared: &Node,
        asserted: &[(String, Place)],
        vars: &Vars<'_>,
    ) -> Result<Content, SpecError> {
        let mut keys = Keys::new(command.as_str(), options, vars)?;
        let (without, own_end) = (without_days(&keys), keys.has("until"));
        keys.inherit(shared, |name| without.contains(&name));
        let has_own_end_alone = own_end && (keys.has("since") || keys.has("last")) && !without.contains(&"since");
        let has_own_day =
            matches!(&options.value, Value::Map(entries) if entries.iter().any(|(key, _)| key.name == "as-of"));
        let idle = if has_own_day { Idle::Refused } else { Idle::AsOf };
        let question = command.read(&mut keys, true)?.with_idle(idle);
        let places = keys.finish()?;
        let assertions = asserted.iter().map(|(text, place)| Assertion::parse(text, *place, &question));
        let assertions = assertions.collect::<Result<_, _>>()?;
        Ok(Content::Asked(Box::new(Asked { question, places, assertions, has_own_end_alone })))
    }
}

fn limit(what: &'static str, found: usize, most: usize, place: Place) -> Result<(), SpecError> {
    if found > most { Err(SpecError::at(place, Problem::TooMany { what, found, most })) } else { Ok(()) }
}
