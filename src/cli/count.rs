//! `digest-search count`

use digest_search::ask;
use digest_search::options::{CountOptions, Question};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{batch, opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES, after_long_help = format!("{EXAMPLES}\n\n{LIMITS}"))]
pub struct Args {
    #[command(flatten)]
    options: CountOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    batch: batch::BatchArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

/// The standing notes on answers.
const LIMITS: &str = "\
Limits of the numbers:
  Days are those of publication; with --share, those of digests. Days without a digest have no count.
  Shares are of the distinct entries sampled; they do not measure how much was published.
  A perspective is a feed of sources, which need not speak for a country.
  Highlights and bullets are written by a model, not in the words of the sources.";

const EXAMPLES: &str = "\
Examples:
  digest-search count tariff --by perspective
  digest-search count tariff --by week,perspective --topic us-mexico --share
  digest-search count 'steel OR acero' --by source --top 5
  digest-search count --by topic,month --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    args.options.check().map_err(|error| error.diagnostic(""))?;
    let output = |context: &Context| args.output.output(context);
    let Some(file) = &args.batch.batch else {
        return question::run(&Question::Count(args.options), &args.opening, || output(context), context);
    };
    let reader = args.opening.open(context)?;
    batch::run(file, context, output, |text| {
        let mut options = args.options.clone();
        options.selection.text = vec![text.to_owned()];
        Ok(ask::question(&Question::Count(options), &reader)?)
    })
}
