//! Which units are meant: words and filters, the same wherever units are searched or counted.

use digest_search::options::{Idle, SelectionOptions};

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

    /// What was chosen, with a text in the place of the words.
    pub fn options(&self, text: &str) -> SelectionOptions {
        let Self { any, fuzzy, .. } = *self;
        let text = text.to_owned();
        SelectionOptions {
            text,
            any,
            fuzzy,
            words: self.text.words,
            filters: self.filters.options(),
            idle: Idle::default(),
        }
    }
}
