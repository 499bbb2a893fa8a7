//! What is asked, with its parameters understood: whether it may be, and what is answered.

use std::path::Path;
use std::sync::Arc;

use super::body::{Body, Memory, Writer};
use super::limits::{MAX_DEPTH, MAX_IDS, MAX_LIMIT};
use super::pages::feed;
use super::parameters::syntax;
use super::reply::Kind;
use super::target::Target;
use crate::ask;
use crate::failure::Failure;
use crate::options::{Limit, Question, Request, ShowOptions};
use crate::planning::Reader;
use crate::query::Collapse;
use crate::render::{Answer, Format, Output, Style, render};

/// What is asked, with its parameters understood.
pub enum Asked {
    Question(Box<Question>, Form),
    Show(ShowOptions, Form),
    Status(Form),
}

/// How the answer is wanted.
pub struct Form {
    pub kind: Kind,
    pub fields: Vec<String>,
}

impl Asked {
    /// Refuses what is more than anyone reads.
    pub fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Question(question, _) => check(question),
            Self::Show(options, _) if options.id.is_empty() => {
                usage("there is no `id`", "say what to show, as in ?id=china-japan/2026-02-10")
            }
            Self::Show(options, _) if options.id.len() > MAX_IDS => usage(
                &format!("there are {} ids; at most {MAX_IDS} are shown", options.id.len()),
                "ask in several requests",
            ),
            Self::Show(..) | Self::Status(_) => Ok(()),
        }
    }

    /// The answer, and whether there is nothing of what was asked for by name.
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
                // A feed says how many copies there are, and not which.
                if let (Kind::Atom, Request::Query(request)) = (form.kind, &mut request) {
                    request.collapse = Collapse::Counted;
                }
                (ask::answer(request, reader).map_err(|error| error.diagnostic(&text))?, form)
            }
            Self::Show(options, form) => {
                let request = options.request().map_err(|wrong| ask::wrong_id(&wrong, Some(reader)))?;
                (Answer::Show(ask::show(request, reader)?), form)
            }
            Self::Status(form) => (Answer::Status(Box::new(ask::status(index, reader)?.without_folders())), form),
        };
        if let (Kind::Atom, Answer::Query(answer)) = (form.kind, &answer) {
            let feed = feed(answer, &target.address, &target.base, reader.catalog().as_of);
            return Ok((Body::counted(&feed, memory)?, false));
        }
        let is_missing = matches!(&answer, Answer::Show(answer) if answer.shown.is_empty());
        let format = if form.kind == Kind::Svg { Format::Svg } else { Format::Json };
        let style = Style::plain(80, syntax);
        let output = Output { format, style, fields: form.fields, raw: false, bom: false };
        let mut writer = Writer::new(memory);
        let written = render(&answer, &output, &mut writer);
        // Why it can't be written is known there.
        let body = writer.finish()?;
        written?;
        Ok((body, is_missing))
    }
}

/// Refuses a question whose answer is longer than anyone reads.
pub fn check(question: &Question) -> Result<(), Failure> {
    match question {
        Question::Query(options) => check_depth(options.limit, options.offset),
        Question::Stories(options) => check_length("limit", Some(options.shared.limit)).map(drop),
        Question::Compare(options) => check_length("top", Some(Limit(Some(options.top)))).map(drop),
        Question::Trend(options) => check_length("top", options.top.map(|top| Limit(Some(top)))).map(drop),
        Question::Count(_) => Ok(()),
    }
}

/// Refuses what lies farther down than anyone reads.
pub fn check_depth(limit: Option<Limit>, offset: usize) -> Result<(), Failure> {
    let asked = check_length("limit", limit)?;
    if offset.saturating_add(asked) > MAX_DEPTH {
        let message = format!("`offset` and `limit` lead beyond the first {MAX_DEPTH} hits");
        return usage(&message, "ask for fewer days or one source, or ask `digest-search query --limit all`");
    }
    Ok(())
}

/// How much is asked for.
fn check_length(name: &str, limit: Option<Limit>) -> Result<usize, Failure> {
    match limit {
        None => Ok(0),
        Some(Limit(Some(n))) if n <= MAX_LIMIT => Ok(n),
        Some(_) => {
            usage(&format!("`{name}` is at most {MAX_LIMIT} here"), "ask for less, or ask `digest-search` itself")
        }
    }
}

fn usage<T>(message: &str, hint: &str) -> Result<T, Failure> {
    Err(Failure::message("usage", message.to_owned(), hint))
}
