//! `digest-search count`

use digest_search::ask;
use digest_search::options::{CountOptions, Question};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{batch, opening, output, question};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
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
