//! The questions that a section can put: those of the commands, with the same options.

use super::error::SpecError;
use super::keys::Keys;
use crate::engine::Catalog;
use crate::insight::{By, CompareRequest, CountRequest, StoryOrder, TrendRequest};
use crate::options::{
    self, CompareOptions, CountOptions, FilterOptions, QueryOptions, SelectionOptions, StoriesOptions, StoriesOrGaps,
    TrendOptions,
};
use crate::query::{FacetField, SearchRequest, Sort};
use crate::schema::Kind;

/// A command whose answer can be a section.
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
    /// `stories --gaps`
    Gaps,
}

/// What is chosen of a command.
#[derive(Debug)]
pub enum Question {
    Query(QueryOptions),
    Count(CountOptions),
    Compare(CompareOptions),
    Trend(TrendOptions),
    Stories(StoriesOptions),
}

/// What is asked, with all options understood.
pub enum Request {
    Query(SearchRequest),
    Count(CountRequest),
    Compare(CompareRequest),
    Trend(TrendRequest),
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
    pub(super) fn read(self, keys: &mut Keys<'_>) -> Result<Question, SpecError> {
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
    pub fn request(&self, catalog: &Catalog) -> Result<Request, options::Error> {
        Ok(match self {
            Self::Query(options) => Request::Query(options.request(None, catalog)?),
            Self::Count(options) => Request::Count(options.request(catalog)?),
            Self::Compare(options) => Request::Compare(options.request(catalog)?),
            Self::Trend(options) => Request::Trend(options.request(catalog)?),
            Self::Stories(options) => Request::Stories(options.request(catalog)?),
        })
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
}

fn query(keys: &mut Keys<'_>) -> Result<QueryOptions, SpecError> {
    Ok(QueryOptions {
        selection: selection(keys)?,
        sort: keys.choice("sort", &Sort::ALL, Sort::as_str)?.unwrap_or_default(),
        limit: keys.parsed("limit", options::limit)?,
        offset: keys.number("offset")?.unwrap_or_default(),
        like: keys.text("like")?,
        explain: keys.flag("explain")?,
        all_copies: keys.flag("all-copies")?,
        facets: keys.choices("facets", &FacetField::ALL, FacetField::as_str)?,
    })
}

fn count(keys: &mut Keys<'_>) -> Result<CountOptions, SpecError> {
    Ok(CountOptions {
        selection: selection(keys)?,
        by: keys.choices("by", &By::ALL, By::as_str)?,
        share: keys.flag("share")?,
        top: keys.number("top")?,
    })
}

fn compare(keys: &mut Keys<'_>) -> Result<CompareOptions, SpecError> {
    let usual = CompareOptions::default();
    Ok(CompareOptions {
        selection: selection(keys)?,
        period: keys.each("period")?,
        ngrams: keys.parsed("ngrams", options::ngrams)?.unwrap_or(usual.ngrams),
        keep_names: keys.flag("keep-names")?,
        top: keys.number("top")?.unwrap_or(usual.top),
        q: keys.parsed("q", options::part)?.unwrap_or(usual.q),
        prior: keys.parsed("prior", options::weight)?,
    })
}

fn trend(keys: &mut Keys<'_>) -> Result<TrendOptions, SpecError> {
    let usual = TrendOptions::default();
    Ok(TrendOptions {
        selection: selection(keys)?,
        by: keys.choice("by", &TrendOptions::SPANS, By::as_str)?,
        top: keys.number("top")?.unwrap_or(usual.top),
    })
}

fn stories(keys: &mut Keys<'_>) -> Result<StoriesOptions, SpecError> {
    let usual = StoriesOptions::default();
    Ok(StoriesOptions {
        selection: selection(keys)?,
        gaps: keys.flag("gaps")?,
        sort: keys.choice("sort", &StoryOrder::ALL, StoryOrder::as_str)?,
        limit: keys.parsed("limit", options::limit)?.unwrap_or(usual.limit),
        min: keys.number("min")?,
        q: keys.parsed("q", options::part)?,
    })
}

fn gaps(keys: &mut Keys<'_>) -> Result<StoriesOptions, SpecError> {
    let usual = StoriesOptions::default();
    Ok(StoriesOptions {
        selection: selection(keys)?,
        gaps: true,
        limit: keys.parsed("limit", options::limit)?.unwrap_or(usual.limit),
        q: keys.parsed("q", options::part)?,
        ..usual
    })
}

fn selection(keys: &mut Keys<'_>) -> Result<SelectionOptions, SpecError> {
    Ok(SelectionOptions {
        text: keys.text("text")?.unwrap_or_default(),
        any: keys.flag("any")?,
        fuzzy: keys.flag("fuzzy")?,
        filters: filters(keys)?,
    })
}

/// Options that say days: a section with one of its own has none of the report's. `last: 7d` is `since: 7d`.
pub const DAYS: [&str; 4] = ["last", "since", "until", "on"];

/// Reads the filters.
pub fn filters(keys: &mut Keys<'_>) -> Result<FilterOptions, SpecError> {
    Ok(FilterOptions {
        topic: keys.each("topic")?,
        perspective: keys.each("perspective")?,
        source: keys.each("source")?,
        kind: keys.choices("kind", &Kind::ALL, Kind::as_str)?,
        lang: keys.each("lang")?,
        since: keys.either("since", "last")?,
        until: keys.text("until")?,
        on: keys.each("on")?,
        as_of: keys.text("as-of")?,
    })
}

/// The options that a section with a command's answer can have.
pub fn known(command: Command) -> Result<Vec<&'static str>, SpecError> {
    let node = super::yaml::read("")?;
    let vars = super::vars::Vars::default();
    let mut keys = Keys::new(command.as_str(), &node, &vars)?;
    command.read(&mut keys)?;
    Ok(keys.finish()?.known)
}
