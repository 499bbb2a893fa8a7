//! What goes back: a status, a body, and the headers that keep it what it is.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::body::{Body, Sent};
use super::parameters::syntax;
use super::places::Seat;
use crate::failure::Failure;

/// What goes back.
pub struct Reply {
    status: StatusCode,
    kind: Kind,
    body: Body,
    etag: Option<String>,
    /// Whether it will never be another.
    is_fixed: bool,
    /// Why the server is at fault, for its operator.
    fault: Option<String>,
}

/// What a body is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Json,
    Svg,
    Html,
    Css,
    Script,
    Atom,
    OpenSearch,
}

impl Kind {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Html => "text/html; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Atom => "application/atom+xml",
            Self::OpenSearch => "application/opensearchdescription+xml",
        }
    }

    /// What a body may do where a browser shows it: nothing, and of a picture only look as it says. A page has the style
    /// and the script of this server alone, may ask it, and leads its forms nowhere else.
    fn policy(self) -> &'static str {
        match self {
            Self::Json | Self::Css | Self::Script | Self::Atom | Self::OpenSearch => {
                "default-src 'none'; frame-ancestors 'none'"
            }
            Self::Html => {
                "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self'; \
                 form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
            }
            Self::Svg => "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; sandbox",
        }
    }
}

/// Headers that every answer has.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // Whoever keeps an answer asks whether it still holds, each time.
    (header::CACHE_CONTROL, "no-cache"),
];

/// How many seconds later it is worth trying again.
const RETRY: &str = "5";

impl Reply {
    /// An answer.
    pub fn new(status: StatusCode, kind: Kind, body: Body, etag: Option<String>) -> Self {
        Self { status, kind, body, etag, is_fixed: false, fault: None }
    }

    /// What will never be another at this address.
    pub fn fixed(kind: Kind, body: &'static str) -> Self {
        let body = Body::shared(Bytes::from_static(body.as_bytes()));
        Self { is_fixed: true, ..Self::new(StatusCode::OK, kind, body, None) }
    }

    /// An answer that the client has already.
    pub fn unchanged(kind: Kind, etag: String) -> Self {
        Self::new(StatusCode::NOT_MODIFIED, kind, Body::default(), Some(etag))
    }

    /// A question that can't be answered.
    pub fn failure(failure: &Failure) -> Self {
        Self::told(status(failure), &for_client(failure)).because(failure)
    }

    /// A request that is not for this server.
    pub fn refusal(status: StatusCode, message: String, hint: &str) -> Self {
        Self::told(status, &Failure::message("request", message, hint))
    }

    /// Why there is no answer.
    pub fn told(status: StatusCode, failure: &Failure) -> Self {
        Self::new(status, Kind::Json, Body::own(failure.json()), None)
    }

    /// The same for a client that wants no answer there is.
    pub fn none_if_any(self) -> Self {
        match self.status {
            StatusCode::OK => Self { status: StatusCode::NOT_MODIFIED, body: Body::default(), ..self },
            _ => self,
        }
    }

    /// The same, with what the operator should know.
    pub fn because(self, failure: &Failure) -> Self {
        let fault = self.status.is_server_error().then(|| failure.line());
        Self { fault, ..self }
    }

    /// Why the server is at fault, where it is.
    pub fn fault(&self) -> Option<&str> {
        self.fault.as_deref()
    }

    pub fn status(&self) -> StatusCode {
        self.status
    }

    pub fn len(&self) -> usize {
        self.body.len()
    }

    #[cfg(fuzzing)]
    pub fn into_body(self) -> Vec<u8> {
        self.body.into_bytes()
    }

    /// What is sent, by the connection that has the seat; whether it is the last on it.
    pub fn into_response(self, seat: Arc<Seat>, is_last: bool) -> Response<Sent> {
        let mut response = Response::new(self.body.sent_from(seat));
        *response.status_mut() = self.status;
        let headers = response.headers_mut();
        for (name, value) in ALWAYS {
            headers.insert(name, HeaderValue::from_static(value));
        }
        if self.is_fixed {
            headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("public, max-age=31536000, immutable"));
        }
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.kind.as_str()));
        headers.insert(header::CONTENT_SECURITY_POLICY, HeaderValue::from_static(self.kind.policy()));
        if let Some(etag) = self.etag.and_then(|etag| HeaderValue::try_from(etag).ok()) {
            headers.insert(header::ETAG, etag);
        }
        if is_last {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        match self.status {
            StatusCode::SERVICE_UNAVAILABLE => headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY)),
            StatusCode::METHOD_NOT_ALLOWED => headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD")),
            // What follows on this connection may be the body that is not wanted.
            StatusCode::PAYLOAD_TOO_LARGE => headers.insert(header::CONNECTION, HeaderValue::from_static("close")),
            _ => None,
        };
        response
    }
}

/// A failure as a client sees it. Where the index is at fault, its paths are the operator's alone, and so is the remedy.
pub fn for_client(failure: &Failure) -> Failure {
    let message = match failure.code() {
        "no_index" => "there is no index yet",
        "other_version" => "the index was made by another version of digest-search",
        "damaged" | "not_an_index" | "io" | "output" => "the index can't be read",
        "busy" => "the index is being written",
        _ => return failure.clone().in_syntax(syntax),
    };
    let hint = "try again later; on the machine of the server, `digest-search status` tells more";
    Failure::message(failure.code(), message, hint)
}

/// The status of a question that can't be answered.
pub fn status(failure: &Failure) -> StatusCode {
    match failure.code() {
        "usage" | "query" | "date" | "id" | "unknown_value" | "unknown_entry" | "too_large" => StatusCode::BAD_REQUEST,
        "no_index" | "other_version" | "damaged" | "not_an_index" | "busy" | "io" => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
