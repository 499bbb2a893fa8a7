//! How answers look: one [`Answer`], one renderer a format, into anything that can be written to.

mod answer;
mod grid;
pub mod html;
mod json;
mod markdown;
pub mod numbers;
mod records;
mod safe;
mod story;
mod svg;
mod table;
mod text;
pub mod told;

pub use answer::{
    Answer, Asserted, CheckAnswer, CheckedFolder, CheckedIndex, CompareAnswer, CountAnswer, IndexAnswer, QueryAnswer,
    ReportAnswer, ReportContent, ReportHead, ReportSection, ReportTopic, ShowAnswer, Shown, StatusAnswer,
    StoriesAnswer, TrendAnswer,
};
pub use json::escaped;
pub use markdown::escaped as markdown_escaped;
pub use records::UnknownField;
pub use safe::{acts, is_web, shown};

use std::io::{self, Write};

use json::Rows;

/// A format of answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// For people.
    Text,
    /// One JSON object.
    Json,
    /// A JSON object a line for each record.
    Jsonl,
    /// Comma-separated values.
    Csv,
    /// Tab-separated values.
    Tsv,
    /// Markdown.
    Md,
    /// A picture, of what goes on over time.
    Svg,
    /// A page.
    Html,
    /// What tells the records apart, a line each.
    Ids,
}

impl Format {
    /// As it is typed.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Text => "text",
            Self::Json => "json",
            Self::Jsonl => "jsonl",
            Self::Csv => "csv",
            Self::Tsv => "tsv",
            Self::Md => "md",
            Self::Svg => "svg",
            Self::Html => "html",
            Self::Ids => "ids",
        }
    }
}

/// How an answer is to be written.
#[derive(Debug, Clone)]
pub struct Output {
    /// The format.
    pub format: Format,
    /// The look of text.
    pub style: Style,
    /// The fields of records; as the format has them where none are named.
    pub fields: Vec<String>,
    /// Whether tables have texts even if a spreadsheet would run them, CSV with their line breaks.
    pub raw: bool,
    /// Whether CSV begins with a mark that tells Excel that it is UTF-8.
    pub bom: bool,
}

/// How text for people looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    /// With colours.
    pub color: bool,
    /// With links that a terminal opens.
    pub links: bool,
    /// With the links' addresses in full.
    pub urls: bool,
    /// With bars for numbers.
    pub bars: bool,
    /// Without what must be known to read an answer.
    pub quiet: bool,
    /// Characters a line.
    pub width: usize,
}

impl Style {
    /// The caveats that are written.
    fn caveats(self, caveats: Vec<String>) -> Vec<String> {
        if self.quiet { Vec::new() } else { caveats }
    }
}

/// Why an answer can't be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its records have not the fields asked for.
    #[error(transparent)]
    Field(#[from] UnknownField),
    /// A field is asked for more than once.
    #[error("--fields has `{0}` twice")]
    FieldTwice(String),
    /// There is no such form of it.
    #[error("this can't be written as {}", .0.as_str())]
    Format(Format),
    /// It can't be put out.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes an answer.
pub fn render(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    if output.format == Format::Text {
        return Ok(text::write(answer, output.style, out)?);
    }
    if let (Format::Svg, Answer::Trend(answer)) = (output.format, answer) {
        return Ok(svg::write(answer, out)?);
    }
    let records = records::records(answer);
    let fields = fields(&records, output)?;
    match output.format {
        Format::Text | Format::Json => json::write(answer, Rows { records: &records, fields: &fields }, out),
        Format::Jsonl => records.rows(&fields).try_for_each(|row| json::write_row(&row, out)),
        Format::Csv => {
            if output.bom {
                out.write_all("\u{feff}".as_bytes())?;
            }
            table::write_csv(&records, &fields, output.raw, out)
        }
        Format::Tsv => table::write_tsv(&records, &fields, output.raw, out),
        Format::Md if output.fields.is_empty() => markdown::write(answer, &records, "--any", output.style, out),
        Format::Md => markdown::write_records(answer, &records, &fields, out),
        Format::Ids => table::write_ids(&records, out),
        Format::Svg | Format::Html => return Err(Error::Format(output.format)),
    }?;
    Ok(())
}

/// Writes a report.
pub fn render_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match output.format {
        Format::Text => text::write_report(answer, output.style, out),
        Format::Md => markdown::write_report(answer, output.style, out),
        Format::Html => html::write_report(answer, output.style, out),
        Format::Json => json::write_report(answer, out),
        format @ (Format::Jsonl | Format::Csv | Format::Tsv | Format::Svg | Format::Ids) => {
            return Err(Error::Format(format));
        }
    }?;
    Ok(())
}

/// Writes an answer as one JSON object on one line.
pub fn render_line(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let records = records::records(answer);
    let fields = fields(&records, output)?;
    Ok(json::write_line(answer, Rows { records: &records, fields: &fields }, out)?)
}

/// The fields asked for, or those that the format has.
fn fields(records: &records::Records<'_>, output: &Output) -> Result<Vec<&'static str>, Error> {
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
