//! Answers a request.

use super::copies::Copied;
use super::dictionary::Dictionary;
use super::distinct::distinct;
use super::facets::tables;
use super::marks::marks;
use super::matching::{List, Scoring};
use super::rank::Ranked;
use super::suggest::suggest;
use super::top::Top;
use super::{Error, Reader};
use crate::query::{Collapse, Hit, SearchRequest, SearchResponse, Selection, Sequence, Suggestions};

impl Reader {
    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let selection = &request.selection;
        let selected = self.selected(selection)?;
        let scoring = if selection.is_scored() { Scoring::Least } else { Scoring::Never };
        // The same for all segments: it may be written down while they are read.
        let known = if request.collapse == Collapse::Never { None } else { self.copies() };
        let found = self.each_list(&selected, &selection.filters, scoring, |list, segment| {
            let copied = match (request.collapse, known) {
                (Collapse::Never, _) => Copied::default(),
                (_, Some(known)) => known.of(&list, segment),
                (_, None) => Copied::by_column(&list, segment)?,
            };
            Ok((list, copied))
        })?;
        let (lists, copied): (Vec<List>, Vec<Copied>) = found.into_iter().unzip();
        let total_units = lists.iter().map(|list| list.docs.len()).sum();
        let counts = self.counts(&lists, &tables(&request.facets))?;
        let facets = self.facets(&selected, &selection.filters, &request.facets, counts)?;
        let keys: Vec<&[u64]> = copied.iter().map(|copied| &copied.keys[..]).collect();
        let total = total_units - keys.iter().map(|keys| keys.len()).sum::<usize>() + distinct(&keys);
        let top = Top { reader: self, selected: &selected, request, lists: &lists, copied: &copied };
        let ranked = top.hits()?;
        let mut sequences = Vec::new();
        selected.plans.iter().for_each(|plan| plan.sequences(&mut sequences));
        let hits = ranked.iter().map(|ranked| self.hit(ranked, &sequences, selection.is_scored()));
        let mut hits = hits.collect::<Result<Vec<_>, _>>()?;
        if request.explain {
            for (hit, reasons) in hits.iter_mut().zip(self.reasons(&ranked, &selected)?) {
                hit.reasons = reasons;
            }
        }
        let suggestions = if total == 0 { self.suggestions(selection)? } else { None };
        Ok(SearchResponse { total, total_units, hits, facets, spellings: selected.spellings, suggestions })
    }

    /// What may help where nothing is selected; none where no words were asked for.
    pub fn suggestions(&self, selection: &Selection) -> Result<Option<Suggestions>, Error> {
        let text = selection.text.as_ref().filter(|text| text.has_words());
        text.map(|text| suggest(self, text, selection)).transpose()
    }

    /// The words of all units.
    pub(super) fn dictionary(&self) -> Dictionary<'_> {
        Dictionary { segments: &self.segments, words: self.catalog.words }
    }

    fn hit(&self, ranked: &Ranked, sequences: &[&Sequence], is_scored: bool) -> Result<Hit, Error> {
        let unit = self.unit(ranked.best.address)?;
        let marks = marks(&unit, sequences);
        let copy_ids = ranked.copies.iter().map(|copy| self.id(copy.address).map(|id| id.to_string()));
        self.counted_hit(Hit {
            score: is_scored.then(|| ranked.best.score()),
            copies: ranked.count,
            copy_ids: copy_ids.collect::<Result<_, _>>()?,
            marks: marks.text,
            source_marks: marks.source,
            reasons: Vec::new(),
            unit,
        })
    }
}
