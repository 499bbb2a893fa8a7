//! Scores: bounds and explanations.

mod bound;
mod reasons;

pub use bound::{ScoreBound, bound, completed};
pub use reasons::reasons;
