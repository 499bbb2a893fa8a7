//! Options of `count`.

use super::idle::refuse;
use super::{Error, Problem, SelectionOptions, named, whole};
use crate::backend::Catalog;
use crate::insight::CountRequest;

/// Options of `count`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CountOptions {
    /// Count by one or two of these fields: topic, perspective, source, kind, lang, section, corpus, day, week, month, year, custom fields
    #[arg(short, long, value_name = "FIELD[,FIELD]", value_delimiter = ',')]
    pub by: Vec<String>,
    /// Show entries as a share of the sample, with its 95% interval; of titles, unless a kind is given
    #[arg(long)]
    pub share: bool,
    /// Show only the N most frequent values of each field other than day, week, month and year
    #[arg(long, value_name = "N", value_parser = whole)]
    pub top: Option<usize>,
    /// Words and filters.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl CountOptions {
    /// Checks the options that need no catalog.
    pub fn check(&self) -> Result<(), Error> {
        match self.by[..] {
            [_, _, _, ..] => Err(Error::new("by", Problem::TooManyFields(self.by.len()))),
            _ => Ok(()),
        }
    }

    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<CountRequest, Error> {
        self.check()?;
        let by = named::by("by", &self.by, catalog)?;
        if let [a, b] = by[..]
            && a == b
        {
            return Err(Error { at: 1, ..Error::new("by", Problem::DuplicateField(a.as_str())) });
        }
        let is_idle = self.top.is_some() && !by.iter().any(|by| !by.is_time());
        refuse(self.selection.idle, is_idle, "top", || {
            (
                "without values to choose from".into(),
                "count by topic, perspective, source, kind, lang, section or corpus".into(),
            )
        })?;
        let selection = self.selection.selection(catalog)?;
        if self.share && !selection.text.as_ref().is_some_and(|text| text.has_words()) {
            return Err(Error::new("share", Problem::ShareWithoutWords));
        }
        Ok(CountRequest::new(selection, by, self.share, self.top))
    }
}
