//! What is asked for, and what of it the client has already.

use hyper::header::{HeaderMap, IF_NONE_MATCH};

use crate::planning::Reader;

/// What is asked for.
pub struct Target {
    /// The path, without what a proxy has before it, and the parameters.
    pub address: String,
    /// The address of the server, as it was asked.
    pub base: String,
    /// The tags of answers that the client has, each with its quotation marks.
    known: Vec<String>,
}

impl Target {
    pub fn new(address: String, base: String, headers: &HeaderMap) -> Self {
        let fields = headers.get_all(IF_NONE_MATCH).iter().filter_map(|field| field.to_str().ok());
        Self { address, base, known: fields.flat_map(tags).map(str::to_owned).collect() }
    }

    /// Stands for what this version answers to it, from a commit.
    pub fn etag(&self, reader: &Reader) -> String {
        let Self { address, base, .. } = self;
        let text = format!("{} {:016x} {base} {address}", env!("CARGO_PKG_VERSION"), reader.fingerprint());
        format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(text.as_bytes()))
    }

    /// Whether the client has that answer.
    pub fn is_known(&self, etag: &str) -> bool {
        self.known.iter().any(|tag| tag == etag)
    }
}

/// Whether a client wants an answer only where there is none: `If-None-Match: *`.
pub fn is_any(headers: &HeaderMap) -> bool {
    let mut fields = headers.get_all(IF_NONE_MATCH).iter();
    matches!((fields.next(), fields.next()), (Some(field), None) if field.as_bytes().trim_ascii() == b"*")
}

/// The tags of a list (RFC 9110, 8.8.3), weak or not, up to what is none. They may hold commas.
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
    fn a_star_stands_alone() {
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
