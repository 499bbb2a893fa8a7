//! The names nearest to one that nothing has.

use std::collections::BTreeSet;

use crate::backend::Error;
use crate::model::Field;
use crate::text::fold;

/// So many names are offered; of more than [`ALL`], the nearest.
pub const OFFERED: usize = 3;

/// So many names are few enough to be offered whole.
const ALL: usize = 10;

/// A name is near when at least so much of it is the same (0 to 1).
const NEAR: f64 = 0.6;

/// Returns the error of a value that is none of the names that a field has.
pub fn unknown_value(field: Field, value: &str, names: &BTreeSet<String>) -> Error {
    let nearest = like(value, names.clone(), NEAR);
    Error::UnknownValue { field, value: value.to_owned(), nearest, all: few(names), span: None }
}

/// Returns all names, where they are few.
pub fn few(names: &BTreeSet<String>) -> Vec<String> {
    if names.len() <= ALL { names.iter().cloned().collect() } else { Vec::new() }
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
