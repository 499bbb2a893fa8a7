//! Which units are meant: words and filters, the same wherever units are searched or counted.

use chrono::NaiveDate;
use digest_search::engine::Reader;
use digest_search::query::{DateError, Reading, Selection, TextQuery};

use super::failure::Failure;
use super::filters::FilterArgs;
use super::text::TextArgs;

/// Which units are meant
#[derive(Debug, clap::Args)]
pub struct SelectionArgs {
    #[command(flatten)]
    text: TextArgs,
    /// Match any of the words instead of all
    #[arg(long)]
    any: bool,
    /// Take a word that no unit has for those within one edit of it
    #[arg(long)]
    fuzzy: bool,
    // Last, since their heading holds for what follows.
    #[command(flatten)]
    filters: FilterArgs,
}

impl SelectionArgs {
    /// The words as one text.
    pub fn text(&self) -> String {
        self.text.text()
    }

    /// The day that relative dates count from.
    pub fn as_of(&self, reader: &Reader) -> Result<Option<NaiveDate>, DateError> {
        self.filters.as_of(reader.catalog())
    }

    /// The selection, with a text in the place of the words.
    pub fn selection(&self, text: &str, reader: &Reader) -> Result<Selection, Failure> {
        let reading = Reading { any: self.any, as_of: self.filters.as_of(reader.catalog())? };
        Ok(Selection {
            text: TextQuery::parse(text, reading).map_err(|error| Failure::query(error, text))?,
            like: None,
            fuzzy: self.fuzzy,
            filters: self.filters.filters(reader.catalog())?,
            known: None,
        })
    }
}
