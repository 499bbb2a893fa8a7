//! Attribution of a digest's titles to perspectives.

use super::case::{Case, Verdict};
use super::evidence::Evidence;
use super::{configured, counts, doubt};
use crate::digest::{Digest, Subject, TopicConventions, Warning};
use crate::model::Attribution;

/// Sets the perspective of each title, where known, and warns of contradictory evidence.
pub fn attribute(
    digest: &mut Digest,
    evidence: &Evidence<'_>,
    own: Option<&TopicConventions>,
    warnings: &mut Vec<(Subject, Warning)>,
) {
    counts::check(digest, evidence, warnings);
    let merged = configured::merge(digest, own);
    let configured = configured::perspectives(digest, own, warnings);
    // If the settings decide every line, other evidence and its warnings are irrelevant.
    let is_undecided = configured.iter().any(Option::is_none);
    let mut ignored = Vec::new();
    let warnings = if is_undecided { warnings } else { &mut ignored };
    let case = Case { digest, evidence, merged: &merged };
    let mut verdicts = case.by_list(warnings);
    case.by_headings(&mut verdicts, warnings);
    let doubts = verdicts.iter().zip(&configured).map(|(verdict, configured)| match verdict {
        Verdict::Unknown(doubt) if configured.is_none() => *doubt,
        _ => None,
    });
    doubt::warn(&doubts.collect::<Vec<_>>(), digest, warnings);
    for ((title, verdict), configured) in digest.titles.iter_mut().zip(verdicts).zip(configured) {
        let known =
            if let Verdict::Known(perspective, how) = verdict { Some((merged[perspective], how)) } else { None };
        title.perspective = configured.map(|perspective| (perspective, Attribution::Configured)).or(known);
    }
}
