//! Checks that the values filtered by exist, and finds the nearest ones where they don't.

use std::collections::BTreeSet;

use tantivy::schema::IndexRecordOption;
use tantivy::{DocSet, Searcher, TERMINATED, Term};

use super::{Catalog, Error, fields};
use crate::query::Filters;
use crate::schema::fold;

/// So many names are offered.
const OFFERED: usize = 3;

/// A name is near when at least so much of it is the same (0 to 1).
const NEAR: f64 = 0.6;

/// Checks every value that is filtered by.
pub fn check(filters: &Filters, searcher: &Searcher, catalog: &Catalog) -> Result<(), Error> {
    let topics = || catalog.topics.iter().flat_map(|(id, topic)| [id.clone(), topic.name.clone()]).collect();
    let perspectives = || {
        let sides = catalog.topics.values().flat_map(|topic| &topic.perspectives);
        sides.flat_map(|(id, name)| [id.clone(), name.clone()]).collect()
    };
    check_field("topic", "topic_key", &filters.topics, searcher, topics)?;
    check_field("perspective", "perspective_key", &filters.perspectives, searcher, perspectives)?;
    check_field("source", "source_key", &filters.sources, searcher, || all_values(searcher, "source"))?;
    check_field("language", "lang", &filters.langs, searcher, || all_values(searcher, "lang"))
}

fn check_field(
    field: &'static str,
    keys: &'static str,
    values: &[String],
    searcher: &Searcher,
    known: impl Fn() -> BTreeSet<String>,
) -> Result<(), Error> {
    for value in values {
        let exists = lives(searcher, &fields::key(keys, &fold(value))).map_err(Error::tantivy(""))?;
        if !exists {
            return Err(Error::UnknownValue { field, value: value.clone(), nearest: nearest(value, known()) });
        }
    }
    Ok(())
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
fn nearest(value: &str, known: BTreeSet<String>) -> Vec<String> {
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
    near.into_iter().map(|(_, name)| name).take(OFFERED).collect()
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
