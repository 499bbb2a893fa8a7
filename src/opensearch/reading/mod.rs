//! Reading: questions to one generation of an index.

mod all;
mod answers;
mod copies;
mod dictionary;
mod hits;
mod known;
mod names;
mod page;
mod pattern;
mod ranked;
mod sample;
mod script;
mod snapshot;
mod tally;
mod tree;

pub use snapshot::{ClusterSnapshot, StoredCatalog, exists, read_catalog, read_head};
