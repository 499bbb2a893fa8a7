//! Options of `compare`.

use super::{Error, Problem, SelectionOptions, fraction, ngrams, weight, whole};
use crate::backend::Catalog;
use crate::insight::{CompareRequest, Split};
use crate::query::Days;

/// Options of `compare`.
#[derive(Debug, Clone, clap::Args)]
pub struct CompareOptions {
    /// Compare two periods of one group, by digest date, instead of the groups
    #[arg(long, num_args = 2, value_names = ["DATES", "DATES"])]
    pub period: Vec<String>,
    /// Compare only within the stories that TEXT chooses and that several groups have titles of: how a story is reported, not which are
    #[arg(long, conflicts_with_all = ["period", "q", "prior"])]
    pub matched: bool,
    /// Number of words in a term: 1, 1-2, 1-3 …
    #[arg(long, value_name = "N[-M]", default_value = "1-2", value_parser = ngrams)]
    pub ngrams: (usize, usize),
    /// Include the groups' own names among the words
    #[arg(long)]
    pub keep_names: bool,
    /// Number of words to show for each group, and of stories with --matched
    #[arg(long, value_name = "N", default_value = "10", value_parser = whole)]
    pub top: usize,
    /// Maximum false discovery rate of the words shown: the expected proportion of false positives among them
    #[arg(long, value_name = "Q", default_value = "0.05", value_parser = fraction)]
    pub q: f64,
    /// Weight of the prior, in texts [default: the number of texts compared]; a smaller one favours rare words
    #[arg(long, value_name = "WEIGHT", value_parser = weight)]
    pub prior: Option<f64>,
    /// Words and filters.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self {
            selection: SelectionOptions::default(),
            period: Vec::new(),
            matched: false,
            ngrams: (1, 2),
            keep_names: false,
            top: 10,
            q: 0.05,
            prior: None,
        }
    }
}

impl CompareOptions {
    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<CompareRequest, Error> {
        let mut selection = self.selection.selection_with_dates(catalog, &self.period)?;
        selection.as_sampled();
        let &Self { matched, ngrams, keep_names, top, q, prior, .. } = self;
        let split = self.split(catalog)?;
        Ok(CompareRequest { selection, split, matched, words: ngrams, keep_names, prior, q, top })
    }

    fn split(&self, catalog: &Catalog) -> Result<Split, Error> {
        let as_of = self.selection.filters.as_of(catalog)?;
        let period = |(at, days): (usize, &String)| {
            Days::parse(days, as_of).map_err(|error| Error { at, ..Error::new("period", error) })
        };
        let periods = self.period.iter().enumerate().map(period).collect::<Result<Vec<_>, _>>()?;
        match periods[..] {
            [] => Ok(Split::Perspectives),
            [a, b] if a.overlaps(&b) => Err(Error { at: 1, ..Error::new("period", Problem::PeriodsOverlap(a, b)) }),
            [_, _] => Ok(Split::Periods(periods)),
            _ => Err(Error::new("period", Problem::NotTwoPeriods(periods.len()))),
        }
    }
}
