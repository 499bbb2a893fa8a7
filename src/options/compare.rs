//! Options of `compare`.

use super::{Error, Problem, SelectionOptions, fraction, named, ngrams, weight, whole};
use crate::backend::Catalog;
use crate::insight::{CompareRequest, Split};
use crate::model::Field;
use crate::query::{Days, Selection};

/// Options of `compare`.
#[derive(Debug, Clone, clap::Args)]
pub struct CompareOptions {
    /// Field whose values are the groups: perspective, topic, source, section, corpus, or a custom field [default: perspective]
    #[arg(long, value_name = "FIELD")]
    pub by: Option<String>,
    /// Group to compare, a value of that field; repeat it [default: all]
    #[arg(long, value_name = "VALUE")]
    pub group: Vec<String>,
    /// Compare what matches TEXT with what matches this
    #[arg(long, value_name = "TEXT", requires = "text", conflicts_with_all = ["by", "group", "period"])]
    pub against: Option<String>,
    /// Compare two periods of one group, by digest date, instead of the groups
    #[arg(long, num_args = 2, value_names = ["DATES", "DATES"], conflicts_with_all = ["by", "group"])]
    pub period: Vec<String>,
    /// Compare only within the stories that TEXT chooses and that several groups have titles of: how a story is reported, not which are
    #[arg(long, conflicts_with_all = ["by", "group", "against", "period", "q", "prior"])]
    pub matched: bool,
    /// Number of words in a term: 1, 1-2, 1-3 …
    #[arg(long, value_name = "N[-M]", default_value = "1-2", value_parser = ngrams)]
    pub ngrams: (usize, usize),
    /// Include the groups' own names among the words
    #[arg(long)]
    pub keep_names: bool,
    /// Number of words to show for each group, and of matched stories
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
            by: None,
            group: Vec::new(),
            against: None,
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
        let by = self.by(catalog)?;
        if !self.group.is_empty() {
            selection.filters.set(by, self.group.clone());
        }
        selection.as_sampled();
        let &Self { matched, ngrams, keep_names, top, q, prior, .. } = self;
        let split = match &self.against {
            Some(text) => {
                let other = self.other(text, catalog)?;
                let notes: Vec<String> =
                    other.notes.iter().filter(|note| !selection.notes.contains(note)).cloned().collect();
                selection.notes.extend(notes);
                Split::Queries(Box::new(other))
            }
            None => self.split(by, catalog)?,
        };
        Ok(CompareRequest { selection, split, matched, words: ngrams, keep_names, prior, q, top })
    }

    /// The field whose values are the groups.
    fn by(&self, catalog: &Catalog) -> Result<Field, Error> {
        let Some(name) = &self.by else { return Ok(Field::Perspective) };
        // Entries of several kinds are not samples of the same, and words are compared within one language.
        let can_be = |field: &Field| !matches!(field, Field::Kind | Field::Lang);
        named::one_of_fields("by", name, can_be, catalog)
    }

    /// The entries that are compared with those of TEXT: of another text, with the same filters.
    fn other(&self, text: &str, catalog: &Catalog) -> Result<Selection, Error> {
        let options = SelectionOptions { text: vec![text.to_owned()], ..self.selection.clone() };
        let mut selection = options.selection(catalog).map_err(|error| match error.problem {
            Problem::Query(error) => Error::new("against", Problem::OtherQuery(error, text.to_owned())),
            problem => Error { problem, ..error },
        })?;
        if !selection.is_scored() {
            return Err(Error::new("against", Problem::AgainstWithoutWords));
        }
        selection.as_sampled();
        Ok(selection)
    }

    fn split(&self, by: Field, catalog: &Catalog) -> Result<Split, Error> {
        let as_of = self.selection.filters.as_of(catalog)?;
        let period = |(at, days): (usize, &String)| {
            Days::parse(days, as_of).map_err(|error| Error { at, ..Error::new("period", error) })
        };
        let periods = self.period.iter().enumerate().map(period).collect::<Result<Vec<_>, _>>()?;
        match periods[..] {
            [] => Ok(Split::Field(by)),
            [a, b] if a.overlaps(&b) => Err(Error { at: 1, ..Error::new("period", Problem::PeriodsOverlap(a, b)) }),
            [_, _] => Ok(Split::Periods(periods)),
            _ => Err(Error::new("period", Problem::NotTwoPeriods(periods.len()))),
        }
    }
}
