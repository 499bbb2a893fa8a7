//! An entry in memory: its values, and the parts of a tree that it matches.

use std::collections::BTreeSet;

use digest_search::backend::{Filter, Part, Scored, Terms, Tree, ValueForm, length_code, nearness};
use digest_search::model::{Document, Field};
use digest_search::query::Stream;

pub struct Indexed {
    pub document: Document,
    exact: Vec<String>,
    pub stems: Vec<String>,
    /// The words of names, with a gap after each, so that phrases do not match across names.
    source: Vec<Option<String>>,
}

/// A look-up: terms of a stream, or values of a field.
pub struct Handle {
    pub place: Place,
    pub terms: BTreeSet<String>,
}

#[derive(Clone, Copy)]
pub enum Place {
    Stream(Stream),
    Field(Field, ValueForm),
}

impl Indexed {
    pub fn new(document: Document) -> Self {
        let words = |text: &str| text.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
        let names = document.source_words.iter();
        let source = names.flat_map(|name| name.split(' ').map(|word| Some(word.to_owned())).chain([None])).collect();
        Self { exact: words(&document.exact), stems: words(&document.stem), source, document }
    }

    pub fn positions(&self, stream: Stream, terms: &BTreeSet<String>) -> Vec<u32> {
        let at = |word: Option<&String>| word.is_some_and(|word| terms.contains(word));
        let words: Vec<Option<&String>> = match stream {
            Stream::Exact => self.exact.iter().map(Some).collect(),
            Stream::Stem => self.stems.iter().map(Some).collect(),
            Stream::Source => self.source.iter().map(Option::as_ref).collect(),
        };
        (0..).zip(words).filter(|(_, word)| at(*word)).map(|(position, _)| position).collect()
    }

    pub fn length(&self, stream: Stream) -> usize {
        match stream {
            Stream::Exact => self.exact.len(),
            Stream::Stem => self.stems.len(),
            Stream::Source => self.source.iter().flatten().count(),
        }
    }

    pub fn words(&self, stream: Stream) -> BTreeSet<&String> {
        match stream {
            Stream::Exact => self.exact.iter().collect(),
            Stream::Stem => self.stems.iter().collect(),
            Stream::Source => self.source.iter().flatten().collect(),
        }
    }

    pub fn values(&self, field: Field, form: ValueForm) -> Vec<&str> {
        let document = &self.document;
        match (field, form) {
            (_, ValueForm::Counted) => field.values(document).collect(),
            (Field::Custom(custom), _) => {
                document.fields.iter().filter(|value| value.field == custom).map(|value| &*value.key).collect()
            }
            (Field::Section, _) => document.section_keys.iter().map(|key| &**key).collect(),
            _ => document.source_keys.iter().map(|key| &**key).collect(),
        }
    }

    pub fn has(&self, handle: &Handle) -> bool {
        match handle.place {
            Place::Stream(stream) => !self.positions(stream, &handle.terms).is_empty(),
            Place::Field(field, form) => self.values(field, form).iter().any(|value| handle.terms.contains(*value)),
        }
    }

    pub fn places(&self, slots: &[Terms]) -> Vec<Vec<u32>> {
        let place = |slot: &Terms| {
            let handle = handle(slot);
            match handle.place {
                Place::Stream(stream) => self.positions(stream, &handle.terms),
                Place::Field(field, _) => panic!("{field:?} has no positions"),
            }
        };
        slots.iter().map(place).collect()
    }

    /// The score of a part in thousandths; none without a match.
    pub fn score(&self, part: &Part) -> Option<u32> {
        match &part.score {
            Scored::Sequence { sequence, slots, bm25 } => {
                let count = match &self.places(slots)[..] {
                    [word] => word.len() as u32,
                    places => sequence.count(places),
                };
                (count > 0).then(|| bm25.score(length_code(self.length(sequence.stream) as u32), count))
            }
            Scored::Near { words, weight } => {
                let score = nearness(&self.places(words), *weight);
                (score > 0).then_some(score)
            }
        }
    }

    pub fn passes(&self, filter: &Filter) -> bool {
        match filter {
            Filter::Values(values) => values.iter().any(|terms| self.has(handle(terms))),
            Filter::Days { days, of_digests } => {
                let day = if *of_digests { self.document.id.digest.date } else { self.document.date };
                days.iter().any(|span| span.contains(day))
            }
        }
    }

    /// The matching parts with their scores; none without a match.
    pub fn matched<'a>(&self, tree: &'a Tree) -> Option<Vec<(&'a Part, u32)>> {
        let scored = |parts: &'a [Part]| parts.iter().filter_map(|part| Some((part, self.score(part)?)));
        let (mut found, also) = match tree {
            Tree::All(trees, also) => {
                let all: Option<Vec<_>> = trees.iter().map(|tree| self.matched(tree)).collect();
                (all?.concat(), also)
            }
            Tree::Any(least, trees, also) => {
                let some: Vec<_> = trees.iter().filter_map(|tree| self.matched(tree)).collect();
                ((some.len() >= *least).then(|| some.concat())?, also)
            }
            Tree::Not(tree) => return self.matched(tree).is_none().then(Vec::new),
            Tree::Words(ways, also) => {
                let some: Vec<_> = scored(ways).collect();
                ((!some.is_empty()).then_some(some)?, also)
            }
            Tree::Filter(filter) => return self.passes(filter).then(Vec::new),
        };
        found.extend(scored(also));
        Some(found)
    }
}

fn handle(terms: &Terms) -> &Handle {
    terms.handle.downcast_ref().expect("an answer of this backend")
}
