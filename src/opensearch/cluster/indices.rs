//! Indices of OpenSearch.

use std::collections::BTreeSet;

use serde::Deserialize;
use serde_json::Value;
use ureq::http::Method;

use super::found::ShardCounts;
use super::{Cluster, WRITE};
use crate::opensearch::failure::{Failure, Kind, incomplete};
use crate::opensearch::layout::{Indices, MARK};
use crate::opensearch::wire;

impl Cluster {
    /// Makes what was sent to indices visible to searches.
    ///
    /// # Errors
    /// A shard does not answer.
    pub fn refresh(&self, indices: &str) -> Result<(), Failure> {
        #[derive(Deserialize)]
        struct Refreshed {
            #[serde(rename = "_shards")]
            shards: ShardCounts,
        }
        let refreshed: Refreshed =
            wire::parse(&self.send(Method::POST, &format!("/{indices}/_refresh"), None, WRITE, &[])?.body)?;
        match refreshed.shards.failed {
            0 => Ok(()),
            failed => Err(incomplete(&format!("{failed} shards did not refresh"))),
        }
    }

    /// Creates an index; one that exists is kept.
    pub fn create_index(&self, name: &str, definition: &Value) -> Result<(), Failure> {
        let answer = self.send(Method::PUT, &format!("/{name}"), Some(definition), WRITE, &[400])?;
        let reason = String::from_utf8_lossy(&answer.body);
        if answer.status == 400 && !reason.contains("resource_already_exists_exception") {
            let message = format!("cannot create the index {name}: {}", wire::reason(&answer.body));
            return Err(Failure::new(Kind::Refused, message).with_hint("change what the cluster names, then run again"));
        }
        Ok(())
    }

    /// Returns the stamps of all indices of entries and of files below the name of the index.
    pub fn stamps(&self) -> Result<BTreeSet<String>, Failure> {
        let Indices { entries, files } = Indices::of(self.name(), "*");
        let indices = self.read(&format!("/{entries},{files}/_mapping?filter_path=*.mappings._meta"))?;
        let is_own = |mappings: &&Value| mappings.pointer(&format!("/mappings/_meta/{MARK}")).is_some();
        let all = indices.as_object().into_iter().flatten().filter(|(_, mappings)| is_own(mappings));
        Ok(all.filter_map(|(index, _)| Indices::stamp(self.name(), index).map(str::to_owned)).collect())
    }

    /// Deletes an index, if it exists.
    pub fn delete_index(&self, name: &str) -> Result<(), Failure> {
        self.send(Method::DELETE, &format!("/{name}"), None, WRITE, &[404]).map(drop)
    }

    /// Returns the mapping of the index of the head; `None` if there is no such index.
    pub fn mapping(&self) -> Result<Option<Value>, Failure> {
        let answer = self.send(Method::GET, &format!("/{}/_mapping", self.name()), None, self.limit, &[404])?;
        if answer.status == 404 {
            return Ok(None);
        }
        let indices: Value = wire::parse(&answer.body)?;
        Ok(indices.as_object().and_then(|indices| indices.values().next()).map(|index| index["mappings"].clone()))
    }
}
