//! Failures of a cluster, and what to do about them.

use std::path::Path;
use std::time::{Duration, Instant};

use crate::backend::Error;

/// A kind of failure; its code in JSON.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The address is not valid.
    Address,
    /// No node answers.
    Unreachable,
    /// The certificate of a node is not trusted, or its host has another name.
    Certificate,
    /// User or password are missing or wrong, or a right is missing.
    Unauthorized,
    /// Another product or version answers.
    OtherProduct,
    /// The cluster cannot answer in full at the moment.
    Incomplete,
    /// An index of the last commit is missing.
    Damaged,
    /// The cluster refuses to write.
    ReadOnly,
    /// Another run has changed the index meanwhile.
    Conflict,
    /// The cluster refuses a request.
    Refused,
}

impl Kind {
    /// Returns the code in JSON: that of an index in a folder where there is one, else `cluster_` and the kind.
    pub fn code(self) -> &'static str {
        match self {
            Self::Address => "cluster_address",
            Self::Unreachable => "cluster_unreachable",
            Self::Certificate => "cluster_certificate",
            Self::Unauthorized => "cluster_unauthorized",
            Self::OtherProduct => "cluster_other_product",
            Self::Incomplete => "cluster_incomplete",
            Self::Damaged => "damaged",
            Self::ReadOnly => "cluster_read_only",
            Self::Conflict => "cluster_conflict",
            Self::Refused => "cluster_refused",
        }
    }
}

/// A failure of a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// The kind.
    pub kind: Kind,
    /// What failed, and why.
    pub message: String,
    /// What to do next.
    pub hint: Option<String>,
}

/// Time for which a node may not know an index that others know, as one that has just joined.
const LAG: Duration = Duration::from_secs(10);

impl Failure {
    /// Reports whether an index is missing that a node may only not know yet, in the answer to a question asked first at a
    /// time.
    pub fn is_lag(&self, start: Instant) -> bool {
        self.kind == Kind::Damaged && start.elapsed() < LAG
    }

    /// Returns a failure.
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into(), hint: None }
    }

    /// Returns the failure for an invalid address.
    pub fn address(message: impl Into<String>) -> Self {
        Self::new(Kind::Address, message)
            .with_hint("write it as https://HOST:9200/NAME, several hosts separated by commas")
    }

    /// Adds what to do next, in place of a general hint.
    #[must_use]
    pub fn with_hint(self, hint: impl Into<String>) -> Self {
        Self { hint: Some(hint.into()), ..self }
    }

    /// Returns the error of the index at an address.
    pub fn at(self, place: &Path) -> Error {
        Error::Remote { path: place.to_path_buf(), code: self.kind.code(), message: self.message, hint: self.hint }
    }
}

/// Returns the failure for an answer that is not complete.
pub fn incomplete(reason: &str) -> Failure {
    Failure::new(Kind::Incomplete, format!("the cluster cannot answer in full: {reason}"))
        .with_hint("try again; `digest-search status` shows the health of the cluster")
}
