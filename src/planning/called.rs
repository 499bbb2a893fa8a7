//! What topics and perspectives are called: by ids, and by names that may change from digest to digest.

use std::collections::{BTreeMap, BTreeSet};

use super::nearest::{few, unknown_value};
use crate::backend::{Catalog, Error};
use crate::model::{DigestId, Field, is_same_text};
use crate::query::{Node, NodeKind, Selection};
use crate::text::fold;

/// Ids with all their names.
pub struct Called<'a> {
    field: Field,
    names: BTreeMap<&'a str, Vec<&'a str>>,
}

/// Ids that a value stands for.
struct Meant<'a> {
    ids: BTreeSet<&'a str>,
    /// Ids that it would stand for as well, were those not written more like it.
    others: BTreeSet<&'a str>,
}

/// How much a name is like a value, the most like first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    /// Byte for byte.
    Same,
    /// But for how Unicode composes letters.
    Composed,
    /// But for case, accents and width.
    Folded,
}

impl<'a> Called<'a> {
    /// Those of a field in all topics; none of a field without ids.
    pub fn of(field: Field, catalog: &'a Catalog) -> Self {
        let mut names: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (id, of_id) in catalog.names(field) {
            names.entry(id).or_default().extend(of_id.iter().map(String::as_str));
        }
        Self { field, names }
    }

    /// The ids that values stand for, whether or not any entry has them.
    pub fn ids(&self, values: &[String]) -> Result<BTreeSet<String>, Error> {
        let mut ids = BTreeSet::new();
        for value in values {
            let meant = self.meant(value);
            if meant.ids.is_empty() {
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
            ids.extend(meant.ids.into_iter().map(str::to_owned));
        }
        Ok(ids)
    }

    /// What is written exactly like the value; only where nothing is, what differs in case or accents.
    fn meant(&self, value: &str) -> Meant<'a> {
        let folded = fold(value);
        let likeness = |name: &str| match name {
            name if name == value => Some(Likeness::Same),
            name if is_same_text(name, value) => Some(Likeness::Composed),
            name => (fold(name) == folded).then_some(Likeness::Folded),
        };
        let like = self.names.iter().filter_map(|(id, names)| {
            let nearest = names.iter().chain([id]).filter_map(|name| likeness(name)).min();
            Some((nearest?, *id))
        });
        let like: Vec<(Likeness, &str)> = like.collect();
        let best = like.iter().map(|(likeness, _)| *likeness).min();
        let (best, others): (Vec<_>, Vec<_>) = like.into_iter().partition(|(likeness, _)| Some(*likeness) == best);
        let ids = |like: Vec<(Likeness, &'a str)>| like.into_iter().map(|(_, id)| id).collect();
        Meant { ids: ids(best), others: ids(others) }
    }

    /// Says which ids a value stands for, where it could stand for others.
    fn choice(&self, value: &str) -> Option<String> {
        let Meant { ids, others } = self.meant(value);
        let listed = |ids: &BTreeSet<&str>| ids.iter().map(|id| format!("`{id}`")).collect::<Vec<_>>().join(", ");
        let field = self.field.spec().label;
        match (ids.len(), others.len()) {
            (0 | 1, 0) => None,
            (n, 0) => Some(format!("`{value}` stands for {n} {field}s: {}", listed(&ids))),
            _ => Some(format!("`{value}` is {field} {}, not {}", listed(&ids), listed(&others))),
        }
    }
}

/// Returns the ids of a digest as it is indexed, which composes letters as the corpus does.
pub fn spelled(id: &DigestId, catalog: &Catalog) -> Vec<DigestId> {
    let topics = &catalog.topics;
    if topics.contains_key(&id.topic) {
        return vec![id.clone()];
    }
    let same = topics.keys().filter(|topic| is_same_text(topic, &id.topic));
    same.map(|topic| DigestId { topic: topic.clone(), date: id.date }).collect()
}

/// Says which topics and perspectives are meant, where a value of a filter or of the query could mean others.
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
        let called = Called { field: Field::Topic, names };
        let values = [value.to_owned()];
        let found = called.ids(&values).map(|found| found.into_iter().collect::<Vec<_>>()).unwrap_or_default();
        assert_eq!(found, ids, "{value}");
        assert_eq!(called.choice(value).as_deref(), choice, "{value}");
    }

    #[test]
    fn what_is_written_exactly_so_wins() {
        let topics = [("Ice-Fish", &["Ice-Fish"][..]), ("ice-fish", &["ice-fish", "Ice and Fish"])];
        check(&topics, "Ice-Fish", &["Ice-Fish"], Some("`Ice-Fish` is topic `Ice-Fish`, not `ice-fish`"));
        check(&topics, "ice-fish", &["ice-fish"], Some("`ice-fish` is topic `ice-fish`, not `Ice-Fish`"));
        let both = Some("`ICE-FISH` stands for 2 topics: `Ice-Fish`, `ice-fish`");
        check(&topics, "ICE-FISH", &["Ice-Fish", "ice-fish"], both);
        check(&topics, "ice and fish", &["ice-fish"], None);
        check(&topics, "ice", &[], None);
    }

    #[test]
    fn composed_letters_are_decomposed_ones() {
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
    fn a_name_of_several_is_all_of_them() {
        let topics = [("a", &["News"][..]), ("b", &["News"]), ("c", &["news"])];
        check(&topics, "News", &["a", "b"], Some("`News` is topic `a`, `b`, not `c`"));
    }
}
