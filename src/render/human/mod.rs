//! Answers for people: text for terminals, Markdown for documents, HTML for pages.

mod answers;
mod blocks;
mod grid;
pub mod html;
mod markdown;
mod story;
mod text;
pub mod told;

use std::io::Write;

use super::{Answer, Error, Format, Output, ReportAnswer, machine};

pub use grid::{interval, percent};
pub use markdown::escaped as markdown_escaped;
pub use story::{first_sources, label};

/// Writes an answer in a format for people.
pub fn write(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match output.format {
        Format::Text => text::write(answer, output.style, out),
        Format::Md => {
            let records = machine::records(answer);
            let fields = machine::fields(&records, output)?;
            match output.fields.is_empty() {
                true => markdown::write(answer, &records, "--any", output.style, out),
                false => markdown::write_records(answer, &records, &fields, out),
            }
        }
        format => return Err(Error::Format(format)),
    }?;
    Ok(())
}

/// Writes a report in a format for people.
pub fn write_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    match output.format {
        Format::Text => text::write_report(answer, output.style, out),
        Format::Md => markdown::write_report(answer, output.style, out),
        Format::Html => html::write_report(answer, output.style, out),
        format => return Err(Error::Format(format)),
    }?;
    Ok(())
}
