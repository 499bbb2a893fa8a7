//! A query to a tree of scored parts: a draft collects what is to be looked up, one batch answers all of it, and the tree is
//! made of the answers.

use std::collections::BTreeSet;
use std::ops::Range;

use super::draft::{Draft, Near, Question, Sought};
use super::expand::{self, Expanded, MAX_EXPANSIONS, Way};
use super::spelling::{self, Variants};
use super::{names, near};
use crate::backend::{Bm25, Error, Filter, LookUp, Part, Scored, Snapshot, Terms, Tree, idf};
use crate::query::{Form, How, Node, Stream, What};

/// A tree, and typed words with the indexed ones that were taken for them.
pub type Planned = (Tree, Vec<(Range<usize>, Vec<String>)>);

/// Plans a query. `fuzzy`: words that no entry has stand for those within one edit.
pub fn plan(root: &Node, fuzzy: bool, snapshot: &dyn Snapshot) -> Result<Planned, Error> {
    let mut words = Vec::new();
    spelling::all_words(root, &mut words);
    let variants = spelling::variants(&words, fuzzy, snapshot)?;
    let spellings = words.iter().zip(&variants).filter_map(|((node, words), variants)| {
        let typed = words.tokens.iter().zip(variants);
        let others = typed.flat_map(|(token, variants)| variants.iter().filter(|variant| **variant != token.term));
        let others: BTreeSet<String> = others.cloned().collect();
        (!others.is_empty()).then(|| (node.span.clone(), others.into_iter().collect()))
    });
    let spellings = spellings.collect();
    let mut drafting = Drafting { variants: variants.into_iter(), questions: Vec::new() };
    let draft = drafting.draft(root)?;
    let questions: Vec<LookUp<'_>> = drafting.questions.iter().map(Question::look_up).collect();
    let answers = snapshot.look_up(&questions)?;
    let catalog = snapshot.catalog();
    let planner = Planner { snapshot, answers, words: catalog.words, entries: catalog.units.total() };
    Ok((planner.tree(draft)?, spellings))
}

/// Collects what is to be looked up.
struct Drafting<V> {
    variants: V,
    questions: Vec<Question>,
}

impl<V: Iterator<Item = Variants>> Drafting<V> {
    fn draft<'a>(&mut self, node: &'a Node) -> Result<Draft<'a>, Error> {
        match &node.what {
            What::All(nodes) => {
                let drafts = self.drafts(nodes)?;
                let near = near::pairs(nodes, &drafts, &mut self.questions);
                Ok(Draft::All(drafts, near))
            }
            What::Any(nodes) => {
                let drafts = self.drafts(nodes)?;
                let near = near::pairs(nodes, &drafts, &mut self.questions);
                Ok(Draft::Any(1, drafts, near))
            }
            What::Either(nodes) => Ok(Draft::Any(1, self.drafts(nodes)?, Vec::new())),
            What::Not(node) => Ok(Draft::Not(Box::new(self.draft(node)?))),
            What::Words(words) => {
                let variants = self.variants.next().unwrap_or_default();
                let Expanded { ways, also } = expand::expand(words, &variants);
                let mut sought = |ways: Vec<Way>| ways.into_iter().map(|way| self.sought(way, words.form)).collect();
                Ok(Draft::Words { node, words, ways: sought(ways), also: sought(also) })
            }
            What::Value(..) | What::Kind(_) | What::Days(_) => Ok(Draft::Other(node)),
        }
    }

    fn drafts<'a>(&mut self, nodes: &'a [Node]) -> Result<Vec<Draft<'a>>, Error> {
        nodes.iter().map(|node| self.draft(node)).collect()
    }

    fn sought(&mut self, way: Way, form: Form) -> Sought {
        let first = self.questions.len();
        let stream = way.sequence.stream;
        let last = way.sequence.slots.len().checked_sub(1).filter(|_| form == Form::Prefix);
        self.questions.extend(way.sequence.slots.iter().enumerate().map(|(at, slot)| match slot.terms.first() {
            Some(prefix) if Some(at) == last => Question::Prefix(stream, prefix.clone()),
            _ => Question::Terms(stream, slot.terms.clone()),
        }));
        Sought { way, first }
    }
}

/// Makes a tree of answers.
struct Planner<'a> {
    snapshot: &'a dyn Snapshot,
    answers: Vec<Terms>,
    /// Of all entries.
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
                let parts = |ways: Vec<Sought>| {
                    ways.into_iter().map(|sought| self.part(sought, &typed, node)).collect::<Result<_, Error>>()
                };
                Tree::Words(parts(ways)?, parts(also)?)
            }
            Draft::Other(node) => Tree::Filter(self.filter(node)?),
        })
    }

    fn filter(&self, node: &Node) -> Result<Filter, Error> {
        match &node.what {
            What::Kind(kind) => names::of_kinds(&[*kind], self.snapshot),
            What::Days(days) => Ok(Filter::Days { days: vec![*days], of_digests: false }),
            What::Value(field, value) => {
                let filter = names::filter(*field, std::slice::from_ref(value), self.snapshot);
                filter.map_err(|error| error.at(node.span.clone()))
            }
            What::All(_) | What::Any(_) | What::Either(_) | What::Not(_) | What::Words(_) => {
                unreachable!("drafted otherwise")
            }
        }
    }

    fn part(&self, sought: Sought, words: &str, node: &Node) -> Result<Part, Error> {
        let Sought { way: Way { how, mut sequence, weight }, first } = sought;
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
        Part { words: near.typed, how: How::Near, score, frequency }
    }

    fn rarity(&self, terms: &Terms) -> f32 {
        idf(terms.frequency, self.entries as u64)
    }
}

/// Returns the number of entries that have each of some terms of a stream.
pub fn frequencies(stream: Stream, terms: &[BTreeSet<String>], snapshot: &dyn Snapshot) -> Result<Vec<u64>, Error> {
    let questions: Vec<LookUp<'_>> = terms.iter().map(|terms| LookUp::Terms(stream, terms)).collect();
    Ok(snapshot.look_up(&questions)?.into_iter().map(|terms| terms.frequency).collect())
}
