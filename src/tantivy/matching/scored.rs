//! The entries of a segment that match a part of a tree, with their scores.

use tantivy::DocId;
use tantivy::fieldnorm::FieldNormReader;

use super::terms::Places;
use super::{ScoredDocs, Segment, Terms, found};
use crate::backend::{Bm25, Scored, nearness};
use crate::tantivy::dictionary::field;

/// Returns an upper bound of the score of a part.
pub fn most(scored: &Scored) -> u32 {
    match scored {
        Scored::Sequence { bm25, .. } => bm25.most(),
        Scored::Near { weight, .. } => crate::backend::rounded(*weight),
    }
}

/// Returns whether a part is one word.
pub fn is_word(scored: &Scored) -> bool {
    matches!(scored, Scored::Sequence { slots, .. } if slots.len() == 1)
}

/// Returns the entries of a segment that match; their numbers are scores, where these are asked for.
pub fn list(
    scored: &Scored,
    segment: &Segment,
    within: Option<&[DocId]>,
    is_scored: bool,
) -> tantivy::Result<ScoredDocs> {
    match scored {
        Scored::Sequence { sequence, slots, bm25 } => {
            let slots: Vec<&Terms> = slots.iter().map(|slot| found(slot).within(segment)).collect();
            let mut list = match &slots[..] {
                [word] => word.list(within, is_scored)?,
                slots => placed(slots, within, |places| sequence.count(places))?,
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
            placed(&words, within, |places| nearness(places, *weight))
        }
    }
}

/// The entries that have all slots, with a number that comes of where these stand; without those for which it is 0.
fn placed(
    slots: &[&Terms],
    within: Option<&[DocId]>,
    number: impl Fn(&[Vec<u32>]) -> u32,
) -> tantivy::Result<ScoredDocs> {
    let mut rarest_first = slots.to_vec();
    rarest_first.sort_by_key(|slot| slot.frequency());
    let mut docs: Option<Vec<DocId>> = None;
    for slot in rarest_first {
        docs = Some(slot.list(docs.as_deref().or(within), false)?.docs);
    }
    let mut readers = slots.iter().map(|slot| slot.places()).collect::<tantivy::Result<Vec<Places>>>()?;
    let mut places = vec![Vec::new(); slots.len()];
    let mut list = ScoredDocs::default();
    for doc in docs.unwrap_or_default() {
        readers.iter_mut().zip(&mut places).for_each(|(reader, places)| reader.read(doc, places));
        let number = number(&places);
        if number > 0 {
            list.docs.push(doc);
            list.numbers.push(number);
        }
    }
    Ok(list)
}

/// Makes scores of how often entries have something.
fn score(list: &mut ScoredDocs, bm25: &Bm25, lengths: &FieldNormReader) {
    /// No score.
    const OPEN: u32 = u32::MAX;
    // Most often it is once, in an entry of one of few lengths.
    let mut once = [OPEN; 256];
    for (doc, number) in list.docs.iter().zip(&mut list.numbers) {
        let length = lengths.fieldnorm_id(*doc);
        if *number != 1 {
            *number = bm25.score(length, *number);
            continue;
        }
        let known = &mut once[usize::from(length)];
        if *known == OPEN {
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
    fn lengths_have_the_codes_of_the_library() {
        for code in 0..=u8::MAX {
            assert_eq!(length(code), FieldNormReader::id_to_fieldnorm(code), "{code}");
        }
        for words in (0..5_000).chain([4_194_303, u32::MAX]) {
            assert_eq!(length_code(words), FieldNormReader::fieldnorm_to_id(words), "{words}");
        }
    }
}
