//! Stories that one side of a topic has no title of, and whether chance would hardly leave it without.
//!
//! Which sides have a story is decided by outlets: each either has it or not, and an outlet that is on one side is always
//! on it. So the outlets of a story are what is drawn, each once however often it comes back to the story, from all that
//! the digests took in. Of these an outlet with more titles has more chances; how many more nobody knows. Two guesses
//! bound it: that titles make no difference (outlets are drawn) and that each is as good a chance (titles are drawn,
//! one for each outlet of the story). A gap must be one by both, so the greater probability counts: drawing outlets alone
//! makes gaps of sides with many small ones, drawing titles alone of sides with a few large ones.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use super::titles::{Title, Titled, Titles};
use crate::statistics::hypergeometric_none;

/// The titles of a story.
pub type Members<'a> = [&'a Title];

/// Stories of fewer outlets say too little.
pub const MIN_OUTLETS: usize = 5;

/// A story of one outlet alone is no gap of others.
pub const MIN_OTHERS: usize = 2;

/// The titles of a topic in a language, as digests took them in.
pub struct Digests<'a> {
    pub titles: &'a Titles,
    pub titled: &'a Titled,
}

/// The chance that a side had to have a story: what the digests in which it stands took in where they have the side.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Chance {
    /// How many digests these are.
    pub digests: usize,
    /// How many outlets have the story; those with the same words as another do not count.
    pub carrying: usize,
    /// How many outlets there are, and how many of these are the side's.
    pub outlets: (usize, usize),
    /// How many titles, likewise.
    pub titles: (usize, usize),
}

/// How a side stands to a story.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Standing {
    /// It was not sampled where the story stands, not in its language alone, or may have it: some titles' sides are open.
    Unknown,
    /// It has none of it, but there is too little of it to tell that from chance.
    TooFew,
    /// It can be told: it has some of it, or chance would leave it without so often.
    Told(Chance, Option<f64>),
}

impl Digests<'_> {
    /// How a side stands to a story.
    pub fn standing(&self, story: &Members<'_>, side: u32) -> Standing {
        let outlets: BTreeSet<u32> = story.iter().map(|title| self.titles.source(title.units[0])).collect();
        if outlets.len() < MIN_OTHERS {
            return Standing::Unknown;
        }
        let sides = || story.iter().flat_map(|title| &title.units).map(|unit| self.titles.side(*unit));
        let has = sides().any(|of| of == Some(side));
        let chance = self.chance(story, side);
        if chance.digests == 0 || !has && sides().any(|of| of.is_none()) {
            return Standing::Unknown;
        }
        match (has, chance.carrying < MIN_OUTLETS) {
            (false, true) => Standing::TooFew,
            (true, true) => Standing::Unknown,
            (has, false) => Standing::Told(chance, (!has).then(|| chance.of_silence())),
        }
    }

    /// How many outlets of a side the digests in which a story stands took in.
    pub fn sampled(&self, story: &Members<'_>, side: u32) -> usize {
        let units = self.days(story).into_iter().flat_map(|day| self.units(day));
        let outlets = units.filter(|unit| self.titles.side(*unit) == Some(side)).map(|unit| self.titles.source(unit));
        outlets.collect::<BTreeSet<u32>>().len()
    }

    /// The days of the digests in which a story stands.
    fn days(&self, story: &Members<'_>) -> BTreeSet<NaiveDate> {
        story.iter().flat_map(|title| &title.units).map(|unit| self.titles.digest(*unit)).collect()
    }

    /// The units of a digest.
    fn units(&self, day: NaiveDate) -> impl Iterator<Item = usize> {
        self.titled.digests.get(&day).into_iter().flatten().copied()
    }

    /// The chance that a side had to have a story.
    pub fn chance(&self, story: &Members<'_>, side: u32) -> Chance {
        let titles = self.titles;
        let mut days = self.days(story);
        let is_told = |unit| titles.side(unit) == Some(side) && titles.is_one_language(side, unit);
        days.retain(|day| self.units(*day).any(is_told));
        let (mut outlets, mut articles) = (BTreeSet::new(), BTreeSet::new());
        for unit in days.iter().flat_map(|day| self.units(*day)) {
            let Some(of) = titles.side(unit) else { continue };
            outlets.insert((of, titles.source(unit)));
            articles.insert((of, titles.sample.copies[unit]));
        }
        let (mut carrying, mut wordings) = (BTreeSet::new(), BTreeSet::new());
        for title in story {
            for unit in title.units.iter().filter(|unit| days.contains(&titles.digest(**unit))) {
                let Some(of) = titles.side(*unit) else { continue };
                carrying.insert((of, titles.source(*unit)));
                wordings.insert(title.wording);
            }
        }
        let of_side = |all: usize, sides: &mut dyn Iterator<Item = u32>| (all, sides.filter(|of| *of == side).count());
        Chance {
            digests: days.len(),
            carrying: carrying.len().min(wordings.len()),
            outlets: of_side(outlets.len(), &mut outlets.iter().map(|outlet| outlet.0)),
            titles: of_side(articles.len(), &mut articles.iter().map(|article| article.0)),
        }
    }
}

impl Chance {
    /// How probable it is that the side has none of it.
    fn of_silence(&self) -> f64 {
        let none = |(all, of_side): (usize, usize)| hypergeometric_none(all, of_side, self.carrying);
        none(self.outlets).max(none(self.titles))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// C(10, 5) / C(12, 5) and C(10, 5) / C(20, 5).
    #[test]
    fn neither_a_few_large_outlets_nor_many_small_ones_make_gaps() {
        let silence = |outlets, titles| Chance { digests: 1, carrying: 5, outlets, titles }.of_silence();
        let close = |p: f64, expected: f64| assert!((p - expected).abs() < 1e-12, "{p}");
        close(silence((12, 2), (20, 10)), 252.0 / 792.0);
        close(silence((15, 10), (20, 10)), 252.0 / 15504.0);
        close(silence((20, 10), (20, 10)), 252.0 / 15504.0);
    }
}
