//! Units that are like one: those that share its rare words.

use super::matching::Number;
use super::plan::{Plan, Planner};
use super::{Error, Reader, fields};
use crate::digest::UnitId;
use crate::query::{Form, Node, Stream, Unit, What, Words};
use crate::schema::tokens;

/// So many of a unit's words are looked for, the rarest.
const WORDS: usize = 25;

/// A unit must have one in so many of them.
const SHARE: usize = 3;

/// The plan for units like that of an id, and what all copies of it have in common.
pub fn like(reader: &Reader, planner: &mut Planner<'_>, id: &str) -> Result<(Plan, u64), Error> {
    let (unit, copy) = find(reader, id)?;
    let mut words: Vec<(u64, Node)> = Vec::new();
    for token in tokens(&unit.text) {
        let known = planner.dictionary.frequency(Stream::Exact, &token.term);
        let frequency = known.map_err(Error::tantivy(&reader.held.path))?;
        let is_new =
            !words.iter().any(|(_, node)| matches!(&node.what, What::Words(w) if w.tokens[0].term == token.term));
        if is_new {
            let span = token.span.clone();
            let words_of = Words { tokens: vec![token], form: Form::Any, only_text: true };
            words.push((frequency, Node { what: What::Words(words_of), span }));
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
    let unknown = || Error::UnknownUnit { id: id.to_owned() };
    let parsed: UnitId = id.parse().map_err(|()| unknown())?;
    let wanted = parsed.to_string();
    for address in reader.addresses(&parsed.digest)? {
        let segment = &reader.segments[address.segment_ord as usize];
        let number = |which| segment.numbers(which).map(|numbers| numbers.get_val(address.doc_id));
        let number = |which| number(which).map_err(Error::tantivy(&reader.held.path));
        let unit = reader.stored(address, fields::day(number(Number::Date)?), parsed.digest.date)?;
        if unit.id == wanted {
            return Ok((unit, number(Number::Copy)?));
        }
    }
    Err(unknown())
}
