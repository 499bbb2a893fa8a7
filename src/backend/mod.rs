//! The seam: the interface of a store of entries. Queries are planned above it; below it, trees of scored parts are
//! evaluated and commits written. This module does no I/O.

mod bm25;
mod catalog;
mod counts;
mod dictionary;
mod error;
mod health;
mod index;
mod list;
mod path_text;
pub mod records;
mod snapshot;
mod sources;
mod sum_up;
mod tree;

pub use bm25::{Bm25, idf, length, length_code, nearness, rounded, shown};
pub use catalog::{Catalog, Corpus, EntryCounts, PartialCatalog, Perspective, Topic};
pub use counts::{Codes, Counts, added, places, recoded};
pub use dictionary::{Handle, Lookup, Terms, ValueForm};
pub use error::{Error, Owner, did_you_mean, megabytes, smaller};
pub use health::Health;
pub use index::{Checked, Committed, Damage, Depth, Index, Refusal, Session, Shards, Wait, Writer};
pub use list::{Commit, DigestRecord, FileFacts, FileRecord, Head, State};
pub use snapshot::{Each, Predicate, Search, SearchResult, Snapshot, Table, TableFilters, UnmarkedHit};
pub use sources::Sources;
pub use tree::{Filter, Part, Scored, Tree};
