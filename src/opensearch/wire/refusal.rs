//! Refusals: answers of a cluster with a status of 400 or above.

use serde::Deserialize;

use crate::opensearch::failure::{Failure, Kind};

/// The reason in the body of a refusal.
#[derive(Debug, Default, Deserialize)]
struct Body {
    #[serde(default)]
    error: Reason,
}

/// A reason: an object, or a text of a proxy or of a plugin.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
enum Reason {
    Cause {
        #[serde(rename = "type")]
        kind: Option<String>,
        reason: Option<String>,
        #[serde(default)]
        root_cause: Vec<Cause>,
        caused_by: Option<Box<Reason>>,
    },
    Text(String),
}

#[derive(Debug, Deserialize)]
struct Cause {
    reason: Option<String>,
}

impl Default for Reason {
    fn default() -> Self {
        Self::Text(String::new())
    }
}

impl Reason {
    /// Returns the kind and all reasons, the most general first.
    fn texts(&self) -> (String, String) {
        match self {
            Self::Text(text) => (String::new(), text.clone()),
            Self::Cause { kind, reason, root_cause, caused_by } => {
                let roots = root_cause.iter().filter_map(|cause| cause.reason.as_deref());
                let below = caused_by.as_ref().map(|cause| cause.texts().1).unwrap_or_default();
                let mut texts: Vec<&str> = reason.as_deref().into_iter().chain(roots).chain([&*below]).collect();
                texts.retain(|text| !text.is_empty());
                texts.dedup();
                (kind.clone().unwrap_or_default(), texts.join(": "))
            }
        }
    }
}

/// Returns the failure for a refusal; `None` if another attempt may succeed.
pub fn failure(status: u16, body: &[u8]) -> Option<Failure> {
    let (kind, reason) = serde_json::from_slice::<Body>(body).unwrap_or_default().error.texts();
    if kind == "cluster_block_exception" {
        return blocked(&reason);
    }
    if kind == "index_not_found_exception" {
        let message = format!("an index of the last commit is missing: {}", short(&reason, body));
        return Some(Failure::new(Kind::Damaged, message).with_hint("run `digest-search index --rebuild FOLDER`"));
    }
    match status {
        401 => Some(
            Failure::new(Kind::Unauthorized, "user or password are missing or wrong")
                .with_hint("set DIGEST_SEARCH_USER and DIGEST_SEARCH_PASSWORD_FILE, or DIGEST_SEARCH_TOKEN_FILE"),
        ),
        403 => Some(
            Failure::new(Kind::Unauthorized, format!("the user may not do this: {}", short(&reason, body)))
                .with_hint("docs/cluster.md lists the rights that readers and writers need"),
        ),
        413 => Some(
            Failure::new(Kind::Refused, "the request is too large for a proxy in front of the cluster")
                .with_hint("let the proxy take requests of 6 MB (client_max_body_size 6m in nginx)"),
        ),
        300..=399 => Some(
            Failure::new(Kind::Refused, format!("the cluster redirects (status {status})"))
                .with_hint("name the address that it redirects to"),
        ),
        _ if reason.contains("cannot execute [inline] scripts") || reason.contains("scripts are disabled") => Some(
            Failure::new(Kind::Refused, "scripts are switched off in this cluster")
                .with_hint("allow inline scripts: script.allowed_types: inline in opensearch.yml"),
        ),
        // A node that ends while it answers is an error of status 500.
        429 | 500 | 502..=504 => None,
        _ => {
            let message = format!("the cluster refuses the request (status {status}): {}", short(&reason, body));
            Some(Failure::new(Kind::Refused, message).with_hint("the log of the cluster may say more"))
        }
    }
}

/// Returns the failure for a block on writing; `None` for blocks that pass, as while the cluster has no manager.
fn blocked(reason: &str) -> Option<Failure> {
    let other = format!("the cluster blocks the request: {}", short(reason, b""));
    let (message, hint) = if reason.contains("flood-stage") {
        (
            "the disk of a node is nearly full, so the cluster refuses to write",
            "free disk space or add a node; the previous commit is intact",
        )
    } else if reason.contains("read-only") {
        (
            "the index is read-only",
            "remove the block index.blocks.read_only or index.blocks.read_only_allow_delete; the previous commit is intact",
        )
    } else if reason.contains("SERVICE_UNAVAILABLE") {
        return None;
    } else {
        (&*other, "remove the block; the previous commit is intact")
    };
    Some(Failure::new(Kind::ReadOnly, message).with_hint(hint))
}

/// Returns a reason of at most 300 characters; of a body without one, its beginning.
fn short(reason: &str, body: &[u8]) -> String {
    let text = if reason.is_empty() { String::from_utf8_lossy(body) } else { reason.into() };
    text.split_whitespace().collect::<Vec<_>>().join(" ").chars().filter(|c| !c.is_control()).take(300).collect()
}

/// Returns the reason of a refusal; of a body without one, its beginning.
pub fn reason(body: &[u8]) -> String {
    short(&serde_json::from_slice::<Body>(body).unwrap_or_default().error.texts().1, body)
}
