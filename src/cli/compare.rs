//! `digest-search compare`

use digest_search::options::CompareOptions;
use digest_search::render::{Answer, CompareAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    options: CompareOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search compare 'export controls' --topic china-japan
  digest-search compare --topic us-mexico --kind bullet
  digest-search compare --topic china-japan --perspective japan --period 2026-01 2026-02
  digest-search compare tariff --topic us-mexico --ngrams 1-3 --q 1 --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let text = args.options.selection.text();
    let request = args.options.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
    let response = request.answer(&reader).map_err(|error| error.diagnostic(&text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = CompareAnswer { request, response };
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.caveats());
    context.answer(&Answer::Compare(Box::new(answer)), &args.output.output(context)?, exit)
}
