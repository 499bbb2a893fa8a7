//! Use of each line of a file of a corpus.

use std::path::Path;

use super::corpus::Corpus;
use super::error::ExplainError;
use crate::corpus;
use crate::digest::{self, Digest, Layout, LineIds, LineUse, Outcome, Parsed, Use, Warning};

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
    /// Use of the line; none of a blank line.
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
    let outside = || ExplainError::NotInCorpus { path: file.to_path_buf(), corpus: root.to_path_buf() };
    let path = corpus::name_in(root, file).ok_or_else(outside)?;
    let corpus = Corpus::with_settings(root, name)?;
    let name = path;
    let is_listed = corpus.listing.files.binary_search_by(|(path, _)| path.as_str().cmp(&name)).is_ok();
    if !is_listed && !corpus.conventions.skips(&name) {
        return Err(outside());
    }
    let full = root.join(&name);
    let text = corpus::read(&full).map_err(|source| ExplainError::Read { path: full, source })?;
    let layout = Layout::of(&text.text);
    let reading = corpus.readings.get(&name);
    let Parsed { outcome, warnings, mut lines } = digest::read(&text.text, layout, &name, reading, &corpus.conventions);
    let warnings: Vec<Warning> = warnings.into_iter().map(|(_, warning)| warning).collect();
    let (outcome, digest) = match outcome {
        _ if !is_listed => ("skipped: `skip` in the settings matches it".to_owned(), None),
        Outcome::Digest(digest) => (described(&digest, layout), Some(*digest)),
        Outcome::NotADigest => ("not a digest: it has no date".to_owned(), None),
        Outcome::Unusable(warning) => {
            let line = warning.line.map_or_else(String::new, |line| format!("line {line}: "));
            (format!("not a digest: {line}{}", warning.message), None)
        }
    };
    // Sentences that Markdown takes for markup are read last.
    lines.sort_by_key(|line_use| line_use.line);
    let lines = explained_lines(&text.text, &lines, digest.as_ref());
    Ok(Explained { path: name, outcome, digest, lines, warnings })
}

/// Returns all lines of a text with their uses, which are in order.
fn explained_lines(text: &str, uses: &[LineUse], digest: Option<&Digest>) -> Vec<ExplainedLine> {
    let ids = digest.map(LineIds::new);
    let loose = digest.map_or(&[][..], |digest| &digest.loose_links);
    let mut is_comment = false;
    let explained = |(line, written): (usize, &str)| {
        let reason = markup(written, &mut is_comment);
        let nothing = || (!written.trim().is_empty()).then_some(Use::Nothing(reason));
        let uses = of_line(uses, line, |line_use| line_use.line).iter().map(|line_use| line_use.becomes);
        let becomes = uses.min_by_key(|becomes| matches!(becomes, Use::Nothing(_))).or_else(nothing);
        let becomes = becomes.filter(|_| digest.is_some());
        let entry = ids.as_ref().zip(becomes).and_then(|(ids, becomes)| ids.of(becomes));
        let loose_links = of_line(loose, line, |(line, _)| *line).iter().map(|(_, text)| text.clone()).collect();
        ExplainedLine { line, becomes, entry: entry.map(|id| id.part()), text: written.to_owned(), loose_links }
    };
    (1..).zip(text.lines()).map(explained).collect()
}

/// Returns the elements of a line among those that are sorted by line.
fn of_line<T>(sorted: &[T], line: usize, line_of: impl Fn(&T) -> usize) -> &[T] {
    let first = sorted.partition_point(|element| line_of(element) < line);
    let count = sorted[first..].partition_point(|element| line_of(element) == line);
    &sorted[first..first + count]
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
    let (was_comment, begin) = (*is_comment, line.rfind("<!--"));
    *is_comment =
        if was_comment || begin.is_some() { !line[begin.unwrap_or_default()..].contains("-->") } else { false };
    if was_comment || begin == Some(0) {
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
