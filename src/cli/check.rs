//! `digest-search check`

use digest_search::ask;
use digest_search::options::CheckOptions;
use digest_search::render::Answer;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{index, output};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search check
  digest-search check ./corpus         check another folder
  digest-search check --format csv > findings.csv
  digest-search check ./corpus --explain corpus/2026-02-10.md
  digest-search check --index-only     verify after a crash or a copy
  digest-search check --without missing-day,no-bullets

Exit codes: 0 no problems, 1 problems found, 2 error.")]
pub struct Args {
    #[command(flatten)]
    options: CheckOptions,
    #[command(flatten)]
    output: output::OutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    if let Some(file) = &args.options.explain {
        let folders = index::folders(args.options.corpus.as_ref(), context)?;
        let answer = ask::explain(&folders, file)?;
        return context.answer(&Answer::Explain(Box::new(answer)), &args.output.output(context)?, Exit::Done);
    }
    let (_, today) = index::now();
    let answer = ask::check(&context.index, &args.options.request(), today)?;
    let exit = if answer.findings.is_empty() { Exit::Done } else { Exit::FINDINGS };
    context.notes(answer.warnings.iter().cloned());
    context.answer(&Answer::Check(answer), &args.output.output(context)?, exit)
}
