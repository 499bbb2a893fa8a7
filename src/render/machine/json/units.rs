//! How many units there are, in all and of each kind.

use crate::backend::EntryCounts;

#[derive(serde::Serialize)]
pub struct Units {
    total: usize,
    #[serde(flatten)]
    kinds: EntryCounts,
}

impl From<EntryCounts> for Units {
    fn from(kinds: EntryCounts) -> Self {
        Self { total: kinds.total(), kinds }
    }
}
