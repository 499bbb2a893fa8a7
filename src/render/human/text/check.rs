//! What is wrong with an index and with the folder of digests: by file, then how much of what.

use std::io::{self, Write};

use super::paint::{Part, lines, notes, paint};
use crate::lint::Finding;
use crate::render::numbers::{counted, grouped};
use crate::render::{CheckAnswer, Style, shown};

/// So many findings about a topic as a whole are written, the last; the others are counted.
const OF_A_TOPIC: usize = 5;

/// Findings stand behind their lines.
const INDENT: &str = "       ";

pub fn write(answer: &CheckAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for of_file in answer.findings.chunk_by(|a, b| place(a) == place(b)) {
        writeln!(out, "{}", paint(&shown(&place(&of_file[0])), Part::Heading, style))?;
        let written = if of_file[0].path.is_some() { of_file.len() } else { OF_A_TOPIC.min(of_file.len()) };
        let earlier = of_file.len() - written;
        if earlier > 0 {
            lines(&format!("{} earlier; --format json has all", grouped(earlier)), INDENT, INDENT, None, style, out)?;
        }
        for finding in &of_file[earlier..] {
            let line = finding.line.map_or_else(String::new, |line| line.to_string());
            let code = paint(finding.code.as_str(), Part::Aside, style);
            let found = format!("{code}: {}", shown(&finding.message));
            lines(&found, &format!("{line:>5}  "), INDENT, None, style, out)?;
        }
        if let Some(hint) = of_file.last().and_then(|finding| finding.hint) {
            lines(&format!("hint: {hint}"), INDENT, INDENT, None, style, out)?;
        }
        writeln!(out)?;
    }
    let counts = answer.counts();
    let counts: Vec<String> = counts.iter().map(|(code, count)| format!("{} {code}", grouped(*count))).collect();
    let found = match answer.findings.len() {
        0 => "nothing found".to_owned(),
        some => format!("{}: {}", counted(some, "finding"), counts.join(", ")),
    };
    lines(&format!("{found}; checked {}", checked(answer)), "", "  ", None, style, out)?;
    notes(answer.warnings.iter().cloned(), style, out)
}

/// What a finding is about: a file, or a topic as a whole.
fn place(finding: &Finding) -> String {
    let topic = || format!("topic {}", finding.topic.as_deref().unwrap_or_default());
    finding.path.clone().unwrap_or_else(topic)
}

/// What was looked at.
fn checked(answer: &CheckAnswer) -> String {
    let folder = answer.folder.as_ref().map(|folder| {
        let (files, digests) = (counted(folder.files, "file"), counted(folder.digests, "digest"));
        format!("{files} in {}, {digests}", shown(&folder.path.to_string_lossy()))
    });
    let index = answer.index.as_ref().map(|index| {
        let bytes = usize::try_from(index.bytes).unwrap_or(usize::MAX);
        let (files, bytes) = (counted(index.files, "file"), counted(bytes, "byte"));
        format!("{files} of the index in {}, {bytes}", shown(&index.path.to_string_lossy()))
    });
    let parts: Vec<String> = folder.into_iter().chain(index).collect();
    if parts.is_empty() { "nothing".to_owned() } else { parts.join("; ") }
}
