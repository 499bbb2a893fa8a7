//! What becomes of each line of one file of a corpus.

use std::path::{Path, PathBuf};

use super::corpus::Corpus;
use crate::corpus::{self, WalkError};
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

/// Error before a file can be explained.
#[derive(Debug, thiserror::Error)]
pub enum ExplainError {
    /// The corpus does not exist or cannot be read.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// The file cannot be read.
    #[error("{}: {source}", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The cause.
        source: corpus::ReadError,
    },
    /// The file is not among those of the corpus.
    #[error("{} is not a Markdown file of the folder {}", path.display(), corpus.display())]
    NotInCorpus {
        /// The file.
        path: PathBuf,
        /// The corpus.
        corpus: PathBuf,
    },
    /// The settings of the corpus are invalid.
    #[error("{}: {message}", path.display())]
    Settings {
        /// The file with the settings.
        path: PathBuf,
        /// The mistake.
        message: String,
    },
}

/// Explains a file of a corpus.
///
/// # Errors
/// The corpus or the file cannot be read, the file is not in the corpus, or the settings are invalid.
pub fn explain(root: &Path, file: &Path) -> Result<Explained, ExplainError> {
    let corpus = Corpus::open(root)?;
    if let Some(message) = corpus.mistake {
        return Err(ExplainError::Settings { path: root.join(corpus.settings), message });
    }
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
    let lines = (1..).zip(text.text.lines()).map(|(line, written)| {
        let first = lines.partition_point(|other| other.line < line);
        let uses = lines[first..].iter().take_while(|other| other.line == line).map(|other| other.becomes);
        let nothing = || (!written.trim().is_empty()).then_some(Use::Nothing("markup, image or head of a table"));
        let becomes = uses.min_by_key(|becomes| matches!(becomes, Use::Nothing(_))).or_else(nothing);
        let becomes = becomes.filter(|_| digest.is_some());
        let entry = digest.as_ref().zip(becomes).and_then(|(digest, becomes)| digest::entry_of(digest, becomes));
        let entry = entry.map(|id| id.part());
        ExplainedLine { line, becomes, entry, text: written.to_owned() }
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
