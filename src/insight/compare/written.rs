//! Terms as people wrote them, with an example, and whether they are the words of one outlet.

use std::collections::BTreeMap;

use super::chance::{Chance, TERM_DAYS, Told, block};
use super::partition::{Partition, Split};
use super::terms::{Term, Texts};
use crate::backend::Error;
use crate::planning::Reader;
use crate::query::Unit;
use crate::text::{Language, streams};

/// So many texts are looked at for how a term is written.
const LOOKED_AT: usize = 50;

/// More is chance: the usual bound, for one finding alone.
const CHANCE: f64 = 0.05;

/// The side's texts with a term, in order, as places in the sample.
pub fn with_term(term: &Term, words: usize, units: &[usize], partition: &Partition, texts: &Texts) -> Vec<usize> {
    let mut terms = Vec::new();
    let mut has = |unit: &usize| {
        let slot = texts.slot(partition.sample.units[*unit]);
        slot.is_some_and(|slot| {
            texts.terms(slot, words, &mut terms);
            terms.binary_search(term).is_ok()
        })
    };
    units.iter().copied().filter(|unit| has(unit)).collect()
}

/// The form in which a term is written most, and the newest text that has it so.
pub fn written(
    stems: &[&str],
    units: &[usize],
    partition: &Partition,
    reader: &Reader,
) -> Result<Option<(String, Unit)>, Error> {
    let newest: Vec<u64> = units.iter().rev().take(LOOKED_AT).map(|unit| partition.sample.units[*unit]).collect();
    let units = reader.units(&newest)?;
    let mut forms: BTreeMap<String, (usize, usize)> = BTreeMap::new();
    for (at, unit) in units.iter().enumerate() {
        let tokens = streams(&unit.text, Language::of(unit.lang.as_deref())).stem;
        let found =
            tokens.windows(stems.len()).find(|window| window.iter().zip(stems).all(|(t, stem)| t.term == *stem));
        if let Some([first, .., last] | [first @ last]) = found {
            let form = unit.text[first.span.start..last.span.end].to_owned();
            forms.entry(form).or_insert((0, at)).0 += 1;
        }
    }
    // The first of those that are written as often.
    let most = forms.into_iter().rev().max_by_key(|(_, (count, _))| *count);
    Ok(most.map(|(form, (_, at))| (form, units[at].clone())))
}

/// The outlet that has the most of a side's texts with a term, where without its texts the term would be no finding, or one
/// of the other side.
pub fn outlet(
    with: &[Vec<usize>],
    found: &[Vec<usize>],
    side: usize,
    partition: &Partition,
    split: &Split,
) -> Option<String> {
    let mut outlets: BTreeMap<&str, usize> = BTreeMap::new();
    with[side]
        .iter()
        .filter_map(|unit| partition.source(*unit))
        .for_each(|source| *outlets.entry(source).or_default() += 1);
    let biggest = outlets.into_iter().rev().max_by_key(|(_, units)| *units)?.0;
    let mut parts: BTreeMap<((u32, u32), usize), (Told, f64)> = BTreeMap::new();
    for (side, (all, with)) in found.iter().zip(with).enumerate() {
        for &unit in all.iter().filter(|unit| partition.source(**unit) != Some(biggest)) {
            let digest = partition.digest(unit);
            let told = Told { block: block(partition.day(unit), TERM_DAYS), digest, side, texts: 0.0 };
            let (told, uses) = parts.entry((digest, side)).or_insert((told, 0.0));
            told.texts += 1.0;
            *uses += f64::from(u8::from(with.binary_search(&unit).is_ok()));
        }
    }
    let (told, uses): (Vec<Told>, Vec<f64>) = parts.into_values().unzip();
    let uses: Vec<(usize, f64)> = uses.into_iter().enumerate().filter(|(_, uses)| *uses > 0.0).collect();
    let surprise = Chance::new(told, found.len(), split).surprise(&uses, side);
    let holds = surprise.is_some_and(|surprise| surprise.is_more && surprise.p <= CHANCE);
    (!holds).then(|| biggest.to_owned())
}
