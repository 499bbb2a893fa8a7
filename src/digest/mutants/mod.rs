//! Mutation tests: digests with known perspectives, damaged as people and programs damage files. No title or bullet may
//! be attributed to a wrong perspective without a warning.
//!
//! Each title and bullet contains its true perspective, which is compared with the attributed one. Run with
//! `--nocapture` for a table by kind of mutation.

mod kinds;
mod synthetic;

use std::collections::BTreeMap;

use fastrand::Rng;

use super::{Conventions, Digest, Outcome, Parsed, parse};
use kinds::KINDS;
use synthetic::SyntheticDigest;

/// Number of mutants per kind.
const MUTANTS_PER_KIND: usize = 20;

/// Results for a kind of mutation.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    mutants: usize,
    right: usize,
    open: usize,
    /// Entries attributed to a wrong perspective, in a file with a warning.
    warned: usize,
    /// Mutants with a wrong attribution and no warning.
    silent: usize,
    /// Mutants that are not indexed.
    nothing: usize,
}

/// Returns the true perspectives in a text: `T3 of china`.
fn truths(text: &str) -> Vec<&str> {
    let named = text.split(" of ").skip(1);
    named.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default()).collect()
}

/// Returns the number of texts with the right and with an unknown perspective, and a message for each wrong one.
fn evaluate(digest: &Digest) -> (usize, usize, Vec<String>) {
    let id = |perspective: usize| digest.perspectives[perspective].id.as_str();
    let titles = digest
        .titles
        .iter()
        .map(|title| (title.text.as_str(), title.perspective.map(|(perspective, _)| id(perspective))));
    let bullets = digest.bullets.iter().map(|bullet| (bullet.text.as_str(), bullet.perspective.map(id)));
    let highlights = digest.highlights.iter().map(|highlight| (highlight.text.as_str(), None));
    let (mut right, mut open, mut wrong) = (0, 0, Vec::new());
    for (text, attributed) in titles.chain(bullets).chain(highlights) {
        for truth in truths(text) {
            match attributed {
                Some(id) if id == truth => right += 1,
                None if truth == "none" => right += 1,
                None => open += 1,
                Some(id) => wrong.push(format!("`{text}` is attributed to {id}")),
            }
        }
    }
    (right, open, wrong)
}

fn read(text: &str) -> (Option<Digest>, Vec<String>) {
    let Parsed { outcome, warnings, .. } = parse(text, &Conventions::default());
    let warnings = warnings.into_iter().map(|(_, warning)| format!("{:?} {}", warning.line, warning.message)).collect();
    let digest = if let Outcome::Digest(digest) = outcome { Some(*digest) } else { None };
    (digest, warnings)
}

#[test]
fn intact_digests_are_attributed_correctly() {
    for original in synthetic::all(&mut Rng::with_seed(1)) {
        let text = original.text();
        let (digest, warnings) = read(&text);
        let (right, open, wrong) = evaluate(&digest.expect("a digest"));
        assert_eq!((open, &wrong[..], &warnings[..]), (0, &[][..], &[][..]), "{text}");
        assert_eq!(right, original.lines.len() + 3 * original.perspectives.len() + 2);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is for manual runs")]
fn no_wrong_attribution_is_silent() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut first: Option<String> = None;
    for (kind, (name, mutate)) in KINDS.iter().enumerate() {
        let mut rng = Rng::with_seed(kind as u64);
        let tally = tallies.entry(name).or_default();
        let digests: Vec<SyntheticDigest> = synthetic::all(&mut rng);
        for original in (0..MUTANTS_PER_KIND * 100).map(|n| &digests[n % digests.len()]) {
            let Some(text) = mutate(original, &mut rng).filter(|text| *text != original.text()) else { continue };
            let (digest, warnings) = read(&text);
            let (right, open, wrong) = digest.as_ref().map_or_else(Default::default, evaluate);
            tally.mutants += 1;
            tally.right += right;
            tally.open += open;
            tally.nothing += usize::from(digest.is_none());
            if !wrong.is_empty() && warnings.is_empty() {
                tally.silent += 1;
                first.get_or_insert(format!("{name}:\n{text}\n{wrong:#?}"));
            } else {
                tally.warned += wrong.len();
            }
            if tally.mutants == MUTANTS_PER_KIND {
                break;
            }
        }
    }
    println!(
        "{:32} {:>7} {:>7} {:>7} {:>7} {:>7} {:>7}",
        "kind", "mutants", "right", "open", "warned", "silent", "nothing"
    );
    for (name, tally) in &tallies {
        let Tally { mutants, right, open, warned, silent, nothing } = tally;
        println!("{name:32} {mutants:7} {right:7} {open:7} {warned:7} {silent:7} {nothing:7}");
    }
    let mutants: usize = tallies.values().map(|tally| tally.mutants).sum();
    let silent: usize = tallies.values().map(|tally| tally.silent).sum();
    println!("{silent} of {mutants} mutants of {} kinds are wrong without a warning", tallies.len());
    assert!(tallies.len() >= 25 && mutants >= 1_000, "{} kinds, {mutants} mutants", tallies.len());
    assert!(tallies.values().all(|tally| tally.mutants == MUTANTS_PER_KIND), "every kind applies");
    assert_eq!(silent, 0, "{}", first.unwrap_or_default());
    // A heading in another form is still recognized.
    for (name, tally) in tallies.iter().filter(|(name, _)| name.ends_with("in another form")) {
        assert_eq!((tally.open, tally.warned), (0, 0), "{name}");
    }
}
