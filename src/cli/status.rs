//! `digest-search status`

use digest_search::ask;
use digest_search::render::Answer;

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output};

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let reader = args.opening.open(context)?;
    let answer = ask::status(&context.index, &reader)?;
    context.answer(&Answer::Status(Box::new(answer)), &args.output.output(context)?, Exit::Done)
}
