//! Filters by names as they were typed.

use std::collections::BTreeSet;

use super::called::Called;
use super::nearest::unknown_value;
use crate::backend::{Error, Filter, LookUp, Snapshot};
use crate::model::Kind;
use crate::query::{FacetField, Field, Filters};
use crate::text::{bounded, fold, name_key};

/// Returns what entries must be to pass filters.
pub fn resolve(filters: &Filters, snapshot: &dyn Snapshot) -> Result<Vec<Filter>, Error> {
    let mut out = Vec::new();
    for (field, values) in [
        (Field::Topic, &filters.topics),
        (Field::Perspective, &filters.perspectives),
        (Field::Source, &filters.sources),
        (Field::Lang, &filters.langs),
    ] {
        if !values.is_empty() {
            out.push(filter(field, values, snapshot)?);
        }
    }
    if !filters.kinds.is_empty() {
        out.push(of_kinds(&filters.kinds, snapshot)?);
    }
    if !filters.days.is_empty() {
        out.push(Filter::Days { days: filters.days.clone(), of_digests: filters.of_digests });
    }
    Ok(out)
}

/// Returns the filter of some kinds.
pub fn of_kinds(kinds: &[Kind], snapshot: &dyn Snapshot) -> Result<Filter, Error> {
    of_values("kind", &kinds.iter().map(|kind| kind.as_str().to_owned()).collect(), snapshot)
}

/// Returns the filter of values of a field as they were typed.
pub fn filter(field: Field, typed: &[String], snapshot: &dyn Snapshot) -> Result<Filter, Error> {
    let catalog = snapshot.catalog();
    match field {
        Field::Topic => of_values("topic", &Called::topics(catalog).ids(typed)?, snapshot),
        Field::Perspective => of_values("perspective", &Called::perspectives(catalog).ids(typed)?, snapshot),
        Field::Lang => {
            let folded = typed.iter().map(|value| (value, bounded(&fold(value)).into_owned())).collect();
            of_values("lang", &known("language", "lang", FacetField::Lang, folded, snapshot)?, snapshot)
        }
        Field::Source | Field::Kind | Field::Date | Field::Text => {
            let keys = typed.iter().map(|value| (value, bounded(&name_key(value)).into_owned())).collect();
            of_values("source_key", &known("source", "source_key", FacetField::Source, keys, snapshot)?, snapshot)
        }
    }
}

fn of_values(field: &'static str, values: &BTreeSet<String>, snapshot: &dyn Snapshot) -> Result<Filter, Error> {
    Ok(Filter::Values(snapshot.look_up(&[LookUp::Values(field, values)])?.swap_remove(0)))
}

/// The values as they are indexed, if each is one that a living entry has.
fn known(
    field: &'static str,
    keys: &'static str,
    shown: FacetField,
    values: Vec<(&String, String)>,
    snapshot: &dyn Snapshot,
) -> Result<BTreeSet<String>, Error> {
    let sets: Vec<BTreeSet<String>> = values.iter().map(|(_, key)| BTreeSet::from([key.clone()])).collect();
    let questions: Vec<LookUp<'_>> = sets.iter().map(|set| LookUp::Values(keys, set)).collect();
    for ((value, key), found) in values.iter().zip(snapshot.look_up(&questions)?) {
        if key.is_empty() || found.frequency == 0 {
            return Err(unknown_value(field, value, &snapshot.names(shown)));
        }
    }
    Ok(values.into_iter().map(|(_, key)| key).collect())
}
