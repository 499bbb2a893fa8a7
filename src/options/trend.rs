//! What can be chosen of `trend`.

use super::idle::refuse;
use super::{Error, SelectionOptions};
use crate::engine::Catalog;
use crate::insight::{By, TrendRequest};

/// What can be chosen of `trend`.
#[derive(Debug, Clone, Default)]
pub struct TrendOptions {
    /// Which units.
    pub selection: SelectionOptions,
    /// The spans of time, one of [`TrendOptions::SPANS`].
    pub by: Option<By>,
    /// Without words to follow: so many terms that rise, and as many that fall.
    pub top: Option<usize>,
}

impl TrendOptions {
    /// The spans of time that can be followed.
    pub const SPANS: [By; 3] = [By::Week, By::Month, By::Year];

    /// So many terms, where no other number is asked for.
    pub const TOP: usize = 10;

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<TrendRequest, Error> {
        let mut selection = self.selection.selection(catalog)?;
        selection.as_sampled();
        let is_idle = self.top.is_some() && selection.is_scored();
        let remedy = "leave TEXT out to see rising and falling words";
        refuse(self.selection.idle, is_idle, ("top", "with words to follow", remedy))?;
        let by = self.by.unwrap_or(if selection.is_scored() { By::Week } else { By::Month });
        Ok(TrendRequest { selection, by, top: self.top.unwrap_or(Self::TOP) })
    }
}
