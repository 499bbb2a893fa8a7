//! The questions that can be put, each with the options of its command, and how these are read.

use super::source::read_some;
use super::{
    Argument, CompareOptions, CountOptions, Error, FilterOptions, GapsOptions, Idle, Limit, OptionSource, QueryOptions,
    SelectionOptions, StoriesOptions, TrendOptions, arguments,
};
use crate::backend::Catalog;
use crate::insight::{CompareRequest, CountRequest, StoriesRequest, TrendRequest};
use crate::query::{SearchRequest, Sort};

/// A command that asks something of what is indexed.
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

/// What is chosen of a command.
#[derive(Debug)]
pub enum Question {
    /// Of `query`.
    Query(QueryOptions),
    /// Of `count`.
    Count(CountOptions),
    /// Of `compare`.
    Compare(CompareOptions),
    /// Of `trend`.
    Trend(TrendOptions),
    /// Of `stories`.
    Stories(StoriesOptions),
}

/// What is asked, with all options understood.
pub enum Request {
    /// Of `query`.
    Query(SearchRequest),
    /// Of `count`.
    Count(CountRequest),
    /// Of `compare`.
    Compare(CompareRequest),
    /// Of `trend`.
    Trend(TrendRequest),
    /// Of `stories`.
    Stories(StoriesRequest),
}

impl Command {
    /// All commands.
    pub const ALL: [Self; 6] = [Self::Query, Self::Count, Self::Compare, Self::Trend, Self::Stories, Self::Gaps];

    /// The command's name.
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

    /// The command's options, hidden ones, too.
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

    /// Reads the command's options: those that are offered to everyone, and, where all are, those that are hidden, too.
    pub fn read<W: OptionSource>(self, written: &mut W, all: bool) -> Result<Question, W::Error> {
        let is_offered = |option: &Argument| all || !option.is_hidden();
        Ok(match self {
            Self::Query => Question::Query(read_some(written, is_offered)?),
            Self::Count => Question::Count(read_some(written, is_offered)?),
            Self::Compare => Question::Compare(read_some(written, is_offered)?),
            Self::Trend => Question::Trend(read_some(written, is_offered)?),
            Self::Stories => Question::Stories(read_some(written, is_offered)?),
            Self::Gaps => Question::Stories(read_some::<GapsOptions, W>(written, is_offered)?.into()),
        })
    }
}

impl Question {
    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<Request, Error> {
        Ok(match self {
            Self::Query(options) => Request::Query(options.request(catalog)?),
            Self::Count(options) => Request::Count(options.request(catalog)?),
            Self::Compare(options) => Request::Compare(options.request(catalog)?),
            Self::Trend(options) => Request::Trend(options.request(catalog)?),
            Self::Stories(options) => Request::Stories(options.request(catalog)?),
        })
    }

    /// What an entry must be, to be changed.
    pub fn filters_mut(&mut self) -> &mut FilterOptions {
        &mut self.selection_mut().filters
    }

    /// The words to search for, as they were written.
    pub fn text(&self) -> String {
        self.selection().text()
    }

    /// The same, with those options without effect let pass.
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

/// Reads the options of a feed, which has the newest of what matches.
pub fn newest<W: OptionSource>(written: &mut W) -> Result<QueryOptions, W::Error> {
    /// As many as there may be between two looks at it.
    const USUAL: Limit = Limit(Some(50));
    let filters = arguments::<SelectionOptions>();
    let is_offered =
        |option: &Argument| option.name() == "limit" || filters.iter().any(|filter| filter.name() == option.name());
    let options: QueryOptions = read_some(written, is_offered)?;
    Ok(QueryOptions { sort: Some(Sort::Newest), limit: options.limit.or(Some(USUAL)), ..options })
}
