//! Units that are like one: those that share its rare words.

use std::collections::HashSet;

use super::matching::Number;
use super::plan::{Plan, Planner};
use super::{Error, Reader};
use crate::model::{UnitId, is_same_text};
use crate::query::{Form, Node, Stream, Unit, What, Words};
use crate::text::tokens;

/// So many of a unit's words are looked for, the rarest.
const WORDS: usize = 25;

/// A unit must have one in so many of them.
const SHARE: usize = 3;

/// The plan for units like that of an id, and what all copies of it have in common.
pub fn like(planner: &mut Planner<'_>, id: &str) -> Result<(Plan, u64), Error> {
    let reader = planner.reader;
    let (unit, copy) = find(reader, id)?;
    let mut words: Vec<(u64, Node)> = Vec::new();
    let mut seen = HashSet::new();
    for token in tokens(&unit.text) {
        if seen.insert(token.term.clone()) {
            let frequency = reader.dictionary().frequency(Stream::Exact, &token.term);
            let span = token.span.clone();
            let words_of = Words { tokens: vec![token], form: Form::Any, only_text: true };
            let node = Node { what: What::Words(words_of), span };
            words.push((frequency.map_err(Error::tantivy(&reader.held.path))?, node));
        }
    }
    // The rarest, in the order of the text.
    let mut rarest: Vec<u64> = words.iter().map(|(frequency, _)| *frequency).collect();
    rarest.sort_unstable();
    let limit = rarest.get(WORDS - 1).copied().unwrap_or(u64::MAX);
    words.retain(|(frequency, _)| *frequency <= limit);
    words.truncate(WORDS);
    let least = words.len().div_ceil(SHARE).max(1);
    let nodes: Vec<Node> = words.into_iter().map(|(_, node)| node).collect();
    let plan = match planner.plan(&Node { what: What::Any(nodes), span: 0..unit.text.len() })? {
        Plan::Any(_, plans, near) => Plan::Any(least, plans, near),
        plan => plan,
    };
    Ok((plan, copy))
}

/// The unit of an id.
fn find(reader: &Reader, id: &str) -> Result<(Unit, u64), Error> {
    let unknown = || Error::UnknownUnit { id: id.to_owned(), instead: UnitId::respelled(id).map(|id| id.to_string()) };
    let parsed: UnitId = id.parse().map_err(|()| unknown())?;
    for digest in reader.spelled(&parsed.digest) {
        for address in reader.addresses(&digest)? {
            if is_same_text(&reader.id(address)?.to_string(), id) {
                return Ok((reader.unit(address)?, reader.number(Number::Copy, address)?));
            }
        }
    }
    Err(unknown())
}
