//! The index as the other rooms see it.

pub use crate::backend::{
    Catalog, Checked as Held, Codes, Commit, Committed, Counts, Damage, Depth, DigestEntry, EntryCounts as UnitCounts,
    Error, FileEntry, Head, Index, Owner, Perspective as Side, Remains, Session, State, Topic, Writer, added,
    did_you_mean, megabytes, places, recoded, smaller,
};
pub use crate::index::{OPENING, ledgers};
pub use crate::planning::{Reader, Tally, choices, nearest};
