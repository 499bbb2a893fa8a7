//! Counts and columns of what matches.

mod sample;
pub mod sources;
mod stems;
mod tally;

pub use sample::{address, sample};
pub use stems::stems;
pub use tally::counts;
