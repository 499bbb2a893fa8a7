//! The questions that can be put, each with the options of its command, and how these are read.

use super::{
    COUNT_OF_HITS, CompareOptions, CountOptions, Error, FilterOptions, Idle, Limit, NGRAMS, PART, QueryOptions,
    SelectionOptions, StoriesOptions, StoriesOrGaps, TrendOptions, WEIGHT, Written,
};
use crate::engine::Catalog;
use crate::insight::{By, CompareRequest, CountRequest, StoryOrder, TrendRequest};
use crate::model::Kind;
use crate::query::{Collapse, FacetField, SearchRequest, Sort};

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
    Stories(StoriesOrGaps),
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

    /// Reads the command's options.
    pub fn read<W: Written>(self, keys: &mut W) -> Result<Question, W::Error> {
        Ok(match self {
            Self::Query => Question::Query(query(keys)?),
            Self::Count => Question::Count(count(keys)?),
            Self::Compare => Question::Compare(compare(keys)?),
            Self::Trend => Question::Trend(trend(keys)?),
            Self::Stories => Question::Stories(stories(keys)?),
            Self::Gaps => Question::Stories(gaps(keys)?),
        })
    }
}

impl Question {
    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<Request, Error> {
        Ok(match self {
            Self::Query(options) => Request::Query(options.request(None, catalog)?),
            Self::Count(options) => Request::Count(options.request(catalog)?),
            Self::Compare(options) => Request::Compare(options.request(catalog)?),
            Self::Trend(options) => Request::Trend(options.request(catalog)?),
            Self::Stories(options) => Request::Stories(options.request(catalog)?),
        })
    }

    /// What a unit must be, to be changed.
    pub fn filters_mut(&mut self) -> &mut FilterOptions {
        match self {
            Self::Query(options) => &mut options.selection.filters,
            Self::Count(options) => &mut options.selection.filters,
            Self::Compare(options) => &mut options.selection.filters,
            Self::Trend(options) => &mut options.selection.filters,
            Self::Stories(options) => &mut options.selection.filters,
        }
    }

    /// The words to search for, as they were written.
    pub fn text(&self) -> &str {
        match self {
            Self::Query(options) => &options.selection.text,
            Self::Count(options) => &options.selection.text,
            Self::Compare(options) => &options.selection.text,
            Self::Trend(options) => &options.selection.text,
            Self::Stories(options) => &options.selection.text,
        }
    }

    /// The same, with those options without effect let pass.
    pub fn with_idle(mut self, idle: Idle) -> Self {
        let selection = match &mut self {
            Self::Query(options) => &mut options.selection,
            Self::Count(options) => &mut options.selection,
            Self::Compare(options) => &mut options.selection,
            Self::Trend(options) => &mut options.selection,
            Self::Stories(options) => &mut options.selection,
        };
        selection.idle = idle;
        self
    }
}

/// Reads the options of `query`.
pub fn query<W: Written>(keys: &mut W) -> Result<QueryOptions, W::Error> {
    Ok(QueryOptions {
        selection: selection(keys)?,
        sort: keys.choice("sort", &Sort::ALL, Sort::as_str)?,
        limit: keys.parsed("limit", COUNT_OF_HITS)?,
        offset: keys.number("offset")?.unwrap_or_default(),
        like: keys.text("like")?,
        explain: keys.flag("explain")?,
        collapse: if keys.flag("all-copies")? { Collapse::Never } else { Collapse::Listed },
        facets: keys.choices("facets", &FacetField::ALL, FacetField::as_str)?,
    })
}

/// Reads the options of a feed, which has the newest of what matches.
pub fn newest<W: Written>(keys: &mut W) -> Result<QueryOptions, W::Error> {
    /// As many as there may be between two looks at it.
    const USUAL: Limit = Limit(Some(50));
    let limit = keys.parsed("limit", COUNT_OF_HITS)?.unwrap_or(USUAL);
    Ok(QueryOptions {
        selection: selection(keys)?,
        sort: Some(Sort::Newest),
        limit: Some(limit),
        collapse: Collapse::Counted,
        ..QueryOptions::default()
    })
}

fn count<W: Written>(keys: &mut W) -> Result<CountOptions, W::Error> {
    Ok(CountOptions {
        selection: selection(keys)?,
        by: keys.choices("by", &By::ALL, By::as_str)?,
        share: keys.flag("share")?,
        top: keys.number("top")?,
    })
}

fn compare<W: Written>(keys: &mut W) -> Result<CompareOptions, W::Error> {
    let usual = CompareOptions::default();
    Ok(CompareOptions {
        selection: selection(keys)?,
        period: keys.each("period")?,
        ngrams: keys.parsed("ngrams", NGRAMS)?.unwrap_or(usual.ngrams),
        keep_names: keys.flag("keep-names")?,
        top: keys.number("top")?.unwrap_or(usual.top),
        q: keys.parsed("q", PART)?.unwrap_or(usual.q),
        prior: keys.parsed("prior", WEIGHT)?,
    })
}

fn trend<W: Written>(keys: &mut W) -> Result<TrendOptions, W::Error> {
    Ok(TrendOptions {
        selection: selection(keys)?,
        by: keys.choice("by", &TrendOptions::SPANS, By::as_str)?,
        top: keys.number("top")?,
    })
}

fn stories<W: Written>(keys: &mut W) -> Result<StoriesOptions, W::Error> {
    Ok(StoriesOptions { gaps: keys.flag("gaps")?, q: keys.parsed("q", PART)?, ..stories_alone(keys)? })
}

/// Reads the options of stories where no gaps are sought.
pub fn stories_alone<W: Written>(keys: &mut W) -> Result<StoriesOptions, W::Error> {
    let usual = StoriesOptions::default();
    Ok(StoriesOptions {
        selection: selection(keys)?,
        sort: keys.choice("sort", &StoryOrder::ALL, StoryOrder::as_str)?,
        limit: keys.parsed("limit", COUNT_OF_HITS)?.unwrap_or(usual.limit),
        min: keys.number("min")?,
        ..usual
    })
}

fn gaps<W: Written>(keys: &mut W) -> Result<StoriesOptions, W::Error> {
    let usual = StoriesOptions::default();
    Ok(StoriesOptions {
        selection: selection(keys)?,
        gaps: true,
        limit: keys.parsed("limit", COUNT_OF_HITS)?.unwrap_or(usual.limit),
        q: keys.parsed("q", PART)?,
        ..usual
    })
}

fn selection<W: Written>(keys: &mut W) -> Result<SelectionOptions, W::Error> {
    Ok(SelectionOptions {
        text: keys.text("text")?.unwrap_or_default(),
        any: keys.flag("any")?,
        fuzzy: keys.flag("fuzzy")?,
        words: keys.flag("words")?,
        filters: filters(keys)?,
        idle: Idle::default(),
    })
}

/// Reads the filters.
pub fn filters<W: Written>(keys: &mut W) -> Result<FilterOptions, W::Error> {
    Ok(FilterOptions {
        topic: keys.each("topic")?,
        perspective: keys.each("perspective")?,
        source: keys.each("source")?,
        kind: keys.choices("kind", &Kind::ALL, Kind::as_str)?,
        lang: keys.each("lang")?,
        since: keys.text("since")?,
        until: keys.text("until")?,
        on: keys.each("on")?,
        as_of: keys.text("as-of")?,
    })
}
