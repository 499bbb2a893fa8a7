//! Counts, and puts the counts in order.

use std::collections::{BTreeMap, BTreeSet};

use super::bucket::By;
use super::calendar::{Calendar, Spans};
use super::cells::{Axis, Cells, Coded};
use super::difference::differences;
use super::request::CountRequest;
use super::response::{CountResponse, LeftOut, Named, Row};
use super::sampled::{Sampled, Samples};
use crate::backend::{Codes, Counts, added};
use crate::insight::Error;
use crate::model::Field;
use crate::planning::Reader;
use crate::query::{Dimension, Key};

/// More counts would fill the memory before anyone could read them.
const MAX_ROWS: usize = 1_000_000;

/// Rows in order, the values of each field, and how many of these were left out.
struct Table {
    rows: Vec<Row>,
    axes: Vec<Axis>,
    cut: Vec<usize>,
}

impl CountRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<CountResponse, Error> {
        let days = if self.selection.filters.of_digests { Dimension::DigestDate } else { Dimension::Date };
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
        let total_entries = tally.counts.entries;
        let shown: usize = rows.iter().filter_map(|row| row.count).sum();
        let named = |(by, axis): (&By, &Axis)| axis.values.iter().map(|value| named(*by, value, reader)).collect();
        let differences = match &rows[..] {
            [first, second] if self.by == [By::Facet(Field::Perspective)] && !axes[0].values.contains(&None) => {
                let sampled: Option<Vec<&Sampled>> =
                    [first, second].map(|row| row.sampled.as_ref()).into_iter().collect();
                differences(&sampled.unwrap_or_default())
            }
            _ => Vec::new(),
        };
        Ok(CountResponse {
            total_entries,
            is_multiple: tally.counts.sum() > total_entries,
            sampled: samples.map(|samples| samples.all),
            rows,
            differences,
            values: self.by.iter().zip(&axes).map(named).collect(),
            left_out: LeftOut {
                entries: tally.counts.sum() - shown,
                values: self.by.iter().copied().zip(cut).filter(|(_, values)| *values > 0).collect(),
            },
            spellings: tally.spellings,
            suggestions: if total_entries == 0 { reader.suggestions(&self.selection)? } else { None },
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
            let could_be = || sampled.as_ref().is_some_and(|s| s.entries > 0) || spans.has(codes, reader.catalog());
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
