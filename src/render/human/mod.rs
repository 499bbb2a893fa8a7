//! Answers for people: text for terminals, Markdown for documents, HTML for pages.

mod answers;
mod blocks;
pub mod html;
mod markdown;
mod text;
pub mod told;

use std::io::Write;

use super::{Answer, Error, Format, Output, ReportAnswer, machine};

pub use markdown::escaped as markdown_escaped;

/// Writes an answer in a format for people.
pub fn write(answer: &Answer, output: &Output, out: &mut dyn Write) -> Result<(), Error> {
    let context = markdown::Context { is_quiet: output.style.quiet, any_option: "--any" };
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
    let (blocks, is_quiet) = (answers::report(answer), output.style.quiet);
    match output.format {
        Format::Text => text::write(&blocks, output.style, out),
        Format::Md => markdown::write(&blocks, markdown::Context { is_quiet, any_option: "`any`" }, out),
        Format::Html => html::write_report(&answer.title, &blocks, is_quiet, out),
        format => return Err(Error::Format(format)),
    }?;
    Ok(())
}
