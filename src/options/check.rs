//! What can be chosen of `check`.

use std::path::PathBuf;

use super::one_of;
use crate::lint::Code;

/// What can be chosen of `check`.
#[derive(Debug, Clone, Default, clap::Args)]
pub struct CheckOptions {
    /// Folder of digests [default: the one that is indexed, else ./corpus]
    #[arg(value_name = "DIR")]
    pub corpus: Option<PathBuf>,
    /// Look at the index alone
    #[arg(long, conflicts_with_all = ["corpus", "corpus_only"])]
    pub index_only: bool,
    /// Look at the folder alone
    #[arg(long)]
    pub corpus_only: bool,
    /// Leave findings with these codes out
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = one_of(Code::ALL, Code::as_str), ignore_case = true)]
    pub without: Vec<Code>,
}

/// What is to be looked at.
#[derive(Debug, Clone)]
pub struct CheckRequest {
    /// Whether to look at the index.
    pub index: bool,
    /// Whether to look at the folder.
    pub corpus: bool,
    /// The folder; where none is given, that which is indexed, else `./corpus`.
    pub folder: Option<PathBuf>,
    /// Findings with these codes are left out.
    pub without: Vec<Code>,
}

impl CheckOptions {
    /// The request.
    pub fn request(self) -> CheckRequest {
        let Self { corpus, index_only, corpus_only, without } = self;
        CheckRequest { index: !corpus_only, corpus: !index_only, folder: corpus, without }
    }
}
