//! Answers a request.

use super::dictionary::Dictionary;
use super::facets::tables;
use super::matching::{Number, Scoring};
use super::rank::{Candidate, Ranked};
use super::suggest::suggest;
use super::top::{Top, distinct};
use super::{Error, Reader, fields};
use crate::query::{Hit, SearchRequest, SearchResponse, Selection, Sequence, Stream, Suggestions, Unit, apart};
use crate::schema::{Language, streams, tokens};

impl Reader {
    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let selection = &request.selection;
        let selected = self.selected(selection)?;
        let scoring = if selection.is_scored() { Scoring::Least } else { Scoring::Never };
        let lists = self.lists(&selected, &selection.filters, scoring)?;
        let total_units = lists.iter().map(|list| list.docs.len()).sum();
        let counts = self.counts(&lists, &tables(&request.facets))?;
        let facets = self.facets(&selected, &selection.filters, &request.facets, counts)?;
        let copies = match request.all_copies {
            true => Vec::new(),
            false => self.each_segment(total_units, |at, segment| segment.numbers_of(Number::Copy, &lists[at].docs))?,
        };
        let total = if request.all_copies { total_units } else { distinct(&copies) };
        let top = Top { reader: self, selected: &selected, request, lists: &lists, copies: &copies };
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
        Dictionary { searcher: &self.searcher, segments: &self.segments, words: self.catalog.words }
    }

    fn hit(&self, ranked: &Ranked, sequences: &[&Sequence], is_scored: bool) -> Result<Hit, Error> {
        let unit = self.unit(&ranked.best)?;
        let streams = streams(&unit.text, Language::of(unit.lang.as_deref()));
        let source = unit.source.as_ref().map_or_else(Vec::new, |name| tokens(name));
        let (mut marks, mut source_marks) = (Vec::new(), Vec::new());
        for sequence in sequences {
            match sequence.stream {
                Stream::Exact => marks.extend(sequence.find(&streams.exact)),
                Stream::Stem => marks.extend(sequence.find(&streams.stem)),
                Stream::Source => source_marks.extend(sequence.find(&source)),
            }
        }
        let copies = ranked.copies.iter().map(|copy| self.unit(copy).map(|unit| unit.id)).collect::<Result<_, _>>()?;
        Ok(Hit {
            score: is_scored.then(|| ranked.best.score()),
            copies,
            marks: apart(marks),
            source_marks: apart(source_marks),
            reasons: Vec::new(),
            unit,
        })
    }

    fn unit(&self, candidate: &Candidate) -> Result<Unit, Error> {
        let day = |number: u32| fields::day(number.into());
        self.stored(candidate.address, day(candidate.date), day(candidate.digest_date))
    }
}
