//! Checks of a single file.

use std::path::Path;

use chrono::NaiveDate;

use super::code::Code;
use super::finding::Finding;
use super::sources::Sources;
use crate::corpus::{self, ReadError};
use crate::digest::overlong;
use crate::digest::{self, Conventions, Digest, Layout, LooseLinks, Outcome, Parsed, Reading, Title, Warning};
use crate::model::DigestId;

/// Result of checking a file.
#[derive(Default)]
pub struct File {
    /// Id of the digest, unless it is a draft.
    pub digest: Option<DigestId>,
    pub findings: Vec<Finding>,
    /// Conventions that apply to the digest, by index.
    pub used: Vec<usize>,
    /// Sources of the titles.
    pub sources: Sources,
    /// Links that are part of no title.
    pub loose_links: LooseLinks,
}

/// Reads and checks a file as its folder decides. Findings name it `name`; `file` is its path in the corpus.
pub fn lint(
    path: &Path,
    name: &str,
    file: &str,
    reading: Option<&Reading>,
    conventions: &Conventions,
    today: NaiveDate,
) -> File {
    let text = match corpus::read(path) {
        Ok(text) => text,
        Err(error) => {
            let code = if matches!(error, ReadError::Io(_)) { Code::Unreadable } else { Code::Unusable };
            return File { findings: vec![Finding::of(code, name, error.to_string())], ..File::default() };
        }
    };
    let Parsed { outcome, warnings } = digest::read(&text.text, Layout::of(&text.text), file, reading, conventions);
    let warnings = warnings.into_iter().map(|(subject, warning)| (Code::Digest(subject), warning));
    let mut found: Vec<(Code, Warning)> = match &outcome {
        Outcome::NotADigest => return File::default(),
        Outcome::Unusable(why) => warnings.chain([(Code::Unusable, why.clone())]).collect(),
        Outcome::Digest(digest) => warnings.chain(digest_findings(digest, today)).collect(),
    };
    found.extend(text_findings(&text));
    let digest = if let Outcome::Digest(digest) = &outcome { Some(digest) } else { None };
    let topic = digest.map(|digest| digest.topic.clone());
    let finding =
        |(code, Warning { line, message })| Finding { line, topic: topic.clone(), ..Finding::of(code, name, message) };
    let published = digest.filter(|digest| !digest.draft);
    File {
        findings: found.into_iter().map(finding).collect(),
        digest: published.map(|d| DigestId {
            corpus: String::new(),
            topic: d.topic.clone(),
            date: d.date,
            variant: d.variant.clone(),
        }),
        used: published.map(|digest| conventions.used(digest)).unwrap_or_default(),
        sources: published.map(|digest| Sources::of(digest, conventions)).unwrap_or_default(),
        loose_links: published.map(|digest| digest.loose_links.clone()).unwrap_or_default(),
    }
}

fn text_findings(text: &corpus::Text) -> Vec<(Code, Warning)> {
    let invalid = text.invalid_line.map(|line| (Code::Encoding, Warning::at(line, corpus::INVALID)));
    let misread = digest::misread_lines(&text.text);
    let misread = misread.first().map(|first| {
        let lines = match misread.len() {
            1 => "this line contains".to_owned(),
            2 => "this line and 1 more contain".to_owned(),
            several => format!("this line and {} more contain", several - 1),
        };
        (
            Code::Mojibake,
            Warning::at(*first, format!("{lines} UTF-8 decoded as Windows-1252 or Latin-1; repaired for display")),
        )
    });
    invalid.into_iter().chain(misread).collect()
}

fn digest_findings(digest: &Digest, today: NaiveDate) -> Vec<(Code, Warning)> {
    let mut found: Vec<_> = overlong(digest).into_iter().map(|warning| (Code::LongEntry, warning)).collect();
    if digest.date > today {
        found.push((Code::Future, Warning::file(format!("dated {}, later than today", digest.date))));
    }
    for (place, perspective) in digest.perspectives.iter().enumerate() {
        // Perspectives that the conventions merge have all their bullets under the first.
        let is_first = digest.perspectives.iter().position(|other| other.id == perspective.id) == Some(place);
        let has_none = digest.bullets.iter().all(|bullet| bullet.perspective != Some(place));
        if is_first && has_none && !digest.bullets.is_empty() {
            let articles = if perspective.count == Some(0) { " and no articles" } else { "" };
            found.push((Code::NoBullets, Warning::file(format!("no bullets for `{}`{articles}", perspective.id))));
        }
    }
    // Numbered headings are titles with or without a link.
    let is_unlinked = |title: &&Title| digest.layout == Layout::Own && !title.text.is_empty() && title.url.is_none();
    let unlinked: Vec<usize> = digest.titles.iter().filter(is_unlinked).map(|t| t.line).collect();
    if let Some(first) = unlinked.first() {
        let message = match unlinked.len() {
            1 => "this title has no link".to_owned(),
            several => format!("this title and {} more have no link", several - 1),
        };
        found.push((Code::NoLink, Warning::at(*first, message)));
    }
    found
}
