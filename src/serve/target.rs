//! Request targets and their ETags.

use hyper::header::{HeaderMap, IF_NONE_MATCH};

use crate::planning::Reader;

/// A request target, with the ETags that the client has.
pub struct Target {
    /// The path, without a prefix of a proxy, and the parameters.
    pub address: String,
    /// The base URL of the server, as requested.
    pub base: String,
    /// The ETags of `If-None-Match`, in quotation marks.
    known: Vec<String>,
}

impl Target {
    pub fn new(address: String, base: String, headers: &HeaderMap) -> Self {
        let fields = headers.get_all(IF_NONE_MATCH).iter().filter_map(|field| field.to_str().ok());
        Self { address, base, known: fields.flat_map(tags).map(str::to_owned).collect() }
    }

    /// Returns the ETag of the answer of this version, from a commit.
    pub fn etag(&self, reader: &Reader) -> String {
        let Self { address, base, .. } = self;
        let text = format!("{} {:016x} {base} {address}", env!("CARGO_PKG_VERSION"), reader.fingerprint());
        format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
    }

    /// Reports whether the client has the answer with an ETag.
    pub fn is_known(&self, etag: &str) -> bool {
        self.known.iter().any(|tag| tag == etag)
    }
}

/// Reports whether a request has `If-None-Match: *`.
pub fn is_any(headers: &HeaderMap) -> bool {
    let mut fields = headers.get_all(IF_NONE_MATCH).iter();
    matches!((fields.next(), fields.next()), (Some(field), None) if field.as_bytes().trim_ascii() == b"*")
}

/// Returns the ETags of a list (RFC 9110, 8.8.3), weak or strong, up to the first invalid one. They may contain commas.
fn tags(mut list: &str) -> Vec<&str> {
    let mut tags = Vec::new();
    loop {
        list = list.trim_start_matches([' ', '\t', ',']);
        let tag = list.strip_prefix("W/").unwrap_or(list);
        let Some(end) = tag.strip_prefix('"').and_then(|rest| rest.find('"')) else { return tags };
        let (tag, rest) = tag.split_at(end + 2);
        tags.push(tag);
        list = rest.trim_start_matches([' ', '\t']);
        if !list.starts_with(',') {
            return tags;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_read_as_a_list() {
        for (list, expect) in [
            ("\"a\"", &["\"a\""][..]),
            ("W/\"a\"", &["\"a\""]),
            ("\"a\", W/\"b\" ,\"c\"", &["\"a\"", "\"b\"", "\"c\""]),
            (",, \"a\",,\t\"b\",", &["\"a\"", "\"b\""]),
            ("\"a,b\", \"\"", &["\"a,b\"", "\"\""]),
            ("\"x,\"a\"", &["\"x,\""]),
            ("W/W/\"a\"", &[]),
            ("w/\"a\"", &[]),
            ("a", &[]),
            ("\"a", &[]),
            ("*", &[]),
            ("", &[]),
        ] {
            assert_eq!(tags(list), expect, "{list}");
        }
    }

    #[test]
    fn a_star_is_the_only_value() {
        for (fields, expect) in [
            (&["*"][..], true),
            (&[" *\t"], true),
            (&["*, \"a\""], false),
            (&["*", "*"], false),
            (&["\"*\""], false),
            (&[], false),
        ] {
            let mut headers = HeaderMap::new();
            for field in fields {
                headers.append(IF_NONE_MATCH, field.parse().expect("a value"));
            }
            assert_eq!(is_any(&headers), expect, "{fields:?}");
        }
    }
}
