//! Evaluation of scored parts.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::terms::PositionReader;
use super::{ScoredDocs, Segment, SegmentTerms, found};
use crate::backend::{Bm25, Scored, nearness};
use crate::tantivy::dictionary::field;

/// Returns an upper bound of the score of a part.
pub fn max_score(scored: &Scored) -> u32 {
    match scored {
        Scored::Sequence { bm25, .. } => bm25.max_score(),
        Scored::Near { weight, .. } => crate::backend::rounded(*weight),
    }
}

/// Reports whether a part is one word.
pub fn is_word(scored: &Scored) -> bool {
    matches!(scored, Scored::Sequence { slots, .. } if slots.len() == 1)
}

/// Returns the entries of a segment that match a part; with `is_scored`, their numbers are scores.
pub fn list(
    scored: &Scored,
    segment: &Segment,
    within: Option<&[DocId]>,
    is_scored: bool,
) -> tantivy::Result<ScoredDocs> {
    match scored {
        Scored::Sequence { sequence, slots, bm25 } => {
            let slots: Vec<&SegmentTerms> = slots.iter().map(|slot| found(slot).within(segment)).collect();
            let mut list = match &slots[..] {
                [word] => word.list(within, is_scored)?,
                slots => matching_positions(slots, within, |positions| sequence.count(positions))?,
            };
            if is_scored {
                score(&mut list, bm25, &segment.reader.get_fieldnorms_reader(field(sequence.stream))?);
            } else {
                list.numbers.clear();
            }
            Ok(list)
        }
        Scored::Near { words, weight } => {
            let words = words.each_ref().map(|word| found(word).within(segment));
            matching_positions(&words, within, |positions| nearness(positions, *weight))
        }
    }
}

/// Returns the entries that have all slots and a positive number, which is computed from the positions of the slots.
fn matching_positions(
    slots: &[&SegmentTerms],
    within: Option<&[DocId]>,
    number: impl Fn(&[Vec<u32>]) -> u32,
) -> tantivy::Result<ScoredDocs> {
    let mut rarest_first = slots.to_vec();
    rarest_first.sort_by_key(|slot| slot.frequency());
    let mut docs: Option<Vec<DocId>> = None;
    for slot in rarest_first {
        docs = Some(slot.list(docs.as_deref().or(within), false)?.docs);
    }
    let mut readers = slots.iter().map(|slot| slot.positions()).collect::<tantivy::Result<Vec<PositionReader>>>()?;
    let mut positions = vec![Vec::new(); slots.len()];
    let mut list = ScoredDocs::default();
    for doc in docs.unwrap_or_default() {
        readers.iter_mut().zip(&mut positions).for_each(|(reader, positions)| reader.read(doc, positions));
        let number = number(&positions);
        if number > 0 {
            list.docs.push(doc);
            list.numbers.push(number);
        }
    }
    Ok(list)
}

/// Converts frequencies to scores.
fn score(list: &mut ScoredDocs, bm25: &Bm25, lengths: &FieldNormReader) {
    /// Marks an unknown score.
    const UNKNOWN: u32 = u32::MAX;
    // Most frequencies are 1, in entries of few different lengths.
    let mut once = [UNKNOWN; 256];
    for (doc, number) in list.docs.iter().zip(&mut list.numbers) {
        let length = lengths.fieldnorm_id(*doc);
        if *number != 1 {
            *number = bm25.score(length, *number);
            continue;
        }
        let known = &mut once[usize::from(length)];
        if *known == UNKNOWN {
            *known = bm25.score(length, 1);
        }
        *number = *known;
    }
}

#[cfg(test)]
mod tests {
    use tantivy::fieldnorm::FieldNormReader;

    use crate::backend::{length, length_code};

    #[test]
    fn length_codes_equal_tantivys() {
        for code in 0..=u8::MAX {
            assert_eq!(length(code), FieldNormReader::id_to_fieldnorm(code), "{code}");
        }
        for words in (0..5_000).chain([4_194_303, u32::MAX]) {
            assert_eq!(length_code(words), FieldNormReader::fieldnorm_to_id(words), "{words}");
        }
    }
}
