//! BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), in the form of Lucene and Tantivy:
//! idf = ln(1 + (N − n + ½) / (n + ½)), tf part = (k₁ + 1) · tf / (tf + k₁ · (1 − b + b · length / average)).
//! Tantivy's own scorer is not used, since idf must count live entries only, and all forms of a word as one term.

/// Saturation of the term frequency (k₁).
const K1: f32 = 1.2;

/// Length normalization (b).
const B: f32 = 0.75;

/// Scores are integers, in thousandths: sums of floating-point numbers depend on their order in the last bits, and the
/// order of the parts of a query depends on the segment. Decimal steps also make displayed parts add up to the score.
const STEPS: u16 = 1000;

/// Rounds a score to thousandths.
pub fn rounded(score: f32) -> u32 {
    (score * f32::from(STEPS)).round() as u32
}

/// Converts thousandths to a score for display.
pub fn shown(steps: u32) -> f64 {
    f64::from(steps) / f64::from(STEPS)
}

/// Decodes a length in words: exact up to 40, then with four significant bits, as Lucene's `SmallFloat.byte4ToInt`.
pub fn length(code: u8) -> u32 {
    /// The first code with significant bits; lower ones are lengths.
    const EXACT: u32 = 24;
    let code = u32::from(code);
    let Some(rest) = code.checked_sub(EXACT) else { return code };
    let (bits, shift) = (rest & 7, rest >> 3);
    EXACT + if shift == 0 { bits } else { (bits | 8) << (shift - 1) }
}

/// Encodes a length in words, rounded down.
pub fn length_code(words: u32) -> u8 {
    let (mut least, mut most) = (0, u8::MAX);
    while least < most {
        let middle = most - (most - least) / 2;
        if length(middle) <= words { least = middle } else { most = middle - 1 }
    }
    least
}

/// Returns the proximity score of two words by their positions, in thousandths: the weight for the second directly after
/// the first, divided by the distance otherwise; the reverse order counts as one position more.
pub fn nearness(places: &[Vec<u32>], weight: f32) -> u32 {
    let [first, second] = places else { return 0 };
    let mut nearest = u32::MAX;
    let mut next_index = 0;
    for &a in first {
        while next_index < second.len() && second[next_index] <= a {
            next_index += 1;
        }
        let after = second.get(next_index).map_or(u32::MAX, |b| b - a);
        let before = second[..next_index].iter().rev().find(|b| **b < a).map_or(u32::MAX, |b| a - b + 1);
        nearest = nearest.min(after).min(before);
    }
    if nearest == u32::MAX { 0 } else { rounded(weight / nearest as f32) }
}

/// Returns the inverse document frequency of a term in `n` of `all` entries.
pub fn idf(n: u64, all: u64) -> f32 {
    let (n, all) = (n.min(all) as f32, all as f32);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// Scorer of a term in entries of any length.
#[derive(Debug)]
pub struct Bm25 {
    weight: f32,
    average: Option<f32>,
    /// By the code of a length: k₁ · (1 − b + b · length / average).
    norms: [f32; 256],
}

impl Bm25 {
    /// Returns a scorer of a term with a weight, for an average length in words; `None` ignores lengths.
    pub fn new(weight: f32, average: Option<f32>) -> Self {
        let norm = |code| {
            let length = length(code) as f32;
            K1 * average.map_or(1.0, |average| 1.0 - B + B * length / average)
        };
        Self { weight: weight * (K1 + 1.0), average, norms: std::array::from_fn(|code| norm(code as u8)) }
    }

    /// Returns the score of `count` occurrences, in thousandths.
    pub fn score(&self, length: u8, count: u32) -> u32 {
        let count = count as f32;
        rounded(self.weight * count / (count + self.norms[usize::from(length)]))
    }

    /// Returns the weight of a term: the score of ever more occurrences.
    pub fn weight(&self) -> f32 {
        self.weight
    }

    /// Returns the average length in words; `None` if lengths are ignored.
    pub fn average(&self) -> Option<f32> {
        self.average
    }

    /// Returns the score of one occurrence in the longest entry, in thousandths.
    pub fn min_score(&self) -> u32 {
        self.score(u8::MAX, 1)
    }

    /// Returns an upper bound of the scores.
    pub fn max_score(&self) -> u32 {
        rounded(self.weight)
    }
}
