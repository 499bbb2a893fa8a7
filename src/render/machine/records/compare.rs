//! The terms that groups prefer, as records.

use serde::Serialize;

use super::Records;
use crate::insight::{Effect, GroupResponse, LogOddsRatio, Term};
use crate::render::CompareAnswer;
use crate::render::numbers::{rounded, significant};

const TERM: [&str; 23] = [
    "group",
    "group_name",
    "term",
    "words",
    "z",
    "count",
    "n",
    "count_others",
    "n_others",
    "log_odds",
    "log_odds_low",
    "log_odds_high",
    "story_share",
    "story_share_others",
    "sources",
    "sources_others",
    "digests",
    "p",
    "q",
    "source",
    "p_sources",
    "example_id",
    "example",
];

/// The group, or in a trend the perspective, whose term it is.
#[derive(Serialize)]
#[serde(untagged)]
pub enum OwnerFields<'a> {
    Group { group: &'a str, group_name: &'a str },
    Perspective { perspective: &'a str, perspective_name: &'a str },
}

#[derive(Serialize)]
pub struct TermFields<'a> {
    #[serde(flatten)]
    owner: OwnerFields<'a>,
    term: &'a str,
    words: usize,
    z: Option<f64>,
    /// The number of texts of the group with the term.
    count: usize,
    /// The number of compared texts of the group.
    n: usize,
    count_others: usize,
    n_others: usize,
    /// The natural logarithm of the odds ratio; null within stories.
    log_odds: Option<f64>,
    /// The ends of its 95% interval; null where there are too few digests.
    log_odds_low: Option<f64>,
    log_odds_high: Option<f64>,
    /// Within stories: the share of a story's titles with the term, in the mean of all stories.
    story_share: Option<f64>,
    story_share_others: Option<f64>,
    /// The number of sources of the group whose texts have the term.
    sources: usize,
    sources_others: usize,
    digests: usize,
    p: Option<f64>,
    q: Option<f64>,
    /// The source without which it would not be a finding.
    source: Option<&'a str>,
    /// The probability of as large a difference with sources assigned at random.
    p_sources: Option<f64>,
    example_id: &'a str,
    example: &'a str,
}

/// The terms of all groups.
pub fn terms(answer: &CompareAnswer) -> Records<'_> {
    let groups = answer.response.groups.iter();
    let terms: Vec<(&GroupResponse, &Term)> =
        groups.flat_map(|group| group.terms.iter().map(move |t| (group, t))).collect();
    let record = move |i: usize| {
        let (group, term) = terms[i];
        TermFields::new(OwnerFields::Group { group: &group.id, group_name: &group.name }, term)
    };
    let len = answer.response.groups.iter().map(|group| group.terms.len()).sum();
    let columns: Vec<&str> = TERM.into_iter().filter(|field| *field != "group_name").collect();
    Records::new(&TERM, &columns, &["group", "term"], len, record)
}

impl<'a> TermFields<'a> {
    pub fn new(owner: OwnerFields<'a>, term: &'a Term) -> Self {
        let (odds, shares) = match term.effect {
            Effect::Odds { ratio, z } => (Some((ratio, z)), None),
            Effect::InStories(shares) => (None, Some(shares.map(|share| rounded(share, 6)))),
        };
        let end = |end: fn(&LogOddsRatio) -> f64| {
            odds.filter(|(ratio, _)| ratio.half_width.is_some()).map(|(ratio, _)| rounded(end(&ratio), 3))
        };
        Self {
            owner,
            term: &term.term,
            words: term.words,
            z: odds.map(|(_, z)| rounded(z, 3)),
            count: term.here,
            n: term.texts[0],
            count_others: term.there,
            n_others: term.texts[1],
            log_odds: odds.map(|(ratio, _)| rounded(ratio.value, 3)),
            log_odds_low: end(LogOddsRatio::low),
            log_odds_high: end(LogOddsRatio::high),
            story_share: shares.map(|shares| shares[0]),
            story_share_others: shares.map(|shares| shares[1]),
            sources: term.sources[0],
            sources_others: term.sources[1],
            digests: term.digests,
            p: term.p.map(significant),
            q: term.q.map(significant),
            source: term.source.as_deref(),
            p_sources: term.p_sources.map(significant),
            example_id: &term.example.id,
            example: &term.example.text,
        }
    }
}
