//! The log-odds ratio of a word's use on two sides, with a prior that keeps rare words quiet: Monroe, Colaresi
//! and Quinn 2008, "Fightin' Words", Political Analysis 16(4), equations 15, 20 and 22.
//!
//! There both sides have the same prior. Here each has its own: the same one would pull a small side further towards what
//! is usual elsewhere than a big one, and make it seem to avoid a word that it uses more.

/// The uses of a word on a side, all its words, and the weight of the side's prior, in words.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    /// The number of uses.
    pub uses: f64,
    /// All words.
    pub all: f64,
    /// The weight of the prior.
    pub prior: f64,
}

/// The difference of the log-odds of a word on two sides, in entries of its standard deviation: above 0 where the first
/// uses it more. With the priors a_i = a0_i·bg and a_j = a0_j·bg, where bg is the word's share of all words anywhere,
/// δ = ln[(y_i + a_i)/(n_i + a0_i − y_i − a_i)] − ln[(y_j + a_j)/(n_j + a0_j − y_j − a_j)] and
/// z = δ/√(1/(y_i + a_i) + 1/(y_j + a_j)).
/// None where a side has no use of the word or of any other, not even by the prior.
pub fn log_odds(here: Use, there: Use, bg: f64) -> Option<f64> {
    let odds = |side: Use| {
        let a = side.prior * bg;
        let (used, others) = (side.uses + a, side.all + side.prior - side.uses - a);
        (used > 0.0 && others > 0.0).then_some((used, others))
    };
    let ((used, others), (used_there, others_there)) = (odds(here)?, odds(there)?);
    let delta = (used * others_there / (others * used_there)).ln();
    Some(delta / (1.0 / used + 1.0 / used_there).sqrt())
}
