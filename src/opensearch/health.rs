//! State of the cluster, and of the index in it.

use std::time::Instant;

use serde::Deserialize;

use super::cluster::Cluster;
use super::failure::Failure;
use super::head::Head;
use super::layout::LOCK;
use super::visible::Visible;
use crate::backend::{Health, Owner};

/// Returns the state of the cluster, and of the index in it.
pub fn health(cluster: &Cluster, head: &Head) -> Result<Health, Failure> {
    #[derive(Deserialize)]
    struct Lock {
        owner: Owner,
    }
    let name = cluster.name();
    let indices = head.indices(name);
    let all = format!("{name},{},{}", indices.entries, indices.files);
    let state = cluster.read(&format!("/_cluster/health/{all}"))?;
    let store = cluster.read(&format!("/{all}/_stats/store?filter_path=_all.total"))?;
    let number = |key: &str| state[key].as_u64().unwrap_or_default() as usize;
    let asked = Instant::now();
    cluster.search(&indices.entries, &Visible::of(head).tally())?;
    let question = asked.elapsed();
    Ok(Health {
        version: cluster.version.clone(),
        nodes: number("number_of_nodes"),
        status: state["status"].as_str().unwrap_or_default().to_owned(),
        shards: number("active_primary_shards"),
        unassigned: number("unassigned_shards"),
        bytes: store.pointer("/_all/total/store/size_in_bytes").and_then(serde_json::Value::as_u64).unwrap_or_default(),
        superseded: head.superseded.iter().map(|superseded| superseded.versions.len()).sum(),
        writer: cluster.get::<Lock>(LOCK)?.map(|(lock, _)| lock.owner),
        question,
    })
}
