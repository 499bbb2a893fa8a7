//! Answers a request.

use std::ops::Range;

use tantivy::query::{BooleanQuery, Occur, Query};

use super::collect::{Collected, Matches};
use super::dictionary::Dictionary;
use super::like::like;
use super::plan::{Plan, Planner};
use super::rank::{Candidate, Ranked, rank};
use super::suggest::suggest;
use super::{Error, Reader, fields, names};
use crate::query::{
    Facet, FacetField, FacetValue, Hit, Reason, SearchRequest, SearchResponse, Sequence, Spelling, Stream, Unit, apart,
};
use crate::schema::{Language, streams, tokens};

/// A request with its words and values looked up.
struct Planned {
    /// What the text asks for, and the unit that others should be like.
    plans: Vec<Plan>,
    spellings: Vec<Spelling>,
    /// The copies of the unit that others should be like.
    but_copies_of: Option<u64>,
}

impl Reader {
    /// Answers a request.
    pub fn search(&self, request: &SearchRequest) -> Result<SearchResponse, Error> {
        let planned = self.planned(request)?;
        let found = self.collect(&planned, request, &request.facets)?;
        let total_units = found.candidates.len();
        let facets = request.facets.iter().zip(found.facets);
        let facets = facets.map(|(field, counts)| self.facet(*field, counts.into_iter().collect())).collect();
        let (ranked, total) = rank(found.candidates, request.sort, request.all_copies, request.offset, request.limit);
        let mut sequences = Vec::new();
        planned.plans.iter().for_each(|plan| plan.sequences(&mut sequences));
        let hits = ranked.iter().map(|ranked| self.hit(ranked, &sequences, &planned, request));
        let hits = hits.collect::<Result<_, _>>()?;
        let suggestions = match &request.text {
            Some(text) if total == 0 && text.has_words() => Some(suggest(self, text, request)?),
            _ => None,
        };
        Ok(SearchResponse { total, total_units, hits, facets, spellings: planned.spellings, suggestions })
    }

    /// How many units match.
    pub(super) fn count(&self, request: &SearchRequest) -> Result<usize, Error> {
        Ok(self.collect(&self.planned(request)?, request, &[])?.candidates.len())
    }

    /// The words of all units.
    pub(super) fn dictionary(&self) -> Dictionary<'_> {
        Dictionary { searcher: &self.searcher, words: self.catalog.words }
    }

    fn planned(&self, request: &SearchRequest) -> Result<Planned, Error> {
        let mut planner = Planner {
            dictionary: self.dictionary(),
            catalog: &self.catalog,
            index: &self.held.path,
            fuzzy: request.fuzzy,
            spellings: Vec::new(),
        };
        let mut plans = Vec::new();
        let mut spellings = Vec::new();
        if let Some(text) = &request.text {
            plans.push(planner.plan(&text.root)?);
            let typed = |span: Range<usize>| text.text[span].to_owned();
            let all = std::mem::take(&mut planner.spellings).into_iter();
            spellings.extend(all.map(|(span, words)| Spelling { typed: typed(span), words }));
        }
        let mut but_copies_of = None;
        if let Some(id) = &request.like {
            let (plan, copy) = like(self, &mut planner, id)?;
            plans.push(plan);
            but_copies_of = Some(copy);
        }
        Ok(Planned { plans, spellings, but_copies_of })
    }

    fn collect(&self, planned: &Planned, request: &SearchRequest, facets: &[FacetField]) -> Result<Collected, Error> {
        let filters = names::resolve(&request.filters, &self.searcher, &self.catalog, &self.held.path)?;
        let queries = planned.plans.iter().map(Plan::query).chain(filters.iter().map(|filter| filter.query()));
        let must: Vec<(Occur, Box<dyn Query>)> = queries.map(|query| (Occur::Must, query)).collect();
        let query: Box<dyn Query> =
            if must.is_empty() { Box::new(tantivy::query::AllQuery) } else { Box::new(BooleanQuery::new(must)) };
        let topics: Vec<&str> = self.catalog.topics.keys().map(String::as_str).collect();
        let matches = Matches {
            days: &request.filters.days,
            facets,
            topics: &topics,
            scoring: request.is_scored(),
            but_copies_of: planned.but_copies_of,
        };
        self.searcher.search(&query, &matches).map_err(Error::tantivy(&self.held.path))
    }

    fn hit(
        &self,
        ranked: &Ranked,
        sequences: &[&Sequence],
        planned: &Planned,
        request: &SearchRequest,
    ) -> Result<Hit, Error> {
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
            score: request.is_scored().then(|| ranked.best.score()),
            copies,
            marks: apart(marks),
            source_marks: apart(source_marks),
            reasons: if request.explain { self.reasons(&ranked.best, planned)? } else { Vec::new() },
            unit,
        })
    }

    fn reasons(&self, hit: &Candidate, planned: &Planned) -> Result<Vec<Reason>, Error> {
        let segment = self.searcher.segment_reader(hit.address.segment_ord);
        let mut parts = Vec::new();
        for plan in &planned.plans {
            plan.reasons(segment, hit.address.doc_id, &mut parts).map_err(Error::tantivy(&self.held.path))?;
        }
        let reason = |(part, score): (&super::plan::Part, f32)| Reason {
            words: part.words.clone(),
            how: part.how,
            score: (f64::from(score) * 1e4).round() / 1e4,
        };
        Ok(parts.into_iter().filter(|(_, score)| *score > 0.0).map(reason).collect())
    }

    fn unit(&self, candidate: &Candidate) -> Result<Unit, Error> {
        let day = |number: u32| fields::day(number.into());
        self.stored(candidate.address, day(candidate.date), day(candidate.digest_date))
    }

    fn facet(&self, field: FacetField, counts: Vec<(Option<String>, usize)>) -> Facet {
        let name = |value: &String| match field {
            FacetField::Topic => self.catalog.topics.get(value).map_or(value, |t| &t.name).clone(),
            FacetField::Perspective => self.perspective_name(value).to_owned(),
            FacetField::Source | FacetField::Kind | FacetField::Lang => value.clone(),
        };
        let mut values: Vec<FacetValue> = counts
            .into_iter()
            .map(|(value, count)| FacetValue { name: value.as_ref().map(name), value, count })
            .collect();
        values.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.value.cmp(&b.value)));
        Facet { field, values }
    }

    /// The name of a perspective whatever the topic: that of the first topic that has it.
    fn perspective_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.catalog.topics.values().find_map(|topic| topic.perspectives.get(id)).map_or(id, |side| &side.name)
    }
}
