//! Findings about an index and a corpus, as records.

use serde::Serialize;

use super::Records;
use crate::render::CheckAnswer;

const FINDING: [&str; 6] = ["code", "path", "line", "topic", "message", "hint"];

#[derive(Serialize)]
struct FindingFields<'a> {
    code: &'static str,
    path: Option<&'a str>,
    line: Option<usize>,
    topic: Option<&'a str>,
    message: &'a str,
    hint: Option<&'static str>,
}

/// Returns the findings.
pub fn findings(answer: &CheckAnswer) -> Records<'_> {
    let finding = |i: usize| {
        let finding = &answer.findings[i];
        FindingFields {
            code: finding.code.as_str(),
            path: finding.path.as_deref(),
            line: finding.line,
            topic: finding.topic.as_deref(),
            message: &finding.message,
            hint: finding.hint,
        }
    };
    Records::new(&FINDING, &FINDING[..5], &["code", "path", "line", "topic", "message"], answer.findings.len(), finding)
}
