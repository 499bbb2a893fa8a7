//! Query text and filters, shared by all commands that search or count entries.

use super::idle::refuse;
use super::text::joined;
use super::{Error, FilterOptions, Idle};
use crate::backend::Catalog;
use crate::diagnostic::{message, option as named};
use crate::planning::choices;
use crate::query::{Days, ParseOptions, Selection, TextQuery};

/// The entries to search or count.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct SelectionOptions {
    /// Words to search for, in the query language
    #[arg(value_name = "TEXT")]
    pub text: Vec<String>,
    /// Take the text as plain words: no operators, phrases or fields
    #[arg(long)]
    pub words: bool,
    /// Match any of the words instead of all of them
    #[arg(long)]
    pub any: bool,
    /// Replace words that occur nowhere with indexed words that differ by one letter
    #[arg(long)]
    pub fuzzy: bool,
    /// The filters; last, since their heading applies to all options after it.
    #[command(flatten)]
    pub filters: FilterOptions,
    /// The policy for options without effect.
    #[arg(skip)]
    pub idle: Idle,
}

impl SelectionOptions {
    /// Returns the query text.
    pub fn text(&self) -> String {
        joined(&self.text, self.words)
    }

    /// Returns the selection.
    pub fn selection(&self, catalog: &Catalog) -> Result<Selection, Error> {
        self.selection_with_dates(catalog, &[])
    }

    /// Returns the selection of a command with further options that are dates.
    pub(super) fn selection_with_dates(&self, catalog: &Catalog, days: &[String]) -> Result<Selection, Error> {
        let as_of = self.filters.as_of(catalog)?;
        let options = ParseOptions { any: self.any, words: self.words, as_of, fields: catalog.fields };
        let text = TextQuery::parse(&self.text(), options).map_err(|error| Error::new("text", error))?;
        let filters = self.filters.filters(catalog)?;
        self.refuse_idle(days, options)?;
        let mut notes = self.filters.readings(days);
        notes.extend(text.as_ref().filter(|text| text.has_words_beside_or()).map(or_note));
        let mut selection = Selection { text, fuzzy: self.fuzzy, filters, notes, ..Selection::default() };
        selection.notes.extend(choices(&selection, catalog));
        Ok(selection)
    }

    /// Rejects options for words without words, and `--as-of` without a relative date. `days` are dates of other options.
    fn refuse_idle(&self, days: &[String], options: ParseOptions) -> Result<(), Error> {
        let without_text = self.text().trim().is_empty();
        for (option, is_set) in [("any", self.any), ("fuzzy", self.fuzzy), ("words", self.words)] {
            let why = || (message!["without ", named("text")], "add words to search for".into());
            refuse(self.idle, is_set && without_text, option, why)?;
        }
        let idle = if self.idle == Idle::AsOf { Idle::Allowed } else { self.idle };
        let counts_back = || {
            self.filters.counts_back()
                || days.iter().any(|days| Days::is_relative(days))
                || self.text_counts_back(options)
        };
        let is_idle = self.filters.as_of.is_some() && idle != Idle::Allowed && !counts_back();
        refuse(idle, is_idle, "as-of", || {
            ("without a relative date".into(), message!["add one, such as ", named("since").value("7d")])
        })
    }

    /// Reports whether the query text has a relative date: then it cannot be parsed without a day to count from.
    fn text_counts_back(&self, options: ParseOptions) -> bool {
        let text = self.text();
        let [from, without] = [Some(chrono::NaiveDate::default()), None]
            .map(|as_of| TextQuery::parse(&text, ParseOptions { as_of, ..options }).is_ok());
        from && !without
    }
}

/// Returns how a query was read in which words stand beside an `OR`.
fn or_note(text: &TextQuery) -> String {
    format!("OR joins only the words next to it: read as `{text}`; quote phrases, or add parentheses")
}
