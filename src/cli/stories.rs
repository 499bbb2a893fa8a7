//! `digest-search stories`

use digest_search::options::{Question, StoriesOptions};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub struct Args {
    #[command(flatten)]
    options: StoriesOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

/// The standing notes on answers.
const LIMITS: &str = "\
Limits of the numbers:
  Stories are found by the words of titles in one language: titles in other words are missed, and two similar events \
     may be taken for one story.
  First seen is among the titles of this corpus; the order of sources within a day is unknown.
  Shares are of the distinct entries sampled; they do not measure how much was published.
  A perspective is a feed of sources, which need not speak for a country.";

const EXAMPLES: &str = "\
Examples:
  digest-search stories --topic china-japan --since 7d
  digest-search stories 'export controls' --sort oldest
  digest-search stories --one-sided --topic china-japan
  digest-search stories --missing china --topic china-japan
  digest-search stories -t us-mexico -n 3 --urls
  digest-search stories --topic china-japan --on 2026-02 --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    question::run(&Question::Stories(args.options), &args.opening, || args.output.output(context), context)
}
