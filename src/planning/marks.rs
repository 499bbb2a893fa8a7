//! What is marked in a hit: where it has what was sought.

use std::ops::Range;

use crate::query::{Entry, Sequence, Stream, merge_overlapping};
use crate::text::{Language, each_token, each_word};

/// Where things are in an entry, in bytes.
#[derive(Default)]
pub struct Marks {
    /// In its text.
    pub text: Vec<Range<usize>>,
    /// In its source's name.
    pub source: Vec<Range<usize>>,
}

/// What is sought, with the positions in one entry of what may stand in each slot.
struct Sought<'a> {
    sequences: Vec<(&'a Sequence, Vec<Vec<u32>>)>,
}

/// Where sequences are in an entry.
pub fn marks(entry: &Entry, sequences: &[&Sequence]) -> Marks {
    let sequences = sequences.iter().map(|sequence| (*sequence, vec![Vec::new(); sequence.slots.len()]));
    let mut sought = Sought { sequences: sequences.collect() };
    let (mut words, mut stems, mut source) = (Vec::new(), Vec::new(), Vec::new());
    each_word(&entry.text, Language::of(entry.lang.as_deref()), |word| {
        sought.note(Stream::Exact, words.len(), word.exact);
        words.push(word.span);
        sought.note(Stream::Stem, stems.len(), word.stem);
        stems.push(word.stem_span);
    });
    each_token(entry.source.as_deref().unwrap_or_default(), |word, span| {
        sought.note(Stream::Source, source.len(), word);
        source.push(span);
    });
    let mut marks = Marks::default();
    for (sequence, positions) in &sought.sequences {
        match sequence.stream {
            Stream::Exact => marks.text.extend(sequence.find(positions, &words)),
            Stream::Stem => marks.text.extend(sequence.find(positions, &stems)),
            Stream::Source => marks.source.extend(sequence.find(positions, &source)),
        }
    }
    Marks { text: merge_overlapping(marks.text), source: merge_overlapping(marks.source) }
}

impl Sought<'_> {
    /// Takes note of a term of a stream.
    fn note(&mut self, stream: Stream, position: usize, term: &str) {
        for (sequence, positions) in self.sequences.iter_mut().filter(|(sequence, _)| sequence.stream == stream) {
            for (slot, positions) in sequence.slots.iter().zip(positions) {
                if slot.terms.contains(term) {
                    positions.push(position as u32);
                }
            }
        }
    }
}
