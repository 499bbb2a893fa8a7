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
