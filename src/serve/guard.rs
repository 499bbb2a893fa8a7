//! Request checks against DNS rebinding and cross-site requests. Any web page can make a browser send requests to a
//! server on the reader's machine, under a name that resolves to it: so Host must be a known name, and a page that
//! requests data must be of the same origin.

use std::net::{IpAddr, SocketAddr};

use hyper::header::{CONTENT_LENGTH, HOST, HeaderMap, ORIGIN, TRANSFER_ENCODING};
use hyper::http::uri::Authority;
use hyper::{Method, StatusCode, Uri};

use super::PublicUrl;
use super::limits::{MAX_HEAD, MAX_TARGET};
use super::reply::Reply;

/// The known names of this server.
pub struct Guard {
    listen: SocketAddr,
    public: Option<PublicUrl>,
}

impl Guard {
    pub fn new(listen: SocketAddr, public: Option<PublicUrl>) -> Self {
        Self { listen, public }
    }

    /// Returns an error reply for a request that must not be answered, whatever its path.
    pub fn check(&self, method: &Method, uri: &Uri, headers: &HeaderMap) -> Result<(), Reply> {
        let host = self.host(uri, headers)?;
        self.check_page(&host, headers)?;
        if !matches!(*method, Method::GET | Method::HEAD) {
            let hint = "use GET: the API is read-only";
            return Err(Reply::refusal(
                StatusCode::METHOD_NOT_ALLOWED,
                format!("method {method} is not allowed"),
                hint,
            ));
        }
        // The library's own limit is somewhat higher.
        let head: usize = headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
        if head > MAX_HEAD {
            let message = format!("the headers exceed {MAX_HEAD} bytes");
            return Err(Reply::refusal(
                StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE,
                message,
                "send fewer, or shorter ones",
            ));
        }
        if uri.path().len() + uri.query().map_or(0, str::len) > MAX_TARGET {
            let message = format!("the URL exceeds {MAX_TARGET} bytes");
            return Err(Reply::refusal(StatusCode::URI_TOO_LONG, message, "request less"));
        }
        let is_empty = headers.get(CONTENT_LENGTH).is_none_or(|length| length == "0");
        if !is_empty || headers.contains_key(TRANSFER_ENCODING) {
            let hint = "put all parameters into the URL";
            return Err(Reply::refusal(
                StatusCode::PAYLOAD_TOO_LARGE,
                "request bodies are not allowed".to_owned(),
                hint,
            ));
        }
        Ok(())
    }

    /// Returns the base URL of this server, for absolute links: the public one, else the one of an accepted request.
    pub fn base(&self, headers: &HeaderMap) -> String {
        let host = || headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default().to_ascii_lowercase();
        self.public.as_ref().map_or_else(|| format!("http://{}", host()), ToString::to_string)
    }

    /// Returns the requested host, which must be a name of this server.
    fn host(&self, uri: &Uri, headers: &HeaderMap) -> Result<String, Reply> {
        let mut hosts = headers.get_all(HOST).iter();
        let (Some(host), None) = (hosts.next(), hosts.next()) else {
            let message = "expected one Host header".to_owned();
            return Err(Reply::refusal(StatusCode::BAD_REQUEST, message, "send the header Host"));
        };
        let host = host.to_str().unwrap_or_default().to_ascii_lowercase();
        let authority = uri.authority().map(|authority| authority.as_str().to_ascii_lowercase());
        if !self.is_known(&host) || authority.is_some_and(|authority| !self.is_known(&authority)) {
            let message = "unknown host name".to_owned();
            let hint = "use the URL that `digest-search serve` prints, or set the host with --public-url";
            return Err(Reply::refusal(StatusCode::MISDIRECTED_REQUEST, message, hint));
        }
        Ok(host)
    }

    fn is_known(&self, host: &str) -> bool {
        let Ok(authority) = host.parse::<Authority>() else { return false };
        if host.contains('@') {
            return false;
        }
        let (name, port) = (authority.host(), authority.port_u16());
        if authority.port().is_some() && port.is_none() {
            return false;
        }
        if self.public.as_ref().is_some_and(|public| public.is_host(name, port)) {
            return true;
        }
        let address: Option<IpAddr> = name.trim_start_matches('[').trim_end_matches(']').parse().ok();
        // Other machines may use only the IP address: any name could resolve to it.
        let is_name = match address {
            Some(address) => address.is_loopback() || !self.listen.ip().is_loopback(),
            None => name == "localhost",
        };
        is_name && port.unwrap_or(80) == self.listen.port()
    }

    /// A page that asks must be of this server; that a link leads here is fine.
    fn check_page(&self, host: &str, headers: &HeaderMap) -> Result<(), Reply> {
        let header =
            |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or_default().to_ascii_lowercase());
        let is_own = |origin: &String| {
            *origin == format!("http://{host}") || self.public.as_ref().is_some_and(|public| public.is_origin(origin))
        };
        let is_foreign = headers.get_all(ORIGIN).iter().count() > 1
            || header(ORIGIN.as_str()).is_some_and(|origin| !is_own(&origin))
            || matches!(header("sec-fetch-site").as_deref(), Some("cross-site" | "same-site"))
                && header("sec-fetch-mode").as_deref() != Some("navigate");
        if is_foreign {
            let hint = "open the URL itself, or use a program";
            let message = "cross-site requests are not allowed".to_owned();
            return Err(Reply::refusal(StatusCode::FORBIDDEN, message, hint));
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn status(listen: &str, public: Option<&str>, headers: &[(&str, &str)]) -> u16 {
        let public = public.map(|url| url.parse().expect("an address"));
        let guard = Guard::new(listen.parse().expect("an address"), public);
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: hyper::header::HeaderName = name.parse().expect("a name");
            map.append(name, value.parse().expect("a value"));
        }
        let uri = "/api/v1/status".parse().expect("a path");
        guard.check(&Method::GET, &uri, &map).map_or_else(|reply| reply.status().as_u16(), |()| 200)
    }

    #[test]
    fn only_known_hosts_are_answered() {
        let host = |host: &str| status("127.0.0.1:7440", None, &[("host", host)]);
        for own in ["127.0.0.1:7440", "localhost:7440", "LOCALHOST:7440", "[::1]:7440"] {
            assert_eq!(host(own), 200, "{own}");
        }
        for other in [
            "evil.example:7440",
            "localhost",
            "localhost:80",
            "localhost:7441",
            "localhost.:7440",
            "a@localhost:7440",
            "192.168.1.5:7440",
            "localhost:7440.evil.example",
            "localhost:07440x",
            "",
            "localhost:99999",
            "127.0.0.1.evil.example:7440",
        ] {
            assert_eq!(host(other), 421, "{other}");
        }
        assert_eq!(status("127.0.0.1:7440", None, &[]), 400);
        assert_eq!(status("127.0.0.1:7440", None, &[("host", "localhost:7440"), ("host", "evil.example")]), 400);
        let open = |host: &str| status("0.0.0.0:80", Some("https://news.example/x"), &[("host", host)]);
        assert_eq!([open("192.168.1.5"), open("news.example"), open("localhost")], [200; 3]);
        assert_eq!([open("evil.example"), open("news.example:80"), open("192.168.1.5:81")], [421; 3]);
    }

    #[test]
    fn cross_site_requests_are_refused() {
        let with = |more: &[(&str, &str)]| {
            let headers = [&[("host", "localhost:7440")], more].concat();
            status("127.0.0.1:7440", Some("https://news.example"), &headers)
        };
        assert_eq!(with(&[("origin", "http://localhost:7440")]), 200);
        assert_eq!(with(&[("origin", "https://news.example")]), 200);
        assert_eq!(with(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "navigate")]), 200);
        assert_eq!(with(&[("sec-fetch-site", "same-origin"), ("sec-fetch-mode", "cors")]), 200);
        for origin in
            ["null", "http://evil.example", "http://localhost", "http://127.0.0.1:7440", "https://localhost:7440"]
        {
            assert_eq!(with(&[("origin", origin)]), 403, "{origin}");
        }
        assert_eq!(with(&[("sec-fetch-site", "cross-site"), ("sec-fetch-mode", "no-cors")]), 403);
        assert_eq!(with(&[("sec-fetch-site", "same-site")]), 403);
    }
}
