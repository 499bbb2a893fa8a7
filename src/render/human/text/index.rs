//! What an index run did, in one line. What it left out, and why, is said on stderr before.

use std::io::{self, Write};

use crate::ingest::Report;
use crate::render::numbers::{counted, grouped};
use crate::render::{IndexAnswer, shown};

pub fn write(answer: &IndexAnswer, out: &mut dyn Write) -> io::Result<()> {
    let report = &answer.report;
    let Report { added, changed, removed, unchanged, .. } = *report;
    let counts = [(added, "added"), (changed, "changed"), (removed, "removed"), (unchanged, "unchanged")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", grouped(*count)))
        .collect();
    let end = match (answer.dry_run, report.wrote) {
        (true, _) => "dry run, nothing was written",
        (false, false) => "nothing to write",
        (false, true) => "",
    };
    let parts = [counts.join(", "), skipped(report), units(report), end.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    writeln!(
        out,
        "{}: {}; {}",
        shown(&answer.index.display().to_string()),
        counted(report.digests, "digest"),
        parts.join("; ")
    )
}

fn skipped(report: &Report) -> String {
    let unusable = report.skipped - report.not_digests - report.drafts;
    let reasons = [
        (report.not_digests, format!("{} no digest", grouped(report.not_digests))),
        (report.drafts, counted(report.drafts, "draft")),
        (unusable, format!("{} named above", grouped(unusable))),
    ];
    let reasons: Vec<String> = reasons.into_iter().filter(|(count, _)| *count > 0).map(|(_, reason)| reason).collect();
    match report.skipped {
        0 => String::new(),
        n => format!("{} skipped ({})", counted(n, "file"), reasons.join(", ")),
    }
}

fn units(report: &Report) -> String {
    let units = report.units;
    let known: usize = report.attribution.values().sum();
    let side = match units.titles - known {
        0 => String::new(),
        open => format!(", {} of them of no known side", grouped(open)),
    };
    [counted(units.highlights, "highlight"), counted(units.bullets, "bullet"), counted(units.titles, "title")]
        .join(", ")
        + &side
}
