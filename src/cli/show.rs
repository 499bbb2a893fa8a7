//! `digest-search show`

use std::io::{self, Write};

use digest_search::ask;
use digest_search::index;
use digest_search::options::ShowOptions;
use digest_search::render::{Answer, Format};

use super::context::Context;
use super::exit::Exit;
use super::failure::Failure;
use super::{opening, output};

#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search show china-japan/2026-02-10
  digest-search show china-japan/2026-02-10#t12 --urls
  digest-search show 2026-02-10        all digests of a day
  digest-search show yesterday

Ids: china-japan/2026-02-10 is a digest. After a #, h2 is its second highlight, japan.3 the third bullet of japan, and t12 \
the twelfth title.")]
pub struct Args {
    #[command(flatten)]
    options: ShowOptions,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::LinkedOutputArgs,
}

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let request = args.options.request().map_err(|error| {
        let reader = index::open(&context.index).ok();
        ask::invalid_id(&error, reader.as_ref())
    })?;
    let reader = args.opening.open(context)?;
    let answer = ask::show(request, &reader)?;
    if context.format == Format::Text {
        answer.missing.iter().for_each(|what| drop(writeln!(io::stderr(), "{}", digest_search::render::shown(what))));
    }
    let exit = if answer.shown.is_empty() { Exit::NothingFound } else { Exit::Done };
    context.answer(&Answer::Show(answer), &args.output.output(context)?, exit)
}
