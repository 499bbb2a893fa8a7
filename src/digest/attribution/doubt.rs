//! Why the perspective of a line is unknown although something says it.

use crate::digest::{Digest, Subject, Warning};

/// A reason to leave a line open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Doubt {
    /// It has a warning of its own.
    Told,
    /// The writer's order depends on its maximum of articles.
    Maximum,
    /// The number in the list.
    Number,
    /// The locale.
    Locale,
    /// The days of the articles.
    Days,
    /// The heading above it.
    Heading,
}

/// Warns once of each reason, at the first line that it concerns.
pub fn warn(doubts: &[Option<Doubt>], digest: &Digest, warnings: &mut Vec<(Subject, Warning)>) {
    for doubt in [Doubt::Maximum, Doubt::Number, Doubt::Locale, Doubt::Days, Doubt::Heading] {
        let mut lines =
            doubts.iter().zip(&digest.titles).filter(|(d, _)| **d == Some(doubt)).map(|(_, title)| title.line);
        let Some(first) = lines.next() else { continue };
        let reason = match doubt {
            Doubt::Told => continue,
            Doubt::Maximum => "the counts allow several orders of the source list",
            Doubt::Number => "the numbers contradict the order of the source list",
            Doubt::Locale => "the locales contradict the order of the source list",
            Doubt::Days => "the days of the articles, newest first of each perspective, contradict the counts",
            Doubt::Heading => "the heading above contradicts the counts (is the heading `Sources` missing?)",
        };
        let titles = match lines.count() {
            0 => "the perspective of this title is unknown".to_owned(),
            more => format!("the perspectives of this title and {more} further on are unknown"),
        };
        warnings.push(Subject::Perspective.at(first, format!("{reason}; {titles}")));
    }
}
