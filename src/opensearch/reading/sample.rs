//! Samples: all matching entries with their values, and the stems of entries.

use std::collections::{BTreeSet, HashMap};

use base64::Engine;
use base64::alphabet::STANDARD;
use base64::engine::general_purpose::NO_PAD;
use base64::engine::{DecodePaddingMode, GeneralPurpose};
use serde_json::{Value, json};

use super::hits::{copy, sample_order, texts};
use super::snapshot::ClusterSnapshot;
use super::tally::{field, key};
use super::tree::Queries;
use crate::backend::{Error, Filter, Predicate, Sources};
use crate::model::Field;
use crate::opensearch::cluster::HitDocument;
use crate::opensearch::document::{hash, id};
use crate::opensearch::layout::{self, PAGE};
use crate::query::{Column, Dimension, Key, Sample, Stems, Stream};

/// Base64 as OpenSearch writes values of columns: without padding, unlike values of documents.
const COLUMN: GeneralPurpose =
    GeneralPurpose::new(&STANDARD, NO_PAD.with_decode_padding_mode(DecodePaddingMode::Indifferent));

/// A column while entries are read: keys in the order in which they are met.
struct Draft {
    by: Dimension,
    field: String,
    keys: HashMap<Key, u32>,
    codes: Vec<u32>,
    starts: Vec<usize>,
}

impl ClusterSnapshot {
    /// Returns the matching entries with their values.
    pub(super) fn sampled(&self, chosen: &Predicate, filters: &[Filter], by: &[Dimension]) -> Result<Sample, Error> {
        let query = Queries::new(false, false).query(chosen, filters, &self.visible);
        let mut drafts: Vec<Draft> = by.iter().map(|by| Draft::new(*by)).collect();
        let mut fields: Vec<String> =
            drafts.iter().map(|draft| draft.field.clone()).chain(["copy".to_owned()]).collect();
        fields.sort_unstable();
        fields.dedup();
        let mut sample = Sample::default();
        self.stream(&query, &sample_order(), &fields, false, &mut |hit| {
            sample.entries.push(self.number(&hit)?);
            sample.copies.push(copy(&hit));
            drafts.iter_mut().for_each(|draft| draft.add(&hit, &self.sources));
            Ok(())
        })?;
        sample.columns = drafts.into_iter().map(Draft::column).collect();
        Ok(sample)
    }

    /// Returns the stems of entries, in their order. The order of an entry's stems is that of their hashes.
    pub(super) fn stems_of(&self, entries: &[u64]) -> Result<Stems, Error> {
        let (words, sequence) = (layout::words(Stream::Stem), layout::sequence(layout::words(Stream::Stem)));
        let mut codes_of: HashMap<u64, Vec<u32>> = HashMap::new();
        let mut met: HashMap<String, u32> = HashMap::new();
        for numbers in entries.chunks(PAGE) {
            let ids: Vec<String> = numbers.iter().map(|number| id(*number)).collect();
            let found = self.search_entries(&json!({
                "size": PAGE, "query": { "ids": { "values": ids } }, "_source": false, "docvalue_fields": [words, sequence],
            }))?;
            for hit in &found.hits.hits {
                let mut code_of_hash: HashMap<i64, u32> = HashMap::new();
                for stem in texts(hit, words) {
                    let next = met.len() as u32;
                    code_of_hash.insert(hash(stem), *met.entry(stem.to_owned()).or_insert(next));
                }
                let bytes = texts(hit, &sequence).first().and_then(|text| COLUMN.decode(text).ok()).unwrap_or_default();
                let (hashes, _) = bytes.as_chunks::<8>();
                let codes = hashes.iter().filter_map(|hash| code_of_hash.get(&i64::from_be_bytes(*hash)).copied());
                codes_of.insert(self.number(hit)?, codes.collect());
            }
        }
        let mut sorted: Vec<(String, u32)> = met.into_iter().collect();
        sorted.sort_unstable();
        // The first code is that of no stem.
        let mut places = vec![0; sorted.len()];
        (1..).zip(&sorted).for_each(|(place, (_, code))| places[*code as usize] = place);
        let terms = std::iter::once(String::new()).chain(sorted.into_iter().map(|(stem, _)| stem)).collect();
        let (mut codes, mut starts) = (Vec::new(), vec![0]);
        for number in entries {
            let found = codes_of.get(number).ok_or_else(|| self.damaged("an entry is missing"))?;
            codes.extend(found.iter().map(|code| places[*code as usize]));
            starts.push(codes.len());
        }
        Ok(Stems { codes, starts, terms })
    }
}

impl Draft {
    fn new(by: Dimension) -> Self {
        Self { by, field: field(by), keys: HashMap::new(), codes: Vec::new(), starts: vec![0] }
    }

    fn add(&mut self, hit: &HitDocument, sources: &Sources) {
        let values = hit.fields[&self.field].as_array().cloned().unwrap_or_default();
        let of_value = |value: &Value| key(value, self.by, sources);
        let keys: BTreeSet<Key> =
            if values.is_empty() { [Key::None].into() } else { values.iter().map(of_value).collect() };
        for key in keys {
            let next = self.keys.len() as u32;
            self.codes.push(*self.keys.entry(key).or_insert(next));
        }
        self.starts.push(self.codes.len());
    }

    /// Returns the column with sorted keys.
    fn column(self) -> Column {
        let mut keys: Vec<(Key, u32)> = self.keys.into_iter().collect();
        keys.sort_unstable();
        let mut places = vec![0; keys.len()];
        (0..).zip(&keys).for_each(|(place, (_, code))| places[*code as usize] = place);
        let codes = self.codes.iter().map(|code| places[*code as usize]).collect();
        let is_list = matches!(self.by, Dimension::Facet(Field::Custom(_)));
        let starts = if is_list { self.starts } else { Vec::new() };
        Column { keys: keys.into_iter().map(|(key, _)| key).collect(), codes, starts }
    }
}
