//! Completeness: whether the indices have all documents of the last commit, and no others.

use serde_json::Value;

use super::cluster::Cluster;
use super::failure::Failure;
use super::head::Tally;
use super::reading::read_head;
use super::visible::{self, Visible};
use crate::backend::{Checked, Damage, Error};

/// Compares the numbers of documents with those in the head.
///
/// # Errors
/// There is no commit, or the cluster cannot answer.
pub fn check(cluster: &Cluster) -> Result<Checked, Error> {
    let fail = |failure: Failure| failure.at(&cluster.address.shown);
    let head = read_head(cluster)?.ok_or_else(|| Error::Missing { path: cluster.address.shown.clone() })?;
    let indices = head.indices(cluster.name());
    let tally = Visible::of(&head).tally();
    let found = cluster.search_all(&[(&indices.entries, tally.clone()), (&indices.files, tally)]).map_err(fail)?;
    let tallies = found.iter().map(|found| visible::tally(found.total(), &found.aggregations));
    let expected = [(&indices.entries, head.entries), (&indices.files, head.files)];
    let damage = expected.into_iter().zip(tallies).filter(|((_, expected), found)| *found != Some(*expected));
    let damage = damage.map(|((index, expected), found)| difference(index, expected, found)).collect();
    let bytes =
        cluster.read(&format!("/{},{}/_stats/store?filter_path=_all.primaries", indices.entries, indices.files));
    let bytes = bytes.map_err(fail)?.pointer("/_all/primaries/store/size_in_bytes").and_then(Value::as_u64);
    Ok(Checked { files: 2, bytes: bytes.unwrap_or_default(), damage })
}

fn difference(index: &str, expected: Tally, found: Option<Tally>) -> Damage {
    let found = found.unwrap_or_default();
    let message = match found.count == expected.count {
        true => "has other documents than the last commit".to_owned(),
        false => format!("has {} of the {} documents of the last commit", found.count, expected.count),
    };
    Damage { path: index.into(), message }
}
