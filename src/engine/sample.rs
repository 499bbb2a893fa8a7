//! Units one by one, with what they are.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::matching::{List, Number, Scoring};
use super::sources::Sources;
use super::tally::Values;
use super::{Error, Reader};
use crate::query::{Column, Dimension, FacetField, Key, Sample, Selection, Span, Unit};

/// What puts units into order.
const ORDER: [Dimension; 2] = [Dimension::DigestDate(Span::Day), Dimension::Facet(FacetField::Topic)];

/// Where a unit is, as a number.
fn number(address: DocAddress) -> u64 {
    u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
}

/// Where the unit of a number is.
pub fn address(number: u64) -> DocAddress {
    DocAddress::new((number >> 32) as u32, number as u32)
}

impl Reader {
    /// The selected units, each with its key in every dimension.
    pub fn sample(&self, selection: &Selection, by: &[Dimension]) -> Result<Sample, Error> {
        let selected = self.selected(selection)?;
        let lists = self.lists(&selected, &selection.filters, Scoring::Never)?;
        let sources = self.sources_of(by)?;
        let sample = self.described(&lists, by, sources).map_err(Error::tantivy(&self.held.path))?;
        Ok(Sample { spellings: selected.spellings, ..sample })
    }

    /// The units with these numbers, in their order.
    pub fn units(&self, numbers: &[u64]) -> Result<Vec<Unit>, Error> {
        numbers.iter().map(|&number| self.unit(address(number))).collect()
    }

    fn described(&self, lists: &[List], by: &[Dimension], sources: Option<&Sources>) -> tantivy::Result<Sample> {
        let order = self.columns(lists, &ORDER, None)?;
        let places = self.numbers(lists, Number::Place)?;
        let mut units: Vec<usize> = (0..places.len()).collect();
        units.sort_unstable_by_key(|&unit| (order[0].codes[unit], order[1].codes[unit], places[unit]));
        let mut columns = self.columns(lists, by, sources)?;
        for column in &mut columns {
            column.codes = units.iter().map(|&unit| column.codes[unit]).collect();
        }
        let copies = self.numbers(lists, Number::Copy)?;
        let segments = (0..).zip(lists);
        let addresses =
            segments.flat_map(|(ordinal, list)| list.docs.iter().map(move |doc| DocAddress::new(ordinal, *doc)));
        let addresses: Vec<DocAddress> = addresses.collect();
        Ok(Sample {
            units: units.iter().map(|&unit| number(addresses[unit])).collect(),
            copies: units.iter().map(|&unit| copies[unit]).collect(),
            columns,
            spellings: Vec::new(),
        })
    }

    /// What units are.
    fn columns(&self, lists: &[List], by: &[Dimension], sources: Option<&Sources>) -> tantivy::Result<Vec<Column>> {
        by.iter().map(|dimension| self.column(lists, *dimension, sources)).collect()
    }

    fn column(&self, lists: &[List], dimension: Dimension, sources: Option<&Sources>) -> tantivy::Result<Column> {
        // The codes of each segment, and the key of each that is there with where it is.
        let mut found: BTreeMap<Key, Vec<(usize, u64)>> = BTreeMap::new();
        let mut codes: Vec<Vec<u64>> = vec![Vec::new(); lists.len()];
        let mut global: Vec<Vec<u32>> = Vec::with_capacity(lists.len());
        for (at, (segment, list)) in self.segments.iter().zip(lists).enumerate() {
            let values = Values::open(dimension, segment, sources)?;
            values.codes_of(&list.docs, &mut codes[at]);
            global.push(vec![0; values.codes() as usize]);
            let mut seen = vec![false; values.codes() as usize];
            for code in &codes[at] {
                if !std::mem::replace(&mut seen[*code as usize], true) {
                    found.entry(values.key(*code)).or_default().push((at, *code));
                }
            }
        }
        for (place, places) in (0..).zip(found.values()) {
            places.iter().for_each(|(segment, code)| global[*segment][*code as usize] = place);
        }
        let codes = codes.iter().zip(&global).flat_map(|(codes, known)| codes.iter().map(|code| known[*code as usize]));
        Ok(Column { codes: codes.collect(), keys: found.into_keys().collect() })
    }

    fn numbers(&self, lists: &[List], which: Number) -> tantivy::Result<Vec<u64>> {
        let mut all = Vec::with_capacity(lists.iter().map(|list| list.docs.len()).sum());
        for (segment, list) in self.segments.iter().zip(lists) {
            all.extend(segment.numbers_of(which, &list.docs)?);
        }
        Ok(all)
    }
}
