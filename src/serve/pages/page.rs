//! The pages: their paths and names, what they may cost, and what they show.

use hyper::StatusCode;
use maud::Markup;

use crate::options::Command;
use crate::serve::work::Cost;

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
pub const FEED: &str = "/api/v1/query.atom";

/// What a page shows.
pub struct Shown {
    /// What it is about.
    pub title: String,
    pub body: Markup,
    pub status: StatusCode,
}

impl Page {
    /// The page of a path, and the path.
    pub fn find(path: &str) -> Option<(Self, &'static str)> {
        PAGES.iter().find(|(known, _)| *known == path).map(|(path, page)| (*page, *path))
    }

    /// Its path.
    pub fn path(self) -> &'static str {
        PAGES.iter().find(|(_, page)| *page == self).map_or("/", |(path, _)| path)
    }

    /// What it may cost to answer.
    pub fn cost(self) -> Cost {
        if matches!(self, Self::Insight(_)) { Cost::Expensive } else { Cost::Small }
    }

    /// What the page is called.
    pub fn name(self) -> &'static str {
        match self {
            Self::Search => "Search",
            Self::Insight(Command::Compare) => "Two perspectives",
            Self::Insight(Command::Trend) => "Trend",
            Self::Insight(Command::Gaps) => "Gaps",
            Self::Insight(_) => "Stories",
            Self::Digest => "Digest",
        }
    }
}
