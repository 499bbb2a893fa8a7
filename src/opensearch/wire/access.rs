//! Credentials and certificates. They come from the environment, so that no argument list or log shows them.

use std::env;
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
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

/// Returns the value of the `Authorization` header, if there are credentials.
///
/// # Errors
/// A variable contradicts another, or its file cannot be read.
pub fn authorization() -> Result<Option<String>, Failure> {
    match (secret(TOKEN)?, variable(USER), secret(PASSWORD)?) {
        (None, None, None) => Ok(None),
        (Some(token), None, None) => Ok(Some(format!("Bearer {token}"))),
        (None, Some(user), Some(password)) => {
            Ok(Some(format!("Basic {}", STANDARD.encode(format!("{user}:{password}")))))
        }
        (Some(_), ..) => Err(invalid(format!("{TOKEN} and {USER} are both set")).with_hint("unset one of them")),
        (None, Some(_), None) => Err(invalid(format!("{USER} is set without a password"))
            .with_hint(format!("set {PASSWORD} or {PASSWORD}_FILE"))),
        (None, None, Some(_)) => {
            Err(invalid(format!("{PASSWORD} is set without a user")).with_hint(format!("set {USER}")))
        }
    }
}

/// Returns the settings of TLS.
///
/// # Errors
/// The file of certificates cannot be read or contains none.
pub fn tls() -> Result<TlsConfig, Failure> {
    let roots = match variable(CA_FILE) {
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
    let text = match (variable(name), variable(&file)) {
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
    text.map_err(|error| invalid(format!("cannot read {path}, named by {name}: {error}")))
}

fn variable(name: &str) -> Option<String> {
    env::var(name).ok().filter(|value| !value.is_empty())
}

fn invalid(message: String) -> Failure {
    Failure::new(Kind::Address, message)
}
