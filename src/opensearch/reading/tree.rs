//! A tree of scored parts as a query of OpenSearch.
//!
//! All scores come from one constant script, in thousandths; everything that varies is a parameter, so that the script is
//! compiled once. OpenSearch adds them as 32-bit floats, which are exact for whole numbers below 2²⁴.

use std::sync::LazyLock;

use serde_json::{Map, Value, json};

use super::dictionary::found;
use super::names::Names;
use super::script;
use crate::backend::{Bm25, Filter, Part, Predicate, Scored, Terms, Tree};
use crate::opensearch::document::hash;
use crate::opensearch::layout;
use crate::query::{Sequence, Stream};

/// The script that scores a part, without comments, since every query contains it.
static SCRIPT: LazyLock<String> = LazyLock::new(|| script::without_comments(include_str!("score.painless")));

/// Least number of content hashes or copies in a list of terms; a longer list is split.
const LIST: usize = 50_000;

/// Builder of queries.
pub struct Queries<'a> {
    is_scored: bool,
    /// The names so far; `None` without names.
    names: Option<Names<'a>>,
}

impl<'a> Queries<'a> {
    /// Returns a builder of queries; `explain` names each part.
    pub fn new(is_scored: bool, explain: bool) -> Self {
        Self { is_scored, names: explain.then(Names::default) }
    }

    /// Returns the query of the visible entries that are chosen and pass all filters.
    pub fn query(&mut self, chosen: &'a Predicate, filters: &'a [Filter], visible: &Value) -> Value {
        let must: Vec<Value> = chosen.trees.iter().map(|tree| self.tree(tree)).collect();
        let mut filter = vec![visible.clone()];
        filter.extend(filters.iter().map(self::filter));
        let mut without: Vec<Value> = Vec::new();
        if let Some(copy) = chosen.exclude_copies_of {
            without.push(json!({ "term": { "copy": copy as i64 } }));
        }
        for some in chosen.known.iter().flat_map(|known| known.all().chunks(LIST)) {
            let some: Vec<i64> = some.iter().map(|content| *content as i64).collect();
            without.push(json!({ "terms": { "content": some } }));
        }
        let mut query = Map::new();
        if self.is_scored {
            query.insert("must".to_owned(), must.into());
        } else {
            filter.extend(must);
        }
        query.insert("filter".to_owned(), filter.into());
        if !without.is_empty() {
            query.insert("must_not".to_owned(), without.into());
        }
        json!({ "bool": query })
    }

    /// Returns the names of the parts.
    pub fn names(self) -> Names<'a> {
        self.names.unwrap_or_default()
    }

    fn tree(&mut self, tree: &'a Tree) -> Value {
        let around = self.names.as_mut().map(Names::begin);
        let mut query = self.group(tree);
        if let (Some(names), Some(around)) = (&mut self.names, around) {
            query["bool"]["_name"] = names.end(around).into();
        }
        query
    }

    /// Returns the query of a tree, a `bool` one.
    fn group(&mut self, tree: &'a Tree) -> Value {
        match tree {
            Tree::All(trees, also) => {
                let must: Vec<Value> = trees.iter().map(|tree| self.tree(tree)).collect();
                self.with_others(must, also)
            }
            Tree::Any(least, trees, also) => {
                let some: Vec<Value> = trees.iter().map(|tree| self.tree(tree)).collect();
                let any = any_of(some, *least);
                self.with_others(vec![any], also)
            }
            Tree::Not(tree) => {
                let unscored = Queries::new(false, false).tree(tree);
                json!({ "bool": { "must_not": [unscored], "filter": [{ "match_all": {} }] } })
            }
            Tree::Words(ways, also) => {
                let some: Vec<Value> = ways.iter().map(|way| self.part(way)).collect();
                let any = any_of(some, 1);
                self.with_others(vec![any], also)
            }
            Tree::Filter(filter) => json!({ "bool": { "filter": [self::filter(filter)] } }),
        }
    }

    /// Adds the parts that only add to the score.
    fn with_others(&mut self, must: Vec<Value>, also: &'a [Part]) -> Value {
        if !self.is_scored || also.is_empty() {
            return json!({ "bool": { "must": must } });
        }
        let also: Vec<Value> = also.iter().map(|part| self.part(part)).collect();
        json!({ "bool": { "must": must, "should": also, "minimum_should_match": 0 } })
    }

    fn part(&mut self, part: &'a Part) -> Value {
        let name = self.names.as_mut().map(|names| names.part(part));
        let (stream, slots, parameters, least) = match &part.score {
            Scored::Sequence { sequence, slots, bm25 } => {
                (sequence.stream, slots.as_slice(), of_sequence(sequence, slots, bm25), bm25.min_score())
            }
            Scored::Near { words, weight } => (Stream::Stem, &words[..], of_near(words, *weight), 1),
        };
        let has_all = json!({ "bool": { "filter": slots.iter().map(has_any).collect::<Vec<_>>() } });
        let is_word = matches!(part.score, Scored::Sequence { .. }) && slots.len() == 1;
        if is_word && !self.is_scored {
            return has_all;
        }
        let scored = |matches_only: bool, least: Option<u32>, name: Option<String>| {
            let mut parameters = parameters.clone();
            let words = layout::words(stream);
            parameters["field"] = layout::sequence(words).into();
            parameters["length"] = layout::length(words).into();
            parameters["matches"] = matches_only.into();
            let mut query = json!({ "query": has_all, "script": { "source": *SCRIPT, "params": parameters } });
            if let Some(least) = least {
                query["min_score"] = least.into();
            }
            if let Some(name) = name {
                query["_name"] = name.into();
            }
            json!({ "script_score": query })
        };
        match (is_word, self.is_scored) {
            // Every entry with the word matches, whatever its score.
            (true, _) => scored(false, None, name),
            (false, false) => scored(true, Some(1), None),
            // A match scores at least a thousandth.
            (false, true) if least > 0 => scored(false, Some(1), name),
            (false, true) => {
                let matches = scored(true, Some(1), None);
                json!({ "bool": { "filter": [matches], "should": [scored(false, None, name)] } })
            }
        }
    }
}

/// Returns the query of at least a number of queries. Without any, OpenSearch would take all entries.
fn any_of(queries: Vec<Value>, least: usize) -> Value {
    match queries.len() < least {
        true => json!({ "bool": { "must_not": [{ "match_all": {} }] } }),
        false => json!({ "bool": { "should": queries, "minimum_should_match": least } }),
    }
}

/// Returns the query of the entries that pass a filter.
pub fn filter(filter: &Filter) -> Value {
    match filter {
        Filter::Values(values) => {
            let some: Vec<Value> = values.iter().map(has_any).collect();
            any_of(some, 1)
        }
        Filter::Days { days, of_digests } => {
            let field = if *of_digests { "digest_date" } else { "date" };
            let spans: Vec<Value> = days.iter().map(|days| days_in(field, days)).collect();
            any_of(spans, 1)
        }
    }
}

fn days_in(field: &str, days: &crate::query::Days) -> Value {
    let mut range = Map::new();
    if let Some(first) = days.first {
        range.insert("gte".to_owned(), crate::opensearch::document::day_number(first).into());
    }
    if let Some(last) = days.last {
        range.insert("lte".to_owned(), crate::opensearch::document::day_number(last).into());
    }
    json!({ "range": { field: range } })
}

/// Returns the query of the entries with any of the terms of a look-up.
fn has_any(terms: &Terms) -> Value {
    let found = found(terms);
    let terms: Vec<&String> = found.terms.iter().collect();
    json!({ "terms": { &found.field: terms } })
}

fn of_sequence(sequence: &Sequence, slots: &[Terms], bm25: &Bm25) -> Value {
    let slot = |(slot, terms): (&crate::query::Slot, &Terms)| json!({ "at": slot.at, "terms": hashes(terms) });
    json!({
        "near": false,
        "slots": sequence.slots.iter().zip(slots).map(slot).collect::<Vec<_>>(),
        "slop": sequence.slop,
        "repeats": sequence.repeats().iter().map(|(first, second)| [first, second]).collect::<Vec<_>>(),
        "weight": f64::from(bm25.weight()),
        "average": f64::from(bm25.average().unwrap_or_default()),
    })
}

fn of_near(words: &[Terms; 2], weight: f32) -> Value {
    let slots: Vec<Value> = words.iter().map(|terms| json!({ "at": 0, "terms": hashes(terms) })).collect();
    json!({ "near": true, "slots": slots, "slop": 0, "repeats": [], "weight": f64::from(weight), "average": 0.0 })
}

/// Returns the sorted hashes of terms.
fn hashes(terms: &Terms) -> Vec<i64> {
    let mut hashes: Vec<i64> = found(terms).terms.iter().map(|term| hash(term)).collect();
    hashes.sort_unstable();
    hashes
}
