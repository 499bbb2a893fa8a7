//! Why an index is not brought up to date.

use std::path::PathBuf;

use super::note::FileNote;
use crate::backend;
use crate::corpus::{ReadError, WalkError};
use crate::digest::ConventionsError;

/// Why an index is not brought up to date. Whatever was indexed before still is; but a commit may count already where it
/// was found damaged ([`NotMended`](Error::NotMended), [`MendingStopped`](Error::MendingStopped)), and where the system fails to write through that it does.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The folder can't be walked.
    #[error(transparent)]
    Walk(#[from] WalkError),
    /// The index can't be read or written.
    #[error(transparent)]
    Engine(#[from] backend::Error),
    /// The corpus's own conventions can't be read.
    #[error("{}", .path.display())]
    ReadConventions {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: ReadError,
    },
    /// The corpus's own conventions can't be understood.
    #[error("{}", .path.display())]
    Conventions {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        source: ConventionsError,
    },
    /// Part of the folder can't be read.
    #[error("{}: {cause}{}", .path.display(), if *.more > 0 { format!(", and {more} more places") } else { String::new() })]
    Unreadable {
        /// The first such place.
        path: PathBuf,
        /// What the system says.
        cause: String,
        /// How many more there are.
        more: usize,
    },
    /// There is nothing to index.
    #[error("there is no digest in {}{}", .corpus.display(), but_drafts(*.drafts))]
    NoDigests {
        /// The folder.
        corpus: PathBuf,
        /// How many drafts are in it, where they are not asked for.
        drafts: usize,
    },
    /// Most of what is indexed is not there any more.
    #[error("{gone} of {before} indexed digests are gone")]
    Shrunk {
        /// How many are gone.
        gone: usize,
        /// How many were indexed.
        before: usize,
    },
    /// The index is of another folder.
    #[error("the index in {} is of the folder {}, not of {}", .index.display(), .indexed.display(), .corpus.display())]
    OtherCorpus {
        /// The index.
        index: PathBuf,
        /// The folder that is indexed.
        indexed: PathBuf,
        /// The folder that was given.
        corpus: PathBuf,
    },
    /// No folder is given, and the index does not tell which it is of.
    #[error("the index in {} does not tell any more which folder it is of", .index.display())]
    UnknownFolder {
        /// The index.
        index: PathBuf,
        /// Why not.
        source: backend::Error,
    },
    /// A commit was made, and found the index damaged.
    #[error("what has changed is indexed, but the index is damaged and could not be built anew")]
    NotMended(#[source] Box<Error>),
    /// The same, and it was told to end meanwhile.
    #[error("what has changed is indexed, but the index is damaged, and building it anew was stopped")]
    MendingStopped,
    /// It was told to end.
    #[error("stopped before anything was changed")]
    Stopped,
    /// Digests would be skipped.
    #[error("{} {} would be skipped", .skipped.len(), if .skipped.len() == 1 { "digest" } else { "digests" })]
    Strict {
        /// Which, and why.
        skipped: Vec<FileNote>,
    },
}

fn but_drafts(drafts: usize) -> String {
    match drafts {
        0 => String::new(),
        1 => " but 1 draft".to_owned(),
        drafts => format!(" but {drafts} drafts"),
    }
}

impl Error {
    /// The digests that would be skipped, where that is the reason.
    pub fn skipped(&self) -> Option<&[FileNote]> {
        match self {
            Self::Strict { skipped } => Some(skipped),
            Self::NotMended(reason) => reason.skipped(),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<String> {
        let text = match self {
            Self::Engine(error) => return error.hint().map(|hint| hint.to_string()),
            Self::Walk(_) => "give the folder that holds your digests",
            Self::ReadConventions { .. } | Self::Conventions { .. } => "mend the file, or remove it to do without",
            Self::Unreadable { .. } => {
                "the index is as it was; is a disk not mounted? --allow-shrink goes on without what can't be read"
            }
            Self::NoDigests { drafts: 1.., .. } => "--drafts indexes drafts, too; --allow-shrink empties the index",
            Self::NoDigests { .. } => {
                "a digest is a .md file whose front matter has `topic` and `date`; --allow-shrink empties the index"
            }
            Self::Shrunk { .. } => "the index is as it was; is a disk not mounted? --allow-shrink takes them out",
            Self::OtherCorpus { .. } => {
                "one index is of one folder: give another index with --index, or --rebuild to replace this one"
            }
            Self::UnknownFolder { .. } => "give the folder that holds your digests",
            Self::NotMended(_) | Self::MendingStopped => "run `digest-search index --rebuild` to build it anew",
            Self::Stopped => return None,
            Self::Strict { .. } => "mend the files, or index the others without --strict",
        };
        Some(text.to_owned())
    }
}
