//! What an index run did, in one line. What it left out, and why, is said on stderr before.

use std::io::{self, Write};

use crate::ingest::Report;
use crate::render::IndexAnswer;
use crate::render::numbers::{counted, grouped};

pub fn write(answer: &IndexAnswer, out: &mut dyn Write) -> io::Result<()> {
    let Report { added, changed, removed, unchanged, .. } = answer.report;
    let what: Vec<String> = [(added, "added"), (changed, "changed"), (removed, "removed"), (unchanged, "unchanged")]
        .into_iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", grouped(count)))
        .collect();
    let mut parts = vec![if what.is_empty() { "no digests".to_owned() } else { what.join(", ") }, skipped(&answer.report)];
    parts.push(units(&answer.report));
    let end = match (answer.dry_run, answer.report.wrote) {
        (true, _) => "dry run: nothing was written",
        (false, false) => "nothing to write",
        (false, true) => "",
    };
    parts.push(end.to_owned());
    parts.retain(|part| !part.is_empty());
    let index = answer.index.display().to_string();
    writeln!(out, "{}: {} ({})", crate::render::shown(&index), counted(answer.report.digests, "digest"), parts.join("; "))
}

fn skipped(report: &Report) -> String {
    let reasons = [
        (report.not_digests, "no digest"),
        (report.drafts, "draft"),
        (report.skipped - report.not_digests - report.drafts, "unusable"),
    ];
    let reasons: Vec<String> =
        reasons.iter().filter(|(count, _)| *count > 0).map(|(count, reason)| format!("{} {reason}", grouped(*count))).collect();
    match report.skipped {
        0 => String::new(),
        n => format!("{} skipped: {}", counted(n, "file"), reasons.join(", ")),
    }
}

fn units(report: &Report) -> String {
    let units = report.units;
    let known: usize = report.attribution.values().sum();
    let side = match units.titles - known {
        0 => String::new(),
        open => format!(", {} of them of no known side", grouped(open)),
    };
    [counted(units.highlights, "highlight"), counted(units.bullets, "bullet"), counted(units.titles, "title")].join(", ") + &side
}
