//! Counts units by one or two fields, and says which share they are of what was sampled.

use std::collections::{BTreeMap, BTreeSet};

use super::bucket::By;
use super::calendar::Calendar;
use super::cells::{Axis, Cell, Cells, Place, Values};
use super::sampled::{SAMPLE, Sampled};
use crate::engine::{Error, Reader};
use crate::query::{Dimension, FacetField, Key, Selection, Spelling, Suggestions, What};
use crate::schema::Kind;

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

/// Units with the same values.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Their value of each field.
    pub values: Vec<Named>,
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

impl CountRequest {
    /// Where shares are asked for and no kind is: of titles, since these are what is sampled.
    pub fn new(mut selection: Selection, by: Vec<By>, share: bool, top: Option<usize>) -> Self {
        let asks_kind = selection.text.as_ref().and_then(|text| text.only(|what| matches!(what, What::Kind(_))));
        let filters = &mut selection.filters;
        if share && filters.kinds.is_empty() && asks_kind.is_none() && !by.contains(&By::Facet(FacetField::Kind)) {
            filters.kinds.push(Kind::Title);
        }
        Self { selection, by, share, top }
    }

    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<CountResponse, Error> {
        let tally = reader.tally(&self.selection, &self.dimensions())?;
        let found = Cells::new(tally.counts, &self.by);
        let sampled = match self.share {
            true => Some(Cells::new(reader.tally(&self.sample(), &self.dimensions())?.counts, &self.by)),
            false => None,
        };
        let axes = self.by.iter().enumerate().map(|(at, by)| Axis::new(*by, at, &found, sampled.as_ref()));
        let mut axes: Vec<Axis> = axes.collect();
        let cut = axes.iter_mut().map(|axis| self.top.map_or(0, |top| axis.cut(top))).collect::<Vec<_>>();
        let (rows, values) = self.rows(&found, sampled.as_ref(), &axes, reader)?;
        let total_units = found.0.values().map(Cell::units).sum();
        let shown: usize = rows.iter().filter_map(|row| row.count).sum();
        Ok(CountResponse {
            total_units,
            sampled: sampled.map(|sampled| Sampled::of(Some(&found.merged()), Some(&sampled.merged()))),
            rows,
            values,
            left_out: LeftOut {
                units: total_units - shown,
                values: self.by.iter().copied().zip(cut).filter(|(_, values)| *values > 0).collect(),
            },
            spellings: tally.spellings,
            suggestions: if total_units == 0 { reader.suggestions(&self.selection)? } else { None },
        })
    }

    /// The counts in order, and the values of each field. Where days are counted by, every span has a count for each of
    /// the other field's values.
    fn rows(
        &self,
        found: &Cells,
        sampled: Option<&Cells>,
        axes: &[Axis],
        reader: &Reader,
    ) -> Result<(Vec<Row>, Vec<Vec<Named>>), Error> {
        let calendar = Calendar::new(self, reader)?;
        let mut all: BTreeSet<&Values> = found.0.keys().chain(sampled.into_iter().flat_map(|s| s.0.keys())).collect();
        // What was cut needs no spans either.
        all.retain(|values| axes.iter().zip(*values).all(|(axis, value)| axis.place(value).is_some()));
        let spanned = calendar.spanned(&all);
        all.extend(&spanned);
        let mut rows = BTreeMap::new();
        let mut ordered: Vec<BTreeMap<Place, Named>> = self.by.iter().map(|_| BTreeMap::new()).collect();
        for values in all {
            let places = axes.iter().zip(values).map(|(axis, value)| axis.place(value));
            let Some(places) = places.collect::<Option<Vec<_>>>() else { continue };
            let cell = found.0.get(values);
            let sampled = sampled.map(|sampled| Sampled::of(cell, sampled.0.get(values)));
            let could_be =
                || sampled.as_ref().is_some_and(|sampled| sampled.units > 0) || calendar.has(values, reader.catalog());
            let count = cell.map(Cell::units).or_else(|| could_be().then_some(0));
            let names = self.by.iter().zip(values);
            let names = names.map(|(by, value)| value.clone().map(|value| named(*by, value, reader)));
            let names: Vec<Named> = names.collect();
            for ((ordered, place), name) in ordered.iter_mut().zip(&places).zip(&names) {
                ordered.entry(place.clone()).or_insert_with(|| name.clone());
            }
            rows.insert(places, Row { values: names, count, sampled });
        }
        let ordered = ordered.into_iter().map(|values| values.into_values().collect()).collect();
        Ok((rows.into_values().collect(), ordered))
    }

    /// What the engine is to count by. Shares need to know the language and the digest of each unit.
    fn dimensions(&self) -> Vec<Dimension> {
        let (day, others) = match self.share {
            true => (Dimension::DigestDate, &SAMPLE[..]),
            false => (Dimension::Date, &[][..]),
        };
        self.by.iter().map(|by| by.dimension(day)).chain(others.iter().copied()).collect()
    }

    /// The selection without its words.
    fn sample(&self) -> Selection {
        let is_field = |what: &What| !matches!(what, What::Words(_));
        let text = self.selection.text.as_ref().and_then(|text| text.only(is_field));
        Selection { text, filters: self.selection.filters.clone(), ..Selection::default() }
    }
}

/// A value and its name for people.
fn named(by: By, value: String, reader: &Reader) -> (String, String) {
    let name = match by {
        By::Facet(field) => reader.name(field, &Key::Value(value.clone())),
        _ => None,
    };
    (value.clone(), name.unwrap_or(value))
}
