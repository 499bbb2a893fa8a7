//! `digest-search compare`

use digest_search::options::{CompareOptions, ngrams, part, weight};
use digest_search::render::{Answer, CompareAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output, selection};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Compare two periods of one side, by the days of digests, instead of the sides
    #[arg(long, num_args = 2, value_names = ["DATES", "DATES"])]
    period: Vec<String>,
    /// How many words a term has: 1, 1-2, 1-3 …
    #[arg(long, value_name = "N[-M]", default_value = "1-2", value_parser = ngrams)]
    ngrams: (usize, usize),
    /// Show the sides' own names among the words, too
    #[arg(long)]
    keep_names: bool,
    /// So many words of each side
    #[arg(long, value_name = "N", default_value_t = CompareOptions::default().top)]
    top: usize,
    /// Show words whose q-value is up to this: of the words down to one, the part that is expected to be accidents
    #[arg(long, value_name = "Q", default_value_t = CompareOptions::default().q, value_parser = part)]
    q: f64,
    /// Weight of what is usual, in texts [default: as many as are compared]; less lets rare words speak up
    #[arg(long, value_name = "N", value_parser = weight)]
    prior: Option<f64>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
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
    let text = args.selection.text();
    let options = CompareOptions {
        selection: args.selection.options(&text),
        period: args.period,
        ngrams: args.ngrams,
        keep_names: args.keep_names,
        top: args.top,
        q: args.q,
        prior: args.prior,
    };
    let request = options.request(reader.catalog()).map_err(|error| Failure::option(error, &text))?;
    let response = request.answer(&reader).map_err(|error| Failure::insight(error, &text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = CompareAnswer { request, response };
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.caveats());
    context.answer(&Answer::Compare(Box::new(answer)), &args.output.output(context)?, exit)
}
