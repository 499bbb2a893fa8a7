//! BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), in the form that Lucene and Tantivy
//! have: idf = ln(1 + (N − n + ½) / (n + ½)), tf part = (k₁ + 1) · tf / (tf + k₁ · (1 − b + b · length / average)).
//! Our own, since idf must count live entries only, and all forms of a word as one term.

/// How soon more occurrences of a word count for little.
const K1: f32 = 1.2;

/// How much longer texts must have more occurrences to count the same.
const B: f32 = 0.75;

/// Scores are whole numbers of thousandths: sums of floating-point numbers depend on the order in their last bits, and the
/// parts of a query are added in an order that depends on the segment. Being decimal, a score and its parts are shown as
/// they are, and add up.
const STEPS: u16 = 1000;

/// A score in whole steps.
pub fn rounded(score: f32) -> u32 {
    (score * f32::from(STEPS)).round() as u32
}

/// A number of steps as it is shown.
pub fn shown(steps: u32) -> f64 {
    f64::from(steps) / f64::from(STEPS)
}

/// Returns the length that a code stands for: exact up to 40 words, then with four significant bits, as Lucene's
/// `SmallFloat.byte4ToInt` has it.
pub fn length(code: u8) -> u32 {
    /// The codes that are lengths as they are, before those with significant bits.
    const EXACT: u32 = 24;
    let code = u32::from(code);
    let Some(rest) = code.checked_sub(EXACT) else { return code };
    let (bits, shift) = (rest & 7, rest >> 3);
    EXACT + if shift == 0 { bits } else { (bits | 8) << (shift - 1) }
}

/// Returns the code of a length in words: that of the greatest length that is no greater.
pub fn length_code(words: u32) -> u8 {
    let (mut least, mut most) = (0, u8::MAX);
    while least < most {
        let middle = most - (most - least) / 2;
        if length(middle) <= words { least = middle } else { most = middle - 1 }
    }
    least
}

/// Returns the score of two words by their positions, in thousandths: the weight for the second right behind the first,
/// a part of it for each place further away, and one place more for the other order.
pub fn nearness(places: &[Vec<u32>], weight: f32) -> u32 {
    let [first, second] = places else { return 0 };
    let mut nearest = u32::MAX;
    let mut behind = 0;
    for &a in first {
        while behind < second.len() && second[behind] <= a {
            behind += 1;
        }
        let after = second.get(behind).map_or(u32::MAX, |b| b - a);
        let before = second[..behind].iter().rev().find(|b| **b < a).map_or(u32::MAX, |b| a - b + 1);
        nearest = nearest.min(after).min(before);
    }
    if nearest == u32::MAX { 0 } else { rounded(weight / nearest as f32) }
}

/// How rare a term is: `n` of `all` entries have it.
pub fn idf(n: u64, all: u64) -> f32 {
    let (n, all) = (n.min(all) as f32, all as f32);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// The scores of a term in entries of any length.
#[derive(Debug)]
pub struct Bm25 {
    weight: f32,
    /// By the code of a length: k₁ · (1 − b + b · length / average).
    norms: [f32; 256],
}

impl Bm25 {
    /// For a term of some weight in entries of an average length, in words; none where length does not count.
    pub fn new(weight: f32, average: Option<f32>) -> Self {
        let norm = |code| {
            let length = length(code) as f32;
            K1 * average.map_or(1.0, |average| 1.0 - B + B * length / average)
        };
        Self { weight: weight * (K1 + 1.0), norms: std::array::from_fn(|code| norm(code as u8)) }
    }

    /// The score of `count` occurrences, in steps.
    pub fn score(&self, length: u8, count: u32) -> u32 {
        let count = count as f32;
        rounded(self.weight * count / (count + self.norms[usize::from(length)]))
    }

    /// No score is greater.
    pub fn most(&self) -> u32 {
        rounded(self.weight)
    }
}
