//! The commands that query an index, with their options and requests.

use super::source::read_some;
use super::{
    Argument, CompareOptions, CountOptions, Error, FilterOptions, GapsOptions, Idle, Limit, OptionSource, QueryOptions,
    SelectionOptions, StoriesOptions, TrendOptions, arguments,
};
use crate::backend::Catalog;
use crate::insight::{CompareRequest, CountRequest, StoriesRequest, TrendRequest};
use crate::query::{SearchRequest, Sort};

/// A command that queries an index.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// `query`
    Query,
    /// `count`
    Count,
    /// `compare`
    Compare,
    /// `trend`
    Trend,
    /// `stories`
    Stories,
    /// `gaps`
    Gaps,
}

/// A command with its options.
#[derive(Debug)]
pub enum Question {
    /// Options of `query`.
    Query(QueryOptions),
    /// Options of `count`.
    Count(CountOptions),
    /// Options of `compare`.
    Compare(CompareOptions),
    /// Options of `trend`.
    Trend(TrendOptions),
    /// Options of `stories`.
    Stories(StoriesOptions),
}

/// A command's request: its options, parsed and resolved.
pub enum Request {
    /// Request of `query`.
    Query(SearchRequest),
    /// Request of `count`.
    Count(CountRequest),
    /// Request of `compare`.
    Compare(CompareRequest),
    /// Request of `trend`.
    Trend(TrendRequest),
    /// Request of `stories`.
    Stories(StoriesRequest),
}

impl Command {
    /// All commands.
    pub const ALL: [Self; 6] = [Self::Query, Self::Count, Self::Compare, Self::Trend, Self::Stories, Self::Gaps];

    /// Returns the command's name.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Query => "query",
            Self::Count => "count",
            Self::Compare => "compare",
            Self::Trend => "trend",
            Self::Stories => "stories",
            Self::Gaps => "gaps",
        }
    }

    /// Returns the command's options, hidden ones included.
    pub fn arguments(self) -> Vec<Argument> {
        match self {
            Self::Query => arguments::<QueryOptions>(),
            Self::Count => arguments::<CountOptions>(),
            Self::Compare => arguments::<CompareOptions>(),
            Self::Trend => arguments::<TrendOptions>(),
            Self::Stories => arguments::<StoriesOptions>(),
            Self::Gaps => arguments::<GapsOptions>(),
        }
    }

    /// Reads the command's options; hidden ones only if `all` is set.
    pub fn read<W: OptionSource>(self, source: &mut W, all: bool) -> Result<Question, W::Error> {
        let is_offered = |option: &Argument| all || !option.is_hidden();
        Ok(match self {
            Self::Query => Question::Query(read_some(source, is_offered)?),
            Self::Count => Question::Count(read_some(source, is_offered)?),
            Self::Compare => Question::Compare(read_some(source, is_offered)?),
            Self::Trend => Question::Trend(read_some(source, is_offered)?),
            Self::Stories => Question::Stories(read_some(source, is_offered)?),
            Self::Gaps => Question::Stories(read_some::<GapsOptions, W>(source, is_offered)?.into()),
        })
    }
}

impl Request {
    /// Makes its days those of digests, as those of shares always are: in a report, sections on titles of one week beside
    /// shares of another would not be about the same entries.
    pub fn by_digest_days(&mut self) {
        let selection = match self {
            Self::Query(request) => &mut request.selection,
            Self::Count(request) => &mut request.selection,
            Self::Compare(request) => &mut request.selection,
            Self::Trend(request) => &mut request.selection,
            Self::Stories(request) => &mut request.selection,
        };
        selection.filters.of_digests = true;
    }
}

impl Question {
    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<Request, Error> {
        Ok(match self {
            Self::Query(options) => Request::Query(options.request(catalog)?),
            Self::Count(options) => Request::Count(options.request(catalog)?),
            Self::Compare(options) => Request::Compare(options.request(catalog)?),
            Self::Trend(options) => Request::Trend(options.request(catalog)?),
            Self::Stories(options) => Request::Stories(options.request(catalog)?),
        })
    }

    /// Returns the filters, mutable.
    pub fn filters_mut(&mut self) -> &mut FilterOptions {
        &mut self.selection_mut().filters
    }

    /// Returns the query text as source.
    pub fn text(&self) -> String {
        self.selection().text()
    }

    /// Returns the question with another policy for options without effect.
    pub fn with_idle(mut self, idle: Idle) -> Self {
        self.selection_mut().idle = idle;
        self
    }

    fn selection(&self) -> &SelectionOptions {
        match self {
            Self::Query(options) => &options.selection,
            Self::Count(options) => &options.selection,
            Self::Compare(options) => &options.selection,
            Self::Trend(options) => &options.selection,
            Self::Stories(options) => &options.shared.selection,
        }
    }

    fn selection_mut(&mut self) -> &mut SelectionOptions {
        match self {
            Self::Query(options) => &mut options.selection,
            Self::Count(options) => &mut options.selection,
            Self::Compare(options) => &mut options.selection,
            Self::Trend(options) => &mut options.selection,
            Self::Stories(options) => &mut options.shared.selection,
        }
    }
}

/// Reads the options of a feed, which shows the newest matches.
pub fn read_feed<W: OptionSource>(source: &mut W) -> Result<QueryOptions, W::Error> {
    /// The default number of entries: enough for the time between two polls of a feed reader.
    const DEFAULT: Limit = Limit(Some(50));
    let filters = arguments::<SelectionOptions>();
    let is_offered =
        |option: &Argument| option.name() == "limit" || filters.iter().any(|filter| filter.name() == option.name());
    let options: QueryOptions = read_some(source, is_offered)?;
    Ok(QueryOptions { sort: Some(Sort::Newest), limit: options.limit.or(Some(DEFAULT)), ..options })
}
