//! Counts what is selected by the values of fields: with all filters, without the field's own, and without any.

use std::collections::BTreeMap;

use super::matching::Scoring;
use super::selected::Selected;
use super::tally::Counts;
use super::{Error, Reader};
use crate::query::{Dimension, Facet, FacetField, FacetValue, Filters, Key};

impl Reader {
    /// The facets of a selection, from its counts with all filters.
    pub(super) fn facets(
        &self,
        selected: &Selected,
        filters: &Filters,
        fields: &[FacetField],
        filtered: Vec<Counts>,
    ) -> Result<Vec<Facet>, Error> {
        let count = |filters: &Filters, fields: &[FacetField]| {
            self.counts(&self.lists(selected, filters, Scoring::Never)?, &tables(fields))
        };
        if fields.is_empty() {
            return Ok(Vec::new());
        }
        let is_filtered = *filters != Filters::default();
        let unfiltered = if is_filtered { count(&Filters::default(), fields)? } else { filtered.clone() };
        let mut facets = Vec::with_capacity(fields.len());
        for ((field, filtered), unfiltered) in fields.iter().zip(filtered).zip(unfiltered) {
            let others = filters.without(*field);
            let lifted = match others == *filters {
                true => filtered.clone(),
                false => count(&others, &[*field])?.pop().unwrap_or_default(),
            };
            facets.push(self.facet(*field, [filtered, lifted, unfiltered]));
        }
        Ok(facets)
    }

    fn facet(&self, field: FacetField, counts: [Counts; 3]) -> Facet {
        let mut values: BTreeMap<Key, [usize; 3]> = BTreeMap::new();
        for (i, counts) in counts.into_iter().enumerate() {
            for (mut keys, count) in counts {
                values.entry(keys.pop().unwrap_or(Key::None)).or_default()[i] = count;
            }
        }
        let mut values: Vec<FacetValue> = values
            .into_iter()
            .map(|(key, [count, lifted, unfiltered])| FacetValue {
                name: self.name(field, &key),
                value: key.into_value(),
                count,
                lifted,
                unfiltered,
            })
            .collect();
        values.sort_by_key(|value| std::cmp::Reverse((value.count, value.lifted)));
        Facet { field, values }
    }

    /// The name for people of a field's value.
    pub fn name(&self, field: FacetField, key: &Key) -> Option<String> {
        let Key::Value(value) = key else { return None };
        Some(match field {
            FacetField::Topic => self.catalog.topics.get(value).map_or(value, |topic| &topic.name).clone(),
            FacetField::Perspective => self.perspective_name(value).to_owned(),
            FacetField::Source | FacetField::Kind | FacetField::Lang => value.clone(),
        })
    }

    /// The name of a perspective whatever the topic: that of the first topic that has it.
    fn perspective_name<'a>(&'a self, id: &'a str) -> &'a str {
        self.catalog.topics.values().find_map(|topic| topic.perspectives.get(id)).map_or(id, |side| &side.name)
    }
}

/// A table for each field.
pub fn tables(fields: &[FacetField]) -> Vec<Vec<Dimension>> {
    fields.iter().map(|field| vec![Dimension::Facet(*field)]).collect()
}
