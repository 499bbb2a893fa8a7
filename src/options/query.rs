//! What can be chosen of `query`.

use super::idle::refuse;
use super::{Error, Limit, SelectionOptions};
use crate::engine::Catalog;
use crate::query::{Collapse, FacetField, Known, SearchRequest, Selection, Sort};

/// So many hits, where nothing else is asked for.
const LIMIT: usize = 10;

/// What can be chosen of `query`.
#[derive(Debug, Clone, Default)]
pub struct QueryOptions {
    /// Which units.
    pub selection: SelectionOptions,
    /// Which hits come first.
    pub sort: Option<Sort>,
    /// How many to show.
    pub limit: Option<Limit>,
    /// How many to pass over.
    pub offset: usize,
    /// The id of a unit that hits are to be like.
    pub like: Option<String>,
    /// Whether to tell what scores are made of.
    pub explain: bool,
    /// What becomes of copies of an article.
    pub collapse: Collapse,
    /// Fields to count by.
    pub facets: Vec<FacetField>,
}

impl QueryOptions {
    /// The request, for what is not known yet.
    pub fn request(&self, known: Option<Known>, catalog: &Catalog) -> Result<SearchRequest, Error> {
        let mut facets: Vec<FacetField> = Vec::new();
        for field in &self.facets {
            if !facets.contains(field) {
                facets.push(*field);
            }
        }
        let limit = self.limit.unwrap_or(Limit(if known.is_some() { None } else { Some(LIMIT) }));
        let selection = Selection { like: self.like.clone(), known, ..self.selection.selection(catalog)? };
        let is_idle = |is_set: bool| is_set && !selection.is_scored();
        let without = |option| (option, "without words: there are no scores", "add words to search for, or --like ID");
        refuse(self.selection.idle, is_idle(self.sort == Some(Sort::Relevance)), without("sort"))?;
        refuse(self.selection.idle, is_idle(self.explain), without("explain"))?;
        Ok(SearchRequest {
            selection,
            explain: self.explain,
            sort: self.sort.unwrap_or_default(),
            offset: self.offset,
            limit: limit.0,
            collapse: self.collapse,
            facets,
        })
    }
}
