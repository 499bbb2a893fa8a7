//! Records of an answer as a table of selected fields, with totals.

use super::totals::totals;
use crate::render::Answer;
use crate::render::human::blocks::{Block, Header, Line, Table};
use crate::render::machine::{Records, plain};

/// Returns the records of an answer as blocks.
pub fn blocks<'a>(answer: &'a Answer, records: &Records<'a>, fields: &[&'static str]) -> Vec<Block<'a>> {
    // A column is numeric if it has numbers and nothing else but missing values.
    let mut numeric: Vec<Option<bool>> = vec![None; fields.len()];
    let mut rows = Vec::with_capacity(records.len);
    for row in records.rows(fields) {
        for (numeric, value) in numeric.iter_mut().zip(row.cells()).filter(|(_, value)| !value.is_null()) {
            *numeric = Some(value.is_number() && *numeric != Some(false));
        }
        rows.push(row.cells().map(|value| Line::from(plain(&value).into_owned())).collect());
    }
    let column = |(field, numeric): (&&'static str, &Option<bool>)| match numeric {
        Some(true) => Header::number(*field),
        Some(false) | None => Header::text(*field),
    };
    let columns = fields.iter().zip(&numeric).map(column).collect();
    let table = Table { caption: "records".to_owned(), columns, rows, bars: Vec::new() };
    let note = answer.note().map(Block::Note);
    std::iter::once(Block::Table(table)).chain(totals(answer)).chain(note).collect()
}
