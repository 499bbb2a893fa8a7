//! The clock of the cluster: times in the head are compared by later runs, on machines whose clocks may differ.

use serde::Deserialize;
use serde_json::json;
use ureq::http::Method;

use super::Cluster;
use crate::opensearch::failure::Failure;
use crate::opensearch::layout::CLOCK;
use crate::opensearch::wire;

/// Sets the time of a document, which never goes back: after the loss of a node, another one tells the time.
const TICK: &str = "long last = ctx._source.now; long now = ctx._now; ctx._source.now = now > last ? now : last;";

impl Cluster {
    /// Returns the time in milliseconds since 1970.
    pub fn now(&self) -> Result<u64, Failure> {
        #[derive(Deserialize)]
        struct Updated {
            get: Document,
        }
        #[derive(Deserialize)]
        struct Document {
            #[serde(rename = "_source")]
            source: Clock,
        }
        #[derive(Deserialize)]
        struct Clock {
            now: u64,
        }
        let path = format!("/{}/_update/{CLOCK}?_source=now&retry_on_conflict=9", self.name());
        let update = json!({ "scripted_upsert": true, "upsert": { "now": 0 }, "script": { "source": TICK } });
        let answer = self.send(Method::POST, &path, Some(&update), self.limit, &[])?;
        wire::parse(&answer.body).map(|updated: Updated| updated.get.source.now)
    }
}
