//! Output options.

use digest_search::render::{Format, Output};

use super::context::Context;
use super::failure::Failure;

/// Output of an answer
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct OutputArgs {
    /// Output only these fields, in this order; not with text, svg and ids
    #[arg(long, value_name = "FIELDS", value_delimiter = ',')]
    fields: Vec<String>,
    /// Do not escape cells that a spreadsheet would run as formulas (csv, tsv); keep line breaks in cells (csv)
    #[arg(long)]
    raw: bool,
    /// Start with a byte order mark, by which Excel detects UTF-8 (csv)
    #[arg(long)]
    bom: bool,
}

/// Output of an answer with links
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Output")]
pub struct LinkedOutputArgs {
    #[command(flatten)]
    output: OutputArgs,
    /// Show the URLs of links (text)
    #[arg(long)]
    urls: bool,
}

impl OutputArgs {
    /// Returns the output; options without effect on the format are errors.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
        let format = context.format;
        let refuse = |option: &str, formats: &str| {
            let message = format!("{option} has no effect with --format {}", format.as_str());
            Err(Failure::message("usage", message, format!("use {option} with --format {formats}")))
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
    /// Reports whether `--fields` names a field.
    pub fn has_field(&self, name: &str) -> bool {
        self.output.fields.iter().any(|field| field == name)
    }

    /// Returns the output; options without effect on the format are errors.
    pub fn output(&self, context: &Context) -> Result<Output, Failure> {
        if self.urls && context.format != Format::Text {
            let message = format!("--urls has no effect with --format {}", context.format.as_str());
            return Err(Failure::message("usage", message, "remove --urls: other formats include the URLs"));
        }
        let output = self.output.output(context)?;
        Ok(Output { style: context.style(self.urls), ..output })
    }
}
