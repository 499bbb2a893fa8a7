//! Evidence from the locales of source lines.

use std::collections::BTreeSet;

use super::region;
use crate::digest::Title;

/// Maximum number of assignments of locales to perspectives that are tried. Real digests have four.
const MAX_ASSIGNMENTS: usize = 10_000;

/// Result of assigning locales to perspectives.
#[derive(Debug, PartialEq, Eq)]
pub enum LocaleMatch {
    /// Perspective of each line.
    Perspectives(Vec<usize>),
    /// The only assignment that adds up contradicts the region of a locale.
    Contradicts,
    Unknown,
}

/// Assigns source lines to perspectives by locale, if exactly one assignment adds up to the counts. Of several, as with
/// ten lines each, regions that name a perspective decide. `labels` are the texts that name each perspective.
pub fn assign(titles: &[Title], counts: &[usize], labels: &[Vec<String>]) -> LocaleMatch {
    let Some(locales) = titles.iter().map(|t| t.locale.as_deref()).collect::<Option<Vec<&str>>>() else {
        return LocaleMatch::Unknown;
    };
    let distinct: Vec<&str> = BTreeSet::from_iter(locales.iter().copied()).into_iter().collect();
    let ways: usize = distinct.iter().try_fold(1usize, |n, _| n.checked_mul(counts.len())).unwrap_or(usize::MAX);
    if ways > MAX_ASSIGNMENTS {
        return LocaleMatch::Unknown;
    }
    let lines: Vec<usize> = distinct.iter().map(|l| locales.iter().filter(|x| *x == l).count()).collect();
    let adds_up = |assignment: &Vec<usize>| {
        let mut totals = vec![0; counts.len()];
        assignment.iter().zip(&lines).for_each(|(&perspective, n)| totals[perspective] += n);
        totals == counts
    };
    let fitting: Vec<Vec<usize>> =
        (0..ways).map(|way| digits(way, counts.len(), distinct.len())).filter(adds_up).collect();
    let named: Vec<Option<usize>> = distinct.iter().map(|locale| region::perspective_of(locale, labels)).collect();
    let agrees = |assignment: &&Vec<usize>| {
        assignment.iter().zip(&named).all(|(perspective, named)| named.is_none_or(|n| n == *perspective))
    };
    let agreeing: Vec<&Vec<usize>> = fitting.iter().filter(agrees).collect();
    let chosen = match (&fitting[..], &agreeing[..]) {
        // A single locale is no evidence: all feeds may use it.
        ([one], []) if distinct.len() == 1 => one,
        ([_], []) => return LocaleMatch::Contradicts,
        (_, [one]) => *one,
        _ => return LocaleMatch::Unknown,
    };
    let perspective_of = |locale: &&str| distinct.binary_search(locale).ok().map(|i| chosen[i]);
    locales.iter().map(perspective_of).collect::<Option<_>>().map_or(LocaleMatch::Unknown, LocaleMatch::Perspectives)
}

/// Returns the digits of a number in a base, least significant first. Each number encodes an assignment.
fn digits(mut number: usize, base: usize, len: usize) -> Vec<usize> {
    let next = || {
        let digit = number % base;
        number /= base;
        digit
    };
    std::iter::repeat_with(next).take(len).collect()
}

/// Locales of a list and the perspectives that their regions name.
pub struct Locales<'a> {
    distinct: Vec<&'a str>,
    /// Index of the locale of each line.
    by_line: Vec<Option<usize>>,
    named: Vec<Option<usize>>,
}

/// Agreement of the locales with an order of the list.
pub struct Fit {
    /// True if the main locale of a perspective names another perspective.
    pub is_crossed: bool,
    /// True if the locale of each line belongs to another perspective.
    pub strays: Vec<bool>,
}

impl<'a> Locales<'a> {
    pub fn new(titles: &'a [Title], labels: &[Vec<String>]) -> Self {
        let distinct = BTreeSet::from_iter(titles.iter().filter_map(|t| t.locale.as_deref()));
        let distinct: Vec<&str> = distinct.into_iter().collect();
        let index = |title: &Title| distinct.binary_search(&title.locale.as_deref()?).ok();
        let by_line = titles.iter().map(index).collect();
        // A single locale is no evidence.
        let informative = if distinct.len() > 1 { &distinct[..] } else { &[] };
        let named = informative.iter().map(|locale| region::perspective_of(locale, labels)).collect();
        Self { distinct, by_line, named }
    }

    /// Compares the locales with an order. The main locale of a perspective is the one of most of its lines, unless
    /// that of another perspective is the same. Main locales count only where at least two perspectives have one.
    pub fn fit(&self, order: &[usize], perspectives: usize) -> Fit {
        let mut fit = Fit { is_crossed: false, strays: vec![false; order.len()] };
        if self.distinct.len() < 2 || perspectives == 0 || self.distinct.len() * perspectives > MAX_ASSIGNMENTS {
            return fit;
        }
        let mut lines = vec![0; perspectives];
        let mut table = vec![0; self.distinct.len() * perspectives];
        for (locale, &perspective) in self.by_line.iter().zip(order) {
            lines[perspective] += 1;
            table[perspective * self.distinct.len() + locale.unwrap_or_default()] += usize::from(locale.is_some());
        }
        let row = |perspective: usize| &table[perspective * self.distinct.len()..][..self.distinct.len()];
        let most = |perspective: usize| row(perspective).iter().position(|n| 2 * n > lines[perspective]);
        let mut home: Vec<Option<usize>> = vec![None; self.distinct.len()];
        let mut is_shared = vec![false; self.distinct.len()];
        for (perspective, locale) in (0..perspectives).filter_map(|perspective| Some((perspective, most(perspective)?)))
        {
            is_shared[locale] |= home[locale].replace(perspective).is_some();
        }
        home.iter_mut().zip(&is_shared).filter(|(_, is_shared)| **is_shared).for_each(|(home, _)| *home = None);
        let homes = home.iter().flatten().count();
        let is_other = |a: Option<usize>, b: usize| a.is_some_and(|a| a != b);
        fit.is_crossed = homes > 1
            && home.iter().zip(&self.named).any(|(home, named)| home.is_some_and(|home| is_other(*named, home)));
        for (at, (locale, &perspective)) in self.by_line.iter().zip(order).enumerate() {
            let Some(locale) = *locale else { continue };
            let has_own = home.contains(&Some(perspective));
            let is_of_another = homes > 1 && has_own && is_other(home[locale], perspective);
            // A perspective with a single locale has one feed, so the region of that locale does not matter.
            let mut others = (0..self.distinct.len()).filter(|l| *l != locale && row(perspective)[*l] > 0);
            let is_named_other =
                is_other(self.named[locale], perspective) && others.any(|l| self.named[l] != self.named[locale]);
            fit.strays[at] = is_of_another || is_named_other;
        }
        fit
    }
}
