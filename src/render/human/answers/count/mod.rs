//! Counts as a table.

mod cells;

pub use cells::{languages, total};

use crate::insight::Row;
use crate::render::CountAnswer;
use crate::render::human::blocks::{Block, Detail, Header, Line, Table};
use crate::render::human::wording;
use cells::grid;

/// Returns the answer as blocks.
pub fn blocks(answer: &CountAnswer) -> Vec<Block<'_>> {
    let response = &answer.response;
    let total = Block::total(total(answer));
    // In full, a share of nothing has its interval, too.
    let found = match response.total_entries {
        0 => vec![Block::Nothing(response.suggestions.as_ref()), Block::Only(Detail::Full, vec![total])],
        _ => vec![total],
    };
    let table = table(answer).map(Block::Table);
    let spellings = Block::sentences(wording::spellings(&response.spellings));
    let differences = answer.differences().map(Block::plain);
    table.into_iter().chain([spellings]).chain(differences).chain(found).collect()
}

fn table(answer: &CountAnswer) -> Option<Table<'_>> {
    let mut lines = grid(answer).into_iter();
    let mut header = lines.next()?.into_iter();
    let rows: Vec<Vec<Line<'_>>> = lines.map(|cells| cells.into_iter().map(Line::from).collect()).collect();
    let of = if answer.request.share { "shares" } else { "entries" };
    let by: Vec<&str> = answer.request.by.iter().map(|by| by.as_str()).collect();
    let columns = header.next().map(Header::text).into_iter().chain(header.map(Header::number)).collect();
    let caption = format!("{of} by {}", by.join(" and "));
    (!rows.is_empty()).then(|| Table { caption, columns, rows, bars: bars(answer) })
}

/// Returns the length of each line's bar relative to the longest; only lists of counts or shares have bars.
fn bars(answer: &CountAnswer) -> Vec<f64> {
    let measure = |row: &Row| match &row.sampled {
        Some(sampled) => sampled.share.map_or(0.0, |share| share.share),
        None => row.count.unwrap_or_default() as f64,
    };
    let lengths: Vec<f64> = answer.response.rows.iter().map(measure).collect();
    let longest = lengths.iter().copied().fold(0.0, f64::max);
    match answer.response.values.len() {
        1 if longest > 0.0 => lengths.into_iter().map(|length| length / longest).collect(),
        _ => Vec::new(),
    }
}
