//! `digest-search stories`

use digest_search::engine::Reader;
use digest_search::insight::{GapsRequest, StoriesRequest};
use digest_search::options::{StoriesOptions, StoriesOrGaps};
use digest_search::render::{Answer, GapsAnswer, Output, StoriesAnswer};

use super::failure::Failure;
use super::{Context, Exit, opening, output};

#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    #[command(flatten)]
    options: StoriesOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
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
    answer(&args.options, &reader, &output, context)
}

/// Answers with stories, or with those that one side has nothing of.
pub fn answer(options: &StoriesOptions, reader: &Reader, output: &Output, context: &Context) -> Result<Exit, Failure> {
    let text = &options.shared.selection.text();
    let request = options.request(reader.catalog()).map_err(|error| error.diagnostic(text))?;
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

/// An answer, how the command ends with it, and what must be known of it.
type Told = (Answer, Exit, Vec<String>);

fn stories(request: StoriesRequest, reader: &Reader, text: &str) -> Result<Told, Failure> {
    let response = request.answer(reader).map_err(|error| error.diagnostic(text))?;
    let exit = if response.total == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = StoriesAnswer { request, response };
    let notes = answer.caveats();
    Ok((Answer::Stories(Box::new(answer)), exit, notes))
}

fn gaps(request: GapsRequest, reader: &Reader, text: &str) -> Result<Told, Failure> {
    let response = request.answer(reader).map_err(|error| error.diagnostic(text))?;
    let exit = if response.total == 0 { Exit::NothingFound } else { Exit::Done };
    let answer = GapsAnswer { request, response };
    let notes = std::iter::once(answer.total()).chain(answer.caveats()).collect();
    Ok((Answer::Gaps(Box::new(answer)), exit, notes))
}
