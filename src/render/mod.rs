//! How answers look: one [`Answer`], one renderer a format, into anything that can be written to.

mod grid;
mod json;
mod markdown;
mod numbers;
mod records;
mod safe;
mod table;
mod text;

use json::Rows;
pub use json::escaped;
use numbers::counted;
pub use records::UnknownField;
pub use safe::{acts, shown};

use std::io::{self, Write};
use std::path::PathBuf;

use crate::engine::Catalog;
use crate::ingest::{Difference, Report};
use crate::insight::{CountRequest, CountResponse};
use crate::query::{SearchRequest, SearchResponse, Unit};

/// What a command answers.
pub enum Answer {
    /// What an index run did.
    Index(IndexAnswer),
    /// What matches a request.
    Query(Box<QueryAnswer>),
    /// How many units there are of what.
    Count(Box<CountAnswer>),
    /// A digest or a unit.
    Show(ShowAnswer),
    /// What is indexed.
    Status(Box<StatusAnswer>),
}

/// What an index run did.
pub struct IndexAnswer {
    /// What it did.
    pub report: Report,
    /// Where the index is.
    pub index: PathBuf,
    /// Whether it only said what it would do.
    pub dry_run: bool,
}

/// What matches a request.
pub struct QueryAnswer {
    /// What was asked.
    pub request: SearchRequest,
    /// What was found.
    pub response: SearchResponse,
    /// What else there is to know.
    pub warnings: Vec<String>,
}

/// How many units there are of what.
pub struct CountAnswer {
    /// What was asked.
    pub request: CountRequest,
    /// How many there are.
    pub response: CountResponse,
}

impl CountAnswer {
    /// What is not among the rows.
    pub fn left_out(&self) -> Option<String> {
        let left_out = &self.response.left_out;
        let values = left_out.values.iter().map(|(by, n)| format!("{} of {}", counted(*n, "value"), by.as_str()));
        let values = values.collect::<Vec<_>>().join(" and ");
        (!values.is_empty()).then(|| format!("{values} left out, with {}", counted(left_out.units, "unit")))
    }

    /// What must be known to read the counts rightly.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = Vec::new();
        if self.request.share {
            let kinds = &self.request.selection.filters.kinds;
            let of = match &kinds[..] {
                [] => "units".to_owned(),
                kinds => kinds.iter().map(|kind| format!("{kind}s")).collect::<Vec<_>>().join(" and "),
            };
            caveats.push(format!(
                "shares are of the {of} that the digests took in there: a sample, from which no volume can be told"
            ));
        }
        if let Some((sampled, lang)) = self.response.sampled.as_ref().and_then(|s| Some((s, s.only_lang()?))) {
            let others: usize =
                sampled.langs.iter().filter(|(code, _)| code.as_deref() != Some(lang)).map(|l| l.1.1).sum();
            caveats.push(format!(
                "the words were found in one language only, {lang}; {others} of the {} sampled are in others, which can't \
                 be compared by them",
                sampled.units
            ));
        }
        if self.request.by.iter().any(|by| by.is_time()) {
            let day = if self.request.share { "their digest" } else { "publication" };
            caveats.push(format!("days are those of {day}; where there was no digest, there is no count"));
        }
        caveats
    }
}

/// What there is of the ids asked for.
pub struct ShowAnswer {
    /// The ids asked for.
    pub ids: Vec<String>,
    /// Those that there are.
    pub shown: Vec<Shown>,
    /// What is to be said of the others.
    pub missing: Vec<String>,
}

/// A digest, or one unit of it.
pub struct Shown {
    /// All units of the digest, in file order.
    pub units: Vec<Unit>,
    /// Which of them was asked for; none for the digest as a whole.
    pub unit: Option<usize>,
}

/// What is indexed, and how far the folder has gone on since.
pub struct StatusAnswer {
    /// Where the index is.
    pub index: PathBuf,
    /// The summary.
    pub catalog: Catalog,
    /// Days between the first and the last digest of a topic that have none, by topic id.
    pub missing: Vec<(String, Vec<chrono::NaiveDate>)>,
    /// How the folder differs from what is indexed, or why that is not known.
    pub difference: Result<Difference, String>,
    /// How long ago the last change was indexed, in seconds.
    pub age: i64,
}

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
    /// What tells the records apart, a line each.
    Ids,
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
    /// Whether tables have texts to the letter, also such as a spreadsheet would run.
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
    /// Characters a line.
    pub width: usize,
}

/// Why an answer can't be written.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Its records have not the fields asked for.
    #[error(transparent)]
    Field(#[from] UnknownField),
    /// It can't be put out.
    #[error(transparent)]
    Io(#[from] io::Error),
}

/// Writes an answer.
pub fn render(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    if output.format == Format::Text {
        return Ok(text::write(answer, output.style, out)?);
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
        Format::Md if output.fields.is_empty() => markdown::write(answer, &records, out),
        Format::Md => markdown::write_table(&records, &fields, out),
        Format::Ids => table::write_ids(&records, out),
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
fn fields(records: &records::Records<'_>, output: &Output) -> Result<Vec<&'static str>, UnknownField> {
    let is_table = matches!(output.format, Format::Csv | Format::Tsv | Format::Md);
    match &output.fields[..] {
        [] if is_table => Ok(records.columns.clone()),
        [] => Ok(records.fields.clone()),
        names => records.select(names),
    }
}
