//! Stores and answers, with Tantivy. What comes in are documents and [`SearchRequest`](crate::query::SearchRequest)s,
//! what goes out are [`SearchResponse`](crate::query::SearchResponse)s and counts; Tantivy's types stay in here.
//!
//! An index is a folder with a file `CURRENT` that names one *generation*, a folder of its own: a Tantivy directory,
//! and a commit file that lists what is indexed ([`Commit`]). Commits go into the current generation; a rebuild makes
//! the next one and then replaces `CURRENT`.

mod backlog;
mod batch;
mod bm25;
mod called;
mod catalog;
mod commit;
mod copies;
mod counts;
mod dictionary;
mod directory;
mod distinct;
mod error;
mod expand;
mod facets;
mod fields;
mod filter;
mod folder;
mod generation;
mod greatest;
mod ids;
mod like;
mod lock;
mod marks;
mod matching;
mod memory;
mod merges;
mod names;
mod near;
mod path_text;
mod plan;
mod rank;
mod reader;
mod reasons;
mod records;
mod room;
mod sample;
mod search;
mod selected;
mod sources;
mod stems;
mod suggest;
mod sums;
mod tally;
mod top;
mod unit;
mod writer;

pub use called::choices;
pub use catalog::{Catalog, Remains, Side, Topic, UnitCounts};
pub use commit::{Commit, DigestEntry, FileEntry, Head, State};
pub use counts::{Codes, Counts, added, places, recoded};
pub use error::{Error, did_you_mean, megabytes, smaller};
pub use folder::ledgers;
pub use lock::Owner;
pub use names::nearest;
pub use reader::{OPENING, Reader};
pub use selected::Tally;
pub use sums::{Damage, Depth, Held, damage, left_behind, verify};
pub use writer::{Committed, Store, Writer};
