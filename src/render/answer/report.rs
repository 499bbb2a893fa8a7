//! Reports: answers in sections.

use chrono::NaiveDate;

use super::Answer;
use crate::diagnostic::Message;
use crate::query::Filters;

/// The answer to a report spec.
pub struct ReportAnswer {
    /// The title.
    pub title: String,
    /// The variables and their values.
    pub vars: Vec<(String, String)>,
    /// The head.
    pub head: ReportHead,
    /// The sections.
    pub sections: Vec<ReportSection>,
}

/// The head of a report: its version, corpus, days and topics.
#[derive(Default)]
pub struct ReportHead {
    /// The version of this program.
    pub version: &'static str,
    /// The hash of all that is indexed.
    pub corpus: String,
    /// The day from which relative dates count.
    pub as_of: Option<NaiveDate>,
    /// The filters of all sections that do not set their own.
    pub filters: Filters,
    /// The topics.
    pub topics: Vec<ReportTopic>,
}

/// The digests of a topic.
pub struct ReportTopic {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
    /// The number of digests of the requested days.
    pub digests: usize,
    /// The day of the first digest.
    pub first: Option<NaiveDate>,
    /// The day of the last digest.
    pub last: Option<NaiveDate>,
    /// The requested days without a digest.
    pub missing: Vec<NaiveDate>,
}

/// A section.
pub struct ReportSection {
    /// The title, if any.
    pub title: Option<String>,
    /// The content.
    pub content: ReportContent,
}

/// The content of a section.
pub enum ReportContent {
    /// Text by the author of the spec.
    Text {
        /// The text for a terminal.
        plain: String,
        /// The text as Markdown, with the values of variables escaped.
        markdown: String,
    },
    /// An answer with its assertions.
    Answer {
        /// The answer.
        answer: Answer,
        /// The checked assertions.
        assertions: Vec<CheckedAssertion>,
    },
}

/// A checked assertion.
pub struct CheckedAssertion {
    /// The text.
    pub text: String,
    /// The line in the spec.
    pub line: usize,
    /// The actual value; none if unknown.
    pub actual: Option<f64>,
    /// True if it holds.
    pub holds: bool,
}

impl ReportSection {
    /// Returns its failed assertions.
    pub fn failed(&self) -> impl Iterator<Item = &CheckedAssertion> {
        let assertions = match &self.content {
            ReportContent::Answer { assertions, .. } => &assertions[..],
            ReportContent::Text { .. } => &[],
        };
        assertions.iter().filter(|assertion| !assertion.holds)
    }
}

impl ReportAnswer {
    /// Returns the standing notes of all sections, each once, in the order of the sections.
    pub fn standing_notes(&self) -> Vec<Message> {
        let mut notes: Vec<Message> = Vec::new();
        for section in &self.sections {
            if let ReportContent::Answer { answer, .. } = &section.content {
                for note in answer.standing_notes() {
                    if !notes.contains(&note) {
                        notes.push(note);
                    }
                }
            }
        }
        notes
    }

    /// Returns all failed assertions.
    pub fn failed(&self) -> impl Iterator<Item = &CheckedAssertion> {
        self.sections.iter().flat_map(ReportSection::failed)
    }
}

impl CheckedAssertion {
    /// Returns the failure as a sentence.
    pub fn failure(&self) -> String {
        let actual = self.actual.map_or_else(|| "unknown".to_owned(), number);
        format!("assertion failed: {} (actual value: {actual})", self.text)
    }
}

/// Formats a count, or a share with four decimals.
fn number(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.4}") }
}
