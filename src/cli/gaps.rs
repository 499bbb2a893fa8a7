//! `digest-search gaps`, a view of `stories`

use digest_search::options::{GapsOptions, Question};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub struct Args {
    #[command(flatten)]
    options: GapsOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

/// The standing notes on answers.
const LIMITS: &str = "\
Limits of the numbers:
  A gap means not in this corpus, which does not mean not covered: a digest samples a few titles of each perspective.
  p is the probability that chance leaves the perspective without a title, if its sources were as likely to have one \
     as the others; q is the expected proportion of false positives among this gap and those listed before it.
  Only digests with titles of the perspective in the story's language, and in no other, are tested.
  Stories are found by the words of titles in one language: titles in other words are missed, and two similar events \
     may be taken for one story.
  First seen is among the titles of this corpus; the order of sources within a day is unknown.
  Shares are of the distinct entries sampled; they do not measure how much was published.
  A perspective is a feed of sources, which need not speak for a country.";

const EXAMPLES: &str = "\
Examples:
  digest-search gaps --topic china-japan
  digest-search gaps tariff -t us-mexico --since 3m --q 0.2
  digest-search gaps --topic us-mexico --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let question = Question::Stories(args.options.into());
    question::run(&question, &args.opening, || args.output.output(context), context)
}
