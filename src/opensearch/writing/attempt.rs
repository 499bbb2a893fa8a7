//! The start of an attempt: its number, and the end of all before it.

use serde_json::{Value, json};

use crate::backend::Error;
use crate::opensearch::cluster::{Changed, Cluster, Condition, Sequence};
use crate::opensearch::failure::{Failure, Kind};
use crate::opensearch::head::{Head, OpenAttempt, Replaced};
use crate::opensearch::layout::HEAD;

use super::sweep::now;

/// An attempt that has begun.
pub struct Attempt {
    /// Its number, which its documents have.
    pub number: u64,
    /// The head as this attempt wrote it.
    pub head: Head,
    /// The place of that head in its history.
    pub sequence: Sequence,
}

impl Attempt {
    /// Begins an attempt: no attempt before it can be committed any more. `stamp` is that of new indices.
    ///
    /// # Errors
    /// The cluster does not answer, or another run begins at the same time.
    pub fn begin(cluster: &Cluster, stamp: Option<&str>) -> Result<Self, Error> {
        let fail = |failure: Failure| failure.at(&cluster.address.shown);
        let last: Option<(Head, Sequence)> = cluster.get(HEAD).map_err(fail)?;
        let (mut head, condition) = match last {
            Some((head, sequence)) => (head, Condition::Is(sequence)),
            None => (Head::new(), Condition::IsNew),
        };
        // Documents of a restored copy may be of a later attempt than the head knows.
        let greatest = match head.stamp.is_empty() {
            true => 0,
            false => greatest_attempt(cluster, &head).map_err(fail)?,
        };
        let number = 1 + greatest.max(head.last_attempt);
        head.aborted.extend(head.last_attempt + 1..number);
        // An attempt that was committed may not have been closed.
        for open in std::mem::take(&mut head.open).into_iter().filter(|open| open.attempt != head.generation) {
            head.aborted.push(open.attempt);
            head.replaced.extend(open.stamp.map(|stamp| Replaced { at: now(), stamp }));
        }
        head.last_attempt = number;
        head.open = vec![OpenAttempt { attempt: number, stamp: stamp.map(str::to_owned) }];
        match cluster.put(HEAD, &json!(head), condition).map_err(fail)? {
            Changed::Yes(sequence) => Ok(Self { number, head, sequence }),
            Changed::Conflict => Err(fail(conflict())),
        }
    }
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
