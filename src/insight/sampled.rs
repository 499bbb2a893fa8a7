//! What was sampled in the same place, and the share of it that was found.

use std::collections::BTreeMap;

use super::cells::Cell;
use super::share::Share;
use crate::query::{Dimension, FacetField, Key};

/// What samples are counted by beside the fields asked for: the language, and what tells one digest from another.
pub const SAMPLE: [Dimension; 3] =
    [Dimension::Facet(FacetField::Lang), Dimension::Facet(FacetField::Topic), Dimension::DigestDate];

/// A sample, and the share of it that was found.
#[derive(Debug, Clone, PartialEq)]
pub struct Sampled {
    /// How many units were sampled.
    pub units: usize,
    /// The share; none of nothing.
    pub share: Option<Share>,
    /// How many were found in each language, and how many were sampled; none is that of units of no known one.
    pub langs: BTreeMap<Option<String>, (usize, usize)>,
}

impl Sampled {
    pub(super) fn of(found: Option<&Cell>, sampled: Option<&Cell>) -> Self {
        let mut digests: BTreeMap<&[Key], (usize, usize)> = BTreeMap::new();
        let mut langs: BTreeMap<Option<String>, (usize, usize)> = BTreeMap::new();
        for (key, units) in sampled.into_iter().flat_map(|cell| &cell.0) {
            let found = found.and_then(|cell| cell.0.get(key)).copied().unwrap_or_default();
            let [lang, digest @ ..] = &key[..] else { continue };
            let lang = langs.entry(lang.clone().into_value()).or_default();
            let digest = digests.entry(digest).or_default();
            for (all_found, all_sampled) in [lang, digest] {
                *all_found += found;
                *all_sampled += units;
            }
        }
        let units = digests.values().map(|(_, sampled)| sampled).sum();
        Self { units, share: Share::of(digests.values().copied()), langs }
    }

    /// The one of several known languages in which anything was found: sides that write in different ones can't be
    /// compared by such words.
    pub fn only_lang(&self) -> Option<&str> {
        let known = || self.langs.iter().filter_map(|(lang, (found, _))| Some((lang.as_deref()?, *found)));
        let mut with = known().filter(|(_, found)| *found > 0);
        match (with.next(), with.next()) {
            (Some((lang, _)), None) if known().count() > 1 => Some(lang),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(units: &[(&str, &str, usize)]) -> Cell {
        let key = |lang: &str, topic: &str| [lang, topic, "day"].map(|value| Key::Value(value.to_owned())).to_vec();
        Cell(units.iter().map(|(lang, topic, units)| (key(lang, topic), *units)).collect())
    }

    #[test]
    fn languages_of_a_digest_are_one_sample() {
        let found = cell(&[("en", "a", 5)]);
        let sampled = Sampled::of(Some(&found), Some(&cell(&[("en", "a", 5), ("es", "a", 5), ("en", "b", 10)])));
        let apart = Share::of([(5, 10), (0, 10)].into_iter());
        assert_eq!((sampled.units, sampled.share), (20, apart));
        assert_eq!(sampled.langs, [(Some("en".to_owned()), (5, 15)), (Some("es".to_owned()), (0, 5))].into());
        assert_eq!(sampled.only_lang(), Some("en"));
        assert_eq!(Sampled::of(None, None), Sampled { units: 0, share: None, langs: BTreeMap::new() });
    }
}
