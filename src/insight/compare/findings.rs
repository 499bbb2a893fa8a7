//! Which terms a group prefers, and how sure that is.

use rayon::prelude::*;

use super::chance::{Chance, Portion, Significance, TERM_DAYS, block};
use super::fold::Phrase;
use super::partition::{Partition, Split};
use super::sources::{self, reassigned};
use super::terms::{Part, Term as TermKey, Texts, Totals, Uses};
use super::written::{source, with_term, written};
use super::{CompareRequest, Effect, Term, TermPower};
use crate::backend::Error;
use crate::insight::count::day_number;
use crate::model::Field;
use crate::planning::Reader;
use crate::statistics::{LogOddsRatio, OddsRatios, Use, benjamini_hochberg, log_odds};

/// Without a probability, a term must be preferred by so much.
const STANDS_OUT: f64 = 1.96;

/// The share of a query's texts that have what was searched for.
const NEARLY_ALL: f64 = 0.9;

/// Between periods, a term must be in so many stories of one of them.
const MIN_STORIES: f64 = 3.0;

/// The comparison.
pub struct Compared<'a> {
    pub request: &'a CompareRequest,
    pub partition: &'a Partition,
    /// The entries of each group, as places in the sample.
    pub found: &'a [Vec<usize>],
    /// The same in sets that count once.
    pub sets: &'a [Vec<Vec<usize>>],
    pub texts: &'a Texts,
}

/// A term that a group prefers.
pub struct Finding {
    /// The number of words.
    pub words: usize,
    /// Its stems.
    key: TermKey,
    /// Its use.
    pub tested: Tested,
    pub odds: LogOddsRatio,
}

/// A group's use of a term.
pub struct Tested {
    /// The place of the term among those of as many words.
    pub term: usize,
    /// The number of texts of the group with it, and of the others.
    pub here: f64,
    pub there: f64,
    z: f64,
    significance: Option<Significance>,
    q: Option<f64>,
}

impl Phrase for Finding {
    fn stems(&self) -> &[u32] {
        &self.key[..self.words]
    }

    fn texts(&self) -> f64 {
        self.tested.here + self.tested.there
    }
}

impl Compared<'_> {
    /// The findings of each group among terms of so many words. What all texts have is none: it was searched for.
    /// Also says whether there is enough to tell any from chance.
    pub fn findings(&self, words: usize, uses: &Uses) -> (Vec<Vec<Finding>>, TermPower) {
        let groups = self.found.len();
        let mut totals = Totals::new(groups, uses.terms.len());
        uses.parts.iter().for_each(|part| totals.add(part, part.group));
        let texts: f64 = totals.texts.iter().sum();
        let a0 = self.request.prior.unwrap_or(texts);
        let portion = |part: &Part| Portion {
            block: block(self.partition.day_of(part.digest), TERM_DAYS),
            digest: part.digest,
            group: part.group,
            texts: part.texts,
        };
        let chance = Chance::new(uses.parts.iter().map(portion).collect(), groups, &self.request.split);
        let by_term = uses.by_term();
        // Groups are swapped only if no text is in several.
        let is_disjoint = self.partition.shared == 0;
        let tested = |group: usize, term: usize| {
            let here = totals.uses[group][term];
            let there = totals.uses.iter().map(|uses| uses[term]).sum::<f64>() - here;
            let (all_here, all_there) = (totals.texts[group], texts - totals.texts[group]);
            // Of two groups as big each has the weight of all that is compared.
            let used = |uses, all| Use { uses, all, prior: 2.0 * a0 * all / texts };
            let z = log_odds(used(here, all_here), used(there, all_there), uses.background[term]).unwrap_or_default();
            // Of two groups what is chance for one is chance for the other.
            let significance = if !is_disjoint || groups == 2 && group == 1 {
                None
            } else {
                chance.significance(&by_term[term], group)
            };
            Tested { term, here, there, z, significance, q: None }
        };
        let places: Vec<(usize, usize)> =
            (0..groups).flat_map(|group| (0..uses.terms.len()).map(move |term| (group, term))).collect();
        let mut tested: Vec<Tested> = places.into_par_iter().map(|(group, term)| tested(group, term)).collect();
        if let ([first, second], true) =
            (&mut tested.chunks_mut(uses.terms.len().max(1)).collect::<Vec<_>>()[..], groups == 2)
        {
            second
                .iter_mut()
                .zip(first.iter())
                .for_each(|(second, first)| second.significance = first.significance.map(Significance::of_other));
        }
        let known: Vec<f64> = tested.iter().filter_map(|tested| Some(tested.significance?.p)).collect();
        let q = benjamini_hochberg(&known);
        let power = match known.is_empty() {
            true => TermPower::Untested,
            false if q.iter().any(|q| *q <= self.request.q) => TermPower::Enough,
            false => {
                let least = by_term.iter().filter_map(|uses| chance.least(uses, 0));
                // Of two groups each p-value counts twice.
                power(least, known.clone(), if groups == 2 { 2 } else { 1 }, self.request.q)
            }
        };
        let mut q = q.into_iter();
        tested.iter_mut().filter(|tested| tested.significance.is_some()).for_each(|tested| tested.q = q.next());
        // Where chance can be told for none there is too little of everything, and only what stands out is worth a look.
        let least = if known.is_empty() { STANDS_OUT } else { f64::INFINITY };
        let is_shown = |group: usize, tested: &Tested| {
            let is_everywhere = tested.here + tested.there >= texts;
            // What nearly all texts of a query have was searched for; the others have it in the name of their source.
            let is_searched_for = |group: usize| {
                matches!(self.request.split, Split::Queries(_)) && tested.here >= NEARLY_ALL * totals.texts[group]
            };
            let holds = tested.q.map_or(tested.z >= least, |q| q <= self.request.q);
            // Digest by digest it must be the same group that prefers it as in all.
            let is_more = tested.significance.is_none_or(|significance| significance.is_more);
            // The words of one or two stories are theirs alone.
            let is_of_stories = !matches!(self.request.split, Split::Periods(_)) || tested.here >= MIN_STORIES;
            tested.z > 0.0 && is_more && holds && !is_everywhere && !is_searched_for(group) && is_of_stories
        };
        let mut tested = tested.into_iter();
        let mut of_group = |group: usize| {
            let ratios = self.odds_ratios(group, uses);
            let finding = |tested: Tested| {
                let in_part = |(part, used): &(usize, f64)| (*part, side(uses.parts[*part].group == group, *used));
                let used: Vec<_> = by_term[tested.term].iter().map(in_part).collect();
                Finding { words, key: uses.terms[tested.term], odds: ratios.of(&used), tested }
            };
            tested.by_ref().take(uses.terms.len()).filter(|tested| is_shown(group, tested)).map(finding).collect()
        };
        ((0..groups).map(&mut of_group).collect(), power)
    }

    /// Odds ratios of terms in the group and in the others; the samples are the parts, in their order.
    fn odds_ratios(&self, group: usize, uses: &Uses) -> OddsRatios {
        let days = uses.parts.iter().map(|part| day_number(self.partition.day_of(part.digest)));
        let sizes = uses.parts.iter().map(|part| side(part.group == group, part.texts));
        OddsRatios::new(&days.collect::<Vec<_>>(), &sizes.collect::<Vec<_>>())
    }

    /// A finding as people wrote it, with an example.
    pub fn term(&self, finding: &Finding, group: usize, uses: &Uses, reader: &Reader) -> Result<Option<Term>, Error> {
        let Self { request, partition, found, sets, texts } = *self;
        let tested = &finding.tested;
        let key = &finding.key;
        let stems = texts.stems_of(finding.stems());
        let with: Vec<Vec<usize>> =
            found.iter().map(|entries| with_term(key, finding.words, entries, partition, texts)).collect();
        let written = written(&stems, &with[group], partition, reader)?;
        Ok(written.map(|(term, example)| Term {
            term,
            words: finding.words,
            effect: Effect::Odds { ratio: finding.odds, z: tested.z },
            here: tested.here as usize,
            there: tested.there as usize,
            texts: [sets[group].len(), sets.iter().map(Vec::len).sum::<usize>() - sets[group].len()],
            sources: sources::of_both(&with, group, partition),
            digests: uses.digests[tested.term],
            p: tested.significance.map(|significance| significance.p),
            q: tested.q,
            // A source that is a group has all its words.
            source: tested
                .significance
                .filter(|_| !matches!(request.split, Split::Field(Field::Source)))
                .and_then(|_| source(&with, sets, group, partition, &request.split)),
            p_sources: match request.split {
                Split::Field(Field::Perspective) => reassigned(&with, found, group, partition),
                Split::Field(_) | Split::Periods(_) | Split::Queries(_) => None,
            },
            example,
        }))
    }
}

/// Reports whether any term could have a q-value up to a bound if its p-value were the least possible, all others as they are.
/// Takes the least p-value of each term, all p-values, and how many of these are of one term.
fn power(least: impl Iterator<Item = f64>, mut known: Vec<f64>, of_term: usize, q: f64) -> TermPower {
    known.sort_by(f64::total_cmp);
    let could_be_shown = |least: f64| {
        let rank = of_term + known.partition_point(|p| *p <= least);
        least * known.len() as f64 / (rank.min(known.len()) as f64) <= q
    };
    if least.into_iter().any(could_be_shown) { TermPower::Enough } else { TermPower::TooFewDays }
}

/// A count of the group, or of the others.
fn side(is_here: bool, count: f64) -> [f64; 2] {
    if is_here { [count, 0.0] } else { [0.0, count] }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_can_be_shown_if_its_least_p_would_be_small_enough() {
        // Of ten words, the least possible p-value of each is 0.01.
        let of = |known: &[f64], of_term| power([0.01].into_iter(), known.to_vec(), of_term, 0.05);
        let rest = [0.5; 9];
        assert_eq!(of(&[&[0.5][..], &rest].concat(), 1), TermPower::TooFewDays, "q would be 0.1");
        assert_eq!(of(&[&[0.01][..], &rest].concat(), 1), TermPower::Enough, "with another q would be 0.05");
        assert_eq!(of(&[0.5; 5], 1), TermPower::Enough);
        // Each word twice, as of two groups.
        assert_eq!(of(&[0.5; 20], 2), TermPower::TooFewDays);
        assert_eq!(of(&[0.5; 10], 2), TermPower::Enough);
        assert_eq!(power([].into_iter(), vec![0.5], 1, 0.05), TermPower::TooFewDays);
    }
}
