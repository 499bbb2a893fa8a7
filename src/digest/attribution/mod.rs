//! Which perspective each title of the source list belongs to. The file does not say it line by line.
//!
//! What says it, and which of them decide where they disagree:
//!
//! 1. The corpus (`digest-search.yaml`) over all else: a person says it who knows.
//! 2. Headings above the lines over the writer's order, where each perspective has as many lines below its headings as
//!    its count says: only a list in parts is like that. Else a heading that the order disagrees with leaves the lines
//!    open, as where the heading `Sources` is lost and all stand below that of the last perspective.
//! 3. Locales over the order of the front matter or that of the body's headings, where these differ and one of both has
//!    the perspectives the wrong way round for the locales: each line has its locale from the feed that it came from.
//! 4. Lines on which all orders that are left agree are credited, so that a disagreement costs only the lines that it
//!    concerns. Numbers, locales and days that say otherwise of a line leave it open: either may be the one that was
//!    changed.
//!
//! Counts that contradict each other decide nothing. Whatever stays open by this is warned of.

mod configured;
mod counts;
mod dates;
mod doubt;
mod locale;
mod order;
mod region;
#[cfg(test)]
mod tests;

use super::body::Listed;
use super::front_matter::FrontMatter;
use super::sides::Sides;
use super::{Attribution, Digest, Subject, TopicConventions, Warning};
use doubt::Doubt;
use locale::{Locales, Located};

/// What the file says of its perspectives and source lines.
pub struct Evidence<'a> {
    pub front: &'a FrontMatter,
    /// The text of the front matter.
    pub head: &'a str,
    pub sides: &'a Sides,
    /// Of each title, the perspective's heading that it stands below.
    pub listed: &'a [Option<Listed>],
    /// Of each title, its number in the list.
    pub numbers: &'a [Option<u32>],
}

/// What is known of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Known(usize, Attribution),
    /// Nothing says it, or what says it disagrees.
    Open(Option<Doubt>),
}

/// Gives each title its perspective, as far as that is known, and warns of what disagrees.
pub fn attribute(
    digest: &mut Digest,
    evidence: &Evidence<'_>,
    own: Option<&TopicConventions>,
    warnings: &mut Vec<(Subject, Warning)>,
) {
    counts::check(digest, evidence, warnings);
    let merged = configured::merge(digest, own);
    let configured = configured::sides(digest, own, warnings);
    // Evidence that concerns no line but configured ones is of no use, and neither are its warnings.
    let is_open = configured.iter().any(Option::is_none);
    let mut ignored = Vec::new();
    let told = if is_open { warnings } else { &mut ignored };
    let case = Case { digest, evidence, merged: &merged };
    let mut verdicts = case.by_list(told);
    case.by_headings(&mut verdicts, told);
    let doubts = verdicts.iter().zip(&configured).map(|(verdict, configured)| match verdict {
        Verdict::Open(doubt) if configured.is_none() => *doubt,
        _ => None,
    });
    doubt::warn(&doubts.collect::<Vec<_>>(), digest, told);
    for ((title, verdict), configured) in digest.titles.iter_mut().zip(verdicts).zip(configured) {
        let known = if let Verdict::Known(side, how) = verdict { Some((merged[side], how)) } else { None };
        title.perspective = configured.map(|side| (side, Attribution::Configured)).or(known);
    }
}

/// A digest whose titles are to be attributed.
struct Case<'a> {
    digest: &'a Digest,
    evidence: &'a Evidence<'a>,
    /// The perspective that the corpus makes of each.
    merged: &'a [usize],
}

impl Case<'_> {
    /// What the counts say together with the order of the list, or with the locales in the early layout.
    fn by_list(&self, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Verdict> {
        let Evidence { front, head, sides, .. } = self.evidence;
        let lines = self.digest.titles.len();
        let all_open = |doubt| vec![Verdict::Open(doubt); lines];
        if sides.is_crossed {
            let message = "the name of one perspective is the id of another; which of them is meant is unknown";
            warnings.push(Subject::Side.of_key(head, "perspectives", message));
            return all_open(Some(Doubt::Told));
        }
        if counts::contradict(self.evidence, warnings) {
            return all_open(Some(Doubt::Told));
        }
        let Some(counts) = counts::adding_up(&self.digest.perspectives, lines) else { return all_open(None) };
        if !front.perspectives.is_empty() {
            return self.by_order(&counts, warnings);
        }
        match locale::adding_up(&self.digest.titles, &counts, &sides.called) {
            Located::Sides(sides) => sides.into_iter().map(|side| Verdict::Known(side, Attribution::Locale)).collect(),
            Located::Contradicts => all_open(Some(Doubt::Locale)),
            Located::Unknown => all_open(None),
        }
    }

    fn by_order(&self, counts: &[usize], warnings: &mut Vec<(Subject, Warning)>) -> Vec<Verdict> {
        let Evidence { head, sides, numbers, .. } = self.evidence;
        let lines = self.digest.titles.len();
        let front = Vec::from_iter(0..counts.len());
        let (body, of) = self.other_order(counts.len());
        let differ = body.iter().zip(&front).find(|(a, b)| !self.is_same(**a, **b)).map(|(a, b)| (*a, *b));
        // A perspective without lines and heading may be one that somebody added: then fewer share the maximum.
        let is_empty = |side: &&usize| counts[**side] == 0 && sides.without_heading.contains(side);
        let empty = if sides.without_heading.len() < counts.len() { front.iter().filter(is_empty).count() } else { 0 };
        let mut orders = Vec::new();
        for order in [&front, &body].into_iter().take(1 + usize::from(differ.is_some())) {
            for all in [counts.len(), counts.len() - empty].into_iter().take(1 + usize::from(empty > 0)) {
                orders.extend(order::fitting(counts, order, all));
            }
        }
        let locales = Locales::new(&self.digest.titles, &sides.called);
        let fits = orders.into_iter().map(|order| (locales.fit(&order, counts.len()), order));
        let fits: Vec<_> = fits.filter(|(fit, _)| !fit.is_crossed).collect();
        let Some((_, first)) = fits.first() else { return vec![Verdict::Open(Some(Doubt::Locale)); lines] };
        let misnumbered: Vec<_> = fits.iter().map(|(_, order)| order::misnumbered(numbers, order)).collect();
        let days: Vec<_> = self.digest.titles.iter().map(|title| title.published).collect();
        let by_days = match fits.as_slice() {
            [(_, only)] => dates::other_order(&days, counts, only),
            _ => None,
        };
        // Whether the line's number gives it a place of another perspective.
        let is_elsewhere = |at: usize, order: &[usize], numbers: Option<&[Option<u32>]>| {
            let number = numbers.and_then(|numbers| numbers[at]);
            let place = number.map(|number| order.get((number as usize).wrapping_sub(1)));
            place.is_some_and(|side| side.is_none_or(|side| !self.is_same(*side, order[at])))
        };
        let verdict = |at: usize| {
            if fits.iter().any(|(_, order)| !self.is_same(order[at], first[at])) {
                Verdict::Open(Some(if differ.is_some() { Doubt::Told } else { Doubt::Maximum }))
            } else if fits.iter().any(|(fit, _)| fit.strays[at]) {
                Verdict::Open(Some(Doubt::Locale))
            } else if fits.iter().zip(&misnumbered).any(|((_, order), numbers)| is_elsewhere(at, order, *numbers)) {
                Verdict::Open(Some(Doubt::Number))
            } else if by_days.as_ref().is_some_and(|other| !self.is_same(other[at], first[at])) {
                Verdict::Open(Some(Doubt::Days))
            } else {
                Verdict::Known(first[at], Attribution::Order)
            }
        };
        let verdicts: Vec<Verdict> = (0..lines).map(verdict).collect();
        if let Some((first, second)) = differ {
            let id = |side: usize| &self.digest.perspectives[side].id;
            let message = format!("{of} `{}` before `{}`, `perspectives` after it", id(first), id(second));
            let unknown = match verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Open(_))).count() {
                0 => String::new(),
                1 => "; the perspective of 1 title is unknown".to_owned(),
                n => format!("; the perspectives of {n} titles are unknown"),
            };
            warnings.push(Subject::Side.of_key(head, "perspectives", message + &unknown));
        }
        verdicts
    }

    /// The perspectives in the order of their headings, or of their counts where there are no headings, and what has
    /// them in this order. One that is not there keeps its place.
    fn other_order(&self, len: usize) -> (Vec<usize>, &'static str) {
        let Evidence { front, sides, .. } = self.evidence;
        let counted = |side: usize| {
            let id = &front.perspectives.get(side)?.id;
            front.source_counts.iter().position(|(counted, _)| counted == id)
        };
        let has_headings = sides.sections.iter().any(Option::is_some);
        let place = |side: usize| if has_headings { sides.sections[side] } else { counted(side) };
        let mut placed: Vec<usize> = (0..len).filter(|&side| place(side).is_some()).collect();
        placed.sort_by_key(|&side| place(side));
        let mut placed = placed.into_iter();
        let next = |side: usize| if place(side).is_some() { placed.next().unwrap_or(side) } else { side };
        let of = if has_headings { "the headings name" } else { "the `…Sources` counts have" };
        ((0..len).map(next).collect(), of)
    }

    /// Credits the lines below a perspective's heading to it, where nothing contradicts that.
    fn by_headings(&self, verdicts: &mut [Verdict], warnings: &mut Vec<(Subject, Warning)>) {
        let Evidence { listed, sides, .. } = self.evidence;
        let perspectives = &self.digest.perspectives;
        let mut lines = vec![0; perspectives.len()];
        listed.iter().flatten().for_each(|listed| lines[listed.side] += 1);
        if lines.iter().all(|n| *n == 0) {
            return;
        }
        let has_counts = perspectives.iter().any(|p| p.count.is_some());
        let is_exact = has_counts
            && listed.iter().all(Option::is_some)
            && perspectives.iter().zip(&lines).all(|(p, n)| p.count.unwrap_or_default() == *n);
        let several = lines.iter().filter(|n| **n > 0).count() > 1;
        let assigned: Option<Vec<usize>> = listed.iter().map(|listed| listed.map(|listed| listed.side)).collect();
        let fit = assigned.map(|order| Locales::new(&self.digest.titles, &sides.called).fit(&order, lines.len()));
        let is_stray = |at: usize| fit.as_ref().is_some_and(|fit| fit.is_crossed || fit.strays[at]);
        let is_other = |(at, verdict): &(usize, &Verdict)| match (verdict, listed[*at]) {
            (Verdict::Known(other, _), Some(Listed { side, .. })) => !self.is_same(*other, side),
            _ => false,
        };
        if let Some((at, _)) = verdicts.iter().enumerate().find(is_other).filter(|_| is_exact) {
            let message = "the headings of the source list have the perspectives in another order than `perspectives`";
            warnings.push(Subject::Side.at(self.digest.titles[at].line, message));
        }
        for (at, verdict) in verdicts.iter_mut().enumerate() {
            let Some(Listed { side, is_list }) = listed[at] else { continue };
            let is_accepted = is_exact
                || match perspectives[side].count {
                    Some(count) => is_list && lines[side] <= count,
                    None if has_counts => false,
                    None => is_list || several || perspectives.len() == 1,
                };
            let known = Verdict::Known(side, Attribution::Heading);
            *verdict = match *verdict {
                _ if is_accepted && is_stray(at) => Verdict::Open(Some(Doubt::Locale)),
                _ if is_exact => known,
                Verdict::Known(other, _) if !self.is_same(other, side) => Verdict::Open(Some(Doubt::Heading)),
                Verdict::Known(..) if !is_accepted => *verdict,
                Verdict::Open(Some(Doubt::Locale | Doubt::Number | Doubt::Days)) => *verdict,
                _ if is_accepted => known,
                Verdict::Open(None) => Verdict::Open(Some(Doubt::Heading)),
                open => open,
            };
        }
    }

    /// Whether two perspectives are the same or are made one by the corpus.
    fn is_same(&self, a: usize, b: usize) -> bool {
        self.merged[a] == self.merged[b]
    }
}
