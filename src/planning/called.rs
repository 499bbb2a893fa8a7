//! Resolution of names of topics and perspectives to ids. Names may change from digest to digest.

use std::collections::{BTreeMap, BTreeSet};

use super::nearest::{few, unknown_value};
use crate::backend::{Catalog, Corpus, Error};
use crate::model::{DigestId, Field, is_same_text};
use crate::query::{Node, NodeKind, Selection};
use crate::text::fold;

/// Ids of a field with all their names.
pub struct Called<'a> {
    field: Field,
    names: BTreeMap<&'a str, Vec<&'a str>>,
}

/// The ids that match a value.
struct Matches<'a> {
    ids: BTreeSet<&'a str>,
    /// Ids that match less closely, and are not taken.
    others: BTreeSet<&'a str>,
}

/// Similarity of a name to a value, the closest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Closeness {
    /// Equal bytes.
    Same,
    /// Equal up to Unicode composition.
    Composed,
    /// Equal up to case, accents and width.
    Folded,
}

impl<'a> Called<'a> {
    /// Returns the names of a field in all topics; none for a field without ids.
    pub fn of(field: Field, catalog: &'a Catalog) -> Self {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, of_id) in catalog.names(field) {
            names.entry(id).or_default().extend(of_id);
        }
        Self { field, names }
    }

    /// Returns the ids that match values, whether or not any entry has them.
    pub fn ids(&self, values: &[String]) -> Result<BTreeSet<String>, Error> {
        let mut ids = BTreeSet::new();
        for value in values {
            let matches = self.matches(value);
            if matches.ids.is_empty() {
                let known = self.names.iter().flat_map(|(id, names)| names.iter().chain([id]));
                let known: BTreeSet<String> = known.map(|name| (*name).to_owned()).collect();
                let ids: BTreeSet<String> = self.names.keys().map(|id| (*id).to_owned()).collect();
                return Err(match unknown_value(self.field, value, &known) {
                    Error::UnknownValue { field, value, nearest, span, .. } => {
                        Error::UnknownValue { field, value, nearest, all: few(&ids), span }
                    }
                    error => error,
                });
            }
            ids.extend(matches.ids.into_iter().map(str::to_owned));
        }
        Ok(ids)
    }

    /// Returns the ids with an equal name; only without one, those that differ in case or accents.
    fn matches(&self, value: &str) -> Matches<'a> {
        let folded = fold(value);
        let closeness = |name: &str| match name {
            name if name == value => Some(Closeness::Same),
            name if is_same_text(name, value) => Some(Closeness::Composed),
            name => (fold(name) == folded).then_some(Closeness::Folded),
        };
        let like = self.names.iter().filter_map(|(id, names)| {
            let nearest = names.iter().chain([id]).filter_map(|name| closeness(name)).min();
            Some((nearest?, *id))
        });
        let like: Vec<(Closeness, &str)> = like.collect();
        let best = like.iter().map(|(closeness, _)| *closeness).min();
        let (best, others): (Vec<_>, Vec<_>) = like.into_iter().partition(|(closeness, _)| Some(*closeness) == best);
        let ids = |like: Vec<(Closeness, &'a str)>| like.into_iter().map(|(_, id)| id).collect();
        Matches { ids: ids(best), others: ids(others) }
    }

    /// Returns a note on an ambiguous value.
    fn choice(&self, value: &str) -> Option<String> {
        let Matches { ids, others } = self.matches(value);
        let listed = |ids: &BTreeSet<&str>| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let field = self.field.spec().label;
        match (ids.len(), others.len()) {
            (0 | 1, 0) => None,
            (n, 0) => Some(format!("`{value}` matches {n} {field}s: {}", listed(&ids))),
            _ => Some(format!("`{value}` is {field} {}, not {}", listed(&ids), listed(&others))),
        }
    }
}

/// Returns the ids of a digest in the corpus's Unicode composition; in an index of several corpora, those in all corpora if
/// the id names none.
pub fn spelled(id: &DigestId, catalog: &Catalog) -> Vec<DigestId> {
    if !catalog.has_corpora() {
        return in_topics(id, catalog);
    }
    let named = id.clone().with_corpus();
    let is_known = catalog.corpora.iter().any(|corpus| corpus.id == named.corpus);
    if is_known {
        return in_topics(&named, catalog);
    }
    let of = |corpus: &Corpus| in_topics(&DigestId { corpus: corpus.id.clone(), ..id.clone() }, catalog);
    catalog.corpora.iter().flat_map(of).collect()
}

fn in_topics(id: &DigestId, catalog: &Catalog) -> Vec<DigestId> {
    let topics = &catalog.topics;
    if topics.contains_key(&id.topic) {
        return vec![id.clone()];
    }
    let same = topics.keys().filter(|topic| is_same_text(topic, &id.topic));
    same.map(|topic| DigestId { topic: topic.clone(), ..id.clone() }).collect()
}

/// Returns notes on ambiguous topics and perspectives of filters and of the query.
pub fn choices(selection: &Selection, catalog: &Catalog) -> Vec<String> {
    let mut values: Vec<(Field, &str)> = Vec::new();
    for (field, typed) in selection.filters.values.iter() {
        values.extend(typed.iter().map(|value| (field, value.as_str())));
    }
    if let Some(text) = &selection.text {
        values_in(&text.root, &mut values);
    }
    let mut choices: Vec<String> = Vec::new();
    for (field, value) in values {
        choices.extend(Called::of(field, catalog).choice(value).filter(|choice| !choices.contains(choice)));
    }
    choices
}

fn values_in<'a>(node: &'a Node, values: &mut Vec<(Field, &'a str)>) {
    match &node.kind {
        NodeKind::All(nodes) | NodeKind::Any(nodes) | NodeKind::Either(nodes) => {
            nodes.iter().for_each(|node| values_in(node, values));
        }
        NodeKind::Not(node) => values_in(node, values),
        NodeKind::Value(field, value) => values.push((*field, value)),
        NodeKind::Words(_) | NodeKind::Days(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(topics: &[(&str, &[&str])], value: &str, ids: &[&str], choice: Option<&str>) {
        let names: BTreeMap<&str, Vec<&str>> = topics.iter().map(|(id, names)| (*id, names.to_vec())).collect();
        let index = Called { field: Field::Topic, names };
        let values = [value.to_owned()];
        let found = index.ids(&values).map(|found| found.into_iter().collect::<Vec<_>>()).unwrap_or_default();
        assert_eq!(found, ids, "{value}");
        assert_eq!(index.choice(value).as_deref(), choice, "{value}");
    }

    #[test]
    fn exact_matches_win() {
        let topics = [("Ice-Fish", &["Ice-Fish"][..]), ("ice-fish", &["ice-fish", "Ice and Fish"])];
        check(&topics, "Ice-Fish", &["Ice-Fish"], Some("`Ice-Fish` is topic `Ice-Fish`, not `ice-fish`"));
        check(&topics, "ice-fish", &["ice-fish"], Some("`ice-fish` is topic `ice-fish`, not `Ice-Fish`"));
        let both = Some("`ICE-FISH` matches 2 topics: `Ice-Fish`, `ice-fish`");
        check(&topics, "ICE-FISH", &["Ice-Fish", "ice-fish"], both);
        check(&topics, "ice and fish", &["ice-fish"], None);
        check(&topics, "ice", &[], None);
    }

    #[test]
    fn composed_letters_match_decomposed_ones() {
        let (composed, decomposed) = ("m\u{e9}xico", "me\u{301}xico");
        check(&[(composed, &[])], decomposed, &[composed], None);
        check(&[(decomposed, &[])], composed, &[decomposed], None);
        let both = [(composed, &[][..]), (decomposed, &[])];
        let choice = format!("`{composed}` is topic `{composed}`, not `{decomposed}`");
        check(&both, composed, &[composed], Some(&choice));
        check(
            &[(composed, &[]), ("mexico", &[])],
            "mexico",
            &["mexico"],
            Some("`mexico` is topic `mexico`, not `m\u{e9}xico`"),
        );
    }

    #[test]
    fn a_name_of_several_topics_matches_all() {
        let topics = [("a", &["News"][..]), ("b", &["News"]), ("c", &["news"])];
        check(&topics, "News", &["a", "b"], Some("`News` is topic `a`, `b`, not `c`"));
    }
}
