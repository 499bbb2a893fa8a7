//! Errors of looking at a corpus.

use std::path::PathBuf;

use crate::corpus::{ReadError, WalkError};

/// Error of looking at a corpus or one of its files.
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
        source: ReadError,
    },
    /// The file is not among those of the corpus.
    #[error("{} does not exist, or is not a Markdown file of the folder {}", path.display(), corpus.display())]
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
