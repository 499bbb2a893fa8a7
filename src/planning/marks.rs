//! Highlights of a hit: byte ranges of its matches.

use std::ops::Range;

use crate::query::{Entry, Sequence, Stream, merge_overlapping};
use crate::text::{Language, each_token, each_word};

/// Byte ranges of matches in an entry.
#[derive(Default)]
pub struct Marks {
    /// In the text.
    pub text: Vec<Range<usize>>,
    /// In the source's name.
    pub source: Vec<Range<usize>>,
    /// In the description.
    pub description: Vec<Range<usize>>,
}

/// The sequences of a query, with the positions of each slot's terms in an entry.
struct Matcher<'a> {
    sequences: Vec<(&'a Sequence, Vec<Vec<u32>>)>,
}

/// Returns the matches of sequences in an entry.
pub fn marks(entry: &Entry, sequences: &[&Sequence]) -> Marks {
    let sequences = sequences.iter().map(|sequence| (*sequence, vec![Vec::new(); sequence.slots.len()]));
    let mut matcher = Matcher { sequences: sequences.collect() };
    let (mut words, mut stems, mut source) = (Vec::new(), Vec::new(), Vec::new());
    // The words of the description follow those of the text.
    let start = entry.text.len() + 1;
    for (text, start) in [(entry.text.as_str(), 0), (entry.description.as_deref().unwrap_or_default(), start)] {
        let shifted = |span: Range<usize>| span.start + start..span.end + start;
        each_word(text, Language::of(entry.lang.as_deref()), |word| {
            matcher.record(Stream::Exact, words.len(), word.exact);
            words.push(shifted(word.span));
            matcher.record(Stream::Stem, stems.len(), word.stem);
            stems.push(shifted(word.stem_span));
        });
    }
    each_token(entry.source.as_deref().unwrap_or_default(), |word, span| {
        matcher.record(Stream::Source, source.len(), word);
        source.push(span);
    });
    let mut marks = Marks::default();
    for (sequence, positions) in &matcher.sequences {
        match sequence.stream {
            Stream::Exact => marks.text.extend(sequence.find(positions, &words)),
            Stream::Stem => marks.text.extend(sequence.find(positions, &stems)),
            Stream::Source => marks.source.extend(sequence.find(positions, &source)),
        }
    }
    let (text, description) = parted(merge_overlapping(marks.text), start);
    Marks { text, source: merge_overlapping(marks.source), description }
}

/// Splits ranges of a text and its description, which begins at an offset.
fn parted(ranges: Vec<Range<usize>>, start: usize) -> (Vec<Range<usize>>, Vec<Range<usize>>) {
    let (mut text, mut description) = (Vec::with_capacity(ranges.len()), Vec::new());
    for range in ranges {
        if range.start < start {
            text.push(range.start..range.end.min(start - 1));
        }
        if range.end > start {
            description.push(range.start.max(start) - start..range.end - start);
        }
    }
    (text, description)
}

impl Matcher<'_> {
    /// Records a term of a stream.
    fn record(&mut self, stream: Stream, position: usize, term: &str) {
        for (sequence, positions) in self.sequences.iter_mut().filter(|(sequence, _)| sequence.stream == stream) {
            for (slot, positions) in sequence.slots.iter().zip(positions) {
                if slot.terms.contains(term) {
                    positions.push(position as u32);
                }
            }
        }
    }
}
