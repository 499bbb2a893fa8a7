//! Records of an answer as a table of selected fields, with totals.

use super::totals::totals;
use crate::render::Answer;
use crate::render::human::blocks::{Block, Header, Line, Table};
use crate::render::machine::{Records, Row, plain};

/// The numeric fields.
const NUMBERS: [&str; 19] = [
    "score",
    "digests",
    "count",
    "distinct",
    "n",
    "share",
    "low",
    "high",
    "effective_n",
    "words",
    "z",
    "count_others",
    "carrying",
    "sources",
    "sources_perspective",
    "titles",
    "titles_perspective",
    "p",
    "q",
];

/// Returns the records of an answer as blocks.
pub fn blocks<'a>(answer: &'a Answer, records: &Records<'a>, fields: &[&'static str]) -> Vec<Block<'a>> {
    let column = |field: &&'static str| match NUMBERS.contains(field) {
        true => Header::number(*field),
        false => Header::text(*field),
    };
    let cells = |row: Row<'_>| row.values().map(|value| Line::from(plain(value).into_owned())).collect();
    let table = Table {
        caption: "records".to_owned(),
        columns: fields.iter().map(column).collect(),
        rows: records.rows(fields).map(cells).collect(),
        bars: Vec::new(),
    };
    let note = answer.note().map(Block::Note);
    std::iter::once(Block::Table(table)).chain(totals(answer)).chain(note).collect()
}
