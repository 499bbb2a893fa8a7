//! Machine formats: JSON, JSON Lines, CSV, TSV and ids, all from the same records.

mod json;
mod records;
mod table;

use std::io::Write;

use super::{Answer, Error, Format, Output, ReportAnswer};

use json::Rows;

pub use json::escaped;
pub use records::{Records, UnknownField, records};
pub use table::plain;

/// Writes an answer in a machine format.
pub fn write(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let records = records(answer);
    let fields = fields(&records, output)?;
    match output.format {
        Format::Json => json::write(answer, Rows { records: &records, fields: &fields }, output.style.syntax, out),
        Format::Jsonl => records.rows(&fields).try_for_each(|row| json::write_row(&row, out)),
        Format::Csv => {
            if output.bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            table::write_csv(&records, &fields, output.raw, out)
        }
        Format::Tsv => table::write_tsv(&records, &fields, output.raw, out),
        Format::Ids => table::write_ids(&records, out),
        format @ (Format::Text | Format::Md | Format::Svg | Format::Html) => return Err(Error::Format(format)),
    }?;
    Ok(())
}

/// Writes an answer as one JSON object on one line.
pub fn write_line(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let records = records(answer);
    let fields = fields(&records, output)?;
    Ok(json::write_line(answer, Rows { records: &records, fields: &fields }, output.style.syntax, out)?)
}

/// Writes a report as one JSON object.
pub fn write_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    Ok(json::write_report(answer, output.style.syntax, out)?)
}

/// Returns the selected fields, or the default ones of the format.
pub fn fields(records: &Records<'_>, output: &Output) -> Result<Vec<&'static str>, Error> {
    let is_twice = |(i, field): &(usize, &String)| output.fields[..*i].contains(field);
    if let Some((_, field)) = output.fields.iter().enumerate().find(is_twice) {
        return Err(Error::FieldTwice(field.clone()));
    }
    let is_table = matches!(output.format, Format::Csv | Format::Tsv | Format::Md);
    match &output.fields[..] {
        [] if is_table => Ok(records.columns.clone()),
        [] => Ok(records.fields.clone()),
        names => Ok(records.select(names)?),
    }
}
