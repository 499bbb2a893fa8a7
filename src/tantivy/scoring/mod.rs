//! Scores: bounds of them, and what they are made of.

mod bound;
mod reasons;

pub use bound::{ScoreBound, bound, completed};
pub use reasons::reasons;
