//! The pages: paths, names, costs and contents.

use hyper::StatusCode;
use maud::Markup;

use crate::options::Command;
use crate::serve::work::Cost;

/// A page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Search,
    /// The page of a command.
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

/// The path of the OpenSearch description.
pub const OPENSEARCH: &str = "/opensearch.xml";

/// The path of the feed of a search.
pub const FEED: &str = "/api/v1/query.atom";

/// The content of a page.
pub struct PageContent {
    /// The subject, for the title.
    pub title: String,
    pub body: Markup,
    pub status: StatusCode,
}

impl Page {
    /// Returns the page of a path, and the path.
    pub fn find(path: &str) -> Option<(Self, &'static str)> {
        PAGES.iter().find(|(known, _)| *known == path).map(|(path, page)| (*page, *path))
    }

    /// Returns the path.
    pub fn path(self) -> &'static str {
        PAGES.iter().find(|(_, page)| *page == self).map_or("/", |(path, _)| path)
    }

    /// Returns the cost of an answer.
    pub fn cost(self) -> Cost {
        if matches!(self, Self::Insight(_)) { Cost::Expensive } else { Cost::Small }
    }

    /// Returns the name of the page.
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Insight(Command::Compare) => "Compare",
            Self::Insight(Command::Trend) => "Trend",
            Self::Insight(Command::Gaps) => "Gaps",
            Self::Insight(_) => "Stories",
            Self::Digest => "Digest",
        }
    }
}
