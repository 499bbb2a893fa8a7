//! A query's tree with its words looked up: what must match, and what is marked in a hit.

use std::ops::Range;

use super::bm25::{Bm25, idf};
use super::dictionary;
use super::expand::{self, Expanded, Way};
use super::filter::Filter;
use super::matching::{Found, Scored};
use super::names;
use super::{Error, Reader};
use crate::query::{How, Node, Sequence, Stream, What, Words};

/// A tree of what must match.
pub enum Plan {
    All(Vec<Plan>, Vec<Part>),
    /// At least so many of them.
    Any(usize, Vec<Plan>, Vec<Part>),
    Not(Box<Plan>),
    Words(Vec<Part>, Vec<Part>),
    Filter(Filter),
}

/// A query with a score, and what it stands for.
pub struct Part {
    /// The words of the query that it is for.
    pub words: String,
    pub how: How,
    pub query: Scored,
    /// No more units match.
    pub frequency: usize,
}

/// Makes plans for an index.
pub struct Planner<'a> {
    pub reader: &'a Reader,
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
                let filter = names::filter(*field, typed, self.reader);
                Ok(Plan::Filter(filter.map_err(|e| e.at(node.span.clone()))?))
            }
            What::Kind(kind) => {
                let kinds = [kind.as_str().to_owned()].into();
                let filter = Filter::values("kind", &kinds, &self.reader.segments);
                Ok(Plan::Filter(filter.map_err(Error::tantivy(&self.reader.held.path))?))
            }
            What::Days(days) => Ok(Plan::Filter(Filter::days(std::slice::from_ref(days), false))),
        }
    }

    fn plans(&mut self, nodes: &[Node]) -> Result<Vec<Plan>, Error> {
        nodes.iter().map(|node| self.plan(node)).collect()
    }

    fn words(&mut self, words: &Words, span: Range<usize>) -> Result<Plan, Error> {
        let expanded = expand::expand(words, self.fuzzy, &self.reader.dictionary()).map_err(|error| match error {
            expand::Error::Tantivy(error) => Error::tantivy(&self.reader.held.path)(error),
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
        let Way { how, sequence, slots, weight } = way;
        let dictionary = self.reader.dictionary();
        let (mut rarity, mut frequency) = (0.0, u64::MAX);
        for slot in &slots {
            let of_slot = self.frequency(slot)?;
            rarity += idf(of_slot, dictionary.units());
            frequency = frequency.min(of_slot);
        }
        let average = (sequence.stream != Stream::Source).then(|| dictionary.average());
        let field = dictionary::field(sequence.stream);
        let bm25 = Box::new(Bm25::new(rarity * weight, average));
        let words = words.to_owned();
        let query = Scored::Sequence { field, sequence, slots, bm25 };
        Ok(Part { words, how, query, frequency: frequency as usize })
    }

    /// In how many live units terms are that are taken for one, those with several of them counted for each.
    pub fn frequency(&self, found: &Found) -> Result<u64, Error> {
        found.living(&self.reader.segments).map_err(Error::tantivy(&self.reader.held.path))
    }
}

impl Plan {
    /// The sequences that make a unit match, to be marked in it.
    pub fn sequences<'a>(&'a self, out: &mut Vec<&'a Sequence>) {
        match self {
            Self::All(plans, _) | Self::Any(_, plans, _) => plans.iter().for_each(|plan| plan.sequences(out)),
            Self::Words(ways, _) => out.extend(ways.iter().filter_map(|part| match &part.query {
                Scored::Sequence { sequence, .. } => Some(sequence),
                Scored::Near { .. } => None,
            })),
            Self::Not(_) | Self::Filter(_) => {}
        }
    }
}
