//! What the values filtered by stand for, and the nearest ones where they stand for nothing.

use std::collections::BTreeSet;
use std::path::Path;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::filter::Filter;
use super::{Catalog, Error, Reader, fields};
use crate::query::{Field, Filters};
use crate::schema::fold;

/// So many names are offered.
pub(super) const OFFERED: usize = 3;

/// A name is near when at least so much of it is the same (0 to 1).
const NEAR: f64 = 0.6;

/// The fields filtered by, with their values as they are indexed.
pub fn resolve(filters: &Filters, searcher: &Searcher, catalog: &Catalog, index: &Path) -> Result<Vec<Filter>, Error> {
    let mut out = Vec::new();
    for (field, values) in [
        (Field::Topic, &filters.topics),
        (Field::Perspective, &filters.perspectives),
        (Field::Source, &filters.sources),
        (Field::Lang, &filters.langs),
    ] {
        if !values.is_empty() {
            out.push(filter(field, values, searcher, catalog, index)?);
        }
    }
    if !filters.kinds.is_empty() {
        let kinds = filters.kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
        out.push(Filter::values("kind", kinds, searcher).map_err(Error::tantivy(index))?);
    }
    Ok(out)
}

/// Values of a field as they are indexed.
pub fn filter(
    field: Field,
    typed: &[String],
    searcher: &Searcher,
    catalog: &Catalog,
    index: &Path,
) -> Result<Filter, Error> {
    let sides = || catalog.topics.values().flat_map(|topic| &topic.perspectives).map(|(id, side)| (id, &side.names));
    let topics = || catalog.topics.iter().map(|(id, topic)| (id, &topic.names));
    let (field, values) = match field {
        Field::Topic => ("topic", ids("topic", typed, topics().collect())?),
        Field::Perspective => ("perspective", ids("perspective", typed, sides().collect())?),
        Field::Lang => ("lang", values("language", "lang", "lang", typed, searcher, index)?),
        _ => ("source_key", values("source", "source_key", "source", typed, searcher, index)?),
    };
    Filter::values(field, values, searcher).map_err(Error::tantivy(index))
}

/// The ids that the values are, or are names of, whether or not any unit has them.
fn ids(
    field: &'static str,
    values: &[String],
    known: Vec<(&String, &BTreeSet<String>)>,
) -> Result<BTreeSet<String>, Error> {
    let mut out = BTreeSet::new();
    for value in values {
        let folded = fold(value);
        let named = known.iter().filter(|(id, names)| fold(id) == folded || names.iter().any(|n| fold(n) == folded));
        let found: Vec<String> = named.map(|(id, _)| (*id).clone()).collect();
        if found.is_empty() {
            let all = known.iter().flat_map(|(id, names)| names.iter().chain([*id])).cloned().collect();
            return Err(Error::UnknownValue { field, value: value.clone(), nearest: nearest(value, all), span: None });
        }
        out.extend(found);
    }
    Ok(out)
}

/// The values folded, if each is one that a live unit has.
fn values(
    field: &'static str,
    keys: &'static str,
    shown: &'static str,
    values: &[String],
    searcher: &Searcher,
    index: &Path,
) -> Result<BTreeSet<String>, Error> {
    for value in values {
        if !lives(searcher, &fields::key(keys, &fold(value))).map_err(Error::tantivy(index))? {
            let nearest = nearest(value, all_values(searcher, shown));
            return Err(Error::UnknownValue { field, value: value.clone(), nearest, span: None });
        }
    }
    Ok(values.iter().map(|value| fold(value)).collect())
}

/// Whether any live unit has the term.
fn lives(searcher: &Searcher, term: &Term) -> tantivy::Result<bool> {
    for segment in searcher.segment_readers() {
        let Some(mut postings) = segment.inverted_index(term.field())?.read_postings(term, IndexRecordOption::Basic)?
        else {
            continue;
        };
        while postings.doc() != TERMINATED {
            if !segment.is_deleted(postings.doc()) {
                return Ok(true);
            }
            postings.advance();
        }
    }
    Ok(false)
}

impl Reader {
    /// What can be typed for a field: ids and names of topics and sides, names of outlets, codes of languages. Of the
    /// last two some may be those of removed units only.
    pub fn values(&self, field: Field) -> BTreeSet<String> {
        let topics = &self.catalog.topics;
        match field {
            Field::Topic => topics.iter().flat_map(|(id, topic)| topic.names.iter().chain([id])).cloned().collect(),
            Field::Perspective => {
                let sides = topics.values().flat_map(|topic| &topic.perspectives);
                sides.flat_map(|(id, side)| side.names.iter().chain([id])).cloned().collect()
            }
            Field::Source | Field::Lang => all_values(&self.searcher, field.as_str()),
            Field::Kind | Field::Date | Field::Text => BTreeSet::new(),
        }
    }
}

/// All values of a field. Some may be those of removed units only, which does no harm in a suggestion.
fn all_values(searcher: &Searcher, field: &str) -> BTreeSet<String> {
    let mut values = BTreeSet::new();
    for segment in searcher.segment_readers() {
        let Ok(Some(column)) = segment.fast_fields().str(field) else { continue };
        for ord in 0..column.num_terms() as u64 {
            let mut value = String::new();
            if column.ord_to_str(ord, &mut value).is_ok_and(|found| found) {
                values.insert(value);
            }
        }
    }
    values
}

/// The names that contain the value or are spelt much like it, the nearest first; all names where there are few.
pub fn nearest(value: &str, known: BTreeSet<String>) -> Vec<String> {
    let value = fold(value);
    let few = known.len() <= OFFERED * 2;
    let likeness = |name: &String| {
        let name = fold(name);
        let contains = !value.is_empty() && (name.contains(&value) || value.contains(&name));
        strsim::normalized_damerau_levenshtein(&name, &value) + f64::from(contains)
    };
    let mut near: Vec<(f64, String)> = known.into_iter().map(|name| (likeness(&name), name)).collect();
    near.retain(|(likeness, _)| few || *likeness >= NEAR);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut offered: Vec<String> = Vec::new();
    for (_, name) in near {
        // An id and a name that differ in case are one.
        if offered.len() < OFFERED && !offered.iter().any(|other| fold(other) == fold(&name)) {
            offered.push(name);
        }
    }
    offered
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn offers_what_is_near() {
        let known = || {
            ["China Daily", "Global Times", "Japan Wire", "Kyodo News", "Nikkei", "The Mainichi", "新华网"]
                .map(str::to_owned)
                .into()
        };
        assert_eq!(nearest("china dayly", known()), ["China Daily"]);
        assert_eq!(nearest("kyodo", known()), ["Kyodo News"]);
        assert_eq!(nearest("新华", known()), ["新华网"]);
        assert!(nearest("zzz", known()).is_empty());
        assert_eq!(
            nearest("chna", ["china".to_owned(), "japan".to_owned()].into()),
            ["china", "japan"],
            "of a few, all are offered"
        );
    }
}
