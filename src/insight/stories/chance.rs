//! Stories that one side of a topic has no title of, and whether chance would hardly leave it without.
//!
//! Which perspectives have a story is decided by sources: each either has it or not, and a source that is on one perspective is always
//! on it. So the sources of a story are what is drawn, each once however often it comes back to the story, from all that
//! the digests took in. Of these a source with more titles has more chances; how many more nobody knows. Two guesses
//! bound it: that titles make no difference (sources are drawn) and that each is as good a chance (titles are drawn,
//! one for each source of the story). A gap must be one by both, so the greater probability counts: drawing sources alone
//! makes gaps of perspectives with many small ones, drawing titles alone of perspectives with a few large ones.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::titles::{Title, Titled, Titles};
use crate::statistics::hypergeometric_none;

/// The titles of a story.
pub type Members<'a> = [&'a Title];

/// Stories of fewer sources say too little.
pub const MIN_SOURCES: usize = 5;

/// A story of one source alone is no gap of others.
pub const MIN_OTHERS: usize = 2;

/// The titles of a topic in a language, as digests took them in.
pub struct Digests<'a> {
    pub titles: &'a Titles,
    pub titled: &'a Titled,
}

/// The chance that a perspective had to have a story: what the digests in which it stands took in where they have the perspective.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chance {
    /// The number of digests.
    pub digests: usize,
    /// The number of sources with the story; those with the same words as another do not count.
    pub carrying: usize,
    /// The numbers of sources in all, and of the perspective.
    pub sources: (usize, usize),
    /// The numbers of titles in all, and of the perspective.
    pub titles: (usize, usize),
}

/// The relation of a perspective to a story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// It was not sampled where the story stands, not in its language alone, or may have it: some titles' perspectives are open.
    Unknown,
    /// It has none of it, but there is too little of it to tell that from chance.
    TooFew,
    /// The chance that it had, and the probability of having no title; none if it has one.
    Tested(Chance, Option<f64>),
}

impl Digests<'_> {
    /// The relation of a perspective to a story.
    pub fn standing(&self, story: &Members<'_>, perspective: u32) -> Standing {
        let sources: BTreeSet<u32> = story.iter().map(|title| self.titles.source(title.entries[0])).collect();
        if sources.len() < MIN_OTHERS {
            return Standing::Unknown;
        }
        let perspectives =
            || story.iter().flat_map(|title| &title.entries).map(|entry| self.titles.perspective(*entry));
        let has = perspectives().any(|of| of == Some(perspective));
        let chance = self.chance(story, perspective);
        if chance.digests == 0 || !has && perspectives().any(|of| of.is_none()) {
            return Standing::Unknown;
        }
        match (has, chance.carrying < MIN_SOURCES) {
            (false, true) => Standing::TooFew,
            (true, true) => Standing::Unknown,
            (has, false) => Standing::Tested(chance, (!has).then(|| chance.of_silence())),
        }
    }

    /// Returns the number of sources of a perspective sampled in the digests of a story.
    pub fn sampled(&self, story: &Members<'_>, perspective: u32) -> usize {
        let entries = self.days(story).into_iter().flat_map(|day| self.entries(day));
        let sources = entries
            .filter(|entry| self.titles.perspective(*entry) == Some(perspective))
            .map(|entry| self.titles.source(entry));
        sources.collect::<BTreeSet<u32>>().len()
    }

    /// The days of the digests in which a story stands.
    fn days(&self, story: &Members<'_>) -> BTreeSet<NaiveDate> {
        story.iter().flat_map(|title| &title.entries).map(|entry| self.titles.digest(*entry)).collect()
    }

    /// The entries of a digest.
    fn entries(&self, day: NaiveDate) -> impl Iterator<Item = usize> {
        self.titled.digests.get(&day).into_iter().flatten().copied()
    }

    /// The chance that a perspective had to have a story.
    pub fn chance(&self, story: &Members<'_>, perspective: u32) -> Chance {
        let titles = self.titles;
        let mut days = self.days(story);
        let is_known =
            |entry| titles.perspective(entry) == Some(perspective) && titles.is_one_language(perspective, entry);
        days.retain(|day| self.entries(*day).any(is_known));
        let (mut sources, mut articles) = (BTreeSet::new(), BTreeSet::new());
        for entry in days.iter().flat_map(|day| self.entries(*day)) {
            let Some(of) = titles.perspective(entry) else { continue };
            sources.insert((of, titles.source(entry)));
            articles.insert((of, titles.sample.copies[entry]));
        }
        let (mut carrying, mut wordings) = (BTreeSet::new(), BTreeSet::new());
        for title in story {
            for entry in title.entries.iter().filter(|entry| days.contains(&titles.digest(**entry))) {
                let Some(of) = titles.perspective(*entry) else { continue };
                carrying.insert((of, titles.source(*entry)));
                wordings.insert(title.wording);
            }
        }
        let of_perspective = |all: usize, perspectives: &mut dyn Iterator<Item = u32>| {
            (all, perspectives.filter(|of| *of == perspective).count())
        };
        Chance {
            digests: days.len(),
            carrying: carrying.len().min(wordings.len()),
            sources: of_perspective(sources.len(), &mut sources.iter().map(|source| source.0)),
            titles: of_perspective(articles.len(), &mut articles.iter().map(|article| article.0)),
        }
    }
}

impl Chance {
    /// Returns the probability that the perspective has no title of it.
    fn of_silence(&self) -> f64 {
        let none = |(all, of_perspective): (usize, usize)| hypergeometric_none(all, of_perspective, self.carrying);
        none(self.sources).max(none(self.titles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C(10, 5) / C(12, 5) and C(10, 5) / C(20, 5).
    #[test]
    fn neither_a_few_large_sources_nor_many_small_ones_make_gaps() {
        let silence = |sources, titles| Chance { digests: 1, carrying: 5, sources, titles }.of_silence();
        let close = |p: f64, expected: f64| assert!((p - expected).abs() < 1e-12, "{p}");
        close(silence((12, 2), (20, 10)), 252.0 / 792.0);
        close(silence((15, 10), (20, 10)), 252.0 / 15504.0);
        close(silence((20, 10), (20, 10)), 252.0 / 15504.0);
    }
}
