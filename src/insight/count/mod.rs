//! Counts units by one or two fields, and says which share they are of what was sampled.

mod bucket;
mod calendar;
mod cells;
mod sampled;

use std::collections::BTreeSet;

pub use self::bucket::{By, all_days};
use self::calendar::Calendar;
use self::cells::{Axis, Cells, Values, cells};
pub use self::sampled::{Sampled, Samples};
use super::Error;
use crate::engine::Reader;
use crate::query::{Dimension, FacetField, Key, Selection, Spelling, Suggestions};

/// More counts would fill the memory before anyone could read them.
const MAX_ROWS: usize = 1_000_000;

/// What to count.
#[derive(Debug, Clone)]
pub struct CountRequest {
    /// Which units.
    pub selection: Selection,
    /// The fields to count by, two at most. Days are those of publication, and of digests where shares are asked for.
    pub by: Vec<By>,
    /// Whether to tell which share the units are of those that pass the same filters, whatever they say.
    pub share: bool,
    /// So many values of a field that is no span of days, the most frequent; all without it.
    pub top: Option<usize>,
}

/// How many units there are.
#[derive(Debug, Clone, PartialEq)]
pub struct CountResponse {
    /// How many in all.
    pub total_units: usize,
    /// What they are a share of, where that was asked for.
    pub sampled: Option<Sampled>,
    /// The counts, in the order of the fields: spans of days by time, other values by number.
    pub rows: Vec<Row>,
    /// The values of each field in their order.
    pub values: Vec<Vec<Named>>,
    /// What was left out, where only some values were asked for.
    pub left_out: LeftOut,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// What may help, where nothing matches the words.
    pub suggestions: Option<Suggestions>,
}

/// A value and its name for people; none for units without one.
pub type Named = Option<(String, String)>;

/// How many units have the same values.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// The place of their value among those of each field.
    pub at: Vec<usize>,
    /// How many; none where there was no digest, so that none could be.
    pub count: Option<usize>,
    /// What they are a share of.
    pub sampled: Option<Sampled>,
}

/// What is not among the rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LeftOut {
    /// How many units.
    pub units: usize,
    /// How many values of each field.
    pub values: Vec<(By, usize)>,
}

impl CountResponse {
    /// The value that the units of a row have of a field, which is at a place among the fields.
    pub fn value(&self, row: &Row, field: usize) -> &Named {
        &self.values[field][row.at[field]]
    }
}

/// Rows in order, the values of each field, and how many of these were left out.
struct Table {
    rows: Vec<Row>,
    axes: Vec<Axis>,
    cut: Vec<usize>,
}

impl CountRequest {
    /// Where shares are asked for and no kind is: of titles, since these are what is sampled.
    pub fn new(mut selection: Selection, by: Vec<By>, share: bool, top: Option<usize>) -> Self {
        if share && by.contains(&By::Facet(FacetField::Kind)) {
            selection.filters.of_digests = true;
        } else if share {
            selection.as_sampled();
        }
        Self { selection, by, share, top }
    }

    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<CountResponse, Error> {
        let days = if self.share { Dimension::DigestDate } else { Dimension::Date };
        let fields: Vec<Dimension> = self.by.iter().map(|by| by.dimension(days)).collect();
        let tally = reader.tally(&self.selection, &fields)?;
        let found = cells(tally.counts, &self.by);
        let samples = match self.share {
            true => {
                let (sample, found) = Samples::draw(&self.selection, &fields, reader)?;
                Some(Samples::new(&sample, &self.by, &found))
            }
            false => None,
        };
        let Table { rows, axes, cut } = self.table(&found, samples.as_ref(), reader)?;
        let total_units = found.values().sum();
        let shown: usize = rows.iter().filter_map(|row| row.count).sum();
        let named = |(by, axis): (&By, &Axis)| axis.values.iter().map(|value| named(*by, value, reader)).collect();
        Ok(CountResponse {
            total_units,
            sampled: samples.map(|samples| samples.all),
            rows,
            values: self.by.iter().zip(&axes).map(named).collect(),
            left_out: LeftOut {
                units: total_units - shown,
                values: self.by.iter().copied().zip(cut).filter(|(_, values)| *values > 0).collect(),
            },
            spellings: tally.spellings,
            suggestions: if total_units == 0 { reader.suggestions(&self.selection)? } else { None },
        })
    }

    /// Where days are counted by, every span of the calendar has a count for each of the other field's values.
    fn table(&self, found: &Cells, samples: Option<&Samples>, reader: &Reader) -> Result<Table, Error> {
        let calendar = Calendar::new(self, reader)?;
        let mut seen: BTreeSet<&Values> =
            found.keys().chain(samples.into_iter().flat_map(|s| s.cells.keys())).collect();
        let axes = |seen: &BTreeSet<&Values>, top: Option<usize>| -> Vec<Axis> {
            self.by.iter().enumerate().map(|(at, by)| Axis::new(*by, at, found, seen, top)).collect()
        };
        let all = axes(&seen, self.top);
        // What is cut needs no spans either.
        seen.retain(|values| all.iter().zip(*values).all(|(axis, value)| axis.place(value).is_some()));
        let spanned = self.spanned(&calendar, &seen)?;
        seen.extend(&spanned);
        let axes = axes(&seen, None);
        let row = |values: &Values| {
            let sampled = samples.map(|samples| samples.cells.get(values).cloned().unwrap_or_default());
            let could_be =
                || sampled.as_ref().is_some_and(|sampled| sampled.units > 0) || calendar.has(values, reader.catalog());
            Row {
                at: axes.iter().zip(values).filter_map(|(axis, value)| axis.place(value)).collect(),
                count: found.get(values).copied().or_else(|| could_be().then_some(0)),
                sampled,
            }
        };
        let mut rows: Vec<Row> = seen.into_iter().map(row).collect();
        rows.sort_unstable_by(|a, b| a.at.cmp(&b.at));
        Ok(Table { rows, axes, cut: all.iter().map(|axis| axis.cut).collect() })
    }

    /// Each span of the calendar with each of the values that the other field has.
    fn spanned(&self, calendar: &Calendar, seen: &BTreeSet<&Values>) -> Result<BTreeSet<Values>, Error> {
        let mut others: BTreeSet<Values> = seen.iter().map(|values| calendar.part(values, false)).collect();
        if self.by.iter().all(|by| by.is_time()) {
            others.insert(Vec::new());
        }
        let rows = calendar.spans.len().saturating_mul(others.len());
        if rows > MAX_ROWS {
            return Err(Error::TooManyRows { rows, spans: calendar.spans.len(), values: others.len() });
        }
        let spans = calendar.spans.iter();
        Ok(spans.flat_map(|span| others.iter().map(|others| calendar.joined(span, others))).collect())
    }
}

/// A value and its name for people.
fn named(by: By, value: &Option<String>, reader: &Reader) -> Named {
    let value = value.clone()?;
    let name = match by {
        By::Facet(field) => reader.name(field, &Key::Value(value.clone())),
        _ => None,
    };
    Some((value.clone(), name.unwrap_or(value)))
}
