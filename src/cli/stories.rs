//! `digest-search stories`

use clap::ValueEnum;
use digest_search::engine::Reader;
use digest_search::insight::{GapsRequest, StoriesRequest, StoryOrder};
use digest_search::options::{Limit, StoriesOptions, StoriesOrGaps, limit, part};
use digest_search::render::{Answer, GapsAnswer, Output, StoriesAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output, selection};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Which stories come first
    #[arg(long, value_enum, default_value_t = Order::Size, conflicts_with = "gaps")]
    sort: Order,
    /// How many stories to show, or `all`
    #[arg(short = 'n', long, value_name = "N", default_value = "10", value_parser = limit)]
    limit: Limit,
    /// How many titles a story has at least
    #[arg(long, value_name = "N", default_value_t = StoriesOptions::MIN, conflicts_with = "gaps")]
    min: usize,
    /// The same as the command `gaps`
    #[arg(long, hide = true)]
    gaps: bool,
    /// The same as of the command `gaps`
    #[arg(long, hide = true, value_name = "Q", value_parser = part, requires = "gaps")]
    q: Option<f64>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    selection: selection::SelectionArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
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
  digest-search stories -t us-mexico -n 3 --urls
  digest-search stories --topic china-japan --on 2026-02 --limit all --format csv";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let output = args.output.output(context)?;
    answer(args.options(&args.selection.text()), &reader, &output, context)
}

/// Answers with stories, or with those that one side has nothing of.
pub fn answer(options: StoriesOptions, reader: &Reader, output: &Output, context: &Context) -> Result<Exit, Failure> {
    let text = options.selection.text.as_str();
    let request = options.request(reader.catalog()).map_err(|error| Failure::option(error, text))?;
    let selection = match &request {
        StoriesOrGaps::Stories(request) => &request.selection,
        StoriesOrGaps::Gaps(request) => &request.selection,
    };
    context.note_likely(reader, selection)?;
    let (answer, exit, notes) = match request {
        StoriesOrGaps::Stories(request) => stories(request, reader, text)?,
        StoriesOrGaps::Gaps(request) => gaps(request, reader, text)?,
    };
    context.notes(notes);
    context.answer(&answer, output, exit)
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
            q: self.q,
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
