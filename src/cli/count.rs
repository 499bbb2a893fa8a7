//! `digest-search count`

use digest_search::engine::Reader;
use digest_search::options::CountOptions;
use digest_search::render::{Answer, CountAnswer};

use super::failure::Failure;
use super::{Context, Exit, batch, opening, output};

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
    let reader = args.opening.open(context)?;
    if let Some(file) = &args.batch.batch {
        let output = |context: &Context| args.output.output(context);
        return batch::run(file, context, output, |text| {
            let mut options = args.options.clone();
            options.selection.text = vec![text.to_owned()];
            ask(&options, &reader).map(|(answer, exit)| (Answer::Count(Box::new(answer)), exit))
        });
    }
    let (answer, exit) = ask(&args.options, &reader)?;
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.left_out().into_iter().chain(answer.caveats()));
    context.answer(&Answer::Count(Box::new(answer)), &args.output.output(context)?, exit)
}

fn ask(options: &CountOptions, reader: &Reader) -> Result<(CountAnswer, Exit), Failure> {
    let text = options.selection.text();
    let request = options.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
    let response = request.answer(reader).map_err(|error| error.diagnostic(&text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    Ok((CountAnswer { request, response }, exit))
}
