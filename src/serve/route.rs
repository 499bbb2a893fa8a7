//! Routes of the API: paths and their parameters. Paths match literally, without unescaping or resolving.

use super::api_request::{ApiRequest, ResponseForm};
use super::reply::ContentType;
use super::work::Cost;
use crate::options::{Argument, Command, OptionSource, Question, ShowOptions, read, read_feed};

/// A route of the API.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Route {
    /// The answer of a command.
    Command(Command),
    /// The chart of `trend`.
    Picture,
    /// The newest hits of `query` as a feed.
    Feed,
    Show,
    Status,
    /// The records of another route, as a table.
    Csv(&'static Route),
}

/// All paths, below the prefix of the public URL.
pub const ROUTES: [(&str, Route); 18] = [
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
    ("/api/v1/query.csv", Route::Csv(&Route::Command(Command::Query))),
    ("/api/v1/count.csv", Route::Csv(&Route::Command(Command::Count))),
    ("/api/v1/compare.csv", Route::Csv(&Route::Command(Command::Compare))),
    ("/api/v1/trend.csv", Route::Csv(&Route::Command(Command::Trend))),
    ("/api/v1/stories.csv", Route::Csv(&Route::Command(Command::Stories))),
    ("/api/v1/gaps.csv", Route::Csv(&Route::Command(Command::Gaps))),
    ("/api/v1/show.csv", Route::Csv(&Route::Show)),
    ("/api/v1/status.csv", Route::Csv(&Route::Status)),
];

/// The path of the API's description.
pub const DESCRIPTION: &str = "/api/v1/openapi.json";

/// The path that tells whether questions can be answered.
pub const HEALTH: &str = "/api/v1/health";

impl Route {
    pub fn find(path: &str) -> Option<Self> {
        ROUTES.iter().find(|(known, _)| *known == path).map(|(_, route)| *route)
    }

    pub fn kind(self) -> ContentType {
        match self {
            Self::Picture => ContentType::Svg,
            Self::Feed => ContentType::Atom,
            Self::Csv(_) => ContentType::Csv,
            _ => ContentType::Json,
        }
    }

    /// Reports whether the same request to the same index has the same answer.
    pub fn is_stable(self) -> bool {
        self.answered() != Self::Status
    }

    /// Returns the route whose answer is given, in whichever format.
    pub fn answered(self) -> Self {
        if let Self::Csv(route) = self { *route } else { self }
    }

    /// Returns the name under which a browser saves the answer, if it saves it.
    pub fn file_name(self) -> Option<&'static str> {
        let (path, _) = ROUTES.iter().find(|(_, route)| *route == self && matches!(route, Self::Csv(_)))?;
        path.rsplit('/').next()
    }

    /// Returns the cost: small for a look at a few entries, expensive for a scan of all with their words.
    pub fn cost(self) -> Cost {
        match self {
            Self::Command(Command::Query | Command::Count) | Self::Feed | Self::Show | Self::Status => Cost::Small,
            Self::Command(Command::Compare | Command::Trend | Command::Stories | Command::Gaps) | Self::Picture => {
                Cost::Expensive
            }
            Self::Csv(route) => route.cost(),
        }
    }

    /// Reads the parameters.
    pub fn read<W: OptionSource>(self, source: &mut W) -> Result<ApiRequest, W::Error> {
        let question = match self {
            Self::Command(command) => command.read(source, false)?,
            Self::Picture | Self::Feed => {
                let question = match self {
                    Self::Picture => Command::Trend.read(source, false)?,
                    _ => Question::Query(read_feed(source)?),
                };
                return Ok(ApiRequest::Question(
                    Box::new(question),
                    ResponseForm { kind: self.kind(), fields: Vec::new() },
                ));
            }
            Self::Show => {
                let options: ShowOptions = read(source)?;
                return Ok(ApiRequest::Show(options, form(source)?));
            }
            Self::Status => return Ok(ApiRequest::Status(form(source)?)),
            Self::Csv(route) => return Ok(route.read(source)?.of_kind(ContentType::Csv)),
        };
        Ok(ApiRequest::Question(Box::new(question), form(source)?))
    }
}

fn form<W: OptionSource>(source: &mut W) -> Result<ResponseForm, W::Error> {
    let fields = Argument::texts("fields", "Include only these comma-separated fields of the records, in this order");
    Ok(ResponseForm { kind: ContentType::Json, fields: source.values(&fields)? })
}
