//! The seam: what a store of entries does, whatever it is. Above it a question is planned; below it a tree of scored parts
//! is evaluated, and lists are kept of what is indexed. Nothing here reads or writes.

mod bm25;
mod catalog;
mod counts;
mod dictionary;
mod error;
mod index;
mod list;
mod path_text;
mod snapshot;
mod sources;
mod sum_up;
mod tree;

pub use bm25::{Bm25, idf, length, length_code, nearness, rounded, shown};
pub use catalog::{Catalog, EntryCounts, Perspective, Remains, Topic};
pub use counts::{Codes, Counts, added, places, recoded};
pub use dictionary::{Handle, LookUp, Terms};
pub use error::{Error, Owner, did_you_mean, megabytes, smaller};
pub use index::{Checked, Committed, Damage, Depth, Index, Session, Writer};
pub use list::{Commit, DigestRecord, FileRecord, Head, State};
pub use snapshot::{Chosen, Each, Found, FoundHit, Search, Snapshot, Table, Under};
pub use sources::Sources;
pub use tree::{Filter, Part, Scored, Tree};
