//! Result of an indexing run in one line. The full form adds the skipped files and warnings, which the text form prints
//! on stderr.

use crate::ingest::Report;
use crate::render::IndexAnswer;
use crate::render::human::blocks::{Block, Detail, Header, Line, Sense, Table};
use crate::render::numbers::{counted, grouped};

/// Returns the answer as blocks.
pub fn blocks(answer: &IndexAnswer) -> Vec<Block<'_>> {
    let report = &answer.report;
    let Report { added, changed, removed, unchanged, .. } = *report;
    let counts = [(added, "added"), (changed, "changed"), (removed, "removed"), (unchanged, "unchanged")];
    let counts: Vec<String> = counts
        .iter()
        .filter(|(count, _)| *count > 0)
        .map(|(count, word)| format!("{} {word}", grouped(*count)))
        .collect();
    let end = match (answer.dry_run, report.wrote) {
        (true, _) => "dry run, nothing written",
        (false, false) => "nothing to write",
        (false, true) => "",
    };
    let parts = [counts.join(", "), skipped(report), entries(report), end.to_owned()];
    let parts: Vec<String> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    let digests = counted(report.digests, "digest");
    let line = format!("{}: {digests}; {}", answer.index.display(), parts.join("; "));
    let notes = (!report.left_out.is_empty() || !report.warnings.is_empty()).then(|| Block::Table(notes(report)));
    vec![Block::Paragraph(Sense::Log, line.into()), Block::Only(Detail::Full, notes.into_iter().collect())]
}

/// Table of skipped files and warnings.
fn notes(report: &Report) -> Table<'_> {
    let skipped = report.left_out.iter().map(|note| (note, "true"));
    let notes = skipped.chain(report.warnings.iter().map(|note| (note, "false")));
    let rows = notes.map(|(note, is_skipped)| {
        let line = note.line.map_or_else(String::new, |line| line.to_string());
        vec![Line::from(note.path.as_str()), line.into(), note.message.as_str().into(), is_skipped.into()]
    });
    Table {
        caption: "notes".to_owned(),
        columns: ["path", "line", "message", "skipped"].map(Header::text).into(),
        rows: rows.collect(),
        bars: Vec::new(),
    }
}

fn skipped(report: &Report) -> String {
    let unusable = report.skipped - report.other_files - report.drafts;
    let reasons = [
        (report.other_files, format!("{} without a date", grouped(report.other_files))),
        (report.drafts, counted(report.drafts, "draft")),
        (unusable, format!("{} listed above", grouped(unusable))),
    ];
    let reasons: Vec<String> = reasons.into_iter().filter(|(count, _)| *count > 0).map(|(_, reason)| reason).collect();
    match report.skipped {
        0 => String::new(),
        n => format!("skipped {}: {}", counted(n, "file"), reasons.join(", ")),
    }
}

fn entries(report: &Report) -> String {
    let entries = report.entries;
    let known: usize = report.attribution.values().sum();
    let perspective = match entries.titles - known {
        _ if !report.has_perspectives => String::new(),
        0 => String::new(),
        unknown => format!(" ({} with unknown perspective)", grouped(unknown)),
    };
    [counted(entries.highlights, "highlight"), counted(entries.bullets, "bullet"), counted(entries.titles, "title")]
        .join(", ")
        + &perspective
}
