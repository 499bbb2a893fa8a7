//! What can be chosen of `count`.

use super::idle::refuse;
use super::{Error, Problem, SelectionOptions};
use crate::engine::Catalog;
use crate::insight::{By, CountRequest};

/// What can be chosen of `count`.
#[derive(Debug, Clone, Default)]
pub struct CountOptions {
    /// Which units.
    pub selection: SelectionOptions,
    /// The fields to count by, two at most.
    pub by: Vec<By>,
    /// Whether to tell which share of what was sampled they are.
    pub share: bool,
    /// So many values of a field.
    pub top: Option<usize>,
}

impl CountOptions {
    /// Whether the options go together.
    pub fn check(&self) -> Result<(), Error> {
        match self.by[..] {
            [a, b] if a == b => Err(Error { at: 1, ..Error::new("by", Problem::Twice(a.as_str())) }),
            [_, _, _, ..] => Err(Error::new("by", Problem::TooManyFields(self.by.len()))),
            _ => Ok(()),
        }
    }

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<CountRequest, Error> {
        self.check()?;
        let is_idle = self.top.is_some() && !self.by.iter().any(|by| !by.is_time());
        let remedy = "count by topic, perspective, source, kind or lang";
        refuse(self.selection.idle, is_idle, ("top", "without values to choose from", remedy))?;
        let selection = self.selection.selection(catalog)?;
        if self.share && !selection.text.as_ref().is_some_and(|text| text.has_words()) {
            return Err(Error::new("share", Problem::ShareWithoutWords));
        }
        Ok(CountRequest::new(selection, self.by.clone(), self.share, self.top))
    }
}
