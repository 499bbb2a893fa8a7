//! What can be asked for, each by its path, and how its parameters are read. Only the paths as they stand here are known: nothing
//! is unescaped or resolved on the way.

use super::asked::{Asked, Form};
use super::reply::Kind;
use super::work::Cost;
use crate::options::{Argument, Command, OptionSource, Question, ShowOptions, newest, read};

/// A path that something is answered to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// What a command answers to the same question.
    Command(Command),
    /// What `trend` draws.
    Picture,
    /// The newest that `query` finds.
    Feed,
    Show,
    Status,
}

/// All paths, behind the prefix of the public address if there is one.
pub const ROUTES: [(&str, Route); 10] = [
    ("/api/v1/query", Route::Command(Command::Query)),
    ("/api/v1/query.atom", Route::Feed),
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

impl Route {
    pub fn find(path: &str) -> Option<Self> {
        ROUTES.iter().find(|(known, _)| *known == path).map(|(_, route)| *route)
    }

    pub fn kind(self) -> Kind {
        match self {
            Self::Picture => Kind::Svg,
            Self::Feed => Kind::Atom,
            _ => Kind::Json,
        }
    }

    /// Whether the same question to the same index has the same answer.
    pub fn is_stable(self) -> bool {
        self != Self::Status
    }

    /// Whether it looks at a few entries, or at all there are with all their words.
    pub fn cost(self) -> Cost {
        match self {
            Self::Command(Command::Query | Command::Count) | Self::Feed | Self::Show | Self::Status => Cost::Small,
            Self::Command(Command::Compare | Command::Trend | Command::Stories | Command::Gaps) | Self::Picture => {
                Cost::Expensive
            }
        }
    }

    /// Reads the parameters.
    pub fn read<W: OptionSource>(self, written: &mut W) -> Result<Asked, W::Error> {
        let question = match self {
            Self::Command(command) => command.read(written, false)?,
            Self::Picture | Self::Feed => {
                let question = match self {
                    Self::Picture => Command::Trend.read(written, false)?,
                    _ => Question::Query(newest(written)?),
                };
                return Ok(Asked::Question(Box::new(question), Form { kind: self.kind(), fields: Vec::new() }));
            }
            Self::Show => {
                let options: ShowOptions = read(written)?;
                return Ok(Asked::Show(options, form(written)?));
            }
            Self::Status => return Ok(Asked::Status(form(written)?)),
        };
        Ok(Asked::Question(Box::new(question), form(written)?))
    }
}

fn form<W: OptionSource>(written: &mut W) -> Result<Form, W::Error> {
    let fields = Argument::texts("fields", "Only these fields of the records, in this order; with commas between");
    Ok(Form { kind: Kind::Json, fields: written.values(&fields)? })
}
