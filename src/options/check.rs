//! Options of `check`.

use std::path::PathBuf;

use super::one_of;
use crate::lint::Code;

/// Options of `check`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CheckOptions {
    /// Folder of digests [default: the indexed folder, else ./corpus]
    #[arg(value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// Check only the index
    #[arg(long, conflicts_with_all = ["corpus", "corpus_only"])]
    pub index_only: bool,
    /// Check only the folder
    #[arg(long)]
    pub corpus_only: bool,
    /// Show how each line of a file in the folder is used, instead of findings
    #[arg(long, value_name = "FILE", conflicts_with_all = ["index_only", "corpus_only", "without"])]
    pub explain: Option<PathBuf>,
    /// Omit findings with these codes
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = one_of(Code::ALL, Code::as_str), ignore_case = true)]
    pub without: Vec<Code>,
}

/// A request to check an index, a folder of digests, or both.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Whether to check the index.
    pub index: bool,
    /// Whether to check the folder.
    pub corpus: bool,
    /// The folder; by default the indexed one, else `./corpus`.
    pub folder: Option<PathBuf>,
    /// Codes of the findings to omit.
    pub without: Vec<Code>,
}

impl CheckOptions {
    /// Returns the request.
    pub fn request(self) -> CheckRequest {
        let Self { corpus, index_only, corpus_only, without, .. } = self;
        CheckRequest { index: !corpus_only, corpus: !index_only, folder: corpus, without }
    }
}
