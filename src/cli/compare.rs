//! `digest-search compare`

use digest_search::options::{CompareOptions, Question};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub struct Args {
    #[command(flatten)]
    options: CompareOptions,
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
  Words are compared within one language.";

const EXAMPLES: &str = "\
Examples:
  digest-search compare 'export controls' --topic china-japan
  digest-search compare --topic us-mexico --kind bullet
  digest-search compare --topic china-japan --perspective japan --period 2026-01 2026-02
  digest-search compare tariff --by source --group 'Potomac Wire' --group 'The Pacific Ledger'
  digest-search compare steel --against aluminium --topic us-mexico
  digest-search compare 'rare earths' --topic china-japan --matched
  digest-search compare tariff --topic us-mexico --ngrams 1-3 --q 1 --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    question::run(&Question::Compare(args.options), &args.opening, || args.output.output(context), context)
}
