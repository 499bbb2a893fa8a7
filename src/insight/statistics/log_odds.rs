//! How much more often one side uses a word than the other, with a prior that keeps rare words quiet: Monroe, Colaresi
//! and Quinn 2008, "Fightin' Words", Political Analysis 16(4), equations 15, 20 and 22.

/// How often a word is used on a side, of all its words.
#[derive(Debug, Clone, Copy)]
pub struct Use {
    pub uses: f64,
    pub all: f64,
}

/// The difference of the log-odds of a word on two sides, in units of its standard deviation: above 0 where the first
/// uses it more. With the prior a = a0·bg, where bg is the word's share of all words anywhere,
/// δ = ln[(y_i + a)/(n_i + a0 − y_i − a)] − ln[(y_j + a)/(n_j + a0 − y_j − a)] and z = δ/√(1/(y_i + a) + 1/(y_j + a)).
/// None where a side has no use of the word or of any other, not even by the prior.
pub fn log_odds(here: Use, there: Use, bg: f64, a0: f64) -> Option<f64> {
    let a = a0 * bg;
    let odds = |side: Use| {
        let (used, others) = (side.uses + a, side.all + a0 - side.uses - a);
        (used > 0.0 && others > 0.0).then_some((used, others))
    };
    let ((used, others), (used_there, others_there)) = (odds(here)?, odds(there)?);
    let delta = (used * others_there / (others * used_there)).ln();
    Some(delta / (1.0 / used + 1.0 / used_there).sqrt())
}
