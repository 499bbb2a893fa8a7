//! Units one by one, with what they are.

use std::collections::BTreeMap;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::passing::numbers as numbers_of;
use super::tally::Values;
use super::{Error, Reader, fields};
use crate::query::{Column, Dimension, FacetField, Key, Sample, Selection, Unit};

/// What puts units into order.
const ORDER: [Dimension; 2] = [Dimension::DigestDate, Dimension::Facet(FacetField::Topic)];

/// Collects where units are.
struct Addresses;

struct SegmentAddresses(SegmentOrdinal, Vec<DocAddress>);

impl Collector for Addresses {
    type Fruit = Vec<DocAddress>;
    type Child = SegmentAddresses;

    fn for_segment(&self, segment: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<SegmentAddresses> {
        Ok(SegmentAddresses(segment, Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, segments: Vec<Vec<DocAddress>>) -> tantivy::Result<Vec<DocAddress>> {
        Ok(segments.concat())
    }
}

impl SegmentCollector for SegmentAddresses {
    type Fruit = Vec<DocAddress>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.1.push(DocAddress::new(self.0, doc));
    }

    fn harvest(self) -> Vec<DocAddress> {
        self.1
    }
}

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
        let addresses = self.collect(&selected, &selection.filters, Addresses)?;
        let sample = self.described(addresses, by).map_err(Error::tantivy(&self.held.path))?;
        Ok(Sample { spellings: selected.spellings, ..sample })
    }

    /// The units with these numbers, in their order.
    pub fn units(&self, numbers: &[u64]) -> Result<Vec<Unit>, Error> {
        let unit = |&number: &u64| {
            let address = address(number);
            let segment = self.searcher.segment_reader(address.segment_ord);
            let day = |field| Ok(fields::day(numbers_of(segment, field)?.get_val(address.doc_id)));
            let day = |field| day(field).map_err(Error::tantivy(&self.held.path));
            self.stored(address, day("date")?, day("digest_date")?)
        };
        numbers.iter().map(unit).collect()
    }

    fn described(&self, mut addresses: Vec<DocAddress>, by: &[Dimension]) -> tantivy::Result<Sample> {
        addresses.sort_unstable();
        let order = self.columns(&addresses, &ORDER)?;
        let places = self.numbers(&addresses, "place")?;
        let mut units: Vec<usize> = (0..addresses.len()).collect();
        units.sort_unstable_by_key(|&unit| (order[0].codes[unit], order[1].codes[unit], places[unit]));
        let mut columns = self.columns(&addresses, by)?;
        for column in &mut columns {
            column.codes = units.iter().map(|&unit| column.codes[unit]).collect();
        }
        let copies = self.numbers(&addresses, "copy")?;
        Ok(Sample {
            units: units.iter().map(|&unit| number(addresses[unit])).collect(),
            copies: units.iter().map(|&unit| copies[unit]).collect(),
            columns,
            spellings: Vec::new(),
        })
    }

    /// What units are. The units must be in order.
    fn columns(&self, addresses: &[DocAddress], by: &[Dimension]) -> tantivy::Result<Vec<Column>> {
        by.iter().map(|dimension| self.column(addresses, *dimension)).collect()
    }

    fn column(&self, addresses: &[DocAddress], dimension: Dimension) -> tantivy::Result<Column> {
        // The key of each code of each segment, then one code for each key.
        let mut found: BTreeMap<Key, Vec<(usize, u64)>> = BTreeMap::new();
        let mut codes: Vec<(usize, u64)> = Vec::with_capacity(addresses.len());
        for (segment, units) in self.by_segment(addresses) {
            let values = Values::open(dimension, self.searcher.segment_reader(segment as u32))?;
            let mut seen = vec![false; values.codes() as usize];
            for unit in units {
                let code = values.code(unit.doc_id);
                if !std::mem::replace(&mut seen[code as usize], true) {
                    found.entry(values.key(code)?).or_default().push((segment, code));
                }
                codes.push((segment, code));
            }
        }
        let mut global: Vec<Vec<u32>> = vec![Vec::new(); self.searcher.segment_readers().len()];
        for (place, places) in (0..).zip(found.values()) {
            for (segment, code) in places {
                let known = &mut global[*segment];
                known.resize(known.len().max(*code as usize + 1), 0);
                known[*code as usize] = place;
            }
        }
        let codes = codes.into_iter().map(|(segment, code)| global[segment][code as usize]).collect();
        Ok(Column { keys: found.into_keys().collect(), codes })
    }

    fn numbers(&self, addresses: &[DocAddress], field: &str) -> tantivy::Result<Vec<u64>> {
        let mut all = Vec::with_capacity(addresses.len());
        for (segment, units) in self.by_segment(addresses) {
            let column = numbers_of(self.searcher.segment_reader(segment as u32), field)?;
            all.extend(units.iter().map(|unit| column.get_val(unit.doc_id)));
        }
        Ok(all)
    }

    /// The units of each segment, for units in order.
    fn by_segment<'a>(&self, addresses: &'a [DocAddress]) -> impl Iterator<Item = (usize, &'a [DocAddress])> {
        addresses.chunk_by(|a, b| a.segment_ord == b.segment_ord).map(|units| (units[0].segment_ord as usize, units))
    }
}
