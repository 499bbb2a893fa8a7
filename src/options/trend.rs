//! What can be chosen of `trend`.

use super::{Error, SelectionOptions};
use crate::engine::Catalog;
use crate::insight::{By, TrendRequest};

/// What can be chosen of `trend`.
#[derive(Debug, Clone)]
pub struct TrendOptions {
    /// Which units.
    pub selection: SelectionOptions,
    /// The spans of time, one of [`TrendOptions::SPANS`].
    pub by: Option<By>,
    /// Without words to follow: so many terms that rise, and as many that fall.
    pub top: usize,
}

impl Default for TrendOptions {
    fn default() -> Self {
        Self { selection: SelectionOptions::default(), by: None, top: 10 }
    }
}

impl TrendOptions {
    /// The spans of time that can be followed.
    pub const SPANS: [By; 3] = [By::Week, By::Month, By::Year];

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<TrendRequest, Error> {
        let mut selection = self.selection.selection(catalog)?;
        selection.as_sampled();
        let by = self.by.unwrap_or(if selection.is_scored() { By::Week } else { By::Month });
        Ok(TrendRequest { selection, by, top: self.top })
    }
}
