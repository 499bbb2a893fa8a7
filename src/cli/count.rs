//! `digest-search count`

use clap::builder::TypedValueParser;
use digest_search::engine::Reader;
use digest_search::insight::By;
use digest_search::options::CountOptions;
use digest_search::render::{Answer, CountAnswer};

use super::failure::Failure;
use super::{Context, Exit, batch, one_of, opening, output, selection};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Count by this field, or by two: topic, perspective, source, kind, lang, day, week, month, year
    #[arg(short, long, value_parser = by(), value_name = "FIELD[,FIELD]", value_delimiter = ',', hide_possible_values = true)]
    by: Vec<By>,
    /// Tell which share of what was sampled there the units are, with its 95 % interval; of titles, unless a kind is said
    #[arg(long)]
    share: bool,
    /// Only the N most frequent values of each field that is no span of days; what is left out is said
    #[arg(long, value_name = "N")]
    top: Option<usize>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    batch: batch::BatchArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search count tariff --by perspective
  digest-search count tariff --by week,perspective --topic us-mexico --share
  digest-search count 'steel OR acero' --by source --top 5
  digest-search count --by topic,month --format csv";

impl Args {
    fn options(&self, text: &str) -> CountOptions {
        CountOptions { selection: self.selection.options(text), by: self.by.clone(), share: self.share, top: self.top }
    }
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    args.options("").check().map_err(|error| Failure::option(error, ""))?;
    let reader = args.opening.open(context)?;
    let ask = |text: &str| ask(&args, text, &reader);
    if let Some(file) = &args.batch.batch {
        let output = |context: &Context| args.output.output(context);
        return batch::run(file, context, output, |text| {
            ask(text).map(|(answer, exit)| (Answer::Count(Box::new(answer)), exit))
        });
    }
    let (answer, exit) = ask(&args.selection.text())?;
    context.note_likely(&reader, &answer.request.selection)?;
    context.notes(answer.left_out().into_iter().chain(answer.caveats()));
    context.answer(&Answer::Count(Box::new(answer)), &args.output.output(context)?, exit)
}

fn ask(args: &Args, text: &str, reader: &Reader) -> Result<(CountAnswer, Exit), Failure> {
    let request = args.options(text).request(reader.catalog()).map_err(|error| Failure::option(error, text))?;
    let response = request.answer(reader).map_err(|error| Failure::insight(error, text))?;
    let exit = if response.total_units == 0 { Exit::NothingFound } else { Exit::Done };
    Ok((CountAnswer { request, response }, exit))
}

fn by() -> impl TypedValueParser<Value = By> {
    one_of(By::ALL, By::as_str)
}
