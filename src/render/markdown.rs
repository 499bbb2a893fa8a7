//! Answers as Markdown (CommonMark, with GitHub's tables) to paste into a document.

use std::io::{self, Write};

use super::records::Records;
use super::safe::{is_web, shown};
use super::table::plain;
use super::{Answer, QueryAnswer, ShowAnswer};
use crate::query::{Facet, Unit};
use crate::schema::Kind;

/// Hits and digests as lists, all else as a table.
pub fn write(answer: &Answer, records: &Records<'_>, out: &mut dyn Write) -> io::Result<()> {
    match answer {
        Answer::Query(answer) => write_hits(answer, out),
        Answer::Show(answer) => write_digests(answer, out),
        _ => write_table(records, &records.columns, out),
    }
}

/// Records as a table.
pub fn write_table(records: &Records<'_>, fields: &[&'static str], out: &mut dyn Write) -> io::Result<()> {
    let mut line = |cells: Vec<String>| writeln!(out, "| {} |", cells.join(" | "));
    line(fields.iter().map(|field| escaped(field)).collect())?;
    let is_number = |field: &&str| NUMBERS.contains(field);
    line(fields.iter().map(|field| if is_number(field) { "---:" } else { "---" }.to_owned()).collect())?;
    for row in records.rows(fields) {
        line(row.values().map(|value| escaped(&plain(value))).collect())?;
    }
    Ok(())
}

/// Fields that are set to the right.
const NUMBERS: [&str; 8] = ["score", "digests", "count", "share", "low", "high", "sampled", "effective"];

fn write_hits(answer: &QueryAnswer, out: &mut dyn Write) -> io::Result<()> {
    for hit in &answer.response.hits {
        let copies = match hit.copies.len() {
            0 => String::new(),
            n => format!(", +{}", super::numbers::counted_as(n, "copy", "copies")),
        };
        writeln!(out, "- {} — {}{copies}", linked(&hit.unit), origin(&hit.unit))?;
    }
    for facet in &answer.response.facets {
        writeln!(out)?;
        write_facet(facet, out)?;
    }
    Ok(())
}

fn write_facet(facet: &Facet, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "| {} | count | lifted | unfiltered |\n| --- | ---: | ---: | ---: |", facet.field.as_str())?;
    for value in &facet.values {
        let name = value.name.as_deref().map_or_else(String::new, escaped);
        writeln!(out, "| {name} | {} | {} | {} |", value.count, value.lifted, value.unfiltered)?;
    }
    Ok(())
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
    let text = escaped(&unit.text);
    match unit.url.as_deref().filter(|url| is_web(url)) {
        Some(url) => format!("[{text}](<{}>)", address(url)),
        None => text,
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
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// A text on one line, in which nothing is a mark of Markdown's.
pub fn escaped(text: &str) -> String {
    let text = shown(text);
    let text = text.trim();
    let mut out = String::with_capacity(text.len());
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    for (i, c) in text.char_indices() {
        // At the start of a line these begin a list, a heading or a rule; elsewhere they are what they are.
        let begins =
            i == 0 && matches!(c, '#' | '+' | '-' | '=' | ':') || i == digits && i > 0 && matches!(c, '.' | ')');
        if begins || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
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
            assert_eq!(read(&escaped(text)).as_deref(), Some(text), "{}", escaped(text));
        }
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(text in "[a-c0-9 #*_`~<>&;|!:.()\\[\\]\\\\+=-]{0,24}") {
            let text = text.trim();
            let markdown = escaped(text);
            prop_assert_eq!(read(&markdown), Some(text.to_owned()), "{}", markdown);
        }
    }
}
