//! Counts units by one or two fields, and says which share they are of what was sampled.

mod bucket;
mod calendar;
mod cells;
mod sampled;

use std::collections::{BTreeMap, BTreeSet};

pub use self::bucket::{By, all_days};
use self::calendar::{Calendar, Spans};
use self::cells::{Axis, Cells, Coded};
pub use self::sampled::{Sampled, Samples};
use super::Error;
use crate::engine::{Codes, Counts, Reader, added};
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
    /// The place of their value among those of each field; 0 where there is no second field.
    pub at: [usize; 2],
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
        let samples = match self.share {
            true => {
                let (sample, found) = Samples::draw(&self.selection, &fields, reader)?;
                Some(Samples::new(&sample, &self.by, &found))
            }
            false => None,
        };
        let Table { rows, axes, cut } = self.table(&tally.counts, samples.as_ref(), reader)?;
        let total_units = tally.counts.total();
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
    fn table(&self, counts: &Counts, samples: Option<&Samples>, reader: &Reader) -> Result<Table, Error> {
        let calendar = Calendar::new(self, reader)?;
        let coded = Coded::new(&self.by, counts, samples, &calendar);
        let spans = calendar.spans(&self.by, &coded.values);
        let none = |codes: Codes| (codes, 0);
        let mut seen: Cells = coded.found.iter().copied().chain(coded.sampled.iter().copied().map(none)).collect();
        let axes = |seen: &Cells, top: Option<usize>| -> Vec<Axis> {
            self.by.iter().enumerate().map(|(at, by)| Axis::new(*by, at, &coded, seen, top)).collect()
        };
        let all = axes(&seen, self.top);
        // What is cut needs no spans either.
        seen.retain(|(codes, _)| all.iter().zip(codes).all(|(axis, code)| axis.place(*code).is_some()));
        seen.extend(self.spanned(&spans, &seen)?.into_iter().map(none));
        let axes = axes(&seen, None);
        let sampled: Option<BTreeMap<Codes, &Sampled>> =
            samples.map(|samples| coded.sampled.iter().copied().zip(samples.cells.values()).collect());
        let row = |(codes, count): (Codes, usize)| {
            let sampled = sampled.as_ref().map(|cells| cells.get(&codes).copied().cloned().unwrap_or_default());
            let could_be = || sampled.as_ref().is_some_and(|s| s.units > 0) || spans.has(codes, reader.catalog());
            let mut at = [0; 2];
            for ((at, axis), code) in at.iter_mut().zip(&axes).zip(codes) {
                *at = axis.place(code).unwrap_or_default();
            }
            Row { at, count: (count > 0 || could_be()).then_some(count), sampled }
        };
        let mut rows: Vec<Row> = added(seen).into_iter().map(row).collect();
        rows.sort_unstable_by_key(|row| row.at);
        Ok(Table { rows, axes, cut: all.iter().map(|axis| axis.cut).collect() })
    }

    /// Each span of the calendar with each of the values that the other field has.
    fn spanned(&self, spans: &Spans, seen: &Cells) -> Result<Vec<Codes>, Error> {
        let mut others: BTreeSet<Codes> = seen.iter().map(|(codes, _)| spans.part(*codes, false)).collect();
        if self.by.iter().all(|by| by.is_time()) {
            others.insert(Codes::default());
        }
        let rows = spans.all.len().saturating_mul(others.len());
        if rows > MAX_ROWS {
            return Err(Error::TooManyRows { rows, spans: spans.all.len(), values: others.len() });
        }
        // Either is 0 where the other is not.
        let joined = |span: &Codes, other: &Codes| [span[0] + other[0], span[1] + other[1]];
        Ok(spans.all.iter().flat_map(|span| others.iter().map(move |other| joined(span, other))).collect())
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
