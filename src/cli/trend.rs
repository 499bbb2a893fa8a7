//! `digest-search trend`

use clap::builder::TypedValueParser;
use digest_search::insight::By;
use digest_search::options::TrendOptions;
use digest_search::render::{Answer, TrendAnswer};

use super::failure::Failure;
use super::{Context, Exit, one_of, opening, output, selection};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The spans of time [default: week; without TEXT month]
    #[arg(short, long, value_parser = by(), value_name = "SPAN")]
    by: Option<By>,
    /// Without TEXT: so many words that rise, and as many that fall [default: 10]
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
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
    let text = args.selection.text();
    let options = TrendOptions { selection: args.selection.options(&text), by: args.by, top: args.top };
    let request = options.request(reader.catalog()).map_err(|error| Failure::option(error, &text))?;
    let response = request.answer(&reader).map_err(|error| Failure::insight(error, &text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = TrendAnswer { request, response };
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.caveats());
    context.answer(&Answer::Trend(Box::new(answer)), &args.output.output(context)?, exit)
}

fn by() -> impl TypedValueParser<Value = By> {
    one_of(TrendOptions::SPANS, By::as_str)
}
