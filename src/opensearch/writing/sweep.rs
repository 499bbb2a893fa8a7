//! The sweep after a commit: documents and indices that no reader needs are deleted.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use super::attempt::Attempt;
use super::run::Run;
use crate::backend::Error;
use crate::opensearch::cluster::{Changed, Cluster, Condition, Sequence, delete_line};
use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::head::Head;
use crate::opensearch::layout::{HEAD, Indices, PAGE, write_alias};

/// Time for which readers may use what a commit replaced.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// Returns the time since which replaced documents are kept.
pub fn kept_since(now: u64) -> u64 {
    now.saturating_sub(KEPT.as_millis() as u64)
}

/// Deletes what was replaced more than 15 minutes before a time and what aborted attempts left, and closes the attempt.
pub fn sweep(cluster: &Cluster, mut head: Head, mut sequence: Sequence, now: u64) -> Result<(), Failure> {
    let before = kept_since(now);
    let (old, kept): (Vec<_>, _) = head.superseded.iter().cloned().partition(|superseded| superseded.at < before);
    // Readers learn of the deletion before it begins.
    if let Some(last) = old.iter().map(|superseded| superseded.generation).max() {
        head.swept_through = head.swept_through.max(last);
        match cluster.put(HEAD, &json!(head), Condition::Is(sequence))? {
            Changed::Yes(next) => sequence = next,
            // Another run has begun, and will do it.
            Changed::Conflict => return Ok(()),
        }
    }
    head.superseded = kept;
    let versions: Vec<u64> = old.iter().flat_map(|superseded| superseded.versions.iter().copied()).collect();
    let indices = head.indices(cluster.name());
    for versions in versions.chunks(10_000) {
        delete(cluster, &indices, &json!({ "terms": { "version": versions } }))?;
    }
    if !head.aborted.is_empty() {
        delete(cluster, &indices, &json!({ "terms": { "since": head.aborted } }))?;
    }
    let replaced = old.iter().map(|superseded| superseded.generation);
    let catalogs: Vec<String> = replaced.chain(head.aborted.iter().copied()).map(Head::catalog_id).collect();
    cluster.delete_documents(&catalogs)?;
    let (old, kept) = head.replaced.into_iter().partition(|replaced| replaced.at < before);
    head.replaced = kept;
    for replaced in &old {
        let Indices { entries, files } = Indices::of(cluster.name(), &replaced.stamp);
        cluster.delete_index(&entries)?;
        cluster.delete_index(&files)?;
    }
    head.open.clear();
    match cluster.put(HEAD, &json!(head), Condition::Is(sequence))? {
        // Another run that has begun meanwhile closes the attempt.
        Changed::Yes(_) | Changed::Conflict => Ok(()),
    }
}

/// Deletes what a sweep after a commit would, in a run that commits nothing.
pub fn clean_up(run: &Run) -> Result<(), Error> {
    let cluster = &run.cluster;
    let fail = |failure: Failure| failure.at(&cluster.address.shown);
    let Some((head, _)) = cluster.get::<Head>(HEAD).map_err(fail)? else { return Ok(()) };
    let is_old = |before: u64| {
        head.superseded.iter().any(|superseded| superseded.at < before)
            || head.replaced.iter().any(|replaced| replaced.at < before)
    };
    // The time is asked for only where it can matter.
    let is_needed = !head.open.is_empty() || is_old(u64::MAX) && is_old(kept_since(cluster.now().map_err(fail)?));
    if !is_needed {
        return Ok(());
    }
    let Attempt { head, sequence, at, .. } = Attempt::begin(run, false)?;
    sweep(cluster, head, sequence, at).map_err(fail)
}

/// Deletes documents of both indices, a page at a time, until there are none.
fn delete(cluster: &Cluster, indices: &Indices, query: &Value) -> Result<(), Failure> {
    for index in [&indices.entries, &indices.files] {
        let search = json!({ "size": PAGE, "track_total_hits": false, "_source": false, "query": query });
        let (mut found, mut last) = (cluster.search(index, &search)?.hits.hits, None);
        while !found.is_empty() {
            let ids: Vec<String> = found.into_iter().map(|hit| hit.id).collect();
            if last.as_ref() == Some(&ids) {
                return Err(incomplete(&format!("{} documents could not be deleted", ids.len())));
            }
            let lines: String = ids.iter().map(|id| delete_line(id)).collect();
            if cluster.bulk::<IgnoredAny>(&write_alias(index), lines.as_bytes())?.is_none() {
                return Err(incomplete("it is too busy to delete documents"));
            }
            cluster.refresh(index)?;
            found = cluster.search(index, &search)?.hits.hits;
            last = Some(ids);
        }
    }
    Ok(())
}
