//! `digest-search trend`

use digest_search::options::{Question, TrendOptions};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub struct Args {
    #[command(flatten)]
    options: TrendOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

/// The standing notes on answers.
const LIMITS: &str = "\
Limits of the numbers:
  Shares are of the distinct entries sampled; they do not measure how much was published.
  A perspective is a feed of sources, which need not speak for a country.
  Highlights and bullets are written by a model, not in the words of the sources.
  Days are those of digests; a day without a digest is unknown, not zero.";

const EXAMPLES: &str = "\
Examples:
  digest-search trend tariff --topic us-mexico
  digest-search trend 'rare earth*' --topic china-japan --by month
  digest-search trend --topic china-japan --perspective japan
  digest-search trend tariff --topic us-mexico --format csv
  digest-search trend tariff --topic us-mexico --format svg > tariff.svg";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    question::run(&Question::Trend(args.options), &args.opening, || args.output.output(context), context)
}
