//! Completeness: whether the indices have all documents of the last commit, and no others.

use std::thread;
use std::time::Duration;

use serde_json::{Value, json};

use super::cluster::{Cluster, Found};
use super::failure::{Failure, Kind};
use super::head::{Head, Tally};
use super::layout::HEAD;
use super::reading::{exists, read_head};
use super::visible::{self, Visible};
use crate::backend::{Checked, Damage, Error};

/// Number of times that documents are counted, within 2 seconds: a run may commit meanwhile, and a copy of a shard may be a
/// moment behind. To wait costs less than to rebuild a large index.
const ATTEMPTS: u32 = 10;

/// Compares the documents with the head.
///
/// # Errors
/// There is no commit, or the cluster cannot answer.
pub fn check(cluster: &Cluster) -> Result<Checked, Error> {
    let fail = |failure: Failure| failure.at(&cluster.address.shown);
    let mut attempt = 1;
    loop {
        let head = read_head(cluster)?.ok_or_else(|| Error::Missing { path: cluster.address.shown.clone() })?;
        let damage = match damage(cluster, &head) {
            // It was waited for already.
            Err(Failure { kind: Kind::Damaged, message, .. }) => {
                let damage = vec![Damage { path: cluster.address.shown.clone(), message }];
                return Ok(Checked { damage, ..Checked::default() });
            }
            damage => damage.map_err(fail)?,
        };
        if damage.is_empty() || attempt == ATTEMPTS {
            let bytes = if damage.is_empty() { bytes(cluster, &head).map_err(fail)? } else { 0 };
            let documents = Some(head.entries.count + head.files.count);
            return Ok(Checked { documents, bytes, damage, ..Checked::default() });
        }
        thread::sleep(Duration::from_millis(50 * u64::from(attempt)));
        attempt += 1;
    }
}

/// Returns the damage where indices are left of an index whose head is lost.
pub fn lost_head(cluster: &Cluster) -> Result<Option<Error>, Error> {
    let fail = |failure: Failure| failure.at(&cluster.address.shown);
    let is_lost = cluster.get::<Value>(HEAD).map_err(fail)?.is_none()
        && exists(cluster)?
        && !cluster.stamps().map_err(fail)?.is_empty();
    let message = "the head, which names the last commit, is missing".to_owned();
    Ok(is_lost.then(|| Error::Damaged { path: cluster.address.shown.clone(), message }))
}

/// Compares the documents with a head once.
///
/// # Errors
/// An index is missing, or the cluster cannot answer.
fn damage(cluster: &Cluster, head: &Head) -> Result<Vec<Damage>, Failure> {
    let indices = head.indices(cluster.name());
    let tally = Visible::of(head).tally();
    let last = json!({ "size": 0, "track_total_hits": false, "aggs": { "last": { "max": { "field": "since" } } } });
    let searches = [&indices.entries, &indices.files].map(|index| [(&**index, tally.clone()), (index, last.clone())]);
    let found = cluster.search_all(searches.as_flattened())?;
    let expected = [(&indices.entries, head.entries), (&indices.files, head.files)];
    let of = |(found, (index, expected)): (&[Found], (&String, Tally))| {
        let [counted, last] = found else { return None };
        let tally = visible::tally(counted.total(), &counted.aggregations);
        let last = last.aggregations.pointer("/last/value").and_then(Value::as_f64).unwrap_or_default() as u64;
        let message = match last > head.last_attempt {
            _ if tally != Some(expected) => difference(expected, tally.unwrap_or_default()),
            true => "has documents of later runs than the head; the head may be from an old copy".to_owned(),
            false => return None,
        };
        Some(Damage { path: index.into(), message })
    };
    Ok(found.chunks(2).zip(expected).filter_map(of).collect())
}

fn bytes(cluster: &Cluster, head: &Head) -> Result<u64, Failure> {
    let indices = head.indices(cluster.name());
    let path = format!("/{},{}/_stats/store?filter_path=_all.primaries", indices.entries, indices.files);
    let bytes = cluster.read(&path)?.pointer("/_all/primaries/store/size_in_bytes").and_then(Value::as_u64);
    Ok(bytes.unwrap_or_default())
}

fn difference(expected: Tally, found: Tally) -> String {
    match found.count == expected.count {
        true => "has other documents than the last commit".to_owned(),
        false => format!("has {} of the {} documents of the last commit", found.count, expected.count),
    }
}
