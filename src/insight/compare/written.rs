//! Terms as people wrote them, with an example, and whether they are the words of one source.

use std::collections::BTreeMap;

use super::chance::{Chance, Portion, TERM_DAYS, block};
use super::partition::{Partition, Split};
use super::terms::{Term, Texts};
use crate::backend::Error;
use crate::planning::Reader;
use crate::query::Entry;
use crate::text::{Language, streams};

/// So many texts are looked at for how a term is written.
const LOOKED_AT: usize = 50;

/// More is chance: the usual bound, for one finding alone.
const CHANCE: f64 = 0.05;

/// The group's texts with a term, in order, as places in the sample.
pub fn with_term(term: &Term, words: usize, entries: &[usize], partition: &Partition, texts: &Texts) -> Vec<usize> {
    let mut terms = Vec::new();
    let mut has = |entry: &usize| {
        let slot = texts.slot(partition.sample.entries[*entry]);
        slot.is_some_and(|slot| {
            texts.terms(slot, words, &mut terms);
            terms.binary_search(term).is_ok()
        })
    };
    entries.iter().copied().filter(|entry| has(entry)).collect()
}

/// The form in which a term is written most, and the newest text that has it so.
pub fn written(
    stems: &[&str],
    entries: &[usize],
    partition: &Partition,
    reader: &Reader,
) -> Result<Option<(String, Entry)>, Error> {
    let newest: Vec<u64> = entries.iter().rev().take(LOOKED_AT).map(|entry| partition.sample.entries[*entry]).collect();
    let entries = reader.entries(&newest)?;
    let mut forms: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, entry) in entries.iter().enumerate() {
        let tokens = streams(&entry.text, Language::of(entry.lang.as_deref())).stem;
        let found =
            tokens.windows(stems.len()).find(|window| window.iter().zip(stems).all(|(t, stem)| t.term == *stem));
        if let Some([first, .., last] | [first @ last]) = found {
            let form = entry.text[first.span.start..last.span.end].to_owned();
            forms.entry(form).or_insert((0, at)).0 += 1;
        }
    }
    // The first of those that are written as often.
    let most = forms.into_iter().rev().max_by_key(|(_, (count, _))| *count);
    Ok(most.map(|(form, (_, at))| (form, entries[at].clone())))
}

/// The source that has the most of a group's texts with a term, where without its texts the term would be no finding, or one
/// of the other group.
pub fn source(
    with: &[Vec<usize>],
    sets: &[Vec<Vec<usize>>],
    group: usize,
    partition: &Partition,
    split: &Split,
) -> Option<String> {
    let mut sources: BTreeMap<&str, usize> = BTreeMap::new();
    with[group]
        .iter()
        .filter_map(|entry| partition.source(*entry))
        .for_each(|source| *sources.entry(source).or_default() += 1);
    let biggest = sources.into_iter().rev().max_by_key(|(_, entries)| *entries)?.0;
    let mut parts: BTreeMap<((u32, u32), usize), (Portion, f64)> = BTreeMap::new();
    for (group, (sets, with)) in sets.iter().zip(with).enumerate() {
        for set in sets {
            let of_others = || set.iter().filter(|entry| partition.source(**entry) != Some(biggest));
            let Some(&first) = of_others().next() else { continue };
            let digest = partition.digest(first);
            let portion = Portion { block: block(partition.day(first), TERM_DAYS), digest, group, texts: 0.0 };
            let (portion, uses) = parts.entry((digest, group)).or_insert((portion, 0.0));
            portion.texts += 1.0;
            *uses += f64::from(u8::from(of_others().any(|entry| with.binary_search(entry).is_ok())));
        }
    }
    let (portions, uses): (Vec<Portion>, Vec<f64>) = parts.into_values().unzip();
    let uses: Vec<(usize, f64)> = uses.into_iter().enumerate().filter(|(_, uses)| *uses > 0.0).collect();
    let significance = Chance::new(portions, sets.len(), split).significance(&uses, group);
    let holds = significance.is_some_and(|significance| significance.is_more && significance.p <= CHANCE);
    (!holds).then(|| biggest.to_owned())
}
