//! Attribution by the settings of a topic in `digest-search.yaml`.

use std::collections::BTreeSet;

use crate::digest::{Digest, Perspective, Subject, TopicConventions, Warning};
use crate::text::fold;

/// Merges perspectives as configured, each into the first of its group. Returns the merged index of each perspective.
pub fn merge(digest: &mut Digest, own: Option<&TopicConventions>) -> Vec<usize> {
    for i in 0..digest.perspectives.len() {
        if let Some(id) = own.and_then(|own| own.merged_perspective(&digest.perspectives[i].id)) {
            digest.perspectives[i].id = resolve(id, &digest.perspectives).to_owned();
        }
    }
    let merged: Vec<usize> = digest.perspectives.iter().filter_map(|p| first(digest, &p.id)).collect();
    digest
        .bullets
        .iter_mut()
        .for_each(|bullet| bullet.perspective = bullet.perspective.map(|perspective| merged[perspective]));
    merged
}

/// Resolves an id in any case and Unicode form to the id of a perspective; returns it unchanged where unknown.
fn resolve<'a>(id: &'a str, perspectives: &'a [Perspective]) -> &'a str {
    let matches = |other: &&Perspective| other.id == id || fold(&other.id) == fold(id);
    perspectives.iter().find(matches).map_or(id, |perspective| &perspective.id)
}

fn first(digest: &Digest, id: &str) -> Option<usize> {
    digest.perspectives.iter().position(|p| p.id == id)
}

/// Returns the perspective configured for each title's locale.
pub fn perspectives(
    digest: &Digest,
    own: Option<&TopicConventions>,
    warnings: &mut Vec<(Subject, Warning)>,
) -> Vec<Option<usize>> {
    let Some(own) = own else { return vec![None; digest.titles.len()] };
    let mut unknown = BTreeSet::new();
    let mut perspectives = Vec::with_capacity(digest.titles.len());
    for title in &digest.titles {
        let id = title.locale.as_ref().and_then(|locale| own.locale_perspective(locale));
        let perspective = id.and_then(|id| first(digest, resolve(id, &digest.perspectives)));
        unknown.extend(id.filter(|_| perspective.is_none()));
        perspectives.push(perspective);
    }
    for id in unknown {
        warnings.push(
            Subject::Settings.file(format!(
                "digest-search.yaml assigns a locale to the perspective `{id}`, which this digest lacks"
            )),
        );
    }
    perspectives
}
