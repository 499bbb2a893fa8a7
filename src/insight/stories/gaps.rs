//! Answers which stories a perspective has nothing of.

use std::collections::BTreeSet;

use super::chance::{Digests, Standing};
use super::coverage::{Shown, perspectives};
use super::select::{Grouped, Place};
use super::story::{story, writes};
use super::{Chance, Gap, GapList, Power};
use crate::backend::Catalog;
use crate::insight::Error;
use crate::planning::Reader;
use crate::query::Named;
use crate::statistics::benjamini_hochberg;

/// Where nothing is a gap, so many that come nearest are given.
const NEAREST: usize = 3;

/// Returns the number of gaps, and those to show. Takes the ids of perspectives that must have no title; any without them.
pub fn gaps(
    grouped: &Grouped,
    q: f64,
    missing: Option<&BTreeSet<String>>,
    limit: Option<usize>,
    reader: &Reader,
) -> Result<(usize, GapList), Error> {
    let matching: BTreeSet<Place> = grouped.matching().into_iter().collect();
    let Tests { mut silent, tested, too_few, not_comparable, power } = Tests::of(grouped, q, reader.catalog());
    let is_missing = |silent: &Silent| missing.is_none_or(|ids| ids.contains(&silent.perspective.id));
    silent.retain(|silent| matching.contains(&silent.place) && is_missing(silent));
    silent.sort_by(|a, b| {
        a.p.total_cmp(&b.p).then_with(|| (a.place, &a.perspective.id).cmp(&(b.place, &b.perspective.id)))
    });
    let total = silent.iter().filter(|silent| silent.q <= q).count();
    let most = if total > 0 { total } else { NEAREST };
    silent.truncate(most.min(limit.unwrap_or(most)));
    let gap = |Silent { place, perspective, chance, p, q }| -> Result<Gap, Error> {
        Ok(Gap { story: story(grouped, place, &Shown::default(), reader)?, perspective, chance, p, q })
    };
    let found = silent.into_iter().map(gap).collect::<Result<Vec<Gap>, Error>>()?;
    let (gaps, nearest) = if total > 0 { (found, Vec::new()) } else { (Vec::new(), found) };
    Ok((total, GapList { gaps, nearest, q, tested, too_few, power, not_comparable }))
}

/// The tests of all pairs of a story and a perspective of some topics, whatever matches.
pub struct Tests {
    /// The pairs in which the perspective has no title.
    pub silent: Vec<Silent>,
    /// The number of tested pairs, and of those whose story has too few sources.
    pub tested: usize,
    pub too_few: usize,
    /// The topics, perspectives and languages that cannot be compared.
    pub not_comparable: Vec<(String, Named, String)>,
    pub power: Power,
}

impl Tests {
    /// The gaps among them.
    pub fn shown(self) -> Shown {
        let gaps = self.silent.into_iter().filter(|silent| silent.q <= self.power.q);
        Shown::of(gaps.map(|silent| (silent.place, silent.perspective.id, silent.p, silent.q)))
    }

    /// Tests the pairs of all topics, each topic by itself.
    pub fn of(grouped: &Grouped, q: f64, catalog: &Catalog) -> Self {
        let power = Power { q, can_show: false, most_sources: 0, most_carrying: 0 };
        let mut tests = Self { silent: Vec::new(), tested: 0, too_few: 0, not_comparable: Vec::new(), power };
        let topics: BTreeSet<&str> = grouped.titles.groups.iter().map(|titled| titled.topic.as_str()).collect();
        for topic in topics {
            let silent = in_topic(topic, grouped, catalog, &mut tests);
            tests.silent.extend(silent);
        }
        tests
    }
}

/// A perspective without a title of a story.
pub struct Silent {
    pub place: Place,
    pub perspective: Named,
    pub chance: Chance,
    pub p: f64,
    pub q: f64,
}

/// Tests the pairs of a topic, and returns those in which the perspective has no title. The false discovery rate is that of the
/// whole topic, whatever the query.
fn in_topic(topic: &str, grouped: &Grouped, catalog: &Catalog, tests: &mut Tests) -> Vec<Silent> {
    let mut silent = Vec::new();
    let mut all = Vec::new();
    // What the p-value of each would be without the perspective's titles.
    let mut least = Vec::new();
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
                    tests.not_comparable.push((topic.to_owned(), perspective, titled.lang.clone()));
                }
                continue;
            };
            for story in 0..grouped.stories[group].groups.len() {
                match digests.standing(&grouped.members((group, story)), code) {
                    Standing::Unknown => {}
                    Standing::TooFew => tests.too_few += 1,
                    Standing::Tested(chance, p) => {
                        let without = grouped.members((group, story)).into_iter().filter(|title| {
                            let mut of = title.entries.iter().map(|entry| grouped.titles.perspective(*entry));
                            of.all(|of| of != Some(code))
                        });
                        if let Standing::Tested(chance, Some(p)) = digests.standing(&without.collect::<Vec<_>>(), code)
                        {
                            least.push(p);
                            tests.power.most_sources = tests.power.most_sources.max(chance.sources.1);
                            tests.power.most_carrying = tests.power.most_carrying.max(chance.carrying);
                        }
                        if p.is_some() {
                            silent.push((all.len(), (group, story), perspective.clone(), chance));
                        }
                        all.push(p.unwrap_or(1.0));
                    }
                }
            }
        }
    }
    tests.tested += all.len();
    let would_pass = |p: &f64| {
        // Its rank, all others as they are.
        let rank = 1 + all.iter().filter(|other| **other < *p).count();
        p * all.len() as f64 / rank as f64 <= tests.power.q
    };
    tests.power.can_show |= least.iter().any(would_pass);
    let q = benjamini_hochberg(&all);
    let silent = silent.into_iter();
    silent.map(|(at, place, perspective, chance)| Silent { place, perspective, chance, p: all[at], q: q[at] }).collect()
}
