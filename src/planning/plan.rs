//! Planning of a query: a draft collects lookups, and their results complete the tree.

use std::collections::BTreeSet;
use std::ops::Range;

use super::draft::{Draft, Near, WayDraft};
use super::expand::{self, Expanded, MAX_EXPANSIONS, Way};
use super::names::FilterDraft;
use super::questions::{Question, Questions};
use super::spelling::{self, Variants};
use super::{names, near};
use crate::backend::{Bm25, Catalog, Error, Filter, Part, Scored, Snapshot, Terms, Tree, idf};
use crate::query::{MatchKind, Node, NodeKind, Slot, Stream, WordMatch};

/// A query with the spelling variants of its words.
pub struct Spelled<'a> {
    root: &'a Node,
    variants: Vec<Variants>,
    /// The byte ranges of words with other spellings, and these.
    pub spellings: Vec<(Range<usize>, Vec<String>)>,
}

impl<'a> Spelled<'a> {
    /// Looks up spellings. With `fuzzy`, unknown words get those within one edit.
    pub fn of(root: &'a Node, fuzzy: bool, snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let mut words = Vec::new();
        spelling::all_words(root, &mut words);
        let variants = spelling::variants(&words, fuzzy, snapshot)?;
        let spellings = words.iter().zip(&variants).filter_map(|((node, words), variants)| {
            let typed = words.tokens.iter().zip(variants);
            let others = typed.flat_map(|(token, variants)| variants.iter().filter(|variant| **variant != token.term));
            let others: BTreeSet<String> = others.cloned().collect();
            (!others.is_empty()).then(|| (node.span.clone(), others.into_iter().collect()))
        });
        Ok(Self { root, spellings: spellings.collect(), variants })
    }

    /// Collects the lookups of the query's words and values.
    pub fn draft(&self, catalog: &Catalog, questions: &mut Questions) -> Result<Draft<'a>, Error> {
        Drafting { variants: self.variants.iter(), catalog, questions }.draft(self.root)
    }
}

/// Completes a tree from lookup results.
pub fn tree(draft: Draft<'_>, answers: &[Terms], snapshot: &dyn Snapshot) -> Result<Tree, Error> {
    let catalog = snapshot.catalog();
    Planner { snapshot, answers, words: catalog.words, entries: catalog.entries.total() }.tree(draft)
}

/// Collects lookups.
struct Drafting<'v, V> {
    variants: V,
    catalog: &'v Catalog,
    questions: &'v mut Questions,
}

impl<'v, V: Iterator<Item = &'v Variants>> Drafting<'v, V> {
    fn draft<'a>(&mut self, node: &'a Node) -> Result<Draft<'a>, Error> {
        match &node.kind {
            NodeKind::All(nodes) => {
                let drafts = self.drafts(nodes)?;
                let near = near::pairs(nodes, &drafts, self.questions);
                Ok(Draft::All(drafts, near))
            }
            NodeKind::Any(nodes) => {
                let drafts = self.drafts(nodes)?;
                let near = near::pairs(nodes, &drafts, self.questions);
                Ok(Draft::Any(1, drafts, near))
            }
            NodeKind::Either(nodes) => Ok(Draft::Any(1, self.drafts(nodes)?, Vec::new())),
            NodeKind::Not(node) => Ok(Draft::Not(Box::new(self.draft(node)?))),
            NodeKind::Words(words) => {
                let variants = self.variants.next().map_or(&[][..], |variants| variants);
                let Expanded { ways, also } = expand::expand(words, variants);
                let mut way_draft =
                    |ways: Vec<Way>| ways.into_iter().map(|way| self.way_draft(way, words.form)).collect();
                Ok(Draft::Words { node, words, ways: way_draft(ways), also: way_draft(also) })
            }
            NodeKind::Value(field, value) => {
                let filter = names::of_field(*field, std::slice::from_ref(value), self.catalog, self.questions);
                Ok(Draft::Filter(node, filter.map_err(|error| error.at(node.span.clone()))?))
            }
            NodeKind::Days(days) => {
                let filter = Filter::Days { days: vec![*days], of_digests: false };
                Ok(Draft::Filter(node, FilterDraft::Whole(filter)))
            }
        }
    }

    fn drafts<'a>(&mut self, nodes: &'a [Node]) -> Result<Vec<Draft<'a>>, Error> {
        nodes.iter().map(|node| self.draft(node)).collect()
    }

    fn way_draft(&mut self, way: Way, form: WordMatch) -> WayDraft {
        let stream = way.sequence.stream;
        let last = way.sequence.slots.len().checked_sub(1).filter(|_| form == WordMatch::Prefix);
        let ask = |(at, slot): (usize, &Slot)| match slot.terms.first() {
            Some(prefix) if Some(at) == last => self.questions.ask(Question::Prefix(stream, prefix.clone())),
            _ => self.questions.ask(Question::Terms(stream, slot.terms.clone())),
        };
        let places: Vec<usize> = way.sequence.slots.iter().enumerate().map(ask).collect();
        WayDraft { first: places.first().copied().unwrap_or_default(), way }
    }
}

/// Completes a tree from lookup results.
struct Planner<'a> {
    snapshot: &'a dyn Snapshot,
    answers: &'a [Terms],
    /// Number of words in all entries.
    words: u64,
    entries: usize,
}

impl Planner<'_> {
    fn tree(&self, draft: Draft<'_>) -> Result<Tree, Error> {
        let trees = |drafts: Vec<Draft<'_>>| {
            drafts.into_iter().map(|draft| self.tree(draft)).collect::<Result<Vec<_>, Error>>()
        };
        let near = |near: Vec<Near>| near.into_iter().map(|near| self.near(near)).collect();
        Ok(match draft {
            Draft::All(drafts, pairs) => Tree::All(trees(drafts)?, near(pairs)),
            Draft::Any(least, drafts, pairs) => Tree::Any(least, trees(drafts)?, near(pairs)),
            Draft::Not(draft) => Tree::Not(Box::new(self.tree(*draft)?)),
            Draft::Words { node, words, ways, also } => {
                let typed = words.to_string();
                let parts = |ways: Vec<WayDraft>| {
                    ways.into_iter().map(|way_draft| self.part(way_draft, &typed, node)).collect::<Result<_, Error>>()
                };
                Tree::Words(parts(ways)?, parts(also)?)
            }
            Draft::Filter(node, draft) => {
                let filter = draft.filter(self.answers, self.snapshot);
                Tree::Filter(filter.map_err(|error| error.at(node.span.clone()))?)
            }
        })
    }

    fn part(&self, way_draft: WayDraft, words: &str, node: &Node) -> Result<Part, Error> {
        let WayDraft { way: Way { how, mut sequence, weight }, first } = way_draft;
        let slots = self.answers[first..first + sequence.slots.len()].to_vec();
        for (slot, found) in sequence.slots.iter_mut().zip(&slots).filter(|(_, found)| !found.words.is_empty()) {
            let words = found.words.len();
            if words > MAX_EXPANSIONS {
                return Err(Error::TooManyWords { words, most: MAX_EXPANSIONS, span: node.span.clone() });
            }
            slot.terms.clone_from(&found.words);
        }
        let rarity: f32 = slots.iter().map(|slot| self.rarity(slot)).sum();
        let frequency = slots.iter().map(|slot| slot.frequency).min().unwrap_or(u64::MAX);
        let average = (sequence.stream != Stream::Source).then(|| self.words as f32 / self.entries.max(1) as f32);
        let bm25 = Box::new(Bm25::new(rarity * weight, average));
        let score = Scored::Sequence { sequence, slots, bm25 };
        Ok(Part { words: words.to_owned(), how, score, frequency: frequency as usize })
    }

    fn near(&self, near: Near) -> Part {
        let words = near.words.map(|at| self.answers[at].clone());
        let [first, second] = words.each_ref().map(|word| self.rarity(word));
        let frequency = words[1].frequency as usize;
        let score = Scored::Near { words, weight: first.min(second) * expand::NEAR };
        Part { words: near.typed, how: MatchKind::Near, score, frequency }
    }

    fn rarity(&self, terms: &Terms) -> f32 {
        idf(terms.frequency, self.entries as u64)
    }
}
