//! Answers as Markdown (CommonMark, with GitHub's tables) to paste into a document.

mod compare;
mod report;
mod stories;
mod totals;
mod trend;

use std::io::{self, Write};

use super::grid::grid;
use super::numbers::{grouped, small};
use super::records::{Records, Row};
use super::safe::{is_web, shown};
use super::table::plain;
use super::{Answer, CountAnswer, QueryAnswer, ShowAnswer, Style};
use crate::insight::Term;
use crate::model::Kind;
use crate::query::{Facet, FacetValue, Unit};

use totals::totals;

pub use report::write as write_report;

/// Hits and digests as lists, all else as a table; then how much there is, and what must be known to read it.
/// `any_option` is what makes one of the words of a query enough, as it is written there.
pub fn write(
    answer: &Answer,
    records: &Records<'_>,
    any_option: &str,
    style: Style,
    out: &mut dyn Write,
) -> io::Result<()> {
    let mut body = Vec::new();
    match answer {
        Answer::Query(answer) => write_hits(answer, &mut body),
        Answer::Count(answer) => write_count(answer, &mut body),
        Answer::Compare(answer) => compare::write(answer, &mut body),
        Answer::Trend(answer) => trend::write(answer, &mut body),
        Answer::Stories(answer) => stories::write(answer, &mut body),
        Answer::Show(answer) => write_digests(answer, &mut body),
        _ => write_table(records, &records.columns, &mut body),
    }?;
    out.write_all(&body)?;
    let distance = if let Answer::Compare(answer) = answer { answer.distance() } else { None };
    let caveats = if let Answer::Query(_) | Answer::Check(_) = answer { Vec::new() } else { answer.caveats() };
    let mut notes = totals(answer, any_option);
    notes.extend(distance);
    notes.extend(style.caveats(caveats));
    write_notes(&notes, !body.is_empty() && !body.ends_with(b"\n\n"), out)
}

/// Records as a table, and how much there is.
pub fn write_records(
    answer: &Answer,
    records: &Records<'_>,
    fields: &[&'static str],
    out: &mut dyn Write,
) -> io::Result<()> {
    write_table(records, fields, out)?;
    write_notes(&totals(answer, "--any"), true, out)
}

/// A paragraph each.
fn write_notes(notes: &[String], is_below: bool, out: &mut dyn Write) -> io::Result<()> {
    for (at, note) in notes.iter().enumerate() {
        if is_below || at > 0 {
            writeln!(out)?;
        }
        writeln!(out, "{}", escaped_item(note))?;
    }
    Ok(())
}

/// Records as a table.
fn write_table(records: &Records<'_>, fields: &[&'static str], out: &mut dyn Write) -> io::Result<()> {
    let cells = |row: Row<'_>| row.values().map(|value| plain(value).into_owned()).collect();
    let header = fields.iter().map(|field| (*field).to_owned()).collect();
    let is_number = |column: usize| NUMBERS.contains(&fields[column]);
    write_lines(std::iter::once(header).chain(records.rows(fields).map(cells)), is_number, out)
}

/// Fields that are set to the right.
const NUMBERS: [&str; 19] = [
    "score",
    "digests",
    "count",
    "distinct",
    "sampled",
    "share",
    "low",
    "high",
    "effective",
    "words",
    "z",
    "count_others",
    "carrying",
    "outlets",
    "outlets_side",
    "titles",
    "titles_side",
    "p",
    "q",
];

/// A table, its first line the header.
fn write_lines(
    lines: impl Iterator<Item = Vec<String>>,
    is_number: impl Fn(usize) -> bool,
    out: &mut dyn Write,
) -> io::Result<()> {
    for (i, cells) in lines.enumerate() {
        writeln!(out, "| {} |", cells.iter().map(|cell| escaped(cell)).collect::<Vec<_>>().join(" | "))?;
        if i == 0 {
            let rule = |column| if is_number(column) { "---:" } else { "---" };
            writeln!(out, "| {} |", (0..cells.len()).map(rule).collect::<Vec<_>>().join(" | "))?;
        }
    }
    Ok(())
}

/// Terms with their numbers, in a table.
fn write_terms(title: &str, counts: [&str; 2], terms: &[Term], out: &mut dyn Write) -> io::Result<()> {
    let header = [title, counts[0], counts[1], "z", "q", "example"].map(str::to_owned).to_vec();
    let line = |term: &Term| {
        let q = term.q.map_or_else(String::new, small);
        let rests = term.outlet.as_ref().map_or_else(String::new, |outlet| format!(" (rests on {outlet})"));
        let numbers = [grouped(term.here), grouped(term.there), format!("{:.1}", term.z), q];
        [&[term.term.clone() + &rests][..], &numbers, std::slice::from_ref(&term.example.text)].concat()
    };
    write_lines(std::iter::once(header).chain(terms.iter().map(line)), |column| (1..5).contains(&column), out)
}

fn write_count(answer: &CountAnswer, out: &mut dyn Write) -> io::Result<()> {
    let grid = grid(answer);
    if grid.len() > 1 {
        write_lines(grid.into_iter(), |column| column > 0, out)?;
    }
    Ok(())
}

fn write_hits(answer: &QueryAnswer, out: &mut dyn Write) -> io::Result<()> {
    for hit in &answer.response.hits {
        let copies = match hit.copies {
            0 => String::new(),
            n => format!(", +{}", super::numbers::counted_as(n, "copy", "copies")),
        };
        writeln!(out, "- {} — {}{copies}", linked(&hit.unit), origin(&hit.unit))?;
    }
    for (at, facet) in answer.response.facets.iter().enumerate() {
        if at > 0 || !answer.response.hits.is_empty() {
            writeln!(out)?;
        }
        write_facet(facet, out)?;
    }
    Ok(())
}

fn write_facet(facet: &Facet, out: &mut dyn Write) -> io::Result<()> {
    let header = [facet.field.as_str(), "count", "lifted", "unfiltered"].map(str::to_owned).to_vec();
    let line = |value: &FacetValue| {
        let name = value.name.clone().unwrap_or_default();
        let counts = [value.count, value.lifted, value.unfiltered].map(|count| count.to_string());
        std::iter::once(name).chain(counts).collect()
    };
    write_lines(std::iter::once(header).chain(facet.values.iter().map(line)), |column| column > 0, out)
}

fn write_digests(answer: &ShowAnswer, out: &mut dyn Write) -> io::Result<()> {
    for (i, digest) in answer.shown.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        if let Some(at) = digest.unit {
            writeln!(out, "- {} — {}", linked(&digest.units[at]), origin(&digest.units[at]))?;
            continue;
        }
        let first = &digest.units[0];
        writeln!(out, "## {}, {}", escaped(&first.topic.name), first.digest_date)?;
        let section = |unit: &Unit| match (unit.kind, &unit.perspective) {
            (Kind::Highlight, _) => "Highlights".to_owned(),
            (Kind::Bullet, side) => side.as_ref().map_or_else(|| "Points".to_owned(), |side| escaped(&side.name)),
            (Kind::Title, _) => "Titles".to_owned(),
        };
        for units in digest.units.chunk_by(|a, b| section(a) == section(b)) {
            writeln!(out, "\n### {}\n", section(&units[0]))?;
            for unit in units {
                let origin = if unit.kind == Kind::Title { format!(" — {}", origin(unit)) } else { String::new() };
                writeln!(out, "- {}{origin}", linked(unit))?;
            }
        }
    }
    Ok(())
}

/// A unit's text, a link where it has one.
fn linked(unit: &Unit) -> String {
    match unit.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => format!("[{}](<{}>)", escaped(&unit.text), address(url)),
        None => escaped_item(&unit.text),
    }
}

/// Outlet or kind, side and day.
fn origin(unit: &Unit) -> String {
    let what = unit.source.as_deref().map_or_else(|| unit.kind.to_string(), escaped);
    let side = unit.perspective.as_ref().map_or_else(String::new, |side| format!(", {}", escaped(&side.name)));
    format!("{what}{side}, {}", unit.date)
}

/// An address with nothing in it that would end it.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in shown(url).chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            // Else `&copy;` would be another character.
            '&' => out.push_str("&amp;"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// A text on one line, in which nothing is a mark of Markdown's; not at the start of a line. GitHub makes links of bare
/// addresses, too: a mark inside keeps it from that.
pub fn escaped(text: &str) -> String {
    let text = shown(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let begins_address = match c {
            ':' => text[i..].starts_with("://"),
            '.' => text.as_bytes()[..i].last_chunk::<3>().is_some_and(|before| before.eq_ignore_ascii_case(b"www")),
            c => c == '@',
        };
        if begins_address || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// The same at the start of a line, where some signs begin a list, a heading or a rule.
fn escaped_item(text: &str) -> String {
    let mut text = escaped(text);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('#' | '+' | '-' | '=' | ':') if digits == 0 => text.insert(0, '\\'),
        Some('.' | ')') if digits > 0 => text.insert(digits, '\\'),
        _ => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// The text that a reader of Markdown sees, if there is nothing but text in one paragraph of a list.
    fn read(markdown: &str) -> Option<String> {
        let mut text = String::new();
        let github = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        for event in Parser::new_ext(&format!("- {markdown}"), github) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::Start(Tag::List(None) | Tag::Item) | Event::End(TagEnd::List(false) | TagEnd::Item) => {}
                _ => return None,
            }
        }
        Some(text)
    }

    #[test]
    fn marks_are_text() {
        for text in
            ["# a", "1. a", "2026) b", "- c", "a *b* _c_ [d](e) <b>f</b> `g` ~~h~~ |i| &amp; ![j](k) \\", "a_b_c"]
        {
            assert_eq!(read(&escaped_item(text)).as_deref(), Some(text), "{}", escaped_item(text));
        }
    }

    #[test]
    fn nothing_becomes_a_link_that_was_none() {
        for (text, expect) in [
            ("https://evil.example", "https\\://evil.example"),
            ("see WWW.evil.example, a.b", "see WWW\\.evil.example, a.b"),
            ("me@evil.example at 10:30", "me\\@evil.example at 10:30"),
        ] {
            assert_eq!(escaped(text), expect);
            assert_eq!(read(expect).as_deref(), Some(text));
        }
        let url = "https://example.com/?a=1&copy;=2&b=<3>";
        let link = format!("[x](<{}>)", address(url));
        let is_same = |event| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if *dest_url == *url.replace('<', "%3C").replace('>', "%3E"));
        assert!(Parser::new(&link).any(is_same), "{link}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(text in "[a-cw0-9 @/#*_`~<>&;|!:.()\\[\\]\\\\+=-]{0,24}") {
            let text = text.trim();
            let markdown = escaped_item(text);
            prop_assert_eq!(read(&markdown), Some(text.to_owned()), "{}", markdown);
        }
    }
}
