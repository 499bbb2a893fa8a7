//! Search: planning, evaluation by the backend, and highlighting.

use std::collections::HashMap;

use super::Reader;
use super::facets::FacetTables;
use super::marks::marks;
use super::selected::Selected;
use super::suggest::suggest;
use crate::backend::{Error, Search, SearchResult, UnmarkedHit, shown};
use crate::query::{Collapse, Hit, SearchRequest, SearchResponse, Selection, Sort, Suggestions};

impl Reader {
    /// Answers a search request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        self.check_cancelled()?;
        let selection = &request.selection;
        let selected = Selected::of(selection, self.snapshot())?;
        let facets = FacetTables::of(&request.facets, &selected);
        let Selected { chosen, filters, spellings, .. } = selected;
        let search = Search {
            chosen: &chosen,
            filters: &filters,
            is_scored: selection.is_scored(),
            sort: request.sort,
            collapse: request.collapse,
            offset: request.offset,
            limit: request.limit,
            explain: request.explain,
            tables: &facets.tables,
        };
        let mut sequences = Vec::new();
        chosen.trees.iter().for_each(|tree| tree.sequences(&mut sequences));
        let mut hits = Vec::new();
        let found = self.snapshot().search(&search, &mut |found| {
            let UnmarkedHit { entry, score, copies, copy_ids, reasons, .. } = found;
            let marks = marks(&entry, &sequences);
            let score = search.is_scored.then(|| shown(score));
            hits.push(self.counted(Hit {
                entry,
                score,
                copies,
                copy_ids,
                marks: marks.text,
                source_marks: marks.source,
                description_marks: marks.description,
                reasons,
            })?);
            Ok(())
        })?;
        let SearchResult { total, total_entries, counts } = found;
        let facets = facets.facets(&request.facets, &counts, self.catalog());
        let suggestions = if total == 0 { self.suggestions(selection)? } else { None };
        Ok(SearchResponse { total, total_entries, hits, facets, spellings, suggestions })
    }

    /// Returns the scores of the best entries by their numbers in samples, in thousandths, copies one by one; none where
    /// no words were asked for.
    pub fn scores(&self, selection: &Selection, limit: usize) -> Result<HashMap<u64, u32>, Error> {
        let mut scores = HashMap::new();
        if selection.is_scored() {
            let Selected { chosen, filters, .. } = Selected::of(selection, self.snapshot())?;
            let search = Search {
                chosen: &chosen,
                filters: &filters,
                is_scored: true,
                sort: Sort::Relevance,
                collapse: Collapse::Never,
                offset: 0,
                limit: Some(limit),
                explain: false,
                tables: &[],
            };
            self.snapshot().search(&search, &mut |found| {
                scores.insert(found.number, found.score);
                Ok(())
            })?;
        }
        Ok(scores)
    }

    /// Returns suggestions for a selection without entries; `None` without words.
    pub fn suggestions(&self, selection: &Selection) -> Result<Option<Suggestions>, Error> {
        let text = selection.text.as_ref().filter(|text| text.has_words());
        text.map(|text| suggest(self.snapshot(), text, selection)).transpose()
    }
}
