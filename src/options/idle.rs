//! Options without effect on the question that they stand beside: each is an error, so that nobody takes an answer for
//! another one.

use super::{Error, FilterOptions, Problem, SelectionOptions};
use crate::diagnostic::{Message, message, option as named};
use crate::query::{Days, Reading, TextQuery};

/// Which options without effect are let pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Idle {
    /// None.
    #[default]
    Refused,
    /// The day that relative dates count from, which a report has for all its sections.
    AsOf,
    /// All: a form sends its boxes whether or not there are words beside them.
    Allowed,
}

/// Refuses an option that is set and has no effect: why not, and what would give it one.
pub fn refuse(
    idle: Idle,
    is_set: bool,
    option: &'static str,
    why: impl Fn() -> (Message, Message),
) -> Result<(), Error> {
    if !is_set || idle == Idle::Allowed {
        return Ok(());
    }
    let (reason, remedy) = why();
    Err(Error::new(option, Problem::NoEffect { reason, remedy }))
}

impl SelectionOptions {
    /// Refuses what acts on words where there are none, and a day to count from where nothing counts back. `days` are
    /// dates of other options.
    pub(super) fn refuse_idle(&self, days: &[String]) -> Result<(), Error> {
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
            .map(|as_of| TextQuery::parse(&text, Reading { any: self.any, words: self.words, as_of }).is_ok());
        from && !without
    }
}

impl FilterOptions {
    fn counts_back(&self) -> bool {
        let days = self.since.iter().chain(&self.until).chain(&self.on);
        days.into_iter().any(|days| Days::is_relative(days))
    }
}
