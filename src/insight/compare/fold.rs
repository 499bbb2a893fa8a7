//! One line a phrase: *Hong Kong* says all that *Hong* and *Kong* do.

use super::findings::Finding;
use super::terms::Uses;

/// A term is part of a longer one if the longer one is in as many of its texts.
const PART: f64 = 0.9;

/// Returns the findings without those that are part of a longer one. Takes the uses by number of words.
pub fn without_parts(findings: Vec<Finding>, uses: &[Uses]) -> Vec<Finding> {
    let is_part_of = |short: &Finding, long: &Finding| {
        let (stems, phrase) = (stems(short, uses), stems(long, uses));
        stems.len() < phrase.len()
            && phrase.windows(stems.len()).any(|part| part == stems)
            && texts(long) >= PART * texts(short)
    };
    let is_part: Vec<bool> = findings.iter().map(|short| findings.iter().any(|long| is_part_of(short, long))).collect();
    findings.into_iter().zip(is_part).filter(|(_, is_part)| !is_part).map(|(finding, _)| finding).collect()
}

fn stems<'a>(finding: &Finding, uses: &'a [Uses]) -> &'a [u32] {
    let of_length = uses.iter().find(|uses| uses.words == finding.words);
    of_length.map_or(&[], |uses| &uses.terms[finding.tested.term][..finding.words])
}

fn texts(finding: &Finding) -> f64 {
    finding.tested.here + finding.tested.there
}
