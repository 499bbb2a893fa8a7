//! `digest-search status`

use digest_search::ask;
use digest_search::render::Answer;

use super::failure::Failure;
use super::{Context, Exit, opening, output};

/// Say what is indexed, and whether the folder has gone on since
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let answer = ask::status(&context.index, &args.opening.open(context)?)?;
    context.answer(&Answer::Status(Box::new(answer)), &args.output, Exit::Done)
}
