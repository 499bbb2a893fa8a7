//! Which units are meant: words and filters, the same wherever units are searched or counted.

use super::{Error, FilterOptions};
use crate::engine::Catalog;
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
    /// What a unit must be.
    pub filters: FilterOptions,
}

impl SelectionOptions {
    /// The selection.
    pub fn selection(&self, catalog: &Catalog) -> Result<Selection, Error> {
        let reading = Reading { any: self.any, as_of: self.filters.as_of(catalog)? };
        Ok(Selection {
            text: TextQuery::parse(&self.text, reading).map_err(|error| Error::new("text", error))?,
            like: None,
            fuzzy: self.fuzzy,
            filters: self.filters.filters(catalog)?,
            known: None,
        })
    }
}
