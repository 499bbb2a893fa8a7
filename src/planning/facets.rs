//! Facets: counts by field value with all filters, with other filters, and with no filter.

use super::selected::Selected;
use crate::backend::{Catalog, Codes, Counts, Filter, Table, TableFilters};
use crate::model::Field;
use crate::query::{Dimension, Facet, FacetValue, Key};

/// The tables of counts that facets are made of.
pub struct FacetTables {
    pub tables: Vec<Table>,
    /// The indices of each field's tables: all filters, other filters, no filter.
    places: Vec<[usize; 3]>,
}

impl FacetTables {
    /// Returns the tables of fields for a selection.
    pub fn of(facets: &[Field], selected: &Selected) -> Self {
        let (mut tables, mut places) = (Vec::new(), Vec::new());
        for facet in facets {
            let by = Dimension::Facet(*facet);
            let mut put = |filters| {
                tables.push(Table { filters, by });
                tables.len() - 1
            };
            let filtered = put(TableFilters::All);
            if selected.filters.is_empty() {
                places.push([filtered; 3]);
                continue;
            }
            let unfiltered = put(TableFilters::None);
            let is_other = |(_, field): &(&Filter, &Option<Field>)| **field != Some(*facet);
            let others = selected.filters.iter().zip(&selected.fields).filter(is_other);
            let others: Vec<Filter> = others.map(|(filter, _)| filter.clone()).collect();
            let lifted = if others.len() == selected.filters.len() {
                filtered
            } else if others.is_empty() {
                unfiltered
            } else {
                put(TableFilters::Others(others))
            };
            places.push([filtered, lifted, unfiltered]);
        }
        Self { tables, places }
    }

    /// Builds facets from the counts of the tables.
    pub fn facets(&self, fields: &[Field], counts: &[Counts], catalog: &Catalog) -> Vec<Facet> {
        let facet = |(field, places): (&Field, &[usize; 3])| {
            let [filtered, lifted, unfiltered] = places.map(|place| &counts[place]);
            let count = |counts: &Counts, key: &Key| {
                let place = counts.keys[0].binary_search(key);
                place.map_or(0, |place| counts.cells[place].1)
            };
            // Each key has one cell in a table by one field, and the unfiltered table has all values.
            let value = |(key, (_, all)): (&Key, &(Codes, usize))| FacetValue {
                name: name(*field, key, catalog),
                value: key.clone().into_value(),
                count: count(filtered, key),
                lifted: count(lifted, key),
                unfiltered: *all,
            };
            let mut values: Vec<FacetValue> = unfiltered.keys[0].iter().zip(&unfiltered.cells).map(value).collect();
            values.sort_by_key(|value| std::cmp::Reverse((value.count, value.lifted)));
            Facet { field: *field, values }
        };
        fields.iter().zip(&self.places).map(facet).collect()
    }
}

/// Returns the display name of a field's value.
pub fn name(field: Field, key: &Key, catalog: &Catalog) -> Option<String> {
    let Key::Value(value) = key else { return None };
    Some(catalog.name(field, value).to_owned())
}
