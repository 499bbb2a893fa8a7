//! The commit: what was sent is made visible, counted, and then named by the head.

use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::attempt::conflict;
use super::changes::{Changes, ClusterWriter};
use super::replacement::replace_head;
use super::sweep;
use crate::backend::{Commit, Committed, Error, FileRecord, Sources};
use crate::opensearch::cluster::Condition;
use crate::opensearch::document::number;
use crate::opensearch::failure::{Failure, Kind, incomplete};
use crate::opensearch::head::{Head, Replaced, Superseded, Tally};
use crate::opensearch::listing::{self, DigestVersion, Listed};
use crate::opensearch::reading::StoredCatalog;
use crate::opensearch::visible::{self, Visible};

/// Time limit for all documents to become visible.
const VISIBLE: Duration = Duration::from_secs(120);

/// Number of sources that are counted at a time.
const SOURCES: usize = 10_000;

/// Commits the changes of a writer with the list of files.
pub fn commit(writer: ClusterWriter<'_>, commit: &Commit<'_>) -> Result<Committed, Error> {
    let mut changes = std::mem::take(&mut *writer.changes.lock().unwrap_or_else(PoisonError::into_inner));
    let files = list(&writer, &mut changes, &commit.files)?;
    writer.flush()?;
    let fail = |failure: Failure| writer.fail(failure);
    let cluster = &writer.run.cluster;
    let now = cluster.now().map_err(fail)?;
    let before = &writer.attempt.head;
    let mut head = Head {
        generation: writer.attempt.number,
        run: writer.run.id.clone(),
        entries: changes.entries,
        files,
        ..before.clone()
    };
    if let Some(stamp) = &writer.attempt.stamp {
        let before = std::mem::replace(&mut head.stamp, stamp.clone());
        head.replaced.extend((!before.is_empty()).then_some(Replaced { at: now, stamp: before }));
        // The versions were those of the indices before.
        head.superseded.iter_mut().for_each(|superseded| superseded.versions.clear());
    }
    // The first commit replaces versions of its own: refused ones, and those of files that turned out to be duplicates.
    if before.generation > 0 || !changes.superseded.is_empty() {
        head.superseded.push(Superseded { at: now, versions: changes.superseded, generation: before.generation });
    }
    let sources = make_visible(&writer, &head).map_err(fail)?;
    let catalog =
        serde_json::to_string(&commit.catalog).map_err(|error| fail(Failure::new(Kind::Refused, error.to_string())))?;
    let catalog = json!(StoredCatalog { catalog, sources: sources.serialize() });
    // Where the head was lost, a run before it may have left a catalog of this number.
    cluster.put(&Head::catalog_id(head.generation), &catalog, Condition::Always).map_err(fail)?;
    if writer.run.lock.is_lost() {
        return Err(fail(conflict()));
    }
    // A later attempt sweeps what it finds.
    let unfinished =
        replace_head(&writer, &head)?.and_then(|sequence| sweep::sweep(cluster, head, sequence, now).err());
    let unfinished = unfinished.map(fail);
    Ok(Committed { is_sound: true, unfinished })
}

/// Sends the files that are new or changed, notes the versions that they replace, and returns the tally of all.
fn list(writer: &ClusterWriter<'_>, changes: &mut Changes, files: &[FileRecord]) -> Result<Tally, Error> {
    let mut previous: HashMap<&str, &Listed> =
        writer.previous.iter().map(|listed| (&*listed.record.path, listed)).collect();
    let mut all = Tally::default();
    for record in files {
        let digest: Option<DigestVersion> =
            record.digest().and_then(|digest| changes.digests.get(&digest.id()).copied());
        let last = previous.remove(&*record.path);
        if let Some(last) = last.filter(|last| last.record == *record && last.digest == digest) {
            all.add(listing::tally(last.version));
            continue;
        }
        changes.superseded.extend(last.map(|last| last.version));
        let listed = Listed { record: record.clone(), version: writer.version(), digest };
        let fields = listing::fields(&listed, writer.attempt.number);
        writer.send(&writer.files, number(listed.version, 0), &fields)?;
        all.add(listing::tally(listed.version));
    }
    changes.superseded.extend(previous.into_values().map(|last| last.version));
    Ok(all)
}

/// Refreshes the indices until the documents of a head are visible in full. Returns the names of sources among them.
fn make_visible(writer: &ClusterWriter<'_>, head: &Head) -> Result<Sources, Failure> {
    let (cluster, indices) = (&writer.run.cluster, &writer.indices);
    let visible = Visible::of(head);
    let searches = [(&*indices.entries, visible.tally()), (&*indices.files, visible.tally())];
    let end = Instant::now() + VISIBLE;
    loop {
        let refreshed = cluster.refresh(&format!("{},{}", indices.entries, indices.files));
        let found = refreshed.and_then(|()| cluster.search_all(&searches));
        let missing = match found {
            Ok(found) => {
                let tallies = found.iter().map(|found| visible::tally(found.total(), &found.aggregations));
                if tallies.eq([Some(head.entries), Some(head.files)]) {
                    return sources(writer, &visible.filter());
                }
                incomplete("it does not have all documents that it took; nothing was committed")
                    .with_hint("run `digest-search index --rebuild FOLDER`")
            }
            // A node may have ended.
            Err(failure) if matches!(failure.kind, Kind::Incomplete | Kind::Unreachable) => failure,
            Err(failure) => return Err(failure),
        };
        if Instant::now() > end {
            return Err(missing);
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Counts the entries of each source.
fn sources(writer: &ClusterWriter<'_>, visible: &Value) -> Result<Sources, Failure> {
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let source = json!({ "name": { "terms": { "field": "source" } } });
    let mut search = json!({
        "size": 0, "query": { "bool": { "filter": [visible] } },
        "aggs": { "by": { "composite": { "size": SOURCES, "sources": [source] } } },
    });
    loop {
        let found = writer.run.cluster.search(&writer.indices.entries, &search)?;
        let by = &found.aggregations["by"];
        for bucket in by["buckets"].as_array().into_iter().flatten() {
            if let (Some(name), Some(count)) = (bucket["key"]["name"].as_str(), bucket["doc_count"].as_u64()) {
                counts.insert(name.to_owned(), count as usize);
            }
        }
        match by.get("after_key") {
            Some(after) => search["aggs"]["by"]["composite"]["after"] = after.clone(),
            None => return Ok(Sources::of(counts.iter().map(|(name, count)| (&**name, *count)).collect())),
        }
    }
}
