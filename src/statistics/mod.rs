//! Formulas, each with its source: numbers in, numbers out.

mod bursts;
mod discoveries;
mod distance;
mod hypergeometric;
mod log_odds;
mod share;
mod tail;
#[cfg(test)]
mod tests;

pub use bursts::{Burst, bursts};
pub use discoveries::benjamini_hochberg;
pub use distance::jensen_shannon;
pub use hypergeometric::hypergeometric_none;
pub use log_odds::{Use, log_odds};
pub use share::Share;
pub use tail::{one_of_each, some_of};
