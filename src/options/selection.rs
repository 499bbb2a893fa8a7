//! Which units are meant: words and filters, the same wherever units are searched or counted.

use super::text::joined;
use super::{Error, FilterOptions, Idle};
use crate::backend::Catalog;
use crate::planning::choices;
use crate::query::{Reading, Selection, TextQuery};

/// Which units are meant.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SelectionOptions {
    /// Words to search for, in the query language
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// Take the text as plain words: no operators, phrases or fields
    #[arg(long)]
    pub words: bool,
    /// Match any of the words instead of all
    #[arg(long)]
    pub any: bool,
    /// Take a word that no unit has for those within one edit of it
    #[arg(long)]
    pub fuzzy: bool,
    /// The filters, last, since their heading holds for what follows.
    #[command(flatten)]
    pub filters: FilterOptions,
    /// Which options without effect are let pass.
    #[arg(skip)]
    pub idle: Idle,
}

impl SelectionOptions {
    /// The words as one text.
    pub fn text(&self) -> String {
        joined(&self.text, self.words)
    }

    /// The selection.
    pub fn selection(&self, catalog: &Catalog) -> Result<Selection, Error> {
        self.selection_beside(catalog, &[])
    }

    /// The selection, beside other options that name days.
    pub(super) fn selection_beside(&self, catalog: &Catalog, days: &[String]) -> Result<Selection, Error> {
        let reading = Reading { any: self.any, words: self.words, as_of: self.filters.as_of(catalog)? };
        let text = TextQuery::parse(&self.text(), reading).map_err(|error| Error::new("text", error))?;
        let filters = self.filters.filters(catalog)?;
        self.refuse_idle(days)?;
        let notes = self.filters.readings(days);
        let mut selection = Selection { text, fuzzy: self.fuzzy, filters, notes, ..Selection::default() };
        selection.notes.extend(choices(&selection, catalog));
        Ok(selection)
    }
}
