//! Attribution by counts, combined with the order of the source list or with locales.

use super::case::{Case, Verdict};
use super::doubt::Doubt;
use super::evidence::Evidence;
use super::locale::{self, LocaleMatch, Locales};
use super::{counts, dates, order};
use crate::digest::{Subject, Warning};
use crate::model::Attribution;

impl Case<'_> {
    /// Returns a verdict for each line by the counts and the order of the list, or by locales in the early layout.
    pub fn by_list(&self, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Verdict> {
        let Evidence { front, head, naming, .. } = self.evidence;
        let lines = self.digest.titles.len();
        let all_unknown = |doubt| vec![Verdict::Unknown(doubt); lines];
        if naming.is_crossed {
            let message = "the name of a perspective is the id of another; the perspectives of the titles are unknown";
            warnings.push(Subject::Perspective.of_key(head, "perspectives", message));
            return all_unknown(Some(Doubt::Reported));
        }
        if counts::contradict(self.evidence, warnings) {
            return all_unknown(Some(Doubt::Reported));
        }
        let Some(counts) = counts::matching_counts(&self.digest.perspectives, lines) else { return all_unknown(None) };
        if !front.perspectives.is_empty() {
            return self.by_order(&counts, warnings);
        }
        match locale::assign(&self.digest.titles, &counts, &naming.labels) {
            LocaleMatch::Perspectives(perspectives) => {
                perspectives.into_iter().map(|perspective| Verdict::Known(perspective, Attribution::Locale)).collect()
            }
            LocaleMatch::Contradicts => all_unknown(Some(Doubt::Locale)),
            LocaleMatch::Unknown => all_unknown(None),
        }
    }

    fn by_order(&self, counts: &[usize], warnings: &mut Vec<(Subject, Warning)>) -> Vec<Verdict> {
        let Evidence { head, naming, numbers, .. } = self.evidence;
        let lines = self.digest.titles.len();
        let front = Vec::from_iter(0..counts.len());
        let (body, basis) = self.other_order(counts.len());
        let differ = body.iter().zip(&front).find(|(a, b)| !self.is_same(**a, **b)).map(|(a, b)| (*a, *b));
        // A perspective without lines and heading may have been added later: then fewer share the maximum.
        let is_empty =
            |perspective: &&usize| counts[**perspective] == 0 && naming.without_heading.contains(perspective);
        let empty = if naming.without_heading.len() < counts.len() { front.iter().filter(is_empty).count() } else { 0 };
        let mut orders = Vec::new();
        for order in [&front, &body].into_iter().take(1 + usize::from(differ.is_some())) {
            for all in [counts.len(), counts.len() - empty].into_iter().take(1 + usize::from(empty > 0)) {
                orders.extend(order::possible_orders(counts, order, all));
            }
        }
        let locales = Locales::new(&self.digest.titles, &naming.labels);
        let fits = orders.into_iter().map(|order| (locales.fit(&order, counts.len()), order));
        let fits: Vec<_> = fits.filter(|(fit, _)| !fit.is_crossed).collect();
        let Some((_, first)) = fits.first() else { return vec![Verdict::Unknown(Some(Doubt::Locale)); lines] };
        let contradictory_numbers: Vec<_> =
            fits.iter().map(|(_, order)| order::contradictory_numbers(numbers, order)).collect();
        let days: Vec<_> = self.digest.titles.iter().map(|title| title.published).collect();
        let by_days = match fits.as_slice() {
            [(_, only)] => dates::other_order(&days, counts, only),
            _ => None,
        };
        // Whether the number of the line is a position of another perspective.
        let is_elsewhere = |at: usize, order: &[usize], numbers: Option<&[Option<u32>]>| {
            let number = numbers.and_then(|numbers| numbers[at]);
            let place = number.map(|number| order.get((number as usize).wrapping_sub(1)));
            place
                .is_some_and(|perspective| perspective.is_none_or(|perspective| !self.is_same(*perspective, order[at])))
        };
        let verdict = |at: usize| {
            if fits.iter().any(|(_, order)| !self.is_same(order[at], first[at])) {
                Verdict::Unknown(Some(if differ.is_some() { Doubt::Reported } else { Doubt::Maximum }))
            } else if fits.iter().any(|(fit, _)| fit.strays[at]) {
                Verdict::Unknown(Some(Doubt::Locale))
            } else if fits
                .iter()
                .zip(&contradictory_numbers)
                .any(|((_, order), numbers)| is_elsewhere(at, order, *numbers))
            {
                Verdict::Unknown(Some(Doubt::Number))
            } else if by_days.as_ref().is_some_and(|other| !self.is_same(other[at], first[at])) {
                Verdict::Unknown(Some(Doubt::Days))
            } else {
                Verdict::Known(first[at], Attribution::Order)
            }
        };
        let verdicts: Vec<Verdict> = (0..lines).map(verdict).collect();
        if let Some((first, second)) = differ {
            let id = |perspective: usize| &self.digest.perspectives[perspective].id;
            let message = format!("{basis} `{}` before `{}`, `perspectives` lists it after", id(first), id(second));
            let unknown = match verdicts.iter().filter(|verdict| matches!(verdict, Verdict::Unknown(_))).count() {
                0 => String::new(),
                1 => "; the perspective of 1 title is unknown".to_owned(),
                n => format!("; the perspectives of {n} titles are unknown"),
            };
            warnings.push(Subject::Perspective.of_key(head, "perspectives", message + &unknown));
        }
        verdicts
    }

    /// Returns the perspectives in the order of their headings or, without headings, of their counts, and the basis of
    /// this order. Missing ones keep their position.
    fn other_order(&self, len: usize) -> (Vec<usize>, &'static str) {
        let Evidence { front, naming, .. } = self.evidence;
        let counted = |perspective: usize| {
            let id = &front.perspectives.get(perspective)?.id;
            front.source_counts.iter().position(|(counted, _)| counted == id)
        };
        let has_headings = naming.sections.iter().any(Option::is_some);
        let place = |perspective: usize| if has_headings { naming.sections[perspective] } else { counted(perspective) };
        let mut placed: Vec<usize> = (0..len).filter(|&perspective| place(perspective).is_some()).collect();
        placed.sort_by_key(|&perspective| place(perspective));
        let mut placed = placed.into_iter();
        let next = |perspective: usize| {
            if place(perspective).is_some() { placed.next().unwrap_or(perspective) } else { perspective }
        };
        let basis = if has_headings { "the headings have" } else { "the `…Sources` counts have" };
        ((0..len).map(next).collect(), basis)
    }
}
