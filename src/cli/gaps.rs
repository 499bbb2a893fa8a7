//! `digest-search gaps`

use digest_search::options::{Limit, StoriesOptions, limit, part};

use super::failure::Failure;
use super::{Context, Exit, opening, output, selection, stories};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// How many gaps to show, or `all`
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    limit: Limit,
    /// Show gaps with a false discovery rate up to this: the expected proportion of false positives down to one
    #[arg(long, value_name = "Q", default_value_t = StoriesOptions::Q, value_parser = part)]
    q: f64,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

const EXAMPLES: &str = "\
Examples:
  digest-search gaps --topic china-japan
  digest-search gaps tariff -t us-mexico --since 3m --q 0.2
  digest-search gaps --topic us-mexico --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let output = args.output.output(context)?;
    let options = StoriesOptions {
        selection: args.selection.options(&args.selection.text()),
        gaps: true,
        limit: args.limit,
        q: Some(args.q),
        ..StoriesOptions::default()
    };
    stories::answer(options, &reader, &output, context)
}
