//! Digests and entries, as JSON.

use serde::Serialize;

use super::rows::Rows;
use crate::render::ShowAnswer;

#[derive(Serialize)]
pub struct Show<'a> {
    ids: &'a [String],
    total: usize,
    results: Rows<'a>,
    notes: &'a [String],
}

impl<'a> Show<'a> {
    pub fn new(answer: &'a ShowAnswer, results: Rows<'a>) -> Self {
        Self { ids: &answer.ids, total: results.records.len, results, notes: &answer.missing }
    }
}
