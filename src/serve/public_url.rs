//! The address under which others know a server that stands behind a proxy.

use std::fmt;
use std::str::FromStr;

use hyper::Uri;

/// `http` or `https`, a host, maybe a port and a path that everything is below.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicUrl {
    scheme: String,
    /// In lower case.
    host: String,
    port: u16,
    /// Empty, or with a slash before and none behind.
    pub(super) prefix: String,
}

impl PublicUrl {
    /// Whether a host as browsers name it, in lower case, is this one.
    pub(super) fn is_host(&self, host: &str, port: Option<u16>) -> bool {
        host == self.host && port.unwrap_or(default_port(&self.scheme)) == self.port
    }

    /// Whether pages of an origin, in lower case, are of here.
    pub(super) fn is_origin(&self, origin: &str) -> bool {
        let plain = format!("{}://{}", self.scheme, self.host);
        origin == format!("{plain}:{}", self.port) || self.port == default_port(&self.scheme) && origin == plain
    }
}

impl FromStr for PublicUrl {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let form = || "an address such as https://news.example/digests is expected".to_owned();
        let uri: Uri = text.parse().map_err(|_| form())?;
        let scheme = uri.scheme_str().filter(|scheme| matches!(*scheme, "http" | "https")).ok_or_else(form)?;
        let authority = uri.authority().ok_or_else(form)?;
        let is_plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '/');
        let prefix = uri.path().trim_end_matches('/');
        let is_odd = authority.as_str().contains('@') || uri.query().is_some() || text.contains('#');
        if is_odd || !prefix.chars().all(is_plain) || prefix.contains("//") || prefix.contains("/.") {
            return Err(form());
        }
        Ok(Self {
            scheme: scheme.to_owned(),
            host: authority.host().to_ascii_lowercase(),
            port: authority.port_u16().unwrap_or(default_port(scheme)),
            prefix: prefix.to_owned(),
        })
    }
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
    fn addresses_are_understood_or_refused() {
        let url: PublicUrl = "https://News.example/digests/".parse().expect("an address");
        assert_eq!(url.prefix, "/digests");
        assert_eq!(url.to_string(), "https://news.example/digests");
        assert!(url.is_host("news.example", None) && url.is_host("news.example", Some(443)));
        assert!(!url.is_host("news.example", Some(80)) && !url.is_host("example", None));
        assert!(url.is_origin("https://news.example") && !url.is_origin("http://news.example"));
        let url: PublicUrl = "http://h:8080".parse().expect("an address");
        assert_eq!(url.to_string(), "http://h:8080");
        assert!(url.prefix.is_empty() && url.is_origin("http://h:8080") && !url.is_origin("http://h"));
        for wrong in [
            "",
            "h",
            "ftp://h",
            "https://",
            "https://a@h",
            "https://h/?q",
            "https://h/#a",
            "http://h/a b",
            "http://h/../x",
        ] {
            assert!(wrong.parse::<PublicUrl>().is_err(), "{wrong}");
        }
    }
}
