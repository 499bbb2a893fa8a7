//! Formulas, each with its source: numbers in, numbers out.

mod blocks;
mod bursts;
mod difference;
mod discoveries;
mod distance;
mod hypergeometric;
mod interval;
mod log_odds;
mod odds_ratio;
#[cfg(test)]
mod planted;
mod reassignment;
mod share;
mod tail;
#[cfg(test)]
mod tests;

pub use blocks::block_of;
pub use bursts::{Burst, bursts};
pub use difference::Difference;
pub use discoveries::benjamini_hochberg;
pub use distance::jensen_shannon;
pub use hypergeometric::hypergeometric_none;
pub use interval::{Interval, wilson};
pub use log_odds::{Use, log_odds};
pub use odds_ratio::{LogOddsRatio, OddsRatios};
pub use reassignment::{SourceCounts, reassigned};
pub use share::Share;
pub use tail::{Draw, ends_of_each, least_of_draws, one_of_each, some_of, some_of_each};
