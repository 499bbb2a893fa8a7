//! Counts what is selected by the values of fields: with all filters, without the field's own, and without any.

use super::counts::{Codes, Counts};
use super::matching::Scoring;
use super::selected::Selected;
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
        let none = Filters::default();
        if *filters == none || fields.is_empty() {
            let facets = fields.iter().zip(filtered);
            return Ok(facets.map(|(field, counts)| self.facet(*field, counts, None, None)).collect());
        }
        let all = self.lists(selected, &none, Scoring::Never)?;
        let unfiltered = self.counts(&all, &tables(fields))?;
        let mut facets = Vec::with_capacity(fields.len());
        for ((field, filtered), unfiltered) in fields.iter().zip(filtered).zip(&unfiltered) {
            let others = filters.without(*field);
            let lifted = if others == *filters {
                None
            } else if others == none {
                Some(unfiltered.clone())
            } else {
                self.counts(&self.narrowed(&all, &others)?, &tables(&[*field]))?.pop()
            };
            facets.push(self.facet(*field, filtered, lifted, Some(unfiltered)));
        }
        Ok(facets)
    }

    /// A facet from its counts: with all filters, without the field's own where that is something else, and without any
    /// where there are any. Every value is in the last.
    fn facet(&self, field: FacetField, counts: Counts, lifted: Option<Counts>, unfiltered: Option<&Counts>) -> Facet {
        let count = |counts: &Counts, key: &Key| {
            let place = counts.keys[0].binary_search(key);
            place.map_or(0, |place| counts.cells[place].1)
        };
        let of_all = unfiltered.unwrap_or(&counts);
        // Each key has a cell in a table by one field.
        let value = |(key, (_, all)): (&Key, &(Codes, usize))| {
            let filtered = if unfiltered.is_some() { count(&counts, key) } else { *all };
            FacetValue {
                name: self.name(field, key),
                value: key.clone().into_value(),
                count: filtered,
                lifted: lifted.as_ref().map_or(filtered, |lifted| count(lifted, key)),
                unfiltered: *all,
            }
        };
        let mut values: Vec<FacetValue> = of_all.keys[0].iter().zip(&of_all.cells).map(value).collect();
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
