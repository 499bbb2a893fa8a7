//! Which units are meant: words and filters, the same wherever units are searched or counted.

use super::{Error, FilterOptions, Idle};
use crate::engine::{Catalog, choices};
use crate::query::{Reading, Selection, TextQuery};

/// Which units are meant.
#[derive(Debug, Clone, Default)]
pub struct SelectionOptions {
    /// The words to search for, in the query language.
    pub text: String,
    /// Whether any of them will do.
    pub any: bool,
    /// Whether a word that no unit has stands for those within one edit of it.
    pub fuzzy: bool,
    /// Whether the text is plain words, without operators.
    pub words: bool,
    /// What a unit must be.
    pub filters: FilterOptions,
    /// Which options without effect are let pass.
    pub idle: Idle,
}

impl SelectionOptions {
    /// The selection.
    pub fn selection(&self, catalog: &Catalog) -> Result<Selection, Error> {
        self.selection_beside(catalog, &[])
    }

    /// The selection, beside other options that name days.
    pub(super) fn selection_beside(&self, catalog: &Catalog, days: &[String]) -> Result<Selection, Error> {
        let reading = Reading { any: self.any, words: self.words, as_of: self.filters.as_of(catalog)? };
        let text = TextQuery::parse(&self.text, reading).map_err(|error| Error::new("text", error))?;
        let filters = self.filters.filters(catalog)?;
        self.refuse_idle(days)?;
        let notes = self.filters.readings(days);
        let mut selection = Selection { text, fuzzy: self.fuzzy, filters, notes, ..Selection::default() };
        selection.notes.extend(choices(&selection, catalog));
        Ok(selection)
    }
}
