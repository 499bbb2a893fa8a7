//! Pages for people: the same questions with the same parameters as those of the API, asked by forms and links, and the
//! answers as HTML. They need no script; with ours, results come as one types.

mod address;
mod assets;
mod choices;
mod digest;
mod facets;
mod feed;
mod form;
mod frame;
mod histogram;
mod hits;
mod insight;
mod problem;
mod search;

use hyper::StatusCode;
use maud::Markup;

pub use address::Address;
pub use assets::Asset;
pub use feed::{feed, opensearch};

use super::parameters::Parameters;
use super::reply::{for_client, status};
use super::work::Cost;
use crate::failure::Failure;
use crate::options::Command;
use crate::planning::Reader;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Search,
    /// One that answers as a command does.
    Insight(Command),
    Digest,
}

/// All pages with their paths.
pub const PAGES: [(&str, Page); 6] = [
    ("/", Page::Search),
    ("/compare", Page::Insight(Command::Compare)),
    ("/trend", Page::Insight(Command::Trend)),
    ("/stories", Page::Insight(Command::Stories)),
    ("/gaps", Page::Insight(Command::Gaps)),
    ("/digest", Page::Digest),
];

/// The path of what tells a browser how to search here.
pub const OPENSEARCH: &str = "/opensearch.xml";

/// The path of the feed of a search.
const FEED: &str = "/api/v1/query.atom";

/// What a page shows.
struct Shown {
    /// What it is about.
    title: String,
    body: Markup,
    status: StatusCode,
}

impl Page {
    pub fn find(path: &str) -> Option<(Self, &'static str)> {
        PAGES.iter().find(|(known, _)| *known == path).map(|(path, page)| (*page, *path))
    }

    fn path(self) -> &'static str {
        PAGES.iter().find(|(_, page)| *page == self).map_or("/", |(path, _)| path)
    }

    /// What it may cost to answer.
    pub fn cost(self) -> Cost {
        if matches!(self, Self::Insight(_)) { Cost::Dear } else { Cost::Small }
    }

    /// What the page is called.
    fn name(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Insight(Command::Compare) => "Two sides",
            Self::Insight(Command::Trend) => "Trend",
            Self::Insight(Command::Gaps) => "Gaps",
            Self::Insight(_) => "Stories",
            Self::Digest => "Digest",
        }
    }

    /// The page, whole, with what its parameters ask for, or why that can't be asked.
    pub fn answer(
        self,
        parameters: Parameters,
        here: &Address,
        reader: &Reader,
    ) -> Result<(StatusCode, String), Failure> {
        let catalog = reader.catalog();
        let shown = match self {
            Self::Search => search::page(parameters, here, reader),
            Self::Insight(command) => insight::page(command, parameters, here, reader),
            Self::Digest => digest::page(parameters, here, reader),
        };
        let shown = match shown {
            Err(failure) if status(&failure).is_server_error() => return Err(failure),
            shown => shown.unwrap_or_else(|failure| problem::of_question(self, &for_client(&failure), here, catalog)),
        };
        Ok((shown.status, frame::page(self, &shown, here, Some(catalog))))
    }

    /// The page where nothing can be asked.
    pub fn failed(self, status: StatusCode, failure: &Failure, here: &Address) -> String {
        problem::alone(self, status, failure, here)
    }
}
