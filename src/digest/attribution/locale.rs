//! What the locales of the source lines say about whose they are.

use std::collections::BTreeSet;

use super::region;
use crate::digest::Title;

/// More assignments of locales to perspectives than this are not tried; real digests have four.
const MAX_ASSIGNMENTS: usize = 10_000;

/// What the locales say.
#[derive(Debug, PartialEq, Eq)]
pub enum Located {
    /// The perspective of each line.
    Perspectives(Vec<usize>),
    /// The one assignment that adds up gives a locale to another perspective than the one that its region names.
    Contradicts,
    Unknown,
}

/// The perspective of each source line by its locale, where the lines of each locale add up to the perspectives'
/// counts in one way only. Where they do in several, as with ten lines a perspective, a locale whose region names one perspective
/// decides. `called` are the texts that name each perspective.
pub fn adding_up(titles: &[Title], counts: &[usize], called: &[Vec<String>]) -> Located {
    let Some(locales) = titles.iter().map(|t| t.locale.as_deref()).collect::<Option<Vec<&str>>>() else {
        return Located::Unknown;
    };
    let distinct: Vec<&str> = BTreeSet::from_iter(locales.iter().copied()).into_iter().collect();
    let ways: usize = distinct.iter().try_fold(1usize, |n, _| n.checked_mul(counts.len())).unwrap_or(usize::MAX);
    if ways > MAX_ASSIGNMENTS {
        return Located::Unknown;
    }
    let lines: Vec<usize> = distinct.iter().map(|l| locales.iter().filter(|x| *x == l).count()).collect();
    let adds_up = |assignment: &Vec<usize>| {
        let mut sums = vec![0; counts.len()];
        assignment.iter().zip(&lines).for_each(|(&perspective, n)| sums[perspective] += n);
        sums == counts
    };
    let fitting: Vec<Vec<usize>> =
        (0..ways).map(|way| digits(way, counts.len(), distinct.len())).filter(adds_up).collect();
    let named: Vec<Option<usize>> = distinct.iter().map(|locale| region::perspective_of(locale, called)).collect();
    let agrees = |assignment: &&Vec<usize>| {
        assignment.iter().zip(&named).all(|(perspective, named)| named.is_none_or(|n| n == *perspective))
    };
    let agreeing: Vec<&Vec<usize>> = fitting.iter().filter(agrees).collect();
    let chosen = match (&fitting[..], &agreeing[..]) {
        // One locale alone says nothing: a feed may have the same for all.
        ([one], []) if distinct.len() == 1 => one,
        ([_], []) => return Located::Contradicts,
        (_, [one]) => *one,
        _ => return Located::Unknown,
    };
    let perspective_of = |locale: &&str| distinct.binary_search(locale).ok().map(|i| chosen[i]);
    locales.iter().map(perspective_of).collect::<Option<_>>().map_or(Located::Unknown, Located::Perspectives)
}

/// A number's digits in a base, the last first: each number is one assignment.
fn digits(mut number: usize, base: usize, len: usize) -> Vec<usize> {
    let next = || {
        let digit = number % base;
        number /= base;
        digit
    };
    std::iter::repeat_with(next).take(len).collect()
}

/// The locales of a list and which perspectives their regions name.
pub struct Locales<'a> {
    distinct: Vec<&'a str>,
    /// Of each line.
    of: Vec<Option<usize>>,
    named: Vec<Option<usize>>,
}

/// How the locales fit an order of the list.
pub struct Fit {
    /// Whether a locale that is a perspective's own names another.
    pub is_crossed: bool,
    /// Lines whose locale is another perspective's.
    pub strays: Vec<bool>,
}

impl<'a> Locales<'a> {
    pub fn new(titles: &'a [Title], called: &[Vec<String>]) -> Self {
        let distinct = BTreeSet::from_iter(titles.iter().filter_map(|t| t.locale.as_deref()));
        let distinct: Vec<&str> = distinct.into_iter().collect();
        let index = |title: &Title| distinct.binary_search(&title.locale.as_deref()?).ok();
        let of = titles.iter().map(index).collect();
        // One locale alone says nothing.
        let telling = if distinct.len() > 1 { &distinct[..] } else { &[] };
        let named = telling.iter().map(|locale| region::perspective_of(locale, called)).collect();
        Self { distinct, of, named }
    }

    /// Says how the locales fit an order. A locale is a perspective's own where most of its lines have it and no other
    /// perspective's have; they tell something where two perspectives have their own.
    pub fn fit(&self, order: &[usize], perspectives: usize) -> Fit {
        let mut fit = Fit { is_crossed: false, strays: vec![false; order.len()] };
        if self.distinct.len() < 2 || perspectives == 0 || self.distinct.len() * perspectives > MAX_ASSIGNMENTS {
            return fit;
        }
        let mut lines = vec![0; perspectives];
        let mut table = vec![0; self.distinct.len() * perspectives];
        for (locale, &perspective) in self.of.iter().zip(order) {
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
        for (at, (locale, &perspective)) in self.of.iter().zip(order).enumerate() {
            let Some(locale) = *locale else { continue };
            let has_own = home.contains(&Some(perspective));
            let is_of_another = homes > 1 && has_own && is_other(home[locale], perspective);
            // A perspective whose lines have all the same locale has one feed, whatever its locale is called.
            let mut others = (0..self.distinct.len()).filter(|l| *l != locale && row(perspective)[*l] > 0);
            let is_named_other =
                is_other(self.named[locale], perspective) && others.any(|l| self.named[l] != self.named[locale]);
            fit.strays[at] = is_of_another || is_named_other;
        }
        fit
    }
}
