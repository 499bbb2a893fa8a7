//! The start of an attempt: its number, and the end of all before it.

use serde_json::{Value, json};

use crate::backend::Error;
use crate::opensearch::cluster::{Changed, Cluster, Condition, Sequence};
use crate::opensearch::failure::{Failure, Kind};
use crate::opensearch::head::{Head, OpenAttempt, Replaced};
use crate::opensearch::layout::{FORMAT, HEAD, RUN_DIGITS};

use super::run::Run;

/// An attempt that has begun.
pub struct Attempt {
    /// Its number, which its documents have.
    pub number: u64,
    /// The head as this attempt wrote it.
    pub head: Head,
    /// The place of that head in its history.
    pub sequence: Sequence,
    /// The time of its start.
    pub at: u64,
    /// Stamp of new indices, if it rebuilds.
    pub stamp: Option<String>,
}

impl Attempt {
    /// Begins an attempt: no attempt before it can be committed any more.
    ///
    /// # Errors
    /// The cluster does not answer, or another run has written the index since this one has the lock.
    pub fn begin(run: &Run, is_rebuild: bool) -> Result<Self, Error> {
        let cluster = &*run.cluster;
        let fail = |failure: Failure| failure.at(&cluster.address.shown);
        let last: Option<(Value, Sequence)> = cluster.get(HEAD).map_err(fail)?;
        let generation = last.as_ref().and_then(|(head, _)| head["generation"].as_u64()).unwrap_or_default();
        // The changes were planned for the commit at the time of the lock.
        if generation != run.generation || run.lock.is_lost() {
            return Err(fail(conflict()));
        }
        let at = cluster.now().map_err(fail)?;
        let (mut head, condition) = match last {
            Some((head, sequence)) => (head_before(head, at), Condition::Is(sequence)),
            // Indices of a head that is lost.
            None => {
                let lost = cluster.stamps().map_err(fail)?.into_iter();
                let replaced = lost.map(|stamp| Replaced { at, stamp }).collect();
                (Head { replaced, ..Head::new() }, Condition::IsNew)
            }
        };
        // Documents of a restored copy may be of a later attempt than the head knows. New indices have none, and those before
        // them may be lost.
        let greatest = match head.stamp.is_empty() || is_rebuild {
            true => 0,
            false => greatest_attempt(cluster, &head).map_err(fail)?,
        };
        let number = 1 + greatest.max(head.last_attempt);
        head.aborted.extend(head.last_attempt + 1..number);
        // An attempt that was committed may not have been closed.
        for open in std::mem::take(&mut head.open).into_iter().filter(|open| open.attempt != head.generation) {
            head.aborted.push(open.attempt);
            // No reader has used its indices.
            head.replaced.extend(open.stamp.map(|stamp| Replaced { at: 0, stamp }));
        }
        head.last_attempt = number;
        // Of two runs with the same number of an attempt, each has indices of its own.
        let stamp = is_rebuild.then(|| format!("{number}-{}", &run.id[..RUN_DIGITS]));
        head.open = vec![OpenAttempt { attempt: number, run: run.id.clone(), stamp: stamp.clone() }];
        match cluster.put(HEAD, &json!(head), condition).map_err(fail)? {
            Changed::Yes(sequence) => Ok(Self { number, head, sequence, at, stamp }),
            // The answer to the first of two requests may have been lost.
            Changed::Conflict => match cluster.get::<Head>(HEAD).map_err(fail)? {
                Some((now, sequence)) if now == head => Ok(Self { number, head, sequence, at, stamp }),
                _ => Err(fail(conflict())),
            },
        }
    }
}

/// Returns the head before an attempt at a time. Of one in another format, only what a rebuild needs is kept.
fn head_before(head: Value, at: u64) -> Head {
    if head["format"] == FORMAT
        && let Ok(head) = serde_json::from_value(head.clone())
    {
        return head;
    }
    let last_attempt = head["last_attempt"].as_u64().unwrap_or_default();
    let stamp = head["stamp"].as_str().filter(|stamp| !stamp.is_empty());
    let replaced = stamp.map(|stamp| Replaced { at, stamp: stamp.to_owned() });
    Head { last_attempt, replaced: replaced.into_iter().collect(), ..Head::new() }
}

/// Returns the failure where another run has written the head.
pub fn conflict() -> Failure {
    Failure::new(Kind::Conflict, "another run writes the index; nothing was committed")
        .with_hint("run `digest-search index` again when it is done")
}

fn greatest_attempt(cluster: &Cluster, head: &Head) -> Result<u64, Failure> {
    let search = json!({ "size": 0, "aggs": { "last": { "max": { "field": "since" } } } });
    let indices = head.indices(cluster.name());
    let searches = [(&*indices.entries, search.clone()), (&*indices.files, search)];
    let found = cluster.search_all(&searches)?;
    let greatest =
        |aggregations: &Value| aggregations.pointer("/last/value").and_then(Value::as_f64).unwrap_or_default();
    Ok(found.iter().map(|found| greatest(&found.aggregations) as u64).max().unwrap_or_default())
}
