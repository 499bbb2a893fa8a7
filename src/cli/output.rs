//! Options of how answers are written.

use digest_search::render::{Format, Output};

use super::context::Context;
use super::failure::Failure;

/// How an answer is written
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Only these fields, in this order, in every format but text, svg and ids
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<String>,
    /// In csv and tsv, texts even if a spreadsheet would run them; in csv with their line breaks
    #[arg(long)]
    raw: bool,
    /// Begin csv with a mark that tells Excel that it is UTF-8
    #[arg(long)]
    bom: bool,
}

/// How an answer with links is written
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct LinkedOutputArgs {
    #[command(flatten)]
    output: OutputArgs,
    /// In text, write the addresses of links in full
    #[arg(long)]
    urls: bool,
}

impl OutputArgs {
    /// Refuses what the format has no use for.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
        let format = context.format;
        let refuse = |option: &str, formats: &str| {
            let message = format!("{option} has no effect with --format {}", format.as_str());
            Err(Failure::message("usage", message, format!("{option} goes with --format {formats}")))
        };
        if !self.fields.is_empty() && matches!(format, Format::Text | Format::Svg | Format::Ids) {
            return refuse("--fields", "json, jsonl, csv, tsv or md");
        }
        if self.raw && !matches!(format, Format::Csv | Format::Tsv) {
            return refuse("--raw", "csv or tsv");
        }
        if self.bom && format != Format::Csv {
            return refuse("--bom", "csv");
        }
        let Self { fields, raw, bom } = self;
        Ok(Output { format, style: context.style(false), fields: fields.clone(), raw: *raw, bom: *bom })
    }
}

impl LinkedOutputArgs {
    /// Whether a field is asked for by its name.
    pub fn has_field(&self, name: &str) -> bool {
        self.output.fields.iter().any(|field| field == name)
    }

    /// Refuses what the format has no use for.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
        if self.urls && context.format != Format::Text {
            let message = format!("--urls has no effect with --format {}", context.format.as_str());
            return Err(Failure::message("usage", message, "leave --urls out: other formats have the addresses"));
        }
        let output = self.output.output(context)?;
        Ok(Output { style: context.style(self.urls), ..output })
    }
}
