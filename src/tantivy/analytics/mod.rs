//! Counts and columns of matching entries.

mod sample;
pub mod sources;
mod stems;
mod tally;
mod values;

pub use sample::{address, number, sample};
pub use stems::stems;
pub use tally::counts;
