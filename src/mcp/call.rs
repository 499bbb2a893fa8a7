//! Calls with parsed arguments, and their answers as JSON.

use std::path::Path;

use super::arguments::syntax;
use crate::ask;
use crate::failure::Failure;
use crate::insight::StoriesView;
use crate::options::{Question, ShowOptions};
use crate::planning::Reader;
use crate::render::{Answer, Format, Output, Style, render_line, render_report};
use crate::report::{self, Spec};

/// A call with parsed arguments. Fields of records are the default ones if none are given.
pub enum Call {
    Question(Box<Question>, Vec<String>),
    Show(ShowOptions, Vec<String>),
    Status,
    Report(String),
}

/// The name of a specification in messages.
const SPEC: &str = "spec";

/// Default fields of records: those that a reader of an answer needs. The ids have the topic and the day of the digest.
const HIT: [&str; 12] =
    ["id", "kind", "perspective", "source", "lang", "date", "text", "description", "url", "section", "score", "copies"];
const ENTRY: [&str; 10] =
    ["id", "kind", "perspective", "source", "lang", "date", "text", "description", "url", "section"];
const TITLE: [&str; 9] = ["story", "id", "perspective", "source", "date", "text", "url", "copies", "matches"];

/// The field with the values of all custom fields.
const CUSTOM: &str = "fields";

impl Call {
    /// Returns the answer as JSON, as its command writes it, and whether all requested ids are missing.
    pub fn answer(self, reader: &Reader, index: &Path) -> Result<(Vec<u8>, bool), Failure> {
        let (answer, fields) = match self {
            Self::Question(question, fields) => (ask::question(&question, reader)?, fields),
            Self::Show(options, fields) => {
                let request = options.request().map_err(|error| ask::invalid_id(&error, Some(reader)))?;
                (Answer::Show(ask::show(request, reader)?), fields)
            }
            Self::Status => (Answer::Status(Box::new(ask::status(index, reader)?)), Vec::new()),
            Self::Report(spec) => return Ok((report(&spec, reader)?, false)),
        };
        let is_missing = matches!(&answer, Answer::Show(answer) if answer.shown.is_empty());
        let fields = if fields.is_empty() { default_fields(&answer, reader) } else { fields };
        let mut out = Vec::new();
        render_line(&answer, &output(fields), &mut out)?;
        Ok((out, is_missing))
    }
}

/// Returns the default fields of an answer's records; none for all.
fn default_fields(answer: &Answer, reader: &Reader) -> Vec<String> {
    let custom = (!reader.catalog().fields.is_empty()).then_some(CUSTOM);
    let fields: Vec<&str> = match answer {
        Answer::Query(_) => HIT.into_iter().chain(custom).collect(),
        Answer::Show(_) => ENTRY.into_iter().chain(custom).collect(),
        Answer::Stories(answer) if matches!(answer.request.view, StoriesView::Stories { .. }) => TITLE.to_vec(),
        // The others are of shares.
        Answer::Count(answer) if !answer.request.share => {
            answer.request.by.iter().map(|by| by.as_str()).chain(["count"]).collect()
        }
        _ => Vec::new(),
    };
    fields.into_iter().map(str::to_owned).collect()
}

fn output(fields: Vec<String>) -> Output {
    Output { format: Format::Json, style: Style::plain(80, syntax), fields, raw: false, bom: false }
}

/// Answers a specification. It reads no files.
fn report(spec: &str, reader: &Reader) -> Result<Vec<u8>, Failure> {
    let failure = |error| Failure::spec(error, SPEC, spec);
    let parsed = Spec::read(spec, &[]).map_err(|error| match error {
        report::Error::Spec(error) => failure(error),
        report::Error::Set(error) => Failure::message("usage", error.to_string(), error.hint()),
    })?;
    let answer = parsed.answer(reader).map_err(failure)?;
    let mut out = Vec::new();
    let output = Output { style: Style::plain(80, report::syntax), ..output(Vec::new()) };
    render_report(&answer, &output, &mut out)?;
    Ok(out)
}
