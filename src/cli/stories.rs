//! `digest-search stories`

use digest_search::options::{Question, StoriesOptions};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    options: StoriesOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search stories --topic china-japan --since 7d
  digest-search stories 'export controls' --sort oldest
  digest-search stories -t us-mexico -n 3 --urls
  digest-search stories --topic china-japan --on 2026-02 --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    question::run(&Question::Stories(args.options), &args.opening, || args.output.output(context), context)
}
