//! Records as tables for spreadsheets and for tools that read lines.

use std::borrow::Cow;
use std::io::{self, Write};

use serde_json::Value;

use super::records::Records;
use super::safe::{shown, shown_in_lines};

/// Comma-separated values (RFC 4180, but with lines that end in a line feed), a header first. With `raw`, texts keep
/// their line breaks, and may be formulas.
pub fn write_csv(records: &Records<'_>, fields: &[&'static str], raw: bool, out: &mut dyn Write) -> io::Result<()> {
    let mut csv = csv::Writer::from_writer(out);
    csv.write_record(fields).map_err(io_error)?;
    for row in records.rows(fields) {
        csv.write_record(row.values().map(|value| cell(value, raw).into_owned())).map_err(io_error)?;
    }
    csv.flush()
}

/// What the system said, which tells a broken pipe from a full disk.
fn io_error(error: csv::Error) -> io::Error {
    match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        other => io::Error::other(format!("{other:?}")),
    }
}

/// A line a record with tabs between its values, a header first. A tab or a line break in a text becomes a space.
pub fn write_tsv(records: &Records<'_>, fields: &[&'static str], raw: bool, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", fields.join("\t"))?;
    write_lines(records, fields, raw, out)
}

/// A line a record with what tells it from others, without a header.
pub fn write_ids(records: &Records<'_>, out: &mut dyn Write) -> io::Result<()> {
    write_lines(records, &records.key, true, out)
}

fn write_lines(records: &Records<'_>, fields: &[&'static str], raw: bool, out: &mut dyn Write) -> io::Result<()> {
    for row in records.rows(fields) {
        let cells: Vec<String> = row.values().map(|value| shown(&cell(value, raw))).collect();
        writeln!(out, "{}", cells.join("\t"))?;
    }
    Ok(())
}

/// A value as text; nothing for what is not known.
pub fn plain(value: &Value) -> Cow<'_, str> {
    match value {
        Value::Null => "".into(),
        Value::String(text) => text.into(),
        // Characters of a text are pairs of numbers.
        Value::Array(values) if matches!(values[..], [Value::Number(_), Value::Number(_)]) => {
            format!("{}-{}", values[0], values[1]).into()
        }
        Value::Array(values) => values.iter().map(plain).collect::<Vec<_>>().join(" ").into(),
        other => other.to_string().into(),
    }
}

/// A value as a cell. A spreadsheet takes a text for a formula that begins like one, and runs it: an apostrophe before
/// it keeps it a text (OWASP, "CSV Injection").
fn cell(value: &Value, raw: bool) -> Cow<'_, str> {
    let text = plain(value);
    if value.is_number() {
        return text;
    }
    if raw {
        return shown_in_lines(&text).into();
    }
    let text = shown(&text);
    let begins = text.trim_start().chars().next();
    let acts = matches!(begins, Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠'));
    if acts { format!("'{text}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn cells_are_no_formulas() {
        for text in ["=HYPERLINK(\"x\")", "+1", "-1+1", "@SUM(1)", "\t=1", "\r=1", "  =1", "＝1"] {
            assert!(cell(&json!(text), false).starts_with('\''), "{text}");
            assert_eq!(cell(&json!(text), true), text.replace('\r', " "));
        }
        assert_eq!(cell(&json!("a = b"), false), "a = b");
        assert_eq!(cell(&json!(-1), false), "-1", "a number is none");
        assert_eq!(cell(&json!("a\u{1b}[31m\nb"), false), "a␛[31m b");
    }

    #[test]
    fn lists_are_words() {
        assert_eq!(plain(&json!(["a#1", "b#2"])), "a#1 b#2");
        assert_eq!(plain(&json!([[0, 3], [5, 8]])), "0-3 5-8");
        assert_eq!(plain(&Value::Null), "");
    }
}
