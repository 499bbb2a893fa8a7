//! Answers which stories a perspective has nothing of.

use std::collections::BTreeSet;

use super::chance::{Digests, Standing};
use super::select::{Grouped, Place};
use super::told::{perspectives, told, writes};
use super::{Chance, Gap, GapList};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Named;
use crate::statistics::benjamini_hochberg;

/// Where nothing is a gap, so many that come nearest are given.
const NEAREST: usize = 3;

/// How many gaps there are, and those of them that are given.
pub fn gaps(grouped: &Grouped, q: f64, limit: Option<usize>, reader: &Reader) -> Result<(usize, GapList), Error> {
    let matching: BTreeSet<Place> = grouped.matching().into_iter().collect();
    let mut list =
        GapList { gaps: Vec::new(), nearest: Vec::new(), q, tested: 0, too_few: 0, not_comparable: Vec::new() };
    let mut silent: Vec<Silent> = Vec::new();
    let topics: BTreeSet<&str> = grouped.titles.groups.iter().map(|titled| titled.topic.as_str()).collect();
    for topic in topics {
        silent.extend(in_topic(topic, grouped, reader.catalog(), &mut list));
    }
    silent.retain(|silent| matching.contains(&silent.place));
    silent.sort_by(|a, b| {
        a.p.total_cmp(&b.p).then_with(|| (a.place, &a.perspective.id).cmp(&(b.place, &b.perspective.id)))
    });
    let total = silent.iter().filter(|silent| silent.q <= q).count();
    let most = if total > 0 { total } else { NEAREST };
    silent.truncate(most.min(limit.unwrap_or(most)));
    let gap = |Silent { place, perspective, chance, p, q }| -> Result<Gap, Error> {
        Ok(Gap { story: told(grouped, place, reader)?, perspective, chance, p, q })
    };
    let gaps = silent.into_iter().map(gap).collect::<Result<Vec<Gap>, Error>>()?;
    (list.gaps, list.nearest) = if total > 0 { (gaps, Vec::new()) } else { (Vec::new(), gaps) };
    Ok((total, list))
}

/// A perspective without a title of a story.
struct Silent {
    place: Place,
    perspective: Named,
    chance: Chance,
    p: f64,
    q: f64,
}

/// The perspectives of a topic without a title of a story. How many accidents there are is told of the whole topic, whatever is
/// asked for.
fn in_topic(topic: &str, grouped: &Grouped, catalog: &Catalog, list: &mut GapList) -> Vec<Silent> {
    let mut silent = Vec::new();
    let mut all = Vec::new();
    let groups = grouped.titles.groups.iter().enumerate().filter(|(_, titled)| titled.topic == topic);
    for (group, titled) in groups {
        let digests = Digests { titles: &grouped.titles, titled };
        for perspective in perspectives(topic, catalog) {
            let code = grouped.titles.perspective_code(&perspective.id);
            let Some(code) = code.filter(|code| writes(titled, *code, grouped)) else {
                // Of languages in which nothing was found nobody asked.
                if (0..grouped.stories[group].groups.len())
                    .any(|story| grouped.members((group, story)).iter().any(|title| grouped.matches(title)))
                {
                    list.not_comparable.push((topic.to_owned(), perspective, titled.lang.clone()));
                }
                continue;
            };
            for story in 0..grouped.stories[group].groups.len() {
                match digests.standing(&grouped.members((group, story)), code) {
                    Standing::Unknown => {}
                    Standing::TooFew => list.too_few += 1,
                    Standing::Told(_, None) => all.push(1.0),
                    Standing::Told(chance, Some(p)) => {
                        silent.push((all.len(), (group, story), perspective.clone(), chance));
                        all.push(p);
                    }
                }
            }
        }
    }
    list.tested += all.len();
    let q = benjamini_hochberg(&all);
    let silent = silent.into_iter();
    silent.map(|(at, place, perspective, chance)| Silent { place, perspective, chance, p: all[at], q: q[at] }).collect()
}
