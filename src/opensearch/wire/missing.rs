//! Answers that are missing: why a node did not answer, and what to do about it.

use std::io;

use crate::opensearch::failure::{Failure, Kind};

/// Returns the failure for an error of a request to a node.
pub fn failure_of(address: &str, error: &ureq::Error) -> Failure {
    if let Some(reason) = certificate(error) {
        return untrusted(address, &reason);
    }
    let failure = unreachable(address, &reason_of(error));
    match address.starts_with("http:") && is_reset(error) {
        true => failure.with_hint("a node with TLS needs https://; else check that the cluster is running"),
        false => failure,
    }
}

/// Returns the failure for a node without an answer.
pub fn unreachable(address: &str, reason: &str) -> Failure {
    Failure::new(Kind::Unreachable, format!("{address} does not answer: {reason}"))
        .with_hint("check the address, and that the cluster is running")
}

fn reason_of(error: &ureq::Error) -> String {
    match error {
        ureq::Error::HostNotFound => "unknown host".to_owned(),
        ureq::Error::Io(error) if error.to_string().contains("lookup address") => "unknown host".to_owned(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => {
            format!("{error}; the port may be one of plain HTTP")
        }
        ureq::Error::Timeout(_) => "no answer in time".to_owned(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::ConnectionRefused => "connection refused".to_owned(),
        error => error.to_string().trim_start_matches("io: ").to_owned(),
    }
}

/// Reports whether a node closed a connection without an answer, as one that expects TLS does.
fn is_reset(error: &ureq::Error) -> bool {
    let kinds = [io::ErrorKind::ConnectionReset, io::ErrorKind::UnexpectedEof, io::ErrorKind::BrokenPipe];
    matches!(error, ureq::Error::Io(error) if kinds.contains(&error.kind()))
}

/// Returns the failure for a certificate.
fn untrusted(address: &str, reason: &str) -> Failure {
    let (reason, hint) = if reason.contains("UnknownIssuer") {
        ("unknown issuer", "name the file of the certificate authority with DIGEST_SEARCH_CA_FILE")
    } else if reason.contains("not valid for name") {
        (reason, "write the address with a name that the certificate has")
    } else if reason.contains("expired") {
        (reason, "renew the certificate, or set the clock of this machine")
    } else {
        (reason, "check the certificate of the node, and the file that DIGEST_SEARCH_CA_FILE names")
    };
    Failure::new(Kind::Certificate, format!("the certificate of {address} is not trusted: {reason}")).with_hint(hint)
}

/// Returns what is wrong with a certificate, if that is the cause of an error.
fn certificate(error: &ureq::Error) -> Option<String> {
    let text = match error {
        ureq::Error::Rustls(error) => error.to_string(),
        ureq::Error::Io(error) if error.kind() == io::ErrorKind::InvalidData => error.to_string(),
        ureq::Error::Pem(error) => error.to_string(),
        _ => return None,
    };
    text.contains("certificate").then(|| text.trim_start_matches("invalid peer certificate: ").to_owned())
}
