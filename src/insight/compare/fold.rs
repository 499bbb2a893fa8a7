//! One line a phrase: *Hong Kong* says all that *Hong* and *Kong* do.

/// A term is part of a longer one if the longer one is in as many of its texts.
const PART: f64 = 0.9;

/// A term with its stems and the number of texts that have it.
pub trait Phrase {
    /// The stems.
    fn stems(&self) -> &[u32];
    /// The number of texts.
    fn texts(&self) -> f64;
}

/// Returns the terms without those that are part of a longer one.
pub fn without_parts<T: Phrase>(terms: Vec<T>) -> Vec<T> {
    let is_part_of = |short: &T, long: &T| {
        let (stems, phrase) = (short.stems(), long.stems());
        stems.len() < phrase.len()
            && phrase.windows(stems.len()).any(|part| part == stems)
            && long.texts() >= PART * short.texts()
    };
    let is_part: Vec<bool> = terms.iter().map(|short| terms.iter().any(|long| is_part_of(short, long))).collect();
    terms.into_iter().zip(is_part).filter(|(_, is_part)| !is_part).map(|(term, _)| term).collect()
}
