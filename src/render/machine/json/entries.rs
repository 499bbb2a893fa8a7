//! Numbers of entries, in total and by kind, as JSON.

use crate::backend::EntryCounts;

#[derive(serde::Serialize)]
pub struct Entries {
    total: usize,
    #[serde(flatten)]
    kinds: EntryCounts,
}

impl From<EntryCounts> for Entries {
    fn from(kinds: EntryCounts) -> Self {
        Self { total: kinds.total(), kinds }
    }
}
