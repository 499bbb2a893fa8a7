//! How answers are written: the formats, and what can be chosen of them.

use clap::ValueEnum;
use digest_search::render::{self, Output};

use super::Context;
use super::failure::Failure;

/// How an answer is written
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Only these fields, in this order, in every format but text and ids
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<String>,
    /// In csv and tsv, texts even if a spreadsheet would run them; in csv with their line breaks
    #[arg(long)]
    raw: bool,
    /// Begin csv with a mark that tells Excel that it is UTF-8
    #[arg(long)]
    bom: bool,
    /// In text, write the addresses of links in full
    #[arg(long)]
    urls: bool,
}

/// A format, as it is typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people
    Text,
    /// One JSON object
    Json,
    /// A JSON object a line
    Jsonl,
    /// Comma-separated values, safe for spreadsheets
    Csv,
    /// Tab-separated values, likewise
    Tsv,
    /// Markdown, to paste into a document
    Md,
    /// Ids alone, one a line
    Ids,
}

impl OutputArgs {
    /// Refuses what the format has no use for.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
        use render::Format;
        let format = context.format;
        let refuse = |option: &str, formats: &str| {
            let message = format!("{option} is of no use here");
            Err(Failure::message("usage", message, &format!("{option} goes with --format {formats}")))
        };
        if !self.fields.is_empty() && matches!(format, Format::Text | Format::Ids) {
            return refuse("--fields", "json, jsonl, csv, tsv or md");
        }
        if let Some(twice) = self.fields.iter().enumerate().find(|(i, field)| self.fields[..*i].contains(field)) {
            let message = format!("--fields has `{}` twice", twice.1);
            return Err(Failure::message("usage", message, "name each field once"));
        }
        if self.raw && !matches!(format, Format::Csv | Format::Tsv) {
            return refuse("--raw", "csv or tsv");
        }
        if self.bom && format != Format::Csv {
            return refuse("--bom", "csv");
        }
        let Self { fields, raw, bom, urls } = self;
        Ok(Output { format, style: context.terminal.style(*urls), fields: fields.clone(), raw: *raw, bom: *bom })
    }
}

impl From<Format> for render::Format {
    fn from(format: Format) -> Self {
        match format {
            Format::Text => Self::Text,
            Format::Json => Self::Json,
            Format::Jsonl => Self::Jsonl,
            Format::Csv => Self::Csv,
            Format::Tsv => Self::Tsv,
            Format::Md => Self::Md,
            Format::Ids => Self::Ids,
        }
    }
}
