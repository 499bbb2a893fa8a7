//! Records as CSV, TSV and ids.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::records::Records;
use crate::render::safe::{shown, shown_in_lines};

/// Writes CSV (RFC 4180, but with lines that end in a line feed), a header first. With `raw`, texts keep their line breaks
/// and may be formulas.
pub fn write_csv(records: &Records<'_>, fields: &[&'static str], raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(fields).map_err(io_error)?;
    for row in records.rows(fields) {
        csv.write_record(row.cells().map(|value| cell(&value, raw).into_owned())).map_err(io_error)?;
    }
    csv.flush()
}

/// Returns the I/O error behind a CSV error, which keeps a broken pipe recognizable.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// Writes TSV, a header first. Tabs and line breaks in texts become spaces. Readers of tables take a quotation mark at the
/// start of a value for the start of a quoted value, which may span lines: without `raw` such a value is quoted as in CSV.
pub fn write_tsv(records: &Records<'_>, fields: &[&'static str], raw: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", fields.join("\t"))?;
    write_lines(records, fields, |value| if raw { cell(value, true) } else { quoted(cell(value, false)) }, out)
}

/// Writes the identifying fields of each record on a line, without a header.
pub fn write_ids(records: &Records<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_lines(records, &records.key, |value| cell(value, true), out)
}

fn write_lines(
    records: &Records<'_>,
    fields: &[&'static str],
    cell: impl Fn(&Value) -> Cow<'_, str>,
    out: &mut dyn Write,
) -> io::Result<()> {
    for row in records.rows(fields) {
        let cells: Vec<String> = row.cells().map(|value| shown(&cell(&value))).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// Returns a value as text; empty for null.
pub fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        // Ranges of characters are pairs of numbers.
        Value::Array(values) if matches!(values[..], [Value::Number(_), Value::Number(_)]) => {
            format!("{}-{}", values[0], values[1]).into()
        }
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" ").into(),
        other => other.to_string().into(),
    }
}

/// Returns a value as a cell. Spreadsheets evaluate texts that begin like a formula; an apostrophe prevents that (OWASP,
/// "CSV Injection").
fn cell(value: &Value, raw: bool) -> Cow<'_, str> {
    let text = plain(value);
    if value.is_number() {
        return text;
    }
    if raw {
        return shown_in_lines(&text).into();
    }
    let text = shown(&text);
    // Some spreadsheets strip quotation marks and invisible characters first.
    let is_passed_over = |c: char| {
        c.is_whitespace() || matches!(c, '"' | '\'' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}')
    };
    let begins = text.chars().find(|c| !is_passed_over(*c));
    let acts = matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if acts { format!("'{text}").into() } else { text.into() }
}

/// Quotes a cell of TSV that readers could take for a quoted one.
fn quoted(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.trim_start().starts_with('"') { format!("\"{}\"", cell.replace('"', "\"\"")).into() } else { cell }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_not_formulas() {
        let behind = ["\"=1\"", "\"\"=1", " \" +1", "\u{200b}=1", "\u{feff}-1", "'=1", "\u{a0}@x"];
        let plain = ["=HYPERLINK(\"x\")", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1"];
        for text in plain.into_iter().chain(behind) {
            assert!(cell(&json!(text), false).starts_with('\''), "{text}");
            assert_eq!(cell(&json!(text), true), text.replace('\r', " "));
        }
        assert_eq!(cell(&json!("a = b"), false), "a = b");
        assert_eq!(cell(&json!(-1), false), "-1", "a number is not a formula");
        assert_eq!(cell(&json!("a\u{1b}[31m\nb"), false), "a␛[31m b");
    }

    #[test]
    fn cells_with_a_leading_quotation_mark_are_quoted() {
        for (text, expect) in [
            ("\"a\" b", "\"\"\"a\"\" b\""),
            (" \"a", "\" \"\"a\""),
            ("a \"b\"", "a \"b\""),
            ("\"", "\"\"\"\""),
            ("", ""),
        ] {
            assert_eq!(quoted(text.into()), expect);
        }
    }

    #[test]
    fn lists_are_joined_with_spaces() {
        assert_eq!(plain(&json!(["a#1", "b#2"])), "a#1 b#2");
        assert_eq!(plain(&json!([[0, 3], [5, 8]])), "0-3 5-8");
        assert_eq!(plain(&Value::Null), "");
    }
}
