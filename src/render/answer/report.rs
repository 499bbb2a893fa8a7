//! Answers one below the other, with what they are of.

use chrono::NaiveDate;

use super::Answer;
use crate::query::Filters;

/// The answers to a file of questions.
pub struct ReportAnswer {
    /// The title.
    pub title: String,
    /// The variables and their values.
    pub vars: Vec<(String, String)>,
    /// What it is of.
    pub head: ReportHead,
    /// The sections.
    pub sections: Vec<ReportSection>,
}

/// What a report is of.
#[derive(Default)]
pub struct ReportHead {
    /// The version of this program.
    pub version: &'static str,
    /// Stands for all that is indexed.
    pub corpus: String,
    /// The day that relative dates count from.
    pub as_of: Option<NaiveDate>,
    /// What all sections are of that don't say otherwise.
    pub filters: Filters,
    /// The topics that are asked for.
    pub topics: Vec<ReportTopic>,
}

/// The digests of a topic.
pub struct ReportTopic {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// How many digests of the days asked for there are.
    pub digests: usize,
    /// The first digest's day.
    pub first: Option<NaiveDate>,
    /// The last digest's day.
    pub last: Option<NaiveDate>,
    /// The days asked for that have none.
    pub missing: Vec<NaiveDate>,
}

/// A section.
pub struct ReportSection {
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What stands in it.
    pub content: ReportContent,
}

/// What stands in a section.
pub enum ReportContent {
    /// What the author of the spec wrote.
    Text {
        /// As it is read on a terminal.
        plain: String,
        /// As Markdown, in which the values of variables are no marks.
        markdown: String,
    },
    /// An answer, and what it was held against.
    Answer {
        /// The answer.
        answer: Answer,
        /// What was asserted of it.
        asserted: Vec<Asserted>,
    },
}

/// Something that was asserted.
pub struct Asserted {
    /// As it was written.
    pub text: String,
    /// Its line in the spec.
    pub line: usize,
    /// What is the case; none where that is not known.
    pub actual: Option<f64>,
    /// Whether it holds.
    pub holds: bool,
}

impl ReportSection {
    /// What does not hold of it.
    pub fn failed(&self) -> impl Iterator<Item = &Asserted> {
        let asserted = match &self.content {
            ReportContent::Answer { asserted, .. } => &asserted[..],
            ReportContent::Text { .. } => &[],
        };
        asserted.iter().filter(|asserted| !asserted.holds)
    }
}

impl ReportAnswer {
    /// The caveats of all sections, one after the other.
    pub fn all_caveats(&self) -> Vec<String> {
        let caveats = |section: &ReportSection| match &section.content {
            ReportContent::Answer { answer, .. } => answer.caveats(),
            ReportContent::Text { .. } => Vec::new(),
        };
        self.sections.iter().flat_map(caveats).collect()
    }

    /// The caveats that several sections have, in the order of the sections.
    pub fn shared_caveats(&self) -> Vec<String> {
        let mut all: Vec<String> = Vec::new();
        let mut shared: Vec<String> = Vec::new();
        for caveat in self.all_caveats() {
            let of = if all.contains(&caveat) { &mut shared } else { &mut all };
            if !of.contains(&caveat) {
                of.push(caveat);
            }
        }
        shared
    }

    /// What does not hold.
    pub fn failed(&self) -> impl Iterator<Item = &Asserted> {
        self.sections.iter().flat_map(ReportSection::failed)
    }
}

impl Asserted {
    /// What is the case instead, in a sentence.
    pub fn told(&self) -> String {
        let actual = self.actual.map_or_else(|| "not known".to_owned(), number);
        format!("does not hold: {}, it is {actual}", self.text)
    }
}

/// A count as it is, a share with four decimals.
fn number(number: f64) -> String {
    if number.fract() == 0.0 { format!("{number:.0}") } else { format!("{number:.4}") }
}
