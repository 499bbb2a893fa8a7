//! API requests with parsed parameters: validation and answer.

use std::path::Path;
use std::sync::Arc;

use super::body::{Body, Memory, Writer};
use super::limits::{MAX_DEPTH, MAX_IDS, MAX_LIMIT};
use super::pages::feed;
use super::parameters::syntax;
use super::reply::ContentType;
use super::target::Target;
use crate::ask;
use crate::failure::Failure;
use crate::options::{Limit, Question, Request, ShowOptions};
use crate::planning::Reader;
use crate::query::Collapse;
use crate::render::{Answer, Format, Output, Style, render};

/// An API request with parsed parameters.
pub enum ApiRequest {
    Question(Box<Question>, ResponseForm),
    Show(ShowOptions, ResponseForm),
    Status(ResponseForm),
}

/// The requested form of the answer.
pub struct ResponseForm {
    pub kind: ContentType,
    pub fields: Vec<String>,
}

impl ApiRequest {
    /// Returns an error for a request beyond the limits of the server.
    pub fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Question(question, _) => check(question),
            Self::Show(options, _) if options.id.is_empty() => {
                usage("missing parameter `id`", "add an id, such as ?id=china-japan/2026-02-10")
            }
            Self::Show(options, _) if options.id.len() > MAX_IDS => usage(
                &format!("{} ids, expected at most {MAX_IDS}", options.id.len()),
                "split them over several requests",
            ),
            Self::Show(..) | Self::Status(_) => Ok(()),
        }
    }

    /// Returns the request with the answer in another form.
    pub fn of_kind(mut self, kind: ContentType) -> Self {
        let (Self::Question(_, form) | Self::Show(_, form) | Self::Status(form)) = &mut self;
        form.kind = kind;
        self
    }

    /// Returns the body of the answer, and whether all requested ids are missing.
    pub fn answer(
        self,
        target: &Target,
        reader: &Reader,
        index: &Path,
        memory: &Arc<Memory>,
    ) -> Result<(Body, bool), Failure> {
        let (answer, form) = match self {
            Self::Question(question, form) => {
                let text = question.text();
                let mut request = question.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
                // A feed shows only the number of copies.
                if let (ContentType::Atom, Request::Query(request)) = (form.kind, &mut request) {
                    request.collapse = Collapse::Counted;
                }
                (ask::answer(request, reader).map_err(|error| error.diagnostic(&text))?, form)
            }
            Self::Show(options, form) => {
                let request = options.request().map_err(|error| ask::invalid_id(&error, Some(reader)))?;
                (Answer::Show(ask::show(request, reader)?), form)
            }
            Self::Status(form) => (Answer::Status(Box::new(ask::status(index, reader)?.without_folders())), form),
        };
        if let (ContentType::Atom, Answer::Query(answer)) = (form.kind, &answer) {
            let feed = feed(answer, &target.address, &target.base, reader.catalog().as_of);
            return Ok((Body::counted(&feed, memory)?, false));
        }
        let is_missing = matches!(&answer, Answer::Show(answer) if answer.shown.is_empty());
        let format = match form.kind {
            ContentType::Svg => Format::Svg,
            ContentType::Csv => Format::Csv,
            _ => Format::Json,
        };
        let style = Style::plain(80, syntax);
        let output = Output { format, style, fields: form.fields, raw: false, bom: false };
        let mut writer = Writer::new(memory);
        let written = render(&answer, &output, &mut writer);
        // The writer knows the reason of a failed write.
        let body = writer.finish()?;
        written?;
        Ok((body, is_missing))
    }
}

/// Returns an error for a question whose answer may exceed the limits.
pub fn check(question: &Question) -> Result<(), Failure> {
    match question {
        Question::Query(options) => check_depth(options.limit, options.offset),
        Question::Stories(options) => check_length("limit", Some(options.shared.limit)).map(drop),
        Question::Compare(options) => check_length("top", Some(Limit(Some(options.top)))).map(drop),
        Question::Trend(options) => check_length("top", options.top.map(|top| Limit(Some(top)))).map(drop),
        Question::Count(_) => Ok(()),
    }
}

/// Returns an error for hits beyond the maximum depth.
pub fn check_depth(limit: Option<Limit>, offset: usize) -> Result<(), Failure> {
    let count = check_length("limit", limit)?;
    if offset.saturating_add(count) > MAX_DEPTH {
        let message = format!("`offset` plus `limit` exceeds {MAX_DEPTH} hits");
        return usage(&message, "select fewer days or one source, or use `digest-search query --limit all`");
    }
    Ok(())
}

/// Returns the requested number of records.
fn check_length(name: &str, limit: Option<Limit>) -> Result<usize, Failure> {
    match limit {
        None => Ok(0),
        Some(Limit(Some(n))) if n <= MAX_LIMIT => Ok(n),
        Some(_) => usage(
            &format!("invalid value for `{name}`: expected at most {MAX_LIMIT}"),
            "use a smaller one, or the command line",
        ),
    }
}

fn usage<T>(message: &str, hint: &str) -> Result<T, Failure> {
    Err(Failure::message("usage", message.to_owned(), hint))
}
