//! Credentials and certificates. They come from the environment, so that no argument list or log shows them.

use std::env::{self, VarError};
use std::sync::Arc;
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use ureq::http::HeaderValue;
use ureq::tls::{PemItem, RootCerts, TlsConfig, parse_pem};

use crate::files;
use crate::opensearch::failure::{Failure, Kind};

/// User name.
const USER: &str = "DIGEST_SEARCH_USER";
/// Password; with `_FILE`, the file that contains it.
const PASSWORD: &str = "DIGEST_SEARCH_PASSWORD";
/// Bearer token; with `_FILE`, the file that contains it.
const TOKEN: &str = "DIGEST_SEARCH_TOKEN";
/// File of the certificates that are trusted in place of the system's.
const CA_FILE: &str = "DIGEST_SEARCH_CA_FILE";
/// Time limit of a question in seconds.
const TIMEOUT: &str = "DIGEST_SEARCH_TIMEOUT";

/// Time limit of a question where none is set.
const DEFAULT_TIMEOUT: Duration = Duration::from_secs(30);

/// Returns the value of the `Authorization` header, if there are credentials.
///
/// # Errors
/// A variable contradicts another or cannot be sent, or its file cannot be read.
pub fn authorization() -> Result<Option<HeaderValue>, Failure> {
    let sent = |value: String, name: &str| {
        let hidden = |mut value: HeaderValue| {
            value.set_sensitive(true);
            value
        };
        // The reason would show the value.
        let invalid = invalid(format!("{name} contains characters that cannot be sent"));
        let invalid = invalid.with_hint("set it without line breaks and control characters");
        HeaderValue::try_from(value).map(hidden).map(Some).map_err(|_| invalid)
    };
    match (secret(TOKEN)?, variable(USER)?, secret(PASSWORD)?) {
        (None, None, None) => Ok(None),
        (Some(token), None, None) => sent(format!("Bearer {token}"), TOKEN),
        (None, Some(user), Some(_)) if user.contains(':') => {
            Err(invalid(format!("{USER} contains a colon")).with_hint("a user name cannot contain one"))
        }
        (None, Some(user), Some(password)) => {
            sent(format!("Basic {}", STANDARD.encode(format!("{user}:{password}"))), PASSWORD)
        }
        (Some(_), ..) => Err(invalid(format!("{TOKEN} and {USER} are both set")).with_hint("unset one of them")),
        (None, Some(_), None) => Err(invalid(format!("{USER} is set without a password"))
            .with_hint(format!("set {PASSWORD} or {PASSWORD}_FILE"))),
        (None, None, Some(_)) => {
            Err(invalid(format!("{PASSWORD} is set without a user")).with_hint(format!("set {USER}")))
        }
    }
}

/// Returns the time limit of a question.
///
/// # Errors
/// It is not a whole number of seconds from 1 to 86,400.
pub fn timeout() -> Result<Duration, Failure> {
    let Some(text) = variable(TIMEOUT)? else { return Ok(DEFAULT_TIMEOUT) };
    let seconds = text.parse().ok().filter(|seconds| (1..=86_400).contains(seconds));
    seconds.map(Duration::from_secs).ok_or_else(|| {
        invalid(format!("`{text}` in {TIMEOUT} is not a number of seconds")).with_hint(format!("try {TIMEOUT}=30"))
    })
}

/// Returns the settings of TLS.
///
/// # Errors
/// The file of certificates cannot be read or contains none.
pub fn tls() -> Result<TlsConfig, Failure> {
    let roots = match variable(CA_FILE)? {
        None => RootCerts::PlatformVerifier,
        Some(path) => {
            let pem = read(CA_FILE, &path)?;
            let certificates: Vec<_> = parse_pem(pem.as_bytes())
                .filter_map(|item| match item {
                    Ok(PemItem::Certificate(certificate)) => Some(certificate),
                    _ => None,
                })
                .collect();
            if certificates.is_empty() {
                return Err(invalid(format!("{path}, named by {CA_FILE}, contains no certificate"))
                    .with_hint("name a file in PEM format"));
            }
            RootCerts::Specific(Arc::new(certificates))
        }
    };
    Ok(TlsConfig::builder().root_certs(roots).build())
}

/// Returns a secret from a variable, or from the file that another names.
fn secret(name: &str) -> Result<Option<String>, Failure> {
    let file = format!("{name}_FILE");
    let text = match (variable(name)?, variable(&file)?) {
        (Some(_), Some(_)) => {
            return Err(invalid(format!("{name} and {file} are both set")).with_hint("unset one of them"));
        }
        (None, Some(path)) => read(&file, &path)?,
        (text, None) => return Ok(text),
    };
    Ok(Some(text.trim_end_matches(['\r', '\n']).to_owned()))
}

fn read(name: &str, path: &str) -> Result<String, Failure> {
    let bytes = files::read(path.as_ref());
    let text = bytes.and_then(|bytes| String::from_utf8(bytes).map_err(std::io::Error::other));
    text.map_err(|error| {
        invalid(format!("cannot read {path}, named by {name}: {error}"))
            .with_hint("name a file that this user can read")
    })
}

fn variable(name: &str) -> Result<Option<String>, Failure> {
    match env::var(name) {
        Ok(value) => Ok(Some(value).filter(|value| !value.is_empty())),
        Err(VarError::NotPresent) => Ok(None),
        Err(VarError::NotUnicode(_)) => {
            Err(invalid(format!("{name} is not valid UTF-8")).with_hint(format!("set {name} again")))
        }
    }
}

fn invalid(message: String) -> Failure {
    Failure::new(Kind::Address, message)
}
