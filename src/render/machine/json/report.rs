//! A report as JSON: each section with the answer that its command would give.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::{Serialize, Serializer};

use super::envelope::envelope;
use super::rows::Rows;
use super::selection::Span;
use crate::diagnostic::Syntax;
use crate::render::machine::records::records;
use crate::render::{Answer, CheckedAssertion, ReportAnswer, ReportContent, ReportSection, ReportTopic};

#[derive(Serialize)]
pub struct Report<'a> {
    title: &'a str,
    /// The version of the program.
    program: &'a str,
    /// The hash of all that is indexed.
    corpus: &'a str,
    as_of: Option<NaiveDate>,
    /// The days of the report; empty for all.
    days: Vec<Span>,
    topics: Vec<Topic<'a>>,
    vars: BTreeMap<&'a str, &'a str>,
    /// The number of failed assertions.
    failed: usize,
    sections: Vec<Section<'a>>,
}

#[derive(Serialize)]
struct Topic<'a> {
    id: &'a str,
    name: &'a str,
    digests: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    missing: &'a [NaiveDate],
}

#[derive(Serialize)]
struct Section<'a> {
    title: Option<&'a str>,
    /// Markdown by the author of the spec; null for an answer.
    text: Option<&'a str>,
    answer: Option<Nested<'a>>,
    assertions: Vec<Assertion<'a>>,
}

#[derive(Serialize)]
struct Assertion<'a> {
    assertion: &'a str,
    line: usize,
    actual: Option<f64>,
    holds: bool,
}

/// An answer in its envelope, as its command writes it.
struct Nested<'a>(&'a Answer, Syntax);

impl Serialize for Nested<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let records = records(self.0);
        envelope(self.0, Rows { fields: &records.fields, records: &records }, self.1, serializer)
    }
}

impl<'a> Report<'a> {
    pub fn new(answer: &'a ReportAnswer, syntax: Syntax) -> Self {
        let ReportAnswer { title, vars, head, sections } = answer;
        Self {
            title,
            program: head.version,
            corpus: &head.corpus,
            as_of: head.as_of,
            days: head.filters.days.iter().map(Span::new).collect(),
            topics: head.topics.iter().map(Topic::new).collect(),
            vars: vars.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect(),
            failed: answer.failed().count(),
            sections: sections.iter().map(|section| Section::new(section, syntax)).collect(),
        }
    }
}

impl<'a> Topic<'a> {
    fn new(topic: &'a ReportTopic) -> Self {
        let ReportTopic { id, name, digests, first, last, missing } = topic;
        Self { id, name, digests: *digests, first: *first, last: *last, missing }
    }
}

impl<'a> Section<'a> {
    fn new(section: &'a ReportSection, syntax: Syntax) -> Self {
        let title = section.title.as_deref();
        match &section.content {
            ReportContent::Text { markdown, .. } => {
                Self { title, text: Some(markdown), answer: None, assertions: Vec::new() }
            }
            ReportContent::Answer { answer, assertions } => {
                let assertions = assertions.iter().map(Assertion::new).collect();
                Self { title, text: None, answer: Some(Nested(answer, syntax)), assertions }
            }
        }
    }
}

impl<'a> Assertion<'a> {
    fn new(assertion: &'a CheckedAssertion) -> Self {
        let CheckedAssertion { text, line, actual, holds } = assertion;
        Self { assertion: text, line: *line, actual: *actual, holds: *holds }
    }
}
