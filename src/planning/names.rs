//! What the values filtered by stand for, and the nearest ones where they stand for nothing.

use std::collections::BTreeSet;

use super::Reader;
use super::called::Called;
use crate::backend::{Error, Filter, LookUp};
use crate::model::Kind;
use crate::query::{FacetField, Field, Filters, Likely, Selection};
use crate::text::{bounded, fold, name_key};

/// So many names are offered; of more than [`ALL`], the nearest.
pub const OFFERED: usize = 3;

/// So many names are few enough to be offered whole.
const ALL: usize = 10;

/// A name is near when at least so much of it is the same (0 to 1).
const NEAR: f64 = 0.6;

/// Returns what entries must be to pass filters.
pub fn resolve(filters: &Filters, reader: &Reader) -> Result<Vec<Filter>, Error> {
    let mut out = Vec::new();
    for (field, values) in [
        (Field::Topic, &filters.topics),
        (Field::Perspective, &filters.perspectives),
        (Field::Source, &filters.sources),
        (Field::Lang, &filters.langs),
    ] {
        if !values.is_empty() {
            out.push(filter(field, values, reader)?);
        }
    }
    if !filters.kinds.is_empty() {
        out.push(of_kinds(&filters.kinds, reader)?);
    }
    if !filters.days.is_empty() {
        out.push(Filter::Days { days: filters.days.clone(), of_digests: filters.of_digests });
    }
    Ok(out)
}

/// Returns the filter of some kinds.
pub fn of_kinds(kinds: &[Kind], reader: &Reader) -> Result<Filter, Error> {
    of_values("kind", &kinds.iter().map(|kind| kind.as_str().to_owned()).collect(), reader)
}

/// Returns the filter of values of a field as they were typed.
pub fn filter(field: Field, typed: &[String], reader: &Reader) -> Result<Filter, Error> {
    let catalog = reader.catalog();
    match field {
        Field::Topic => of_values("topic", &Called::topics(catalog).ids(typed)?, reader),
        Field::Perspective => of_values("perspective", &Called::perspectives(catalog).ids(typed)?, reader),
        Field::Lang => {
            let folded = typed.iter().map(|value| (value, bounded(&fold(value)).into_owned())).collect();
            of_values("lang", &known("language", "lang", FacetField::Lang, folded, reader)?, reader)
        }
        Field::Source | Field::Kind | Field::Date | Field::Text => {
            let keys = typed.iter().map(|value| (value, bounded(&name_key(value)).into_owned())).collect();
            of_values("source_key", &known("source", "source_key", FacetField::Source, keys, reader)?, reader)
        }
    }
}

fn of_values(field: &'static str, values: &BTreeSet<String>, reader: &Reader) -> Result<Filter, Error> {
    Ok(Filter::Values(reader.snapshot().look_up(&[LookUp::Values(field, values)])?.swap_remove(0)))
}

/// The values as they are indexed, if each is one that a living entry has.
fn known(
    field: &'static str,
    keys: &'static str,
    shown: FacetField,
    values: Vec<(&String, String)>,
    reader: &Reader,
) -> Result<BTreeSet<String>, Error> {
    let sets: Vec<BTreeSet<String>> = values.iter().map(|(_, key)| BTreeSet::from([key.clone()])).collect();
    let questions: Vec<LookUp<'_>> = sets.iter().map(|set| LookUp::Values(keys, set)).collect();
    for ((value, key), found) in values.iter().zip(reader.snapshot().look_up(&questions)?) {
        if key.is_empty() || found.frequency == 0 {
            return Err(unknown_value(field, value, &reader.names(shown)));
        }
    }
    Ok(values.into_iter().map(|(_, key)| key).collect())
}

/// Returns the error of a value that is none of the names that a field has.
pub fn unknown_value(field: &'static str, value: &str, names: &BTreeSet<String>) -> Error {
    let nearest = like(value, names.clone(), NEAR);
    Error::UnknownValue { field, value: value.to_owned(), nearest, all: few(names), span: None }
}

/// Returns all names, where they are few.
pub fn few(names: &BTreeSet<String>) -> Vec<String> {
    if names.len() <= ALL { names.iter().cloned().collect() } else { Vec::new() }
}

impl Reader {
    /// What can be typed for a field: ids and names of topics and sides, names of outlets, codes of languages. Of the
    /// last two some may be those of removed units only.
    pub fn values(&self, field: Field) -> BTreeSet<String> {
        let topics = &self.catalog().topics;
        match field {
            Field::Topic => topics.iter().flat_map(|(id, topic)| topic.names.iter().chain([id])).cloned().collect(),
            Field::Perspective => {
                let sides = topics.values().flat_map(|topic| &topic.perspectives);
                sides.flat_map(|(id, side)| side.names.iter().chain([id])).cloned().collect()
            }
            Field::Source => self.names(FacetField::Source),
            Field::Lang => self.names(FacetField::Lang),
            Field::Kind | Field::Date | Field::Text => BTreeSet::new(),
        }
    }

    /// The sources filtered by that are likely called otherwise, too: each as it was typed, with the other names and how
    /// many entries have them.
    pub fn likely_sources(&self, selection: &Selection) -> Result<Vec<Likely>, Error> {
        let in_text = selection.text.iter().flat_map(|text| text.values(Field::Source));
        let typed: Vec<&str> = selection.filters.sources.iter().map(String::as_str).chain(in_text).collect();
        let mut likely = Vec::new();
        for name in &typed {
            let mut others = self.snapshot().sources()?.likely(name);
            others.retain(|(other, _)| !typed.iter().any(|name| name_key(name) == name_key(other)));
            if !others.is_empty() {
                likely.push(Likely { typed: (*name).to_owned(), others });
            }
        }
        Ok(likely)
    }

    /// Returns the values of a field as they are shown, for suggestions.
    fn names(&self, field: FacetField) -> BTreeSet<String> {
        self.snapshot().names(field)
    }
}

/// The names that contain the value or are spelt much like it, the nearest first; any where there are few.
pub fn nearest(value: &str, known: BTreeSet<String>) -> Vec<String> {
    let few = known.len() <= OFFERED * 2;
    like(value, known, if few { 0.0 } else { NEAR })
}

/// The names that are at least so much like the value.
fn like(value: &str, known: BTreeSet<String>, least: f64) -> Vec<String> {
    let value = fold(value);
    let likeness = |name: &String| {
        let name = fold(name);
        let contains = !value.is_empty() && (name.contains(&value) || value.contains(&name));
        strsim::normalized_damerau_levenshtein(&name, &value) + f64::from(contains)
    };
    let mut near: Vec<(f64, String)> = known.into_iter().map(|name| (likeness(&name), name)).collect();
    near.retain(|(likeness, _)| *likeness >= least);
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
