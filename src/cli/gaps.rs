//! `digest-search gaps`, a view of `stories`

use digest_search::options::{GapsOptions, Question};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    options: GapsOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search gaps --topic china-japan
  digest-search gaps tariff -t us-mexico --since 3m --q 0.2
  digest-search gaps --topic us-mexico --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let question = Question::Stories(args.options.into());
    question::run(&question, &args.opening, || args.output.output(context), context)
}
