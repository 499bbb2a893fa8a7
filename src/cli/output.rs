//! How answers are written: the formats, and what can be chosen of them.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use digest_search::render::{Format, Output};

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

/// The formats, each as it is typed and with what is said of it.
const FORMATS: [(Format, &str, &str); 7] = [
    (Format::Text, "text", "For people"),
    (Format::Json, "json", "One JSON object"),
    (Format::Jsonl, "jsonl", "A JSON object a line"),
    (Format::Csv, "csv", "Comma-separated values, safe for spreadsheets"),
    (Format::Tsv, "tsv", "Tab-separated values, likewise"),
    (Format::Md, "md", "Markdown, to paste into a document"),
    (Format::Ids, "ids", "Ids alone, one a line"),
];

/// Understands the name of a format.
pub fn format() -> impl TypedValueParser<Value = Format> {
    PossibleValuesParser::new(FORMATS.map(|(_, name, help)| PossibleValue::new(name).help(help))).try_map(|typed| {
        let format = FORMATS.into_iter().find(|(_, name, _)| *name == typed);
        format.map(|(format, ..)| format).ok_or("no format has this name")
    })
}

impl OutputArgs {
    /// Refuses what the format has no use for.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
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
