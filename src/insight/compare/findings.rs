//! Which terms a group prefers, and how sure that is.

use rayon::prelude::*;

use super::chance::{Chance, Portion, Significance, TERM_DAYS, block};
use super::partition::{Partition, Split};
use super::sources::reassigned;
use super::terms::{Part, Texts, Totals, Uses};
use super::written::{source, with_term, written};
use super::{CompareRequest, Term};
use crate::backend::Error;
use crate::planning::Reader;
use crate::statistics::{Use, benjamini_hochberg, log_odds};

/// Without a probability, a term must be preferred by so much.
const STANDS_OUT: f64 = 1.96;

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
    /// Its place among the terms of so many.
    term: usize,
    pub z: f64,
    significance: Option<Significance>,
    q: Option<f64>,
    here: f64,
    there: f64,
}

impl Compared<'_> {
    /// The findings of each group among terms of so many words. What all texts have is none: it was searched for.
    /// Also says whether there is enough to tell any from chance.
    pub fn findings(&self, words: usize, uses: &Uses) -> (Vec<Vec<Finding>>, bool) {
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
        let finding = |group: usize, term: usize| {
            let here = totals.uses[group][term];
            let there = totals.uses.iter().map(|uses| uses[term]).sum::<f64>() - here;
            let (all_here, all_there) = (totals.texts[group], texts - totals.texts[group]);
            // Of two groups as big each has the weight of all that is compared.
            let used = |uses, all| Use { uses, all, prior: 2.0 * a0 * all / texts };
            let z = log_odds(used(here, all_here), used(there, all_there), uses.background[term]).unwrap_or_default();
            // Of two groups what is chance for one is chance for the other.
            let significance =
                if groups == 2 && group == 1 { None } else { chance.significance(&by_term[term], group) };
            Finding { words, term, z, significance, q: None, here, there }
        };
        let places: Vec<(usize, usize)> =
            (0..groups).flat_map(|group| (0..uses.terms.len()).map(move |term| (group, term))).collect();
        let mut findings: Vec<Finding> = places.into_par_iter().map(|(group, term)| finding(group, term)).collect();
        if let ([first, second], true) =
            (&mut findings.chunks_mut(uses.terms.len().max(1)).collect::<Vec<_>>()[..], groups == 2)
        {
            second
                .iter_mut()
                .zip(first.iter())
                .for_each(|(second, first)| second.significance = first.significance.map(Significance::of_other));
        }
        let known: Vec<f64> = findings.iter().filter_map(|finding| Some(finding.significance?.p)).collect();
        let mut q = benjamini_hochberg(&known).into_iter();
        findings.iter_mut().filter(|finding| finding.significance.is_some()).for_each(|finding| finding.q = q.next());
        // Where chance can be told for none there is too little of everything, and only what stands out is worth a look.
        let least = if known.is_empty() { STANDS_OUT } else { f64::INFINITY };
        let is_told = |finding: &Finding| {
            let is_everywhere = finding.here + finding.there >= texts;
            let holds = finding.q.map_or(finding.z >= least, |q| q <= self.request.q);
            // Digest by digest it must be the same group that prefers it as in all.
            let is_more = finding.significance.is_none_or(|significance| significance.is_more);
            // The words of one or two stories are theirs alone.
            let is_of_stories = matches!(self.request.split, Split::Perspectives) || finding.here >= MIN_STORIES;
            finding.z > 0.0 && is_more && holds && !is_everywhere && is_of_stories
        };
        let mut findings = findings.into_iter();
        let by_group = (0..groups).map(|_| findings.by_ref().take(uses.terms.len()).filter(is_told).collect());
        (by_group.collect(), !known.is_empty())
    }

    /// A finding as people wrote it, with an example.
    pub fn term(&self, finding: &Finding, group: usize, uses: &Uses, reader: &Reader) -> Result<Option<Term>, Error> {
        let Self { request, partition, found, sets, texts } = *self;
        let key = &uses.terms[finding.term];
        let stem = |stem: &u32| texts.stems.terms[*stem as usize].as_str();
        let stems: Vec<&str> = key[..finding.words].iter().map(stem).collect();
        let with: Vec<Vec<usize>> =
            found.iter().map(|entries| with_term(key, finding.words, entries, partition, texts)).collect();
        let written = written(&stems, &with[group], partition, reader)?;
        Ok(written.map(|(term, example)| Term {
            term,
            words: finding.words,
            z: finding.z,
            here: finding.here as usize,
            there: finding.there as usize,
            texts: [sets[group].len(), sets.iter().map(Vec::len).sum::<usize>() - sets[group].len()],
            digests: uses.digests[finding.term],
            p: finding.significance.map(|significance| significance.p),
            q: finding.q,
            source: finding.significance.and_then(|_| source(&with, sets, group, partition, &request.split)),
            p_sources: match request.split {
                Split::Perspectives => reassigned(&with, found, group, partition),
                Split::Periods(_) => None,
            },
            example,
        }))
    }
}
