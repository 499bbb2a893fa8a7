//! What the corpus says about a topic in `digest-search.yaml`.

use std::collections::BTreeSet;

use crate::digest::{Digest, Perspective, Subject, TopicConventions, Warning};
use crate::text::fold;

/// Makes one of the perspectives that are to be counted as one: everything goes to the first. Returns what became of
/// each.
pub fn merge(digest: &mut Digest, own: Option<&TopicConventions>) -> Vec<usize> {
    for i in 0..digest.perspectives.len() {
        if let Some(id) = own.and_then(|own| own.of_perspective(&digest.perspectives[i].id)) {
            digest.perspectives[i].id = known(id, &digest.perspectives).to_owned();
        }
    }
    let merged: Vec<usize> = digest.perspectives.iter().filter_map(|p| first(digest, &p.id)).collect();
    digest.bullets.iter_mut().for_each(|bullet| bullet.perspective = merged[bullet.perspective]);
    merged
}

/// Returns the id that a perspective has which is named in any case and form; the name where there is none.
fn known<'a>(id: &'a str, perspectives: &'a [Perspective]) -> &'a str {
    let is_it = |other: &&Perspective| other.id == id || fold(&other.id) == fold(id);
    perspectives.iter().find(is_it).map_or(id, |perspective| &perspective.id)
}

fn first(digest: &Digest, id: &str) -> Option<usize> {
    digest.perspectives.iter().position(|p| p.id == id)
}

/// The perspective that the corpus gives each title's locale to.
pub fn perspectives(
    digest: &Digest,
    own: Option<&TopicConventions>,
    warnings: &mut Vec<(Subject, Warning)>,
) -> Vec<Option<usize>> {
    let Some(own) = own else { return vec![None; digest.titles.len()] };
    let mut unknown = BTreeSet::new();
    let mut perspectives = Vec::with_capacity(digest.titles.len());
    for title in &digest.titles {
        let id = title.locale.as_ref().and_then(|locale| own.of_locale(locale));
        let perspective = id.and_then(|id| first(digest, known(id, &digest.perspectives)));
        unknown.extend(id.filter(|_| perspective.is_none()));
        perspectives.push(perspective);
    }
    for id in unknown {
        warnings.push(Subject::Settings.file(format!(
            "the settings of the corpus give a locale to the perspective `{id}`, which this digest does not have"
        )));
    }
    perspectives
}
