//! Findings of the survey of a corpus about a file.

use std::sync::Arc;

use crate::backend::FileFacts;
use crate::digest::Reading;

/// Findings about a file that is not in the site's own layout.
pub struct Surveyed {
    /// Hash of the text that was surveyed.
    pub hash: u64,
    /// Facts and decisions; none of a file without a day.
    pub decided: Option<(Arc<FileFacts>, Reading)>,
}
