//! Checks of the front matter's counts against the source list and each other.

use super::evidence::Evidence;
use crate::digest::{Digest, Perspective, Subject, Warning};

/// Returns the counts of the perspectives if they add up to the number of lines. Perspectives without a count, which
/// only headings name, come last.
pub fn matching_counts(perspectives: &[Perspective], lines: usize) -> Option<Vec<usize>> {
    let counts: Vec<usize> = perspectives.iter().map_while(|p| p.count).collect();
    let sum = counts.iter().try_fold(0usize, |sum, &n| sum.checked_add(n));
    (!counts.is_empty() && sum == Some(lines)).then_some(counts)
}

/// Warns where the counts of the front matter differ from the list.
pub fn check(digest: &Digest, evidence: &Evidence<'_>, warnings: &mut Vec<(Subject, Warning)>) {
    let lines = digest.titles.len();
    if let Some(articles) = evidence.front.article_count.filter(|&n| n != lines) {
        warnings
            .push(Subject::Count.file(format!("`articleCount` is {articles}, but the source list has {lines} lines")));
    }
    let has_counts = digest.perspectives.iter().any(|p| p.count.is_some());
    if has_counts && matching_counts(&digest.perspectives, lines).is_none() {
        let is_early = evidence.front.perspectives.is_empty();
        let key = if is_early { "the `…Sources` counts" } else { "the counts of `perspectives`" };
        warnings.push(
            Subject::Count
                .file(format!("{key} do not add up to the {lines} source lines; the order of the list is not used")),
        );
    }
}

/// Reports whether a perspective's count in `perspectives` differs from its `<id>Sources`. Neither is used then: even
/// the one that fits the list may fit by accident.
pub fn contradict(evidence: &Evidence<'_>, warnings: &mut Vec<(Subject, Warning)>) -> bool {
    let mut listed = evidence.front.perspectives.iter().filter_map(|p| Some((&p.id, p.count?)));
    let differing = listed.find_map(|(id, count)| {
        let other = evidence.front.source_counts.iter().find(|(other, n)| other == id && *n != count)?;
        Some((id, count, other.1))
    });
    if let Some((id, count, other)) = differing {
        let key = format!("{id}Sources");
        let message = format!(
            "`{key}` is {other}, but `perspectives` has a count of {count} for `{id}`; the perspectives of the titles are unknown"
        );
        warnings.push(Subject::Count.of_key(evidence.head, &key, message));
    }
    let is_known = |id: &String| evidence.front.perspectives.iter().any(|p| p.id == *id);
    let mut others = evidence.front.source_counts.iter().filter(|(id, n)| *n > 0 && !is_known(id));
    if let Some((id, _)) = others.next().filter(|_| !evidence.front.perspectives.is_empty()) {
        let key = format!("{id}Sources");
        warnings.push(Subject::Count.of_key(evidence.head, &key, format!("`{key}` matches no id in `perspectives`")));
    }
    differing.is_some()
}
