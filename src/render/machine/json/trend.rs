//! Trends as JSON.

use serde::Serialize;

use super::rows::Rows;
use super::selection::{SelectionFields, Span};
use crate::insight::{Bursting, Series, TermPower, Words};
use crate::render::TrendAnswer;
use crate::render::machine::records::compare::{OwnerFields, TermFields};
use crate::render::machine::records::count::SampledFields;
use crate::render::numbers::rounded;

#[derive(Serialize)]
pub struct Trend<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    /// The spans of time.
    by: &'a str,
    kind: Option<&'a str>,
    total_entries: usize,
    perspectives: Vec<Perspective<'a>>,
    points: Rows<'a>,
}

#[derive(Serialize)]
struct Perspective<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
    bursts: Option<Vec<Burst<'a>>>,
    words: Option<WordFields<'a>>,
}

#[derive(Serialize)]
struct Burst<'a> {
    first: &'a str,
    last: &'a str,
    distinct: usize,
    n: usize,
    weight: f64,
    p: f64,
}

#[derive(Serialize)]
struct WordFields<'a> {
    before: Span,
    last: Span,
    enough: bool,
    rising: Vec<TermFields<'a>>,
    falling: Vec<TermFields<'a>>,
}

impl<'a> Trend<'a> {
    pub fn new(answer: &'a TrendAnswer, rows: Rows<'a>) -> Self {
        let TrendAnswer { request, response } = answer;
        let perspective = |perspective: &'a Series| Perspective {
            id: &perspective.id,
            name: &perspective.name,
            sampled: SampledFields::new(Some(&perspective.all)),
            bursts: perspective
                .bursts
                .as_ref()
                .map(|bursts| bursts.iter().map(|b| Burst::new(b, &response.spans)).collect()),
            words: perspective.words.as_ref().map(|words| WordFields::new(words, perspective)),
        };
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            by: request.by.as_str(),
            kind: response.kind.map(|kind| kind.as_str()),
            total_entries: response.total_entries,
            perspectives: response.perspectives.iter().map(perspective).collect(),
            points: rows,
        }
    }
}

impl<'a> Burst<'a> {
    fn new(burst: &Bursting, spans: &'a [String]) -> Self {
        Self {
            first: &spans[burst.first],
            last: &spans[burst.last],
            distinct: burst.found,
            n: burst.sampled,
            weight: rounded(burst.weight, 3),
            p: burst.p,
        }
    }
}

impl<'a> WordFields<'a> {
    fn new(words: &'a Words, perspective: &'a Series) -> Self {
        let term = |term| {
            let (id, name) = (&perspective.id, &perspective.name);
            TermFields::new(OwnerFields::Perspective { perspective: id, perspective_name: name }, term)
        };
        Self {
            before: Span::new(&words.days[0]),
            last: Span::new(&words.days[1]),
            enough: words.power == TermPower::Enough,
            rising: words.rising.iter().map(term).collect(),
            falling: words.falling.iter().map(term).collect(),
        }
    }
}
