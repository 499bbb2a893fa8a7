//! `digest-search check`

use std::path::PathBuf;

use digest_search::ask::{self, Scope};
use digest_search::lint::Code;
use digest_search::render::Answer;

use super::failure::Failure;
use super::{Context, Exit, index, one_of, output};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search check
  digest-search check ./corpus         another folder, or one that is not indexed
  digest-search check --format csv > findings.csv
  digest-search check --index-only     after a crash or a copy
  digest-search check --without missing-day,no-bullets

Exit codes: 0 nothing found, 1 findings, 2 error.")]
pub struct Args {
    /// Folder of digests [default: the one that is indexed, else ./corpus]
    #[arg(value_name = "DIR")]
    corpus: Option<PathBuf>,
    /// Look at the index alone
    #[arg(long, conflicts_with_all = ["corpus", "corpus_only"])]
    index_only: bool,
    /// Look at the folder alone
    #[arg(long)]
    corpus_only: bool,
    /// Leave findings with these codes out
    #[arg(long, value_name = "CODES", value_delimiter = ',', value_parser = one_of(Code::ALL, Code::as_str))]
    without: Vec<Code>,
    #[command(flatten)]
    output: output::OutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let scope = Scope { index: !args.corpus_only, corpus: !args.index_only, folder: args.corpus };
    let (_, today) = index::now();
    let mut answer = ask::check(&context.index, &scope, today)?;
    answer.findings.retain(|finding| !args.without.contains(&finding.code));
    let exit = if answer.findings.is_empty() { Exit::Done } else { Exit::FINDINGS };
    context.notes(answer.warnings.iter().cloned());
    context.answer(&Answer::Check(answer), &args.output.output(context)?, exit)
}
