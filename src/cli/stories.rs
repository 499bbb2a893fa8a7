//! `digest-search stories`

use clap::ValueEnum;
use digest_search::engine::Reader;
use digest_search::insight::{GapsRequest, StoriesRequest, StoryOrder};
use digest_search::options::{Limit, StoriesOptions, StoriesOrGaps, limit, part};
use digest_search::render::{Answer, GapsAnswer, StoriesAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output, selection};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which stories come first
    #[arg(long, value_enum, default_value_t = Order::Size, conflicts_with = "gaps")]
    sort: Order,
    /// How many stories to show, or `all`
    #[arg(long, value_name = "N", default_value = "10", value_parser = limit)]
    limit: Limit,
    /// How many titles a story has at least
    #[arg(long, value_name = "N", default_value_t = StoriesOptions::MIN, conflicts_with = "gaps")]
    min: usize,
    /// Show the stories that one side has nothing of, with the chance of that
    #[arg(long)]
    gaps: bool,
    /// Show gaps whose q-value is up to this: of the gaps down to one, the part that is expected to be accidents
    #[arg(long, value_name = "Q", default_value_t = StoriesOptions::Q, value_parser = part, requires = "gaps")]
    q: f64,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    /// Those of the most outlets first, then of the most titles
    Size,
    /// Those that began last first
    Newest,
    /// Those that began first
    Oldest,
}

const EXAMPLES: &str = "\
Examples:
  digest-search stories --topic china-japan --since 7d
  digest-search stories 'export controls' --sort oldest
  digest-search stories --topic us-mexico --gaps
  digest-search stories --topic china-japan --on 2026-02 --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let text = args.selection.text();
    let request = args.options(&text).request(reader.catalog()).map_err(|error| Failure::option(error, &text))?;
    let selection = match &request {
        StoriesOrGaps::Stories(request) => &request.selection,
        StoriesOrGaps::Gaps(request) => &request.selection,
    };
    context.note_likely(&reader, selection)?;
    let (answer, exit, notes) = match request {
        StoriesOrGaps::Stories(request) => stories(request, &reader, &text)?,
        StoriesOrGaps::Gaps(request) => gaps(request, &reader, &text)?,
    };
    context.notes(notes);
    context.answer(&answer, &args.output, exit)
}

impl Args {
    fn options(&self, text: &str) -> StoriesOptions {
        let order = match self.sort {
            Order::Size => StoryOrder::Size,
            Order::Newest => StoryOrder::Newest,
            Order::Oldest => StoryOrder::Oldest,
        };
        StoriesOptions {
            selection: self.selection.options(text),
            gaps: self.gaps,
            sort: (!self.gaps).then_some(order),
            limit: self.limit,
            min: (!self.gaps).then_some(self.min),
            q: self.gaps.then_some(self.q),
        }
    }
}

/// An answer, how the command ends with it, and what must be known of it.
type Told = (Answer, Exit, Vec<String>);

fn stories(request: StoriesRequest, reader: &Reader, text: &str) -> Result<Told, Failure> {
    let response = request.answer(reader).map_err(|error| Failure::insight(error, text))?;
    let exit = if response.total == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = StoriesAnswer { request, response };
    let notes = answer.caveats();
    Ok((Answer::Stories(Box::new(answer)), exit, notes))
}

fn gaps(request: GapsRequest, reader: &Reader, text: &str) -> Result<Told, Failure> {
    let response = request.answer(reader).map_err(|error| Failure::insight(error, text))?;
    let exit = if response.total == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = GapsAnswer { request, response };
    let notes = std::iter::once(answer.total()).chain(answer.caveats()).collect();
    Ok((Answer::Gaps(Box::new(answer)), exit, notes))
}
