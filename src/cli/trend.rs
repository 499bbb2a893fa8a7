//! `digest-search trend`

use digest_search::options::TrendOptions;
use digest_search::render::{Answer, TrendAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    options: TrendOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search trend tariff --topic us-mexico
  digest-search trend 'rare earth*' --topic china-japan --by month
  digest-search trend --topic china-japan --perspective japan
  digest-search trend tariff --topic us-mexico --format csv
  digest-search trend tariff --topic us-mexico --format svg > tariff.svg";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let text = args.options.selection.text();
    let request = args.options.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
    let response = request.answer(&reader).map_err(|error| error.diagnostic(&text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = TrendAnswer { request, response };
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.caveats());
    context.answer(&Answer::Trend(Box::new(answer)), &args.output.output(context)?, exit)
}
