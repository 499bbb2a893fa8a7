//! Replacement of the head, whose answer may be lost.

use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::attempt::conflict;
use super::changes::ClusterWriter;
use crate::backend::Error;
use crate::opensearch::cluster::{Changed, Condition, Sequence};
use crate::opensearch::failure::{Failure, Kind, incomplete};
use crate::opensearch::head::Head;
use crate::opensearch::layout::HEAD;

/// Replaces the head that this attempt wrote. From then on the changes are committed. Returns the place of the head; `None`
/// if a later attempt has changed it since.
///
/// # Errors
/// Another run has written the head: nothing is committed. Or the cluster does not answer: it is unknown.
pub fn replace_head(writer: &ClusterWriter<'_>, head: &Head) -> Result<Option<Sequence>, Error> {
    let cluster = &writer.run.cluster;
    // A whole further request fits in after the first.
    let end = Instant::now() + 2 * cluster.limit();
    let mut last = writer.attempt.sequence;
    let mut missing = incomplete("it refuses each change of the head");
    loop {
        let changed = match cluster.put(HEAD, &json!(head), Condition::Is(last)) {
            Ok(Changed::Yes(sequence)) => return Ok(Some(sequence)),
            Ok(Changed::Conflict) => cluster.get::<Head>(HEAD),
            Err(failure) => Err(failure),
        };
        match changed {
            // An answer was lost, or the shard that refused the change was. Only a change with an answer is one that all
            // copies of the shard have.
            Ok(Some((now, sequence))) if now == *head || sequence == last => last = sequence,
            // Another attempt began after the commit.
            Ok(Some((now, _))) if now.generation >= head.generation && !now.aborted.contains(&head.generation) => {
                return Ok(None);
            }
            Ok(_) => return Err(writer.fail(conflict())),
            Err(failure) if !matches!(failure.kind, Kind::Incomplete | Kind::Unreachable) => {
                // The first of two requests may have come through.
                return match cluster.get::<Head>(HEAD) {
                    Ok(Some((now, sequence))) if now == *head => Ok(Some(sequence)),
                    _ => Err(writer.fail(failure)),
                };
            }
            Err(failure) => missing = failure,
        }
        if Instant::now() > end {
            return Err(writer.fail(unknown(missing)));
        }
        thread::sleep(Duration::from_millis(200));
    }
}

/// Returns the failure where no answer says whether the head was changed.
fn unknown(failure: Failure) -> Failure {
    let message = format!("it is unknown whether the changes were committed: {}", failure.message);
    Failure { message, ..failure }.with_hint("run `digest-search index` again")
}
