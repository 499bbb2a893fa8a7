//! One file.

use std::path::Path;

use chrono::NaiveDate;

use super::code::Code;
use super::finding::Finding;
use super::sources::Sources;
use crate::corpus::{self, ReadError};
use crate::digest::overlong;
use crate::digest::{self, Conventions, Digest, Outcome, Parsed, Warning};
use crate::model::DigestId;

/// What there is to say of a file.
#[derive(Default)]
pub struct File {
    /// Which digest it is, if it is one and no draft.
    pub digest: Option<DigestId>,
    pub findings: Vec<Finding>,
    /// What it has of what the corpus says about itself.
    pub used: Vec<usize>,
    /// The sources of its titles.
    pub sources: Sources,
}

/// Reads a file, which is called `name`.
pub fn lint(path: &Path, name: &str, conventions: &Conventions, today: NaiveDate) -> File {
    let text = match corpus::read(path) {
        Ok(text) => text,
        Err(error) => {
            let code = if matches!(error, ReadError::Io(_)) { Code::Unreadable } else { Code::Unusable };
            return File { findings: vec![Finding::of(code, name, error.to_string())], ..File::default() };
        }
    };
    let Parsed { outcome, warnings } = digest::parse(&text.text, conventions);
    let warnings = warnings.into_iter().map(|(subject, warning)| (Code::Digest(subject), warning));
    let mut found: Vec<(Code, Warning)> = match &outcome {
        Outcome::NotADigest => return File::default(),
        Outcome::Unusable(why) => warnings.chain([(Code::Unusable, why.clone())]).collect(),
        Outcome::Digest(digest) => warnings.chain(of_digest(digest, today)).collect(),
    };
    found.extend(of_text(&text));
    let digest = if let Outcome::Digest(digest) = &outcome { Some(digest) } else { None };
    let topic = digest.map(|digest| digest.topic.clone());
    let finding =
        |(code, Warning { line, message })| Finding { line, topic: topic.clone(), ..Finding::of(code, name, message) };
    let published = digest.filter(|digest| !digest.draft);
    let names = |digest: &Digest| {
        conventions.used(&digest.topic, digest.titles.iter().filter_map(|title| title.source.as_deref()))
    };
    File {
        findings: found.into_iter().map(finding).collect(),
        digest: published.map(|d| DigestId { topic: d.topic.clone(), date: d.date }),
        used: published.map(|digest| names(digest)).unwrap_or_default(),
        sources: published.map(|digest| Sources::of(digest, conventions)).unwrap_or_default(),
    }
}

fn of_text(text: &corpus::Text) -> Vec<(Code, Warning)> {
    let invalid = text.invalid_line.map(|line| (Code::Encoding, Warning::at(line, corpus::INVALID)));
    let misread = digest::misread_lines(&text.text);
    let misread = misread.first().map(|first| {
        let held = match misread.len() {
            1 => "this line holds".to_owned(),
            several => format!("this line and {} further on hold", several - 1),
        };
        (
            Code::Mojibake,
            Warning::at(*first, format!("{held} UTF-8 that was read as Windows-1252 or Latin-1; shown repaired")),
        )
    });
    invalid.into_iter().chain(misread).collect()
}

fn of_digest(digest: &Digest, today: NaiveDate) -> Vec<(Code, Warning)> {
    let mut found: Vec<_> = overlong(digest).into_iter().map(|warning| (Code::LongEntry, warning)).collect();
    if digest.date > today {
        found.push((Code::Future, Warning::file(format!("dated {}, which is later than today", digest.date))));
    }
    for (place, perspective) in digest.perspectives.iter().enumerate() {
        // Perspectives that the corpus makes one have all their points on the first.
        let is_first = digest.perspectives.iter().position(|other| other.id == perspective.id) == Some(place);
        let has_none = digest.bullets.iter().all(|bullet| bullet.perspective != place);
        if is_first && has_none && !digest.bullets.is_empty() {
            let of = if perspective.count == Some(0) { ", which has no articles either" } else { "" };
            found.push((Code::NoBullets, Warning::file(format!("there is no point of `{}`{of}", perspective.id))));
        }
    }
    let linkless: Vec<usize> =
        digest.titles.iter().filter(|title| !title.text.is_empty() && title.url.is_none()).map(|t| t.line).collect();
    if let Some(first) = linkless.first() {
        let message = match linkless.len() {
            1 => "this title has no link".to_owned(),
            several => format!("this title and {} further on have no link", several - 1),
        };
        found.push((Code::NoLink, Warning::at(*first, message)));
    }
    found
}
