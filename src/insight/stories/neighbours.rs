//! Pairs of similar wordings that were published within a few days of each other.

use std::collections::{HashMap, VecDeque};

use super::linkage::Pair;
use super::similarity::Similarity;

/// Titles further apart are not about one event, as far as can be seen.
pub const WINDOW_DAYS: i32 = 3;

/// The loss of likeness a day between titles, in millionths of a cosine.
const FADE: f64 = 60_000.0;

/// Less likeness counts as none: what is left are words that most titles of the topic share.
const FLOOR: f64 = 50_000.0;

/// The titles with one wording, each within the window of the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// A place among the wordings of the similarity.
    pub wording: usize,
    /// The day of the first title, as days from a fixed one.
    pub first: i32,
    /// The day of the last title.
    pub last: i32,
    /// The places of the titles, in order.
    pub titles: Vec<usize>,
    /// The source of all titles; none if they have several.
    pub source: Option<u32>,
}

/// Returns the pairs of runs that are alike, as places among the runs, which are in order of their first days.
pub fn alike(runs: &[Run], similarity: &Similarity) -> Vec<Pair> {
    // For each word, the runs that have it and may still be within the window, with its weight.
    let mut open: HashMap<u32, VecDeque<(usize, f64)>> = HashMap::new();
    let mut cosines = vec![0.0; runs.len()];
    let mut touched: Vec<usize> = Vec::new();
    let mut pairs = Vec::new();
    for (place, run) in runs.iter().enumerate() {
        for (word, weight) in similarity.vector(run.wording) {
            let others = open.entry(*word).or_default();
            while others.front().is_some_and(|(other, _)| gap(&runs[*other], run) > WINDOW_DAYS) {
                others.pop_front();
            }
            for (other, weight_there) in others.iter().filter(|(other, _)| gap(&runs[*other], run) <= WINDOW_DAYS) {
                if cosines[*other] == 0.0 {
                    touched.push(*other);
                }
                cosines[*other] += weight * weight_there;
            }
            others.push_back((place, *weight));
        }
        for other in touched.drain(..) {
            let cosine = std::mem::take(&mut cosines[other]);
            let likeness = (cosine * 1e6 - f64::from(gap(&runs[other], run)) * FADE).round();
            if likeness >= FLOOR {
                pairs.push(Pair { a: other, b: place, likeness: likeness as u64 });
            }
        }
    }
    pairs
}

/// The days between two runs, of which the first does not begin later.
fn gap(earlier: &Run, later: &Run) -> i32 {
    (later.first - earlier.last).max(0)
}
