//! What can be chosen of `compare`.

use super::{Error, Problem, SelectionOptions};
use crate::engine::Catalog;
use crate::insight::{CompareRequest, Parting};
use crate::query::Days;

/// What can be chosen of `compare`.
#[derive(Debug, Clone)]
pub struct CompareOptions {
    /// Which units.
    pub selection: SelectionOptions,
    /// Two periods to compare instead of the sides.
    pub period: Vec<String>,
    /// How many words terms have: from, to.
    pub ngrams: (usize, usize),
    /// Whether the sides' own names are among the terms.
    pub keep_names: bool,
    /// So many terms of each side.
    pub top: usize,
    /// Terms with a greater q-value are no findings.
    pub q: f64,
    /// The weight of what is usual, in texts.
    pub prior: Option<f64>,
}

impl Default for CompareOptions {
    fn default() -> Self {
        Self {
            selection: SelectionOptions::default(),
            period: Vec::new(),
            ngrams: (1, 2),
            keep_names: false,
            top: 10,
            q: 0.05,
            prior: None,
        }
    }
}

impl CompareOptions {
    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<CompareRequest, Error> {
        let mut selection = self.selection.selection_beside(catalog, &self.period)?;
        selection.as_sampled();
        let &Self { ngrams, keep_names, top, q, prior, .. } = self;
        let parting = self.parting(catalog)?;
        Ok(CompareRequest { selection, parting, words: ngrams, keep_names, prior, q, top })
    }

    fn parting(&self, catalog: &Catalog) -> Result<Parting, Error> {
        let as_of = self.selection.filters.as_of(catalog)?;
        let period = |(at, days): (usize, &String)| {
            Days::parse(days, as_of).map_err(|error| Error { at, ..Error::new("period", error) })
        };
        let periods = self.period.iter().enumerate().map(period).collect::<Result<Vec<_>, _>>()?;
        match periods[..] {
            [] => Ok(Parting::Sides),
            [a, b] if a.overlaps(&b) => Err(Error { at: 1, ..Error::new("period", Problem::PeriodsOverlap(a, b)) }),
            [_, _] => Ok(Parting::Periods(periods)),
            _ => Err(Error::new("period", Problem::NotTwoPeriods(periods.len()))),
        }
    }
}
