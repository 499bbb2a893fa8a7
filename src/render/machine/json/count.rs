//! Counts as JSON.

use serde::Serialize;

use super::difference::DifferenceFields;
use super::rows::Rows;
use super::selection::SelectionFields;
use crate::render::CountAnswer;
use crate::render::machine::records::count::SampledFields;

#[derive(Serialize)]
pub struct Count<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    by: Vec<&'a str>,
    /// Which day is counted by: `date`, that of publication, or `digest_date`, on which entries were sampled.
    day: &'a str,
    total_entries: usize,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
    differences: Vec<DifferenceFields<'a>>,
    rows: Rows<'a>,
    left_out: LeftOut<'a>,
}

#[derive(Serialize)]
struct LeftOut<'a> {
    entries: usize,
    values: Vec<Values<'a>>,
}

#[derive(Serialize)]
struct Values<'a> {
    field: &'a str,
    values: usize,
}

impl<'a> Count<'a> {
    pub fn new(answer: &'a CountAnswer, rows: Rows<'a>) -> Self {
        let CountAnswer { request, response } = answer;
        let values = response.left_out.values.iter().map(|(by, values)| Values { field: by.as_str(), values: *values });
        let id = |at: usize| response.value(&response.rows[at], 0).as_ref().map_or("", |(id, _)| id.as_str());
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            by: request.by.iter().map(|by| by.as_str()).collect(),
            day: if request.share { "digest_date" } else { "date" },
            total_entries: response.total_entries,
            sampled: SampledFields::new(response.sampled.as_ref()),
            differences: response.differences.iter().map(|share| DifferenceFields::new(share, id)).collect(),
            left_out: LeftOut { entries: response.left_out.entries, values: values.collect() },
            rows,
        }
    }
}
