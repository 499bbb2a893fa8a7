//! Errors of an indexing run.

use std::path::PathBuf;

use super::note::FileNote;
use crate::backend;
use crate::corpus::{ReadError, WalkError};
use crate::digest::ConventionsError;
use crate::model::CustomFields;

/// Error of an indexing run. The last commit stays in effect, except where a new commit found the index damaged
/// ([`NotRepaired`](Error::NotRepaired), [`RepairStopped`](Error::RepairStopped)), and where the sync that follows the
/// commit fails.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The corpus cannot be walked.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// The index cannot be read or written.
    #[error(transparent)]
    Engine(#[from] backend::Error),
    /// `digest-search.yaml` cannot be read.
    #[error("{}", .path.display())]
    ReadConventions {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: ReadError,
    },
    /// `digest-search.yaml` is invalid.
    #[error("{}", .path.display())]
    Conventions {
        /// The file.
        path: PathBuf,
        /// Cause.
        source: ConventionsError,
    },
    /// Files or folders of the corpus cannot be read.
    #[error("{}: {cause}{}", .path.display(), if *.more > 0 { format!("; {more} more paths cannot be read") } else { String::new() })]
    Unreadable {
        /// First such path.
        path: PathBuf,
        /// Error message of the system.
        cause: String,
        /// Number of further paths.
        more: usize,
    },
    /// The corpus has no digests.
    #[error("no digests in {}{}{}", .corpus.display(), but_drafts(*.drafts), without_date(*.undated, .first))]
    NoDigests {
        /// Path of the corpus.
        corpus: PathBuf,
        /// Number of Markdown files without a date.
        undated: usize,
        /// Paths of the first of these.
        first: Vec<String>,
        /// Number of drafts, where drafts are not indexed.
        drafts: usize,
    },
    /// More than half of the indexed digests are gone.
    #[error("{gone} of {before} indexed digests{} are gone", .corpus.as_ref().map_or_else(String::new, |corpus| format!(" in {}", corpus.display())))]
    Shrunk {
        /// Folder of the corpus, if there are several.
        corpus: Option<PathBuf>,
        /// Number of missing digests.
        gone: usize,
        /// Number of indexed digests.
        before: usize,
    },
    /// The index belongs to other corpora.
    #[error("the index {} is built from {}, not from {}", .index.display(), .indexed.join(" and "), .corpora.join(" and "))]
    OtherCorpus {
        /// Path of the index.
        index: PathBuf,
        /// Indexed corpora.
        indexed: Vec<String>,
        /// Given corpora.
        corpora: Vec<String>,
    },
    /// A corpus is within another, or the same folder.
    #[error("the folder {} is part of {}: its digests would be indexed twice", .inner.display(), .outer.display())]
    Nested {
        /// The folder of the inner corpus.
        inner: PathBuf,
        /// The folder of the outer corpus.
        outer: PathBuf,
    },
    /// Two corpora have the same id.
    #[error("two corpora have the id `{id}`: {}", listed(.folders))]
    SameCorpus {
        /// The id.
        id: String,
        /// Their folders.
        folders: Vec<PathBuf>,
    },
    /// The corpora have more custom fields together than an index can have.
    #[error("the corpora have more than {} custom fields together", CustomFields::MAX)]
    TooManyFields,
    /// No corpus is given, and the index does not name one.
    #[error("cannot read from the index {} which folder it is built from", .index.display())]
    UnknownFolder {
        /// Path of the index.
        index: PathBuf,
        /// Cause.
        source: backend::Error,
    },
    /// The commit found the index damaged, and the rebuild failed.
    #[error("the changes are indexed, but the index is damaged and cannot be rebuilt")]
    NotRepaired(#[source] Box<Error>),
    /// The commit found the index damaged, and the rebuild was interrupted.
    #[error("the changes are indexed, but the index is damaged and its rebuild was interrupted")]
    RepairStopped,
    /// The run was interrupted before its commit.
    #[error("interrupted; nothing was changed")]
    Stopped,
    /// `--strict` is given, and digests would be skipped.
    #[error("{} {} would be skipped", .skipped.len(), if .skipped.len() == 1 { "digest" } else { "digests" })]
    Strict {
        /// The digests, each with its reason.
        skipped: Vec<FileNote>,
    },
}

fn listed(folders: &[PathBuf]) -> String {
    folders.iter().map(|folder| folder.display().to_string()).collect::<Vec<_>>().join(" and ")
}

fn but_drafts(drafts: usize) -> String {
    match drafts {
        0 => String::new(),
        1 => ", only 1 draft".to_owned(),
        drafts => format!(", only {drafts} drafts"),
    }
}

fn without_date(undated: usize, first: &[String]) -> String {
    let names = first.join(", ");
    match undated {
        0 => String::new(),
        1 => format!(": 1 Markdown file has no date ({names})"),
        files if files > first.len() => format!(": {files} Markdown files have no date ({names}, …)"),
        files => format!(": {files} Markdown files have no date ({names})"),
    }
}

impl Error {
    /// Returns the digests that would be skipped, for [`Error::Strict`].
    pub fn skipped(&self) -> Option<&[FileNote]> {
        match self {
            Self::Strict { skipped } => Some(skipped),
            Self::NotRepaired(reason) => reason.skipped(),
            _ => None,
        }
    }

    /// Returns the next step for the user.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Engine(error) => return error.hint().map(|hint| hint.to_string()),
            Self::Walk(_) => "give the folder of your digests",
            Self::ReadConventions { .. } | Self::Conventions { .. } => "fix the file, or remove it",
            Self::Unreadable { .. } => {
                "the index is unchanged; check that the disk is mounted, or skip unreadable files with --allow-shrink"
            }
            Self::NoDigests { drafts: 1.., .. } => {
                "index drafts, too, with --drafts, or empty the index with --allow-shrink"
            }
            Self::NoDigests { .. } => {
                "a digest is a Markdown file with a date in its front matter, name, path or first headings; to empty the index, use --allow-shrink"
            }
            Self::Shrunk { .. } => {
                "the index is unchanged; check that the disk is mounted, or remove them with --allow-shrink"
            }
            Self::OtherCorpus { .. } => "give another index with --index, or replace this one with --rebuild",
            Self::SameCorpus { folders, .. } => {
                let named = [("one", folders.first()), ("two", folders.last())];
                let named = named.map(|(name, folder)| {
                    let folder = folder.map_or_else(String::new, |folder| folder.display().to_string());
                    format!("{name}={}", shlex::try_quote(&folder).unwrap_or_default())
                });
                return Some(format!("name them: `digest-search index {}`", named.join(" ")));
            }
            Self::Nested { .. } => "index only one of them",
            Self::TooManyFields => "remove some from `fields` or `sources` in their digest-search.yaml",
            Self::UnknownFolder { .. } => "give the folder of your digests",
            Self::NotRepaired(_) | Self::RepairStopped => "run `digest-search index --rebuild`",
            Self::Stopped => return None,
            Self::Strict { .. } => "fix the files, or index the others without --strict",
        };
        Some(text.to_owned())
    }
}
