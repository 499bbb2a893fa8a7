//! Address of an index in a cluster: `https://search1:9200,search2:9200/news`.

use std::path::{Path, PathBuf};

use ureq::http::Uri;

use super::failure::Failure;

/// Characters that the name of an index must not contain.
const FORBIDDEN: &str = "\\/*?\"<>| ,#:";

/// The longest name in bytes: OpenSearch allows 255, and the names of the indices below it have a suffix.
const MAX_NAME_BYTES: usize = 180;

/// Default port of OpenSearch.
const PORT: u16 = 9200;

/// Address of an index in a cluster.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    /// Base addresses of the nodes, such as `https://search1:9200`.
    pub nodes: Vec<String>,
    /// Name of the index.
    pub name: String,
    /// True if credentials may be sent to all nodes: over TLS, or to this machine.
    pub is_private: bool,
    /// The address as given.
    pub shown: PathBuf,
}

impl Address {
    /// Reports whether a place of an index is an address rather than a folder. `HOST:9200/NAME` is an address without a
    /// scheme, which is refused, rather than a folder that nobody means.
    pub fn is_one(place: &Path) -> bool {
        let Some(text) = place.to_str() else { return false };
        let port = text.split('/').next().and_then(|host| host.rsplit_once(':')).map(|(_, port)| port);
        scheme(text).is_some() || port.is_some_and(|port| port.parse::<u16>().is_ok())
    }

    /// Returns the place without users and passwords, for messages: only what follows the last `@`, since a password may contain
    /// what separates hosts and paths.
    pub fn without_secrets(place: &Path) -> PathBuf {
        let text = place.to_string_lossy();
        match (scheme(&text), text.rsplit_once('@')) {
            (Some((scheme, _)), Some((_, rest))) => format!("{scheme}://{rest}").into(),
            (None, Some((_, rest))) => rest.into(),
            _ => place.to_path_buf(),
        }
    }

    /// Parses an address. Several nodes are separated by commas; each may repeat the scheme.
    ///
    /// # Errors
    /// The text is no address, has credentials, or its name is not valid in OpenSearch.
    pub fn parse(place: &Path) -> Result<Self, Failure> {
        let text = place.to_str().unwrap_or_default().trim_end_matches('/');
        let Some((scheme, rest)) = scheme(text) else { return Err(Failure::address("expected http:// or https://")) };
        let (hosts, name) =
            rest.rsplit_once('/').ok_or_else(|| Failure::address("the name of the index is missing"))?;
        // A proxy may serve the cluster below a path.
        let below = hosts.split(',').next_back().and_then(|last| without_scheme(last).split_once('/'));
        let below = below.map_or_else(String::new, |(_, path)| format!("/{path}"));
        let hosts: Vec<&str> =
            hosts.split(',').map(|host| without_scheme(host).split('/').next().unwrap_or("")).collect();
        if text.contains('@') {
            return Err(Failure::address("an address must not contain a user or password")
                .with_hint("set DIGEST_SEARCH_USER and DIGEST_SEARCH_PASSWORD, or DIGEST_SEARCH_PASSWORD_FILE"));
        }
        let node = |host: &&str| {
            let uri: Uri = format!("{scheme}://{host}").parse().ok()?;
            let host = uri.host().filter(|host| !host.is_empty())?;
            let port = uri.port_u16().unwrap_or(PORT);
            Some(format!("{scheme}://{host}:{port}{below}"))
        };
        let nodes: Option<Vec<String>> = hosts.iter().map(node).collect();
        let nodes = nodes.ok_or_else(|| Failure::address("a host is missing or not valid"))?;
        let is_valid = name.len() <= MAX_NAME_BYTES
            && !name.starts_with(['-', '_', '+', '.'])
            && !name.chars().any(|c| c.is_uppercase() || c.is_control() || FORBIDDEN.contains(c));
        if !is_valid {
            let message = format!("`{name}` cannot be the name of an index");
            return Err(Failure::address(message).with_hint("use lower-case letters, digits and hyphens"));
        }
        let is_private = scheme == "https" || nodes.iter().all(|node| is_loopback(node));
        Ok(Self { nodes, name: name.to_owned(), is_private, shown: place.to_path_buf() })
    }
}

fn scheme(text: &str) -> Option<(&'static str, &str)> {
    let (given, rest) = text.split_once("://")?;
    let scheme = ["https", "http"].into_iter().find(|scheme| given.eq_ignore_ascii_case(scheme))?;
    Some((scheme, rest))
}

fn without_scheme(host: &str) -> &str {
    scheme(host).map_or(host, |(_, rest)| rest)
}

fn is_loopback(node: &str) -> bool {
    let uri: Option<Uri> = node.parse().ok();
    let host = uri.as_ref().and_then(Uri::host).unwrap_or_default().trim_matches(['[', ']']);
    host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_names_nodes_and_an_index() {
        for (text, nodes, name, is_private) in [
            ("https://a:9200/news", &["https://a:9200"][..], "news", true),
            ("https://a,b:9201/news/", &["https://a:9200", "https://b:9201"], "news", true),
            ("http://a:1,http://b:2/n", &["http://a:1", "http://b:2"], "n", false),
            ("http://127.0.0.1:1,localhost/n", &["http://127.0.0.1:1", "http://localhost:9200"], "n", true),
            ("http://[::1]:9200/n", &["http://[::1]:9200"], "n", true),
            ("https://proxy/search/news", &["https://proxy:9200/search"], "news", true),
        ] {
            let address = Address::parse(Path::new(text)).expect(text);
            let found =
                (address.nodes.iter().map(String::as_str).collect::<Vec<_>>(), &*address.name, address.is_private);
            assert_eq!(found, (nodes.to_vec(), name, is_private), "{text}");
        }
    }

    #[test]
    fn other_texts_have_a_reason() {
        for (text, reason) in [
            ("search1:9200/news", "expected http:// or https://"),
            ("https://a:9200", "the name of the index is missing"),
            ("https://a:9200/", "the name of the index is missing"),
            ("https:///news", "a host is missing or not valid"),
            ("https://a,/news", "a host is missing or not valid"),
            ("https://me:/secret@a/news", "an address must not contain a user or password"),
            ("https://me:secret@a/news", "an address must not contain a user or password"),
            ("https://a/News", "`News` cannot be the name of an index"),
            ("https://a/_x", "`_x` cannot be the name of an index"),
        ] {
            let failure = Address::parse(Path::new(text)).expect_err(text);
            assert_eq!(failure.message, reason, "{text}");
        }
        for (place, shown) in [
            ("https://me:secret@a:1/news", "https://a:1/news"),
            ("https://me:secret@a,you:@b:1/news", "https://b:1/news"),
            ("https://me:a/b,c@d@host/news", "https://host/news"),
            ("me:secret@host:1/news", "host:1/news"),
            ("https://a,b/news", "https://a,b/news"),
        ] {
            assert_eq!(Address::without_secrets(Path::new(place)), Path::new(shown));
        }
        assert!(!Address::is_one(Path::new("./index")) && Address::is_one(Path::new("HTTP://a/b")));
        assert!(!Address::is_one(Path::new("a:b/index")) && Address::is_one(Path::new("a:9200/news")));
    }
}
