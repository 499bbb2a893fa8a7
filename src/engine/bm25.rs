//! BM25 (Robertson and Zaragoza 2009, "The Probabilistic Relevance Framework"), in the form that Lucene and Tantivy
//! have: idf = ln(1 + (N − n + ½) / (n + ½)), tf part = (k₁ + 1) · tf / (tf + k₁ · (1 − b + b · length / average)).
//! Our own, since idf must count live units only, and all forms of a word as one term.

use tantivy::Score;
use tantivy::fieldnorm::FieldNormReader;

/// How soon more occurrences of a word count for little.
const K1: Score = 1.2;

/// How much longer texts must have more occurrences to count the same.
const B: Score = 0.75;

/// Scores are whole numbers of thousandths: sums of floating-point numbers depend on the order in their last bits, and the
/// parts of a query are added in an order that depends on the segment. Being decimal, a score and its parts are shown as
/// they are, and add up.
const STEPS: u16 = 1000;

/// A score in whole steps.
pub fn rounded(score: Score) -> u32 {
    (score * Score::from(STEPS)).round() as u32
}

/// A number of steps as it is shown.
pub fn shown(steps: u32) -> f64 {
    f64::from(steps) / f64::from(STEPS)
}

/// How rare a term is: `n` of `all` units have it.
pub fn idf(n: u64, all: u64) -> Score {
    let (n, all) = (n.min(all) as Score, all as Score);
    (1.0 + (all - n + 0.5) / (n + 0.5)).ln()
}

/// The scores of a term in units of any length.
pub struct Bm25 {
    weight: Score,
    /// By Tantivy's code for a length: k₁ · (1 − b + b · length / average).
    norms: [Score; 256],
}

impl Bm25 {
    /// For a term of some weight in units of an average length, in words; none where length does not count.
    pub fn new(weight: Score, average: Option<Score>) -> Self {
        let norm = |code| {
            let length = FieldNormReader::id_to_fieldnorm(code) as Score;
            K1 * average.map_or(1.0, |average| 1.0 - B + B * length / average)
        };
        Self { weight: weight * (K1 + 1.0), norms: std::array::from_fn(|code| norm(code as u8)) }
    }

    /// The score of `count` occurrences, in steps.
    pub fn score(&self, length: u8, count: u32) -> u32 {
        let count = count as Score;
        rounded(self.weight * count / (count + self.norms[usize::from(length)]))
    }

    /// No score is greater.
    pub fn most(&self) -> u32 {
        rounded(self.weight)
    }
}
