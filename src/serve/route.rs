//! What can be asked for, each by its path, and how it is answered. Only the paths as they stand here are known: nothing
//! is unescaped or resolved on the way.

use super::limits::{MAX_DEPTH, MAX_IDS, MAX_LIMIT};
use super::reply::Kind;
use super::work::Cost;
use crate::ask::{self, Ids};
use crate::engine::Reader;
use crate::failure::Failure;
use crate::options::{Command, Limit, Question, Written, stories_alone};
use crate::render::{Answer, Format, Output, Style, render};

/// A path that something is answered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// What a command answers to the same question.
    Command(Command),
    /// What `trend` draws.
    Picture,
    Show,
    Status,
}

/// All paths, behind the prefix of the public address if there is one.
pub const ROUTES: [(&str, Route); 9] = [
    ("/api/v1/query", Route::Command(Command::Query)),
    ("/api/v1/count", Route::Command(Command::Count)),
    ("/api/v1/compare", Route::Command(Command::Compare)),
    ("/api/v1/trend", Route::Command(Command::Trend)),
    ("/api/v1/trend.svg", Route::Picture),
    ("/api/v1/stories", Route::Command(Command::Stories)),
    ("/api/v1/gaps", Route::Command(Command::Gaps)),
    ("/api/v1/show", Route::Show),
    ("/api/v1/status", Route::Status),
];

/// The path of what tells of all these.
pub const DESCRIPTION: &str = "/api/v1/openapi.json";

/// What is asked, with its parameters understood.
pub enum Asked {
    Question(Box<Question>, Form),
    Show(Vec<String>, Form),
    Status(Form),
}

/// How the answer is wanted.
pub struct Form {
    pub kind: Kind,
    fields: Vec<String>,
}

impl Route {
    pub fn find(path: &str) -> Option<Self> {
        ROUTES.iter().find(|(known, _)| *known == path).map(|(_, route)| *route)
    }

    pub fn kind(self) -> Kind {
        if self == Self::Picture { Kind::Svg } else { Kind::Json }
    }

    /// Whether the same question to the same index has the same answer.
    pub fn is_stable(self) -> bool {
        self != Self::Status
    }

    /// Whether it looks at a few units, or at all there are with all their words.
    pub fn cost(self) -> Cost {
        match self {
            Self::Command(Command::Query | Command::Count) | Self::Show | Self::Status => Cost::Small,
            Self::Command(Command::Compare | Command::Trend | Command::Stories | Command::Gaps) | Self::Picture => {
                Cost::Dear
            }
        }
    }

    /// Reads the parameters.
    pub fn read<W: Written>(self, written: &mut W) -> Result<Asked, W::Error> {
        let question = match self {
            Self::Command(Command::Stories) => Question::Stories(stories_alone(written)?),
            Self::Command(command) => command.read(written)?,
            Self::Picture => {
                let question = Command::Trend.read(written)?;
                return Ok(Asked::Question(Box::new(question), Form { kind: Kind::Svg, fields: Vec::new() }));
            }
            Self::Show => return Ok(Asked::Show(written.each("id")?, form(written)?)),
            Self::Status => return Ok(Asked::Status(form(written)?)),
        };
        Ok(Asked::Question(Box::new(question), form(written)?))
    }
}

fn form<W: Written>(written: &mut W) -> Result<Form, W::Error> {
    let fields = written.each("fields")?;
    let fields = fields.iter().flat_map(|fields| fields.split(',')).map(str::to_owned).collect();
    Ok(Form { kind: Kind::Json, fields })
}

impl Asked {
    /// Refuses what is more than anyone reads.
    pub fn check(&self) -> Result<(), Failure> {
        match self {
            Self::Question(question, _) => check(question),
            Self::Show(ids, _) if ids.is_empty() => {
                usage("there is no `id`", "say what to show, as in ?id=china-japan/2026-02-10")
            }
            Self::Show(ids, _) if ids.len() > MAX_IDS => {
                usage(&format!("there are {} ids; at most {MAX_IDS} are shown", ids.len()), "ask in several requests")
            }
            Self::Show(..) | Self::Status(_) => Ok(()),
        }
    }

    /// The answer, and whether there is nothing of what was asked for by name.
    pub fn answer(self, reader: &Reader, index: &std::path::Path) -> Result<(Vec<u8>, bool), Failure> {
        let (answer, form) = match self {
            Self::Question(question, form) => {
                let text = question.text();
                let request = question.request(reader.catalog()).map_err(|error| Failure::option(error, text))?;
                (ask::answer(request, reader).map_err(|error| Failure::insight(error, text))?, form)
            }
            Self::Show(ids, form) => {
                let ids = Ids::parse(ids).map_err(|wrong| Failure::id(&wrong, Some(reader)))?;
                (Answer::Show(ids.answer(reader)?), form)
            }
            Self::Status(form) => (Answer::Status(Box::new(ask::status(index, reader)?.without_folders())), form),
        };
        let is_missing = matches!(&answer, Answer::Show(answer) if answer.shown.is_empty());
        let format = if form.kind == Kind::Svg { Format::Svg } else { Format::Json };
        let style = Style { color: false, links: false, urls: false, bars: false, width: 80 };
        let output = Output { format, style, fields: form.fields, raw: false, bom: false };
        let mut body = Vec::new();
        render(&answer, &output, &mut body)?;
        Ok((body, is_missing))
    }
}

/// Refuses a question whose answer is longer than anyone reads.
pub fn check(question: &Question) -> Result<(), Failure> {
    let (name, limit, offset) = match question {
        Question::Query(options) => ("limit", options.limit, options.offset),
        Question::Stories(options) => ("limit", Some(options.limit), 0),
        Question::Compare(options) => ("top", Some(Limit(Some(options.top))), 0),
        Question::Trend(options) => ("top", Some(Limit(Some(options.top))), 0),
        Question::Count(_) => return Ok(()),
    };
    let asked = match limit {
        None => 0,
        Some(Limit(Some(n))) if n <= MAX_LIMIT => n,
        Some(_) => {
            let hint = "ask for less, or ask `digest-search` itself";
            return usage(&format!("`{name}` is at most {MAX_LIMIT} here"), hint);
        }
    };
    if offset.saturating_add(asked) > MAX_DEPTH {
        let message = format!("`offset` and `limit` lead beyond the first {MAX_DEPTH} hits");
        return usage(&message, "ask for fewer days or one source, or ask `digest-search query --limit all`");
    }
    Ok(())
}

fn usage(message: &str, hint: &str) -> Result<(), Failure> {
    Err(Failure::message("usage", message.to_owned(), hint))
}
