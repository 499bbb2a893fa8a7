//! The most similar title of a perspective without a title in a story. It may report the story in other words.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::Nearest;
use super::select::{Grouped, Place};
use super::titles::Title;
use crate::insight::Error;
use crate::planning::Reader;

/// Less likeness says nothing: titles of any two events of a topic have as much. Of 34 nearest titles in three topics of real
/// digests that are at least as much alike, about half are about the event or running story; of 15 below, one or two.
const LEAST: f64 = 0.2;

/// Returns the title of a perspective, by its id, that is most like one of a story, among those in the digests of the story.
pub fn nearest(
    (group, story): Place,
    perspective: &str,
    grouped: &Grouped,
    reader: &Reader,
) -> Result<Option<Nearest>, Error> {
    let titles = &grouped.titles;
    let similarity = &grouped.stories[group].similarity;
    let members = grouped.members((group, story));
    let Some(code) = titles.perspective_code(perspective) else { return Ok(None) };
    let days: BTreeSet<NaiveDate> =
        members.iter().flat_map(|title| &title.entries).map(|entry| titles.digest(*entry)).collect();
    let wordings: BTreeSet<usize> = members.iter().map(|title| title.wording).collect();
    let likeness = |title: &Title| {
        let cosines = wordings.iter().map(|wording| similarity.cosine(*wording, title.wording));
        cosines.fold(0.0, f64::max)
    };
    let in_digests = |title: &Title| {
        let is_there =
            |entry: &&usize| titles.perspective(**entry) == Some(code) && days.contains(&titles.digest(**entry));
        title.entries.iter().find(is_there).copied()
    };
    let found = titles.groups[group].titles.iter().filter_map(|title| Some((in_digests(title)?, likeness(title))));
    // Of several as near, the first.
    let best = found.rev().max_by(|a, b| a.1.total_cmp(&b.1)).filter(|(_, likeness)| *likeness >= LEAST);
    let Some((entry, likeness)) = best else { return Ok(None) };
    let entry = reader.entries(&[titles.sample.entries[entry]])?.into_iter().next();
    Ok(entry.map(|entry| Nearest { entry, likeness }))
}
