//! `digest-search show`

use digest_search::digest::{DigestId, UnitId};
use digest_search::engine::Reader;
use digest_search::render::{Answer, ShowAnswer};

use super::failure::Failure;
use super::{Context, Exit};

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
    /// Write the addresses of links in full
    #[arg(long)]
    urls: bool,
}

const FORM: &str = "an id is a digest's, as in china-japan/2026-02-10, or a unit's, as in china-japan/2026-02-10#t12";

pub fn run(args: Args, context: &Context) -> Result<Exit, Failure> {
    let wrong = |id: &String| id.parse::<DigestId>().is_err() && id.parse::<UnitId>().is_err();
    if let Some(id) = args.ids.iter().find(|id| wrong(id)) {
        return Err(Failure::message("id", format!("`{id}` is no id"), FORM));
    }
    let reader = Reader::open(&context.index)?;
    let mut answers = Vec::new();
    for id in &args.ids {
        let unit: Option<UnitId> = id.parse().ok();
        let digest = match &unit {
            Some(unit) => unit.digest.clone(),
            None => id.parse().map_err(|()| Failure::message("id", format!("`{id}` is no id"), FORM))?,
        };
        let units = reader.digest(&digest)?;
        if units.is_empty() {
            let hint = "digest-search query --limit 1 --topic TOPIC --on DATE finds what there is";
            return Err(Failure::nothing(format!("there is no digest {digest}"), hint));
        }
        let at = units.iter().position(|u| u.id == *id);
        if unit.is_some() && at.is_none() {
            return Err(Failure::nothing(
                format!("there is no unit {id}"),
                &format!("`digest-search show {digest}` lists its units"),
            ));
        }
        answers.push(ShowAnswer { id: id.clone(), units, unit: at });
    }
    for answer in answers {
        context.answer(&Answer::Show(answer), args.urls, Exit::Done)?;
    }
    Ok(Exit::Done)
}
