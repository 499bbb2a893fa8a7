//! What becomes of each line of one file of a corpus.

use std::path::Path;

use super::corpus::Corpus;
use super::error::ExplainError;
use crate::corpus;
use crate::digest::{self, Digest, Layout, Outcome, Parsed, Use, Warning};

/// A file, line by line.
#[derive(Debug)]
pub struct Explained {
    /// Path of the file below the corpus.
    pub path: String,
    /// Whether it is a digest, in words.
    pub outcome: String,
    /// Its digest.
    pub digest: Option<Digest>,
    /// All lines, in order.
    pub lines: Vec<ExplainedLine>,
    /// Warnings about it.
    pub warnings: Vec<Warning>,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExplainedLine {
    /// Line, from 1.
    pub line: usize,
    /// What became of it; none of a blank line.
    pub becomes: Option<Use>,
    /// Id of the entry that it became or belongs to, without that of its digest: `#t12`.
    pub entry: Option<String>,
    /// The line as written.
    pub text: String,
    /// Texts of its links that are part of no title.
    pub loose_links: Vec<String>,
}

impl ExplainedLine {
    /// Returns why nothing became of it.
    pub fn reason(&self) -> Option<&'static str> {
        match self.becomes {
            Some(Use::Nothing(reason)) => Some(reason),
            _ => None,
        }
    }
}

/// Explains a file of a corpus, whose name is that of its folder unless one is given.
///
/// # Errors
/// The corpus or the file cannot be read, the file is not in the corpus, or the settings are invalid.
pub fn explain(root: &Path, name: Option<&str>, file: &Path) -> Result<Explained, ExplainError> {
    let corpus = Corpus::with_settings(root, name)?;
    let name = corpus::name_in(root, file);
    let outside = || ExplainError::NotInCorpus { path: file.to_path_buf(), corpus: root.to_path_buf() };
    let name = name.ok_or_else(outside)?;
    let is_listed = corpus.listing.files.binary_search_by(|(path, _)| path.as_str().cmp(&name)).is_ok();
    if !is_listed && !corpus.conventions.skips(&name) {
        return Err(outside());
    }
    let full = root.join(&name);
    let text = corpus::read(&full).map_err(|source| ExplainError::Read { path: full, source })?;
    let layout = Layout::of(&text.text);
    let reading = corpus.readings.get(&name);
    let Parsed { outcome, warnings, lines } = digest::read(&text.text, layout, &name, reading, &corpus.conventions);
    let warnings: Vec<Warning> = warnings.into_iter().map(|(_, warning)| warning).collect();
    let (outcome, digest) = match outcome {
        _ if !is_listed => ("passed over: `skip` in the settings names it".to_owned(), None),
        Outcome::Digest(digest) => (described(&digest, layout), Some(*digest)),
        Outcome::NotADigest => ("not a digest: it has no date".to_owned(), None),
        Outcome::Unusable(warning) => {
            let line = warning.line.map_or_else(String::new, |line| format!("line {line}: "));
            (format!("not a digest: {line}{}", warning.message), None)
        }
    };
    let mut is_comment = false;
    let lines = (1..).zip(text.text.lines()).map(|(line, written)| {
        let reason = markup(written, &mut is_comment);
        let first = lines.partition_point(|other| other.line < line);
        let uses = lines[first..].iter().take_while(|other| other.line == line).map(|other| other.becomes);
        let nothing = || (!written.trim().is_empty()).then_some(Use::Nothing(reason));
        let becomes = uses.min_by_key(|becomes| matches!(becomes, Use::Nothing(_))).or_else(nothing);
        let becomes = becomes.filter(|_| digest.is_some());
        let entry = digest.as_ref().zip(becomes).and_then(|(digest, becomes)| digest::entry_of(digest, becomes));
        let entry = entry.map(|id| id.part());
        let links = digest.iter().flat_map(|digest| &digest.loose_links).filter(|(other, _)| *other == line);
        let loose_links = links.map(|(_, text)| text.clone()).collect();
        ExplainedLine { line, becomes, entry, text: written.to_owned(), loose_links }
    });
    let lines = lines.collect();
    Ok(Explained { path: name, outcome, digest, lines, warnings })
}

/// Describes a digest.
fn described(digest: &Digest, layout: Layout) -> String {
    let draft = if digest.draft { ", a draft" } else { "" };
    match layout {
        Layout::Own => format!("a digest in the site's own layout{draft}"),
        Layout::General => format!("a digest in the general layout{draft}"),
    }
}

/// Returns what a line without text is. `is_comment` tells whether it begins within a comment, and is set for the next line.
fn markup(line: &str, is_comment: &mut bool) -> &'static str {
    let line = line.trim();
    let begins = line.starts_with("<!--");
    if *is_comment || begins {
        *is_comment = !line.contains("-->");
        return "comment";
    }
    match () {
        () if line.starts_with("![") || line.starts_with("<img") => "image",
        () if line.starts_with('[') && line.contains("]:") => "address of a link",
        () if line.starts_with('|') => "head of a table",
        () if line.starts_with("```") || line.starts_with("~~~") => "fence",
        () if !line.contains(char::is_alphanumeric) => "rule",
        () => "markup",
    }
}
