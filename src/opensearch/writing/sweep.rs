//! The sweep after a commit: documents and indices that no reader needs are deleted.

use std::time::Duration;

use serde::de::IgnoredAny;
use serde_json::{Value, json};

use crate::opensearch::cluster::{Changed, Cluster, Condition, Sequence};
use crate::opensearch::failure::{Failure, incomplete};
use crate::opensearch::head::Head;
use crate::opensearch::layout::{HEAD, Indices, PAGE, write_alias};

/// Time for which readers may use what a commit replaced.
const KEPT: Duration = Duration::from_secs(15 * 60);

/// Deletes what was replaced more than 15 minutes before a time and what aborted attempts left, and closes the attempt.
pub fn sweep(cluster: &Cluster, mut head: Head, sequence: Sequence, now: u64) -> Result<(), Failure> {
    let before = now.saturating_sub(KEPT.as_millis() as u64);
    let (old, kept) = head.superseded.into_iter().partition(|superseded| superseded.at < before);
    head.superseded = kept;
    let versions: Vec<u64> = old.iter().flat_map(|superseded| superseded.versions.iter().copied()).collect();
    let indices = head.indices(cluster.name());
    for versions in versions.chunks(10_000) {
        delete(cluster, &indices, &json!({ "terms": { "version": versions } }))?;
    }
    if !head.aborted.is_empty() {
        delete(cluster, &indices, &json!({ "terms": { "since": head.aborted } }))?;
    }
    for superseded in &old {
        cluster.delete_document(&Head::catalog_id(superseded.generation))?;
    }
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
            let lines: String = ids.iter().map(|id| format!("{{\"delete\":{{\"_id\":\"{id}\"}}}}\n")).collect();
            cluster.bulk::<IgnoredAny>(&write_alias(index), lines.as_bytes())?;
            cluster.refresh(index)?;
            found = cluster.search(index, &search)?.hits.hits;
            last = Some(ids);
        }
    }
    Ok(())
}
