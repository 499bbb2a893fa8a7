//! Reasons for leaving the perspective of a line unknown despite evidence.

use crate::digest::{Digest, Subject, Warning};

/// Reason for leaving a line without a perspective.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// Already reported by a warning.
    Reported,
    /// The order depends on the writer's maximum number of articles.
    Maximum,
    /// The number of the source line contradicts.
    Number,
    /// The locale contradicts.
    Locale,
    /// The dates of the articles contradict.
    Days,
    /// The heading above contradicts.
    Heading,
}

/// Warns once for each reason, at the first line concerned.
pub fn warn(doubts: &[Option<Doubt>], digest: &Digest, warnings: &mut Vec<(Subject, Warning)>) {
    for doubt in [Doubt::Maximum, Doubt::Number, Doubt::Locale, Doubt::Days, Doubt::Heading] {
        let mut lines =
            doubts.iter().zip(&digest.titles).filter(|(d, _)| **d == Some(doubt)).map(|(_, title)| title.line);
        let Some(first) = lines.next() else { continue };
        let reason = match doubt {
            Doubt::Reported => continue,
            Doubt::Maximum => "the counts allow several orders of the source list",
            Doubt::Number => "the numbers contradict the order of the source list",
            Doubt::Locale => "the locales contradict the order of the source list",
            Doubt::Days => "the dates of the articles, newest first for each perspective, contradict the counts",
            Doubt::Heading => "the heading above contradicts the counts; the heading `Sources` may be missing",
        };
        let titles = match lines.count() {
            0 => "the perspective of this title is unknown".to_owned(),
            more => format!("the perspectives of this title and {more} more are unknown"),
        };
        warnings.push(Subject::Perspective.at(first, format!("{reason}; {titles}")));
    }
}
