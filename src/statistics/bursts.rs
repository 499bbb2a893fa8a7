//! When there was much more of something than usual: Kleinberg 2002, "Bursty and hierarchical structure in streams",
//! KDD, section 4, for two states.

/// The ratio of the share in a burst to the usual share.
const S: f64 = 2.0;

/// The cost of beginning a burst, in logarithms of the number of batches.
const GAMMA: f64 = 1.0;

/// A run of batches with much more than usual.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Burst {
    /// The first batch.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// The saved cost against the usual share, in natural logarithms.
    pub weight: f64,
}

/// The bursts of batches with r matches among d sampled. The usual share is p0 = Σr/Σd, that of a burst p1 = 2·p0. The
/// states are those that cost the least: −ln of the binomial probability of each batch's r of d, and ln T for each step
/// up, with T batches that have a sample. Where states cost the same there is no burst. A batch without a sample says nothing: it costs
/// nothing in either state. None where p0 is 1/4 or more, so that a burst would be most of what there is, or nothing was
/// sampled.
pub fn bursts(batches: &[(usize, usize)]) -> Option<Vec<Burst>> {
    let (r, d) = batches.iter().fold((0, 0), |all, batch| (all.0 + batch.0, all.1 + batch.1));
    let p0 = r as f64 / d as f64;
    if d == 0 || p0 >= 1.0 / (2.0 * S) {
        return None;
    }
    if r == 0 {
        return Some(Vec::new());
    }
    // The number of ways to find r of d costs the same in both states.
    let cost = |(r, d): (usize, usize), p: f64| -(r as f64 * p.ln() + (d - r) as f64 * (1.0 - p).ln());
    let costs: Vec<[f64; 2]> = batches.iter().map(|batch| [cost(*batch, p0), cost(*batch, S * p0)]).collect();
    let sampled = batches.iter().filter(|(_, d)| *d > 0).count();
    let up = GAMMA * (sampled as f64).ln();
    let states = cheapest(&costs, up);
    let mut bursts = Vec::new();
    let mut at = 0;
    for run in states.chunk_by(|a, b| a == b) {
        let last = at + run.len() - 1;
        if run[0] {
            let weight = costs[at..=last].iter().map(|[usual, burst]| usual - burst).sum();
            bursts.push(Burst { first: at, last, weight });
        }
        at = last + 1;
    }
    Some(bursts)
}

/// Reports whether each batch is in a burst, by dynamic programming (Viterbi).
fn cheapest(costs: &[[f64; 2]], up: f64) -> Vec<bool> {
    let mut best = [0.0, f64::INFINITY];
    // From where each state was come to.
    let mut came: Vec<[bool; 2]> = Vec::with_capacity(costs.len());
    for [usual, burst] in costs {
        came.push([best[1] < best[0], best[1] < best[0] + up]);
        best = [best[0].min(best[1]) + usual, (best[0] + up).min(best[1]) + burst];
    }
    let mut state = best[1] < best[0];
    let mut states = vec![false; costs.len()];
    for (at, came) in came.iter().enumerate().rev() {
        states[at] = state;
        state = came[usize::from(state)];
    }
    states
}
