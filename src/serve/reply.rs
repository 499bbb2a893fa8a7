//! Replies: a status, a body, and headers for caching and content security.

use std::sync::Arc;

use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::{Response, StatusCode};

use super::body::{Body, BodyStream};
use super::parameters::syntax;
use super::slots::Activity;
use crate::failure::Failure;

/// A reply to a request.
pub struct Reply {
    status: StatusCode,
    kind: ContentType,
    body: Body,
    etag: Option<String>,
    /// Whether the content at this URL never changes.
    is_fixed: bool,
    /// The name under which a browser saves the body instead of showing it.
    file_name: Option<&'static str>,
    /// The server error, for the operator.
    fault: Option<String>,
}

/// The content type of a body.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContentType {
    Json,
    Svg,
    Html,
    Css,
    Script,
    Atom,
    OpenSearch,
    Csv,
}

impl ContentType {
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Svg => "image/svg+xml",
            Self::Html => "text/html; charset=utf-8",
            Self::Css => "text/css; charset=utf-8",
            Self::Script => "text/javascript; charset=utf-8",
            Self::Atom => "application/atom+xml",
            Self::OpenSearch => "application/opensearchdescription+xml",
            Self::Csv => "text/csv; charset=utf-8; header=present",
        }
    }

    /// Returns the content security policy. Data may load nothing, and a picture only its of_text style. A page may load style
    /// and script from this server alone, connect to it, and submit forms to it.
    fn policy(self) -> &'static str {
        match self {
            Self::Json | Self::Css | Self::Script | Self::Atom | Self::OpenSearch | Self::Csv => {
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

/// Headers of every reply.
const ALWAYS: [(HeaderName, &str); 4] = [
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    // Caches must revalidate each time.
    (header::CACHE_CONTROL, "no-cache"),
];

/// Seconds after which a retry makes sense.
const RETRY: &str = "5";

impl Reply {
    /// Returns an answer.
    pub fn new(status: StatusCode, kind: ContentType, body: Body, etag: Option<String>) -> Self {
        Self { status, kind, body, etag, is_fixed: false, file_name: None, fault: None }
    }

    /// Makes the answer a download.
    pub fn saved_as(self, file_name: Option<&'static str>) -> Self {
        Self { file_name, ..self }
    }

    /// Returns immutable content.
    pub fn fixed(kind: ContentType, body: &'static str) -> Self {
        let body = Body::shared(Bytes::from_static(body.as_bytes()));
        Self { is_fixed: true, ..Self::new(StatusCode::OK, kind, body, None) }
    }

    /// Returns the reply for an answer that the client has already.
    pub fn unchanged(kind: ContentType, etag: String) -> Self {
        Self::new(StatusCode::NOT_MODIFIED, kind, Body::default(), Some(etag))
    }

    /// Returns the reply for a failed request.
    pub fn failure(failure: &Failure) -> Self {
        Self::error(status(failure), &for_client(failure)).with_cause(failure)
    }

    /// Returns the reply for a refused request.
    pub fn refusal(status: StatusCode, message: String, hint: &str) -> Self {
        Self::error(status, &Failure::message("request", message, hint))
    }

    /// Returns an error as JSON.
    pub fn error(status: StatusCode, failure: &Failure) -> Self {
        Self::new(status, ContentType::Json, Body::of_text(failure.json()), None)
    }

    /// Returns the reply to a request with `If-None-Match: *`.
    pub fn if_none_match_any(self) -> Self {
        match self.status {
            StatusCode::OK => Self { status: StatusCode::NOT_MODIFIED, body: Body::default(), ..self },
            _ => self,
        }
    }

    /// Adds the cause of a server error, for the operator.
    pub fn with_cause(self, failure: &Failure) -> Self {
        let fault = self.status.is_server_error().then(|| failure.line());
        Self { fault, ..self }
    }

    /// Returns the server error, if any.
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

    /// Returns the response for a connection; `is_last` closes it afterwards.
    pub fn into_response(self, activity: Arc<Activity>, is_last: bool) -> Response<BodyStream> {
        let mut response = Response::new(self.body.into_stream(activity));
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
        let disposition = |name| HeaderValue::try_from(format!("attachment; filename=\"{name}\"")).ok();
        if let Some(disposition) = self.file_name.and_then(disposition) {
            headers.insert(header::CONTENT_DISPOSITION, disposition);
        }
        if let Some(etag) = self.etag.and_then(|etag| HeaderValue::try_from(etag).ok()) {
            headers.insert(header::ETAG, etag);
        }
        if is_last {
            headers.insert(header::CONNECTION, HeaderValue::from_static("close"));
        }
        match self.status {
            StatusCode::SERVICE_UNAVAILABLE => headers.insert(header::RETRY_AFTER, HeaderValue::from_static(RETRY)),
            StatusCode::METHOD_NOT_ALLOWED => headers.insert(header::ALLOW, HeaderValue::from_static("GET, HEAD")),
            // The unwanted body may follow on this connection.
            StatusCode::PAYLOAD_TOO_LARGE => headers.insert(header::CONNECTION, HeaderValue::from_static("close")),
            _ => None,
        };
        response
    }
}

/// Returns a failure for clients. Details of a broken index, such as paths and remedies, are for the operator only.
pub fn for_client(failure: &Failure) -> Failure {
    let message = match failure.code() {
        "no_index" => "the index does not exist yet",
        "other_version" => "the index is of another version of digest-search",
        "damaged" | "not_an_index" | "io" | "output" => "cannot read the index",
        "busy" => "the index is being written",
        code if code.starts_with("cluster_") => "the cluster of the index cannot answer now",
        _ => return failure.clone().in_syntax(syntax),
    };
    let hint = "try again later, or run `digest-search status` on the server";
    Failure::message(failure.code(), message, hint)
}

/// Returns the status of a failure.
pub fn status(failure: &Failure) -> StatusCode {
    match failure.code() {
        "usage" | "query" | "date" | "id" | "unknown_value" | "unknown_entry" | "too_large" => StatusCode::BAD_REQUEST,
        "no_index" | "other_version" | "damaged" | "not_an_index" | "busy" | "io" => StatusCode::SERVICE_UNAVAILABLE,
        code if code.starts_with("cluster_") => StatusCode::SERVICE_UNAVAILABLE,
        _ => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
