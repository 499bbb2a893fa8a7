//! The commit: what was sent is made visible, counted, and then named by the head.

use std::collections::{BTreeMap, HashMap};
use std::sync::PoisonError;
use std::thread;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::attempt::conflict;
use super::changes::{Changes, ClusterWriter};
use super::sweep::{self, now};
use crate::backend::{Commit, Committed, Error, FileRecord, Sources};
use crate::opensearch::cluster::{Changed, Condition, Sequence, incomplete};
use crate::opensearch::document::number;
use crate::opensearch::failure::{Failure, Kind};
use crate::opensearch::head::{Head, Replaced, Superseded, Tally};
use crate::opensearch::layout::HEAD;
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
    let before = &writer.attempt.head;
    let mut head = Head {
        generation: writer.attempt.number,
        run: writer.run.id.clone(),
        entries: changes.entries,
        files,
        ..before.clone()
    };
    if let Some(stamp) = &writer.stamp {
        let before = std::mem::replace(&mut head.stamp, stamp.clone());
        head.replaced.extend((!before.is_empty()).then(|| Replaced { at: now(), stamp: before }));
        // The versions were those of the indices before.
        head.superseded.iter_mut().for_each(|superseded| superseded.versions.clear());
    }
    if before.generation > 0 {
        head.superseded.push(Superseded { at: now(), versions: changes.superseded, generation: before.generation });
    }
    let fail = |failure: Failure| writer.fail(failure);
    let sources = make_visible(&writer, &head).map_err(fail)?;
    let catalog =
        serde_json::to_string(&commit.catalog).map_err(|error| fail(Failure::new(Kind::Refused, error.to_string())))?;
    let catalog = json!(StoredCatalog { catalog, sources: sources.serialize() });
    let cluster = &writer.run.cluster;
    match cluster.put(&Head::catalog_id(head.generation), &catalog, Condition::IsNew).map_err(fail)? {
        // The answer to the first of two requests was lost.
        Changed::Yes(_) | Changed::Conflict => {}
    }
    if writer.run.lock.is_lost() {
        return Err(fail(conflict()));
    }
    let sequence = replace_head(&writer, &head)?;
    let unfinished = sweep::sweep(cluster, head, sequence).err().map(fail);
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
        let found = cluster.search_all(&searches)?;
        let tallies: Vec<Option<Tally>> =
            found.iter().map(|found| visible::tally(found.total(), &found.aggregations)).collect();
        if refreshed.is_ok() && tallies == [Some(head.entries), Some(head.files)] {
            return sources(writer, &visible.filter());
        }
        if Instant::now() > end {
            return Err(incomplete("it does not have all documents that it took; nothing was committed"));
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

/// Replaces the head that this attempt wrote. From then on the changes are committed.
///
/// # Errors
/// Another run has written the head: nothing is committed. Or the cluster does not answer: it is unknown.
fn replace_head(writer: &ClusterWriter<'_>, head: &Head) -> Result<Sequence, Error> {
    let cluster = &writer.run.cluster;
    let unknown = |failure: Failure| {
        let message = format!("it is unknown whether the changes were committed: {}", failure.message);
        writer.fail(Failure { message, ..failure }.with_hint("run `digest-search index` again"))
    };
    match cluster.put(HEAD, &json!(head), Condition::Is(writer.attempt.sequence)).map_err(unknown)? {
        Changed::Yes(sequence) => Ok(sequence),
        // The answer to the first of two requests may have been lost.
        Changed::Conflict => match cluster.get::<Head>(HEAD).map_err(unknown)? {
            Some((now, sequence)) if now.generation >= head.generation && !now.aborted.contains(&head.generation) => {
                Ok(sequence)
            }
            _ => Err(writer.fail(conflict())),
        },
    }
}
