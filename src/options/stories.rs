//! What can be chosen of `stories`.

use super::{Error, Limit, Problem, SelectionOptions};
use crate::engine::Catalog;
use crate::insight::{GapsRequest, StoriesRequest, StoryOrder};

/// What can be chosen of `stories`.
#[derive(Debug, Clone)]
pub struct StoriesOptions {
    /// Which titles one of them must match.
    pub selection: SelectionOptions,
    /// Whether the stories are sought that one side has nothing of.
    pub gaps: bool,
    /// Which stories come first; not with gaps.
    pub sort: Option<StoryOrder>,
    /// How many to show.
    pub limit: Limit,
    /// How many titles a story has at least; not with gaps.
    pub min: Option<usize>,
    /// Gaps with a greater q-value are none.
    pub q: Option<f64>,
}

impl Default for StoriesOptions {
    fn default() -> Self {
        let limit = Limit(Some(Self::LIMIT));
        Self { selection: SelectionOptions::default(), gaps: false, sort: None, limit, min: None, q: None }
    }
}

/// What is sought.
#[derive(Debug)]
pub enum StoriesOrGaps {
    /// Stories.
    Stories(StoriesRequest),
    /// Stories that one side has nothing of.
    Gaps(GapsRequest),
}

impl StoriesOptions {
    /// So many stories, where nothing else is asked for.
    pub const LIMIT: usize = 10;

    /// So many titles a story has at least, where nothing else is asked for: one alone is none.
    pub const MIN: usize = 2;

    /// The greatest q-value of gaps, where nothing else is asked for.
    pub const Q: f64 = 0.05;

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<StoriesOrGaps, Error> {
        let selection = self.selection.selection(catalog)?;
        let limit = self.limit.0;
        if self.gaps {
            let of_stories = [("sort", self.sort.is_some()), ("min", self.min.is_some())];
            return match of_stories.into_iter().find(|(_, is_there)| *is_there) {
                Some((option, _)) => Err(Error::new(option, Problem::NotOfGaps(option))),
                None => Ok(StoriesOrGaps::Gaps(GapsRequest { selection, q: self.q.unwrap_or(Self::Q), limit })),
            };
        }
        if self.q.is_some() {
            return Err(Error::new("q", Problem::OfGapsOnly("q")));
        }
        let min = self.min.unwrap_or(Self::MIN).max(1);
        Ok(StoriesOrGaps::Stories(StoriesRequest { selection, min, order: self.sort.unwrap_or_default(), limit }))
    }
}
