//! The terms that sides prefer, as records.

use serde::Serialize;

use super::Records;
use crate::insight::{SideResponse, Term};
use crate::render::CompareAnswer;
use crate::render::numbers::{rounded, significant};

const TERM: [&str; 13] = [
    "side",
    "side_name",
    "term",
    "words",
    "z",
    "count",
    "count_others",
    "digests",
    "p",
    "q",
    "outlet",
    "example_id",
    "example",
];

#[derive(Serialize)]
pub struct TermFields<'a> {
    side: &'a str,
    side_name: &'a str,
    term: &'a str,
    words: usize,
    z: f64,
    /// How many of the side's texts have it.
    count: usize,
    count_others: usize,
    digests: usize,
    p: Option<f64>,
    q: Option<f64>,
    /// The outlet without which it would be no finding.
    outlet: Option<&'a str>,
    example_id: &'a str,
    example: &'a str,
}

/// The terms of all sides.
pub fn terms(answer: &CompareAnswer) -> Records<'_> {
    let sides = answer.response.sides.iter();
    let terms: Vec<(&SideResponse, &Term)> = sides.flat_map(|side| side.terms.iter().map(move |t| (side, t))).collect();
    let record = move |i: usize| {
        let (side, term) = terms[i];
        TermFields::new(&side.id, &side.name, term)
    };
    let len = answer.response.sides.iter().map(|side| side.terms.len()).sum();
    let columns: Vec<&str> = TERM.into_iter().filter(|field| *field != "side_name").collect();
    Records::new(&TERM, &columns, &["side", "term"], len, record)
}

impl<'a> TermFields<'a> {
    pub fn new(side: &'a str, side_name: &'a str, term: &'a Term) -> Self {
        Self {
            side,
            side_name,
            term: &term.term,
            words: term.words,
            z: rounded(term.z, 3),
            count: term.here,
            count_others: term.there,
            digests: term.digests,
            p: term.p.map(significant),
            q: term.q.map(significant),
            outlet: term.outlet.as_deref(),
            example_id: &term.example.id,
            example: &term.example.text,
        }
    }
}
