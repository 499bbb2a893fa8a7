//! Suggestions for unknown names.

use std::collections::BTreeSet;

use crate::backend::Error;
use crate::model::Field;
use crate::text::fold;

/// Maximum number of suggestions from more than [`ALL`] names.
pub const MAX_SUGGESTIONS: usize = 3;

/// Number of names that an error lists in full.
const ALL: usize = 10;

/// Minimum similarity of a suggestion (0 to 1).
const MIN_SIMILARITY: f64 = 0.6;

/// Returns the error for an unknown value of a field.
pub fn unknown_value(field: Field, value: &str, names: &BTreeSet<String>) -> Error {
    let nearest = like(value, names.clone(), MIN_SIMILARITY);
    Error::UnknownValue { field, value: value.to_owned(), nearest, all: few(names), span: None }
}

/// Returns all names if they are few.
pub fn few(names: &BTreeSet<String>) -> Vec<String> {
    if names.len() <= ALL { names.iter().cloned().collect() } else { Vec::new() }
}

/// Returns the names that contain the value or are spelt alike, best first; of few names, at least the best.
pub fn nearest(value: &str, known: BTreeSet<String>) -> Vec<String> {
    let few = known.len() <= MAX_SUGGESTIONS * 2;
    like(value, known, if few { 0.0 } else { MIN_SIMILARITY })
}

/// Returns the names with a minimum similarity to a value.
fn like(value: &str, known: BTreeSet<String>, least: f64) -> Vec<String> {
    let value = fold(value);
    let similarity = |name: &String| {
        let name = fold(name);
        let contains = !value.is_empty() && (name.contains(&value) || value.contains(&name));
        strsim::normalized_damerau_levenshtein(&name, &value) + f64::from(contains)
    };
    let mut near: Vec<(f64, String)> = known.into_iter().map(|name| (similarity(&name), name)).collect();
    near.retain(|(similarity, _)| *similarity >= least);
    near.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut suggestions: Vec<String> = Vec::new();
    for (_, name) in near {
        // An id and a name that differ only in case are the same.
        if suggestions.len() < MAX_SUGGESTIONS && !suggestions.iter().any(|other| fold(other) == fold(&name)) {
            suggestions.push(name);
        }
    }
    suggestions
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn similar_names_are_suggested() {
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
            "few names are all suggested"
        );
    }
}
