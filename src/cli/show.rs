//! `digest-search show`

use std::io::{self, Write};

use digest_search::digest::{DigestId, UnitId};
use digest_search::engine::{self, Reader, did_you_mean};
use digest_search::render::{Answer, Format, ShowAnswer, Shown};

use super::failure::Failure;
use super::{Context, Exit, opening, output};

/// Show a whole digest, or one unit and what stands around it
#[derive(Debug, clap::Args)]
#[command(after_help = "Examples:
  digest-search show china-japan/2026-02-10
  digest-search show china-japan/2026-02-10#t12 --urls

An id is a digest's, as in china-japan/2026-02-10, or a unit's: behind a # stands h2 for the
second highlight, japan.3 for the third bullet of japan, t12 for the twelfth title.")]
pub struct Args {
    /// Ids as `query` shows them
    #[arg(value_name = "ID", required = true)]
    ids: Vec<String>,
    #[command(flatten)]
    opening: opening::OpeningArgs,
    #[command(flatten)]
    output: output::OutputArgs,
}

const FORM: &str = "an id is a digest's, as in china-japan/2026-02-10, or a unit's, as in china-japan/2026-02-10#t12";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let parse = |id: &String| id.parse().map(Id::Unit).or_else(|()| id.parse().map(Id::Digest));
    let wrong = |id: &String| {
        let near = Reader::open(&context.index).and_then(|reader| with_nearest(FORM.to_owned(), id, &reader));
        Failure::message("id", format!("`{id}` is no id"), near.as_deref().unwrap_or(FORM))
    };
    let ids = args.ids.iter().map(|id| parse(id).map_err(|()| wrong(id))).collect::<Result<Vec<_>, _>>()?;
    let reader = args.opening.open(context)?;
    let mut shown = Vec::new();
    let mut missing = Vec::new();
    for id in &ids {
        let units = reader.digest(id.digest())?;
        match id {
            Id::Digest(digest) if units.is_empty() => {
                let what = format!("there is no digest {digest}, or nothing is in it");
                missing.push(with_nearest(what, &digest.to_string(), &reader)?)
            }
            Id::Digest(_) => shown.push(Shown { units, unit: None }),
            Id::Unit(unit) => match units.iter().position(|u| u.id == unit.to_string()) {
                Some(at) => shown.push(Shown { units, unit: Some(at) }),
                None => missing.push(with_nearest(format!("there is no unit {unit}"), &unit.to_string(), &reader)?),
            },
        }
    }
    if context.format == Format::Text {
        missing.iter().for_each(|what| drop(writeln!(io::stderr(), "{}", digest_search::render::shown(what))));
    }
    let exit = if shown.is_empty() { Exit::NothingFound } else { Exit::Done };
    context.answer(&Answer::Show(ShowAnswer { ids: args.ids, shown, missing }), &args.output, exit)
}

/// What is to be said, and which ids are near to the one typed.
fn with_nearest(what: String, id: &str, reader: &Reader) -> Result<String, engine::Error> {
    let nearest = did_you_mean(&reader.nearest_ids(id)?);
    Ok([Some(what), nearest].into_iter().flatten().collect::<Vec<_>>().join("; "))
}

enum Id {
    Digest(DigestId),
    Unit(UnitId),
}

impl Id {
    fn digest(&self) -> &DigestId {
        match self {
            Self::Digest(digest) => digest,
            Self::Unit(unit) => &unit.digest,
        }
    }
}
