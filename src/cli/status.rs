//! `digest-search status`

use std::collections::BTreeSet;
use std::time::{SystemTime, UNIX_EPOCH};

use chrono::NaiveDate;
use digest_search::engine::Commit;
use digest_search::ingest;
use digest_search::render::{Answer, StatusAnswer};

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
    let commit = args.opening.open(context)?.commit()?;
    let difference = ingest::difference(&commit).map_err(|error| error.to_string());
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default().as_secs();
    let started = u64::try_from(commit.catalog.started).unwrap_or_default() / 1_000_000_000;
    let answer = StatusAnswer {
        index: context.index.clone(),
        missing: missing(&commit),
        catalog: commit.catalog,
        difference,
        age: i64::try_from(now.saturating_sub(started)).unwrap_or_default(),
    };
    context.answer(&Answer::Status(Box::new(answer)), &args.output, Exit::Done)
}

/// Days between the first and the last digest of each topic that have none. Digests of days to come don't count.
fn missing(commit: &Commit) -> Vec<(String, Vec<NaiveDate>)> {
    let of_topic = |id: &str| {
        let days = commit.files.iter().filter_map(|f| f.digest()).filter(|d| d.topic == id).map(|d| d.date);
        let days = days.filter(|day| commit.catalog.as_of.is_some_and(|as_of| *day <= as_of));
        days.collect::<BTreeSet<_>>()
    };
    let gaps = |days: BTreeSet<NaiveDate>| {
        let (Some(first), Some(last)) = (days.first(), days.last()) else { return Vec::new() };
        first.iter_days().take_while(|day| day < last).filter(|day| !days.contains(day)).collect()
    };
    commit.catalog.topics.keys().map(|id| (id.clone(), gaps(of_topic(id)))).collect()
}
