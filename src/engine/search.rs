//! Answers a request.

use super::collect::Candidates;
use super::dictionary::Dictionary;
use super::facets::tables;
use super::rank::{Candidate, Ranked, rank};
use super::suggest::suggest;
use super::tally::Tallies;
use super::{Error, Reader, fields};
use crate::query::{Hit, SearchRequest, SearchResponse, Selection, Sequence, Stream, Suggestions, Unit, apart};
use crate::schema::{Language, streams, tokens};

impl Reader {
    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let selection = &request.selection;
        let selected = self.selected(selection)?;
        let topics: Vec<&str> = self.catalog.topics.keys().map(String::as_str).collect();
        let candidates = Candidates { topics: &topics, scoring: selection.is_scored() };
        let (candidates, counts) =
            self.collect(&selected, &selection.filters, (candidates, Tallies { tables: &tables(&request.facets) }))?;
        let total_units = candidates.len();
        let facets = self.facets(&selected, &selection.filters, &request.facets, counts)?;
        let (ranked, total) = rank(candidates, request.sort, request.all_copies, request.offset, request.limit);
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
        Dictionary { searcher: &self.searcher, words: self.catalog.words }
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
