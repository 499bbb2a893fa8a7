//! A query's tree with its words looked up: as a query of Tantivy's, and as what is marked in a hit.

use std::ops::Range;
use std::path::Path;
use std::sync::Arc;

use tantivy::query::{AllQuery, BooleanQuery, ConstScoreQuery, Occur, Query};

use super::bm25::{Bm25, idf};
use super::days::InDays;
use super::dictionary::{self, Dictionary};
use super::expand::{self, Expanded, Way};
use super::names::{self, Filter};
use super::scored::Scored;
use super::{Catalog, Error};
use crate::query::{How, Node, Sequence, Stream, What, Words};

/// A tree of what must match.
pub enum Plan {
    All(Vec<Plan>, Vec<Part>),
    /// At least so many of them.
    Any(usize, Vec<Plan>, Vec<Part>),
    Not(Box<Plan>),
    Words(Vec<Part>, Vec<Part>),
    Filter(Box<dyn Query>),
}

/// A query with a score, and what it stands for.
pub struct Part {
    /// The words of the query that it is for.
    pub words: String,
    pub how: How,
    pub query: Scored,
}

/// What a plan needs to know of an index.
pub struct Planner<'a> {
    pub dictionary: Dictionary<'a>,
    pub catalog: &'a Catalog,
    pub index: &'a Path,
    /// Whether words that no unit has stand for those within one edit.
    pub fuzzy: bool,
    /// Typed words and the indexed ones that were taken for them.
    pub spellings: Vec<(Range<usize>, Vec<String>)>,
}

impl Planner<'_> {
    /// Looks up the words and values of a query.
    pub fn plan(&mut self, node: &Node) -> Result<Plan, Error> {
        match &node.what {
            What::All(nodes) => {
                let plans = self.plans(nodes)?;
                let near = self.near(nodes, &plans)?;
                Ok(Plan::All(plans, near))
            }
            What::Any(nodes) => {
                let plans = self.plans(nodes)?;
                let near = self.near(nodes, &plans)?;
                Ok(Plan::Any(1, plans, near))
            }
            What::Either(nodes) => Ok(Plan::Any(1, self.plans(nodes)?, Vec::new())),
            What::Not(node) => Ok(Plan::Not(Box::new(self.plan(node)?))),
            What::Words(words) => self.words(words, node.span.clone()),
            What::Value(field, value) => {
                let typed = std::slice::from_ref(value);
                let filter = names::filter(*field, typed, self.dictionary.searcher, self.catalog, self.index);
                Ok(Plan::Filter(filter.map_err(|e| e.at(node.span.clone()))?.query()))
            }
            What::Kind(kind) => {
                Ok(Plan::Filter(Filter { field: "kind", values: vec![kind.as_str().to_owned()] }.query()))
            }
            What::Days(days) => Ok(Plan::Filter(Box::new(InDays::new(days)))),
        }
    }

    fn plans(&mut self, nodes: &[Node]) -> Result<Vec<Plan>, Error> {
        nodes.iter().map(|node| self.plan(node)).collect()
    }

    fn words(&mut self, words: &Words, span: Range<usize>) -> Result<Plan, Error> {
        let expanded = expand::expand(words, self.fuzzy, &self.dictionary).map_err(|error| match error {
            expand::Error::Tantivy(error) => Error::tantivy(self.index)(error),
            expand::Error::TooMany(words) => Error::TooManyWords { words, span: span.clone() },
        });
        let Expanded { ways, also, spellings } = expanded?;
        if !spellings.is_empty() {
            self.spellings.push((span.clone(), spellings));
        }
        let typed = words.to_string();
        let parts =
            |ways: Vec<Way>| ways.into_iter().map(|way| self.part(way, &typed)).collect::<Result<Vec<_>, Error>>();
        Ok(Plan::Words(parts(ways)?, parts(also)?))
    }

    fn part(&self, way: Way, words: &str) -> Result<Part, Error> {
        let Way { how, sequence, weight } = way;
        let mut rarity = 0.0;
        for slot in &sequence.slots {
            rarity += self.idf(sequence.stream, slot.terms.iter())?;
        }
        let average = (sequence.stream != Stream::Source).then(|| self.dictionary.average());
        let field = dictionary::field(sequence.stream);
        let bm25 = Arc::new(Bm25::new(rarity * weight, average));
        let words = words.to_owned();
        Ok(Part { words, how, query: Scored::Sequence { field, sequence: Arc::new(sequence), bm25 } })
    }

    /// The rarity of terms that are taken for one.
    pub fn idf<'t>(&self, stream: Stream, terms: impl Iterator<Item = &'t String>) -> Result<f32, Error> {
        let mut count = 0;
        for term in terms {
            count += self.dictionary.frequency(stream, term).map_err(Error::tantivy(self.index))?;
        }
        Ok(idf(count, self.dictionary.units()))
    }
}

impl Plan {
    /// The query.
    pub fn query(&self) -> Box<dyn Query> {
        let boxed = |part: &Part| Box::new(part.query.clone()) as Box<dyn Query>;
        let should = |parts: &[Part]| parts.iter().map(|part| (Occur::Should, boxed(part))).collect::<Vec<_>>();
        let all_units = || (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(AllQuery), 0.0)) as Box<dyn Query>);
        match self {
            Self::All(plans, also) => {
                let mut clauses: Vec<_> = plans
                    .iter()
                    .map(|plan| match plan {
                        Self::Not(plan) => (Occur::MustNot, plan.query()),
                        plan => (Occur::Must, plan.query()),
                    })
                    .collect();
                if !clauses.iter().any(|(occur, _)| *occur == Occur::Must) {
                    clauses.push(all_units());
                }
                clauses.extend(should(also));
                Box::new(BooleanQuery::new(clauses))
            }
            Self::Any(least, plans, also) => {
                let clauses = plans.iter().map(|plan| (Occur::Should, plan.query())).collect();
                let any = BooleanQuery::with_minimum_required_clauses(clauses, *least);
                with(Box::new(any), should(also))
            }
            Self::Not(plan) => Box::new(BooleanQuery::new(vec![all_units(), (Occur::MustNot, plan.query())])),
            Self::Words(ways, also) => {
                let any: Box<dyn Query> = match &ways[..] {
                    [way] => boxed(way),
                    ways => Box::new(BooleanQuery::new(should(ways))),
                };
                with(any, should(also))
            }
            Self::Filter(query) => query.box_clone(),
        }
    }

    /// The sequences that make a unit match, to be marked in it.
    pub fn sequences<'a>(&'a self, out: &mut Vec<&'a Sequence>) {
        match self {
            Self::All(plans, _) | Self::Any(_, plans, _) => plans.iter().for_each(|plan| plan.sequences(out)),
            Self::Words(ways, _) => out.extend(ways.iter().filter_map(|part| match &part.query {
                Scored::Sequence { sequence, .. } => Some(&**sequence),
                Scored::Near { .. } => None,
            })),
            Self::Not(_) | Self::Filter(_) => {}
        }
    }
}

/// A query, and others that count beside it.
fn with(query: Box<dyn Query>, also: Vec<(Occur, Box<dyn Query>)>) -> Box<dyn Query> {
    if also.is_empty() {
        return query;
    }
    let mut clauses = vec![(Occur::Must, query)];
    clauses.extend(also);
    Box::new(BooleanQuery::new(clauses))
}
