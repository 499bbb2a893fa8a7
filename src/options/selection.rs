//! Which entries are meant: words and filters, the same wherever entries are searched or counted.

use super::idle::refuse;
use super::text::joined;
use super::{Error, FilterOptions, Idle};
use crate::backend::Catalog;
use crate::diagnostic::{message, option as named};
use crate::planning::choices;
use crate::query::{Days, ParseOptions, Selection, TextQuery};

/// Which entries are meant.
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
    /// Take a word that no entry has for those within one edit of it
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
        let reading = ParseOptions { any: self.any, words: self.words, as_of: self.filters.as_of(catalog)? };
        let text = TextQuery::parse(&self.text(), reading).map_err(|error| Error::new("text", error))?;
        let filters = self.filters.filters(catalog)?;
        self.refuse_idle(days)?;
        let notes = self.filters.readings(days);
        let mut selection = Selection { text, fuzzy: self.fuzzy, filters, notes, ..Selection::default() };
        selection.notes.extend(choices(&selection, catalog));
        Ok(selection)
    }

    /// Refuses what acts on words where there are none, and a day to count from where nothing counts back. `days` are
    /// dates of other options.
    fn refuse_idle(&self, days: &[String]) -> Result<(), Error> {
        let without_text = self.text().trim().is_empty();
        for (option, is_set) in [("any", self.any), ("fuzzy", self.fuzzy), ("words", self.words)] {
            let why = || (message!["without ", named("text")], "add words to search for".into());
            refuse(self.idle, is_set && without_text, option, why)?;
        }
        let idle = if self.idle == Idle::AsOf { Idle::Allowed } else { self.idle };
        let counts_back =
            || self.filters.counts_back() || days.iter().any(|days| Days::is_relative(days)) || self.text_counts_back();
        let is_idle = self.filters.as_of.is_some() && idle != Idle::Allowed && !counts_back();
        refuse(idle, is_idle, "as-of", || {
            ("without a date that counts back".into(), message!["add one, such as ", named("since").value("7d")])
        })
    }

    /// Whether a date of the text counts back: then it can't be read without a day to count from.
    fn text_counts_back(&self) -> bool {
        let text = self.text();
        let [from, without] = [Some(chrono::NaiveDate::default()), None]
            .map(|as_of| TextQuery::parse(&text, ParseOptions { any: self.any, words: self.words, as_of }).is_ok());
        from && !without
    }
}
