//! Counts as people read them: a line for each value of the first field; beside it the count and what it is a share of,
//! or a column for each value of the second field.

use crate::insight::{Named, Row, Sampled, Share};
use crate::render::CountAnswer;
use crate::render::numbers::{grouped, interval, percent};

/// The cell of an uncounted value.
pub const EMPTY: &str = "–";

/// The header and the lines, each with as many cells. All but the first of a line are numbers. Not yet safe to show.
pub fn grid(answer: &CountAnswer) -> Vec<Vec<String>> {
    match &answer.response.values[..] {
        [_] => list(answer),
        [lines, columns] => cross(answer, lines, columns),
        _ => Vec::new(),
    }
}

fn list(answer: &CountAnswer) -> Vec<Vec<String>> {
    let response = &answer.response;
    let several = response.sampled.as_ref().is_some_and(|sampled| sampled.langs.len() > 1);
    let mut header = vec![answer.request.by[0].as_str().to_owned()];
    match &response.sampled {
        None => header.push("entries".to_owned()),
        Some(_) => header.extend(["distinct", "n", "share", "95% interval", "effective n"].map(str::to_owned)),
    }
    header.extend(several.then(|| "languages".to_owned()));
    let line = |row: &Row| {
        let mut cells = vec![label(response.value(row, 0))];
        match &row.sampled {
            None => cells.push(count(row)),
            Some(sampled) => cells.extend(share_cells(sampled)),
        }
        cells.extend(row.sampled.as_ref().filter(|_| several).map(languages));
        cells
    };
    std::iter::once(header).chain(response.rows.iter().map(line)).collect()
}

fn cross(answer: &CountAnswer, lines: &[Named], columns: &[Named]) -> Vec<Vec<String>> {
    let by = &answer.request.by;
    // Where no entry has both values. What was never sampled, or on a day long before all digests, is not zero.
    let could_be = !answer.request.share && !by.iter().any(|by| by.is_time());
    let nothing = if could_be { "0" } else { EMPTY };
    let header = std::iter::once(format!("{} / {}", by[0].as_str(), by[1].as_str())).chain(columns.iter().map(label));
    let mut grid = vec![header.collect::<Vec<_>>()];
    grid.extend(lines.iter().map(|line| [vec![label(line)], vec![nothing.to_owned(); columns.len()]].concat()));
    for row in &answer.response.rows {
        grid[row.at[0] + 1][row.at[1] + 1] = cell(row);
    }
    grid
}

/// A count, or a share and of how many.
fn cell(row: &Row) -> String {
    match row.sampled.as_ref().map(|sampled| (sampled.entries, sampled.share)) {
        Some((entries, Some(share))) => format!("{} of {}", percent(share.share), grouped(entries)),
        Some((_, None)) => EMPTY.to_owned(),
        None => count(row),
    }
}

/// A value, with its id where that is another word than its name.
fn label(value: &Named) -> String {
    match value {
        None => "(none)".to_owned(),
        Some((value, name)) if value.to_lowercase() == name.to_lowercase() => name.clone(),
        Some((value, name)) => format!("{name} ({value})"),
    }
}

fn count(row: &Row) -> String {
    row.count.map_or_else(|| EMPTY.to_owned(), grouped)
}

fn share_cells(sampled: &Sampled) -> [String; 5] {
    let [found, entries] = [sampled.found, sampled.entries].map(grouped);
    let Some(Share { share, interval: ends }) = sampled.share else {
        return [found, entries, EMPTY.to_owned(), String::new(), String::new()];
    };
    let (ends, effective) = ends.map_or_else(
        || (EMPTY.to_owned(), EMPTY.to_owned()),
        |i| (interval(i.low, i.high), format!("{:.0}", i.effective)),
    );
    [found, entries, percent(share), ends, effective]
}

/// The languages of a sample, the most frequent first.
pub fn languages(sampled: &Sampled) -> String {
    let mut langs: Vec<(&Option<String>, usize)> = sampled.langs.iter().map(|(lang, (_, n))| (lang, *n)).collect();
    langs.sort_by_key(|(_, entries)| std::cmp::Reverse(*entries));
    let part = |(lang, entries): &(&Option<String>, usize)| {
        let lang = lang.as_deref().unwrap_or("unknown");
        format!("{lang} {:.0}%", *entries as f64 / sampled.entries as f64 * 100.0)
    };
    langs.iter().map(part).collect::<Vec<_>>().join(", ")
}

/// All entries, what they are a share of, and what was left out, in a sentence.
pub fn total(answer: &CountAnswer) -> String {
    let response = &answer.response;
    let entries = crate::render::numbers::counted(response.total_entries, "entry");
    let share = response.sampled.as_ref().map_or_else(String::new, |sampled| {
        let share = sampled.share.map_or_else(
            || EMPTY.to_owned(),
            |s| {
                let ends = s.interval.map_or_else(String::new, |i| {
                    format!(" ({}, effective n {:.0})", interval(i.low, i.high), i.effective)
                });
                percent(s.share) + &ends
            },
        );
        format!("; {} distinct of {} sampled: {share}", grouped(sampled.found), grouped(sampled.entries))
    });
    let left_out = answer.left_out().map_or_else(String::new, |left_out| format!("; {left_out}"));
    entries + &share + &left_out
}
