//! The public URL of a server behind a proxy.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};
use std::str::FromStr;

/// A scheme, `http` or `https`, a host, and optionally a port and a path prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: String,
    /// In lower case.
    host: String,
    port: u16,
    /// The path prefix: empty, or with a leading slash and no trailing one.
    pub(super) prefix: String,
}

impl PublicUrl {
    /// Reports whether a host, in lower case as browsers send it, is the public one.
    pub(super) fn is_host(&self, host: &str, port: Option<u16>) -> bool {
        host == self.host && port.unwrap_or(default_port(&self.scheme)) == self.port
    }

    /// Reports whether an origin, in lower case, is the public one.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        let plain = format!("{}://{}", self.scheme, self.host);
        origin == format!("{plain}:{}", self.port) || self.port == default_port(&self.scheme) && origin == plain
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    /// Parses a URL; the error includes an example.
    fn from_str(text: &str) -> Result<Self, String> {
        parse(text).map_err(|error| format!("{error}; expected a URL such as https://news.example/digests"))
    }
}

fn parse(text: &str) -> Result<PublicUrl, String> {
    let (scheme, rest) = text.split_once("://").ok_or("missing http:// or https://")?;
    let scheme = scheme.to_ascii_lowercase();
    if !matches!(scheme.as_str(), "http" | "https") {
        return Err(format!("unknown scheme `{scheme}`"));
    }
    let (authority, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    if authority.contains('@') {
        return Err("it has a user name".to_owned());
    }
    // An IPv6 address has its colons within brackets.
    let colon = match authority.starts_with('[') {
        true => authority.find("]:").map(|at| at + 1),
        false => authority.rfind(':'),
    };
    let (host, port) = authority.split_at(colon.unwrap_or(authority.len()));
    let port = match port.strip_prefix(':') {
        None => default_port(&scheme),
        Some(port) => self::port(port).ok_or_else(|| format!("invalid port `{port}`"))?,
    };
    let host = host.to_ascii_lowercase();
    if !is_host(&host) {
        return Err(match &*host {
            "" => "missing host".to_owned(),
            _ if !host.is_ascii() => format!("host `{host}` is not ASCII: write it as xn--…, as browsers send it"),
            _ => format!("invalid host `{host}`"),
        });
    }
    if let Some(at) = path.find(['?', '#']) {
        let what = if path[at..].starts_with('?') { "a query" } else { "a fragment" };
        return Err(format!("it has {what}"));
    }
    let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '/');
    if let Some(invalid) = path.chars().find(|c| !is_plain(*c)) {
        return Err(format!("invalid character `{invalid}` in the path; use letters, digits and -._~/"));
    }
    let prefix = path.trim_end_matches('/');
    if prefix.contains("//") || prefix.contains("/.") {
        return Err("the path has an empty part, or one that starts with a dot".to_owned());
    }
    Ok(PublicUrl { scheme, host, port, prefix: prefix.to_owned() })
}

/// Parses a port from 1 to 65535.
fn port(text: &str) -> Option<u16> {
    let is_number = text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse().ok().filter(|port| is_number && *port > 0)
}

/// Reports whether a host, in lower case, is a valid name or address as browsers send it.
fn is_host(host: &str) -> bool {
    if let Some(address) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return address.parse::<Ipv6Addr>().is_ok();
    }
    let labels = || host.split('.');
    let is_inside = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_');
    let is_label = |label: &str| matches!(label.len(), 1..=63) && label.chars().all(is_inside);
    let is_edged = |label: &str| label.starts_with('-') || label.ends_with('-');
    // A name with a numeric last label counts as an address.
    let is_address = labels().next_back().is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_digit()));
    host.len() <= 253
        && labels().all(|label| is_label(label) && !is_edged(label))
        && (!is_address || host.parse::<Ipv4Addr>().is_ok())
}

impl fmt::Display for PublicUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}://{}", self.scheme, self.host)?;
        if self.port != default_port(&self.scheme) {
            write!(f, ":{}", self.port)?;
        }
        f.write_str(&self.prefix)
    }
}

fn default_port(scheme: &str) -> u16 {
    if scheme == "https" { 443 } else { 80 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_parsed() {
        let url: PublicUrl = "https://News.example/digests/".parse().expect("an address");
        assert_eq!(url.prefix, "/digests");
        assert_eq!(url.to_string(), "https://news.example/digests");
        assert!(url.is_host("news.example", None) && url.is_host("news.example", Some(443)));
        assert!(!url.is_host("news.example", Some(80)) && !url.is_host("example", None));
        assert!(url.is_origin("https://news.example") && !url.is_origin("http://news.example"));
        let url: PublicUrl = "http://h:8080".parse().expect("an address");
        assert_eq!(url.to_string(), "http://h:8080");
        assert!(url.prefix.is_empty() && url.is_origin("http://h:8080") && !url.is_origin("http://h"));
        let url: PublicUrl = "HTTP://[::1]:7440/".parse().expect("an address");
        assert_eq!(url.to_string(), "http://[::1]:7440");
        assert!(url.is_host("[::1]", Some(7440)));
        for right in ["http://10.0.0.1", "http://h:65535", "https://h:443/a/b_c", "https://xn--bcher-kva.example"] {
            assert!(right.parse::<PublicUrl>().is_ok(), "{right}");
        }
    }

    #[test]
    fn errors_name_the_reason() {
        for (wrong, expect) in [
            ("", "missing http"),
            ("h", "missing http"),
            ("news.example/digests", "missing http"),
            ("https:/h", "missing http"),
            ("ftp://h", "scheme `ftp`"),
            (" https://h", "scheme ` https`"),
            ("https://", "missing host"),
            ("https:///digests", "missing host"),
            ("https://:80", "missing host"),
            ("https://a@h", "user name"),
            ("https://a:b@h", "user name"),
            ("https://h:99999", "port `99999`"),
            ("https://h:65536", "port `65536`"),
            ("https://h:0", "port `0`"),
            ("https://h:", "port ``"),
            ("https://h:+80", "port `+80`"),
            ("https://h:80x", "port `80x`"),
            ("https://h:-1", "port `-1`"),
            ("https://::1", "host `:`"),
            ("https://[::1", "host `[::1`"),
            ("https://[::1]80", "host `[::1]80`"),
            ("https://[1.2.3.4]", "host `[1.2.3.4]`"),
            ("https://*.example", "host `*.example`"),
            ("https://h h", "host `h h`"),
            ("https://a..b", "host `a..b`"),
            ("https://h.", "host `h.`"),
            ("https://-h", "host `-h`"),
            ("https://256.1.1.1", "host `256.1.1.1`"),
            ("https://1.2", "host `1.2`"),
            ("https://bücher.example", "not ASCII"),
            ("https://h/?q", "has a query"),
            ("https://h?q", "has a query"),
            ("https://h/#a", "has a fragment"),
            ("http://h/a b", "character ` `"),
            ("http://h/%41", "character `%`"),
            ("http://h/ü", "character `ü`"),
            ("http://h/../x", "part"),
            ("http://h/a//b", "part"),
        ] {
            let error = wrong.parse::<PublicUrl>().expect_err(wrong);
            assert!(error.contains(expect) && error.ends_with("https://news.example/digests"), "{wrong}: {error}");
        }
    }
}
