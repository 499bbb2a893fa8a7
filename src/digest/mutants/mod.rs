//! Digests of known truth, damaged in ways that people and programs damage files: no title and no bullet may be
//! credited to a wrong perspective without a warning.
//!
//! Each title and each bullet says whose it is. A damaged digest is read, and what it is credited to is compared with
//! what it says. Run with `--nocapture` for a table by kind of damage.

mod kinds;
mod making;

use std::collections::BTreeMap;

use fastrand::Rng;

use super::{Conventions, Digest, Outcome, Parsed, parse};
use kinds::KINDS;
use making::Made;

/// How many digests are damaged in each way.
const OF_EACH_KIND: usize = 20;

/// What became of the titles and bullets of a kind of mutants.
#[derive(Debug, Default, Clone, Copy)]
struct Tally {
    mutants: usize,
    right: usize,
    open: usize,
    /// Credited to a wrong perspective, in a file with a warning.
    warned: usize,
    /// Mutants with something credited to a wrong perspective in silence.
    silent: usize,
    /// Mutants of which nothing is indexed.
    nothing: usize,
}

/// The perspectives that a text names as its own: `T3 of china`.
fn truths(text: &str) -> Vec<&str> {
    let named = text.split(" of ").skip(1);
    named.map(|rest| rest.split(|c: char| !c.is_ascii_lowercase()).next().unwrap_or_default()).collect()
}

/// How many texts are right and of no known perspective, and the wrong ones.
fn judge(digest: &Digest) -> (usize, usize, Vec<String>) {
    let id = |perspective: usize| digest.perspectives[perspective].id.as_str();
    let titles = digest
        .titles
        .iter()
        .map(|title| (title.text.as_str(), title.perspective.map(|(perspective, _)| id(perspective))));
    let bullets = digest.bullets.iter().map(|bullet| (bullet.text.as_str(), Some(id(bullet.perspective))));
    let highlights = digest.highlights.iter().map(|text| (text.as_str(), None));
    let (mut right, mut open, mut wrong) = (0, 0, Vec::new());
    for (text, credited) in titles.chain(bullets).chain(highlights) {
        for truth in truths(text) {
            match credited {
                Some(id) if id == truth => right += 1,
                None if truth == "none" => right += 1,
                None => open += 1,
                Some(id) => wrong.push(format!("`{text}` is credited to {id}")),
            }
        }
    }
    (right, open, wrong)
}

fn read(text: &str) -> (Option<Digest>, Vec<String>) {
    let Parsed { outcome, warnings } = parse(text, &Conventions::default());
    let warnings = warnings.into_iter().map(|(_, warning)| format!("{:?} {}", warning.line, warning.message)).collect();
    let digest = if let Outcome::Digest(digest) = outcome { Some(*digest) } else { None };
    (digest, warnings)
}

#[test]
fn without_damage_all_is_right() {
    for made in making::all(&mut Rng::with_seed(1)) {
        let text = made.text();
        let (digest, warnings) = read(&text);
        let (right, open, wrong) = judge(&digest.expect("a digest"));
        assert_eq!((open, &wrong[..], &warnings[..]), (0, &[][..], &[][..]), "{text}");
        assert_eq!(right, made.lines.len() + 3 * made.perspectives.len() + 2);
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "the table is for whoever runs this alone")]
fn no_perspective_is_wrong_in_silence() {
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut first: Option<String> = None;
    for (kind, (name, mutate)) in KINDS.iter().enumerate() {
        let mut rng = Rng::with_seed(kind as u64);
        let tally = tallies.entry(name).or_default();
        let digests: Vec<Made> = making::all(&mut rng);
        for made in (0..OF_EACH_KIND * 100).map(|n| &digests[n % digests.len()]) {
            let Some(text) = mutate(made, &mut rng).filter(|text| *text != made.text()) else { continue };
            let (digest, warnings) = read(&text);
            let (right, open, wrong) = digest.as_ref().map_or_else(Default::default, judge);
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
            if tally.mutants == OF_EACH_KIND {
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
    println!("{silent} of {mutants} mutants of {} kinds are wrong in silence", tallies.len());
    assert!(tallies.len() >= 25 && mutants >= 1_000, "{} kinds, {mutants} mutants", tallies.len());
    assert!(tallies.values().all(|tally| tally.mutants == OF_EACH_KIND), "each kind damages digests");
    assert_eq!(silent, 0, "{}", first.unwrap_or_default());
    // A heading in another form is one: nothing is lost by it.
    for (name, tally) in tallies.iter().filter(|(name, _)| name.ends_with("in another form")) {
        assert_eq!((tally.open, tally.warned), (0, 0), "{name}");
    }
}
