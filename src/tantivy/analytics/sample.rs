//! Samples: matching entries with the values of some fields.

use std::collections::BTreeMap;

use tantivy::DocAddress;

use super::values::Values;
use crate::backend::{Catalog, Sources};
use crate::model::Field;
use crate::query::{Column, Dimension, Key, Sample, Span};
use crate::tantivy::matching::{Number, ScoredDocs, Segments};

/// The fields that entries are sorted by.
const ORDER: [Dimension; 2] = [Dimension::DigestDate(Span::Day), Dimension::Facet(Field::Topic)];

/// Encodes the address of an entry.
pub fn number(address: DocAddress) -> u64 {
    u64::from(address.segment_ord) << 32 | u64::from(address.doc_id)
}

/// Decodes the address of an entry.
pub fn address(number: u64) -> DocAddress {
    DocAddress::new((number >> 32) as u32, number as u32)
}

/// Returns the entries of lists, one per segment, with their values, in the order of digests.
pub fn sample(
    lists: &[ScoredDocs],
    by: &[Dimension],
    segments: &Segments,
    sources: Option<&Sources>,
    catalog: &Catalog,
) -> tantivy::Result<Sample> {
    let order = columns(lists, &ORDER, segments, None)?;
    let places = numbers(lists, Number::Place, segments)?;
    let mut entries: Vec<usize> = (0..places.len()).collect();
    let corpora = match catalog.has_corpora() {
        true => column(lists, Dimension::Facet(Field::Corpus), segments, None)?.codes,
        false => vec![0; places.len()],
    };
    let variants = if catalog.has_variants { variants(lists, segments)? } else { vec![0; places.len()] };
    entries.sort_unstable_by_key(|&entry| {
        (order[0].codes[entry], corpora[entry], order[1].codes[entry], variants[entry], places[entry])
    });
    let mut columns = columns(lists, by, segments, sources)?;
    for column in &mut columns {
        reorder(column, &entries);
    }
    let copies = numbers(lists, Number::Copy, segments)?;
    let addresses =
        (0..).zip(lists).flat_map(|(ordinal, list)| list.docs.iter().map(move |doc| DocAddress::new(ordinal, *doc)));
    let addresses: Vec<DocAddress> = addresses.collect();
    Ok(Sample {
        entries: entries.iter().map(|&entry| number(addresses[entry])).collect(),
        copies: entries.iter().map(|&entry| copies[entry]).collect(),
        columns,
        spellings: Vec::new(),
    })
}

/// Puts the codes of a column in the order of entries.
fn reorder(column: &mut Column, entries: &[usize]) {
    let codes = entries.iter().flat_map(|&entry| column.codes_of(entry)).copied().collect();
    if !column.starts.is_empty() {
        column.starts = starts(entries.iter().map(|&entry| column.codes_of(entry).len()));
    }
    column.codes = codes;
}

/// Returns the offsets of lists of some lengths, and the sum.
fn starts(lengths: impl Iterator<Item = usize>) -> Vec<usize> {
    let ends = lengths.scan(0, |end, length| {
        *end += length;
        Some(*end)
    });
    std::iter::once(0).chain(ends).collect()
}

/// Returns the columns of some fields.
fn columns(
    lists: &[ScoredDocs],
    by: &[Dimension],
    segments: &Segments,
    sources: Option<&Sources>,
) -> tantivy::Result<Vec<Column>> {
    by.iter().map(|dimension| column(lists, *dimension, segments, sources)).collect()
}

fn column(
    lists: &[ScoredDocs],
    dimension: Dimension,
    segments: &Segments,
    sources: Option<&Sources>,
) -> tantivy::Result<Column> {
    // The codes of each segment, and for each key the segments and codes that have it.
    let mut found: BTreeMap<Key, Vec<(usize, u64)>> = BTreeMap::new();
    let mut codes: Vec<Vec<u64>> = vec![Vec::new(); lists.len()];
    let mut global: Vec<Vec<u32>> = Vec::with_capacity(lists.len());
    // The number of codes of each entry, if it may have several.
    let mut lengths = Vec::new();
    for (at, (segment, list)) in segments.iter().zip(lists).enumerate() {
        let values = Values::open(dimension, segment, sources)?;
        values.codes_of(&list.docs, &mut codes[at]);
        if let Values::Lists(texts) = values {
            lengths.extend(list.docs.iter().map(|doc| texts.codes(*doc).len()));
        }
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
    let (keys, codes) = (found.into_keys().collect(), codes.collect());
    let is_list = matches!(dimension, Dimension::Facet(Field::Custom(_)));
    Ok(Column { keys, codes, starts: if is_list { starts(lengths.into_iter()) } else { Vec::new() } })
}

/// Returns the rank of each entry's variant.
fn variants(lists: &[ScoredDocs], segments: &Segments) -> tantivy::Result<Vec<u32>> {
    let mut all = Vec::new();
    for ((segment, list), ranks) in segments.iter().zip(lists).zip(segments.variant_ranks()?) {
        let names = segment.variants()?;
        let rank = |doc: &u32| ranks.get(names.numbers.get_val(*doc) as usize).copied().unwrap_or_default();
        all.extend(list.docs.iter().map(rank));
    }
    Ok(all)
}

fn numbers(lists: &[ScoredDocs], which: Number, segments: &Segments) -> tantivy::Result<Vec<u64>> {
    let mut all = Vec::with_capacity(lists.iter().map(|list| list.docs.len()).sum());
    for (segment, list) in segments.iter().zip(lists) {
        all.extend(segment.numbers_of(which, &list.docs)?);
    }
    Ok(all)
}
