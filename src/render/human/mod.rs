//! Human formats: text for terminals, Markdown for documents, HTML for pages.

mod answers;
mod blocks;
pub mod html;
mod markdown;
mod text;
pub mod wording;

use std::io::Write;

use super::{Answer, Error, Format, Output, ReportAnswer, Style, machine};

pub use markdown::escaped as markdown_escaped;

/// Writes an answer in a format for people.
pub fn write(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let Style { quiet: is_quiet, syntax, .. } = output.style;
    let context = markdown::Context { is_quiet, syntax };
    match output.format {
        Format::Text => text::write(&answers::blocks(answer), output.style, out),
        Format::Md if output.fields.is_empty() => markdown::write(&answers::blocks(answer), context, out),
        Format::Md => {
            let records = machine::records(answer);
            let fields = machine::fields(&records, output)?;
            markdown::write(&answers::records(answer, &records, &fields), context, out)
        }
        format => return Err(Error::Format(format)),
    }?;
    Ok(())
}

/// Writes a report in a format for people.
pub fn write_report(answer: &ReportAnswer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let blocks = answers::report(answer);
    let Style { quiet: is_quiet, syntax, .. } = output.style;
    match output.format {
        Format::Text => text::write(&blocks, output.style, out),
        Format::Md => markdown::write(&blocks, markdown::Context { is_quiet, syntax }, out),
        Format::Html => html::write_report(&answer.title, &blocks, output.style, out),
        format => return Err(Error::Format(format)),
    }?;
    Ok(())
}
