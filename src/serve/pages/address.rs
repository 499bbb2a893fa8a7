//! URLs of pages. A URL contains the whole state of a page, so each state is a link.

use std::fmt;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::model::Field;

/// Characters left unescaped in a parameter, for readability.
const PLAIN: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'_')
    .remove(b'.')
    .remove(b'~')
    .remove(b'/')
    .remove(b':')
    .remove(b',')
    .remove(b' ');

/// The parameters, besides fields, that select entries, kept in links to other pages.
const SELECTION: [&str; 8] = ["q", "any", "fuzzy", "words", "since", "until", "on", "as-of"];

/// The parameter with conditions on custom fields.
pub const WHERE: &str = "where";

/// Reports whether a parameter filters entries by fields.
fn is_field(name: &str) -> bool {
    name == WHERE || Field::BUILT_IN.iter().any(|field| field.as_str() == name)
}

/// The parameters that select days.
const DAYS: [&str; 3] = ["since", "until", "on"];

/// A path with parameters, below the server's prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Address {
    prefix: String,
    path: &'static str,
    pairs: Vec<(String, String)>,
}

impl Address {
    /// Returns the address of a path with its non-empty parameters.
    pub fn new(prefix: &str, path: &'static str, mut pairs: Vec<(String, String)>) -> Self {
        let is_flag = |name: &str| matches!(name, "any" | "fuzzy" | "words" | "explain" | "all-copies" | "keep-names");
        // A flag without a value is set.
        for (name, value) in &mut pairs {
            if is_flag(name) && value.is_empty() {
                "true".clone_into(value);
            }
        }
        pairs.retain(|(_, value)| !value.is_empty());
        Self { prefix: prefix.to_owned(), path, pairs }
    }

    /// Returns all values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.pairs.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Returns the first value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.pairs.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Reports whether a flag is set.
    pub fn has_flag(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// Returns all parameters.
    pub fn pairs(&self) -> &[(String, String)] {
        &self.pairs
    }

    /// Returns the address with one value of a parameter. Like all changes of the hits, this resets `offset`.
    pub fn with(&self, name: &str, value: &str) -> Self {
        let mut changed = self.without(name);
        changed.pairs.push((name.to_owned(), value.to_owned()));
        changed
    }

    /// Returns the address with one more value of a parameter.
    pub fn with_added(&self, name: &str, value: &str) -> Self {
        let mut changed = self.without("offset");
        changed.pairs.push((name.to_owned(), value.to_owned()));
        changed
    }

    /// Returns the address without a parameter.
    pub fn without(&self, name: &str) -> Self {
        self.filtered(|known, _| known != name)
    }

    /// Returns the address without one value of a parameter.
    pub fn without_value(&self, name: &str, value: &str) -> Self {
        self.filtered(|known, given| known != name || given != value)
    }

    /// Returns the address with a range of days.
    pub fn with_days(&self, since: &str, until: &str) -> Self {
        self.without_days().with("since", since).with("until", until)
    }

    /// Returns the address without days.
    pub fn without_days(&self) -> Self {
        self.filtered(|known, _| !DAYS.contains(&known))
    }

    /// Returns the address without any filters.
    pub fn without_filters(&self) -> Self {
        self.without_days().filtered(|known, _| !is_field(known))
    }

    /// Returns the address without flags that have no effect, which the API rejects.
    pub fn without_idle(&self) -> Self {
        let has_words = self.get("q").is_some_and(|words| !words.trim().is_empty());
        let is_scored = has_words || self.get("like").is_some();
        let has_effect = |name: &str| match name {
            "any" | "fuzzy" | "words" => has_words,
            "explain" => is_scored,
            _ => true,
        };
        let pairs = self.pairs.iter().filter(|(name, _)| has_effect(name)).cloned().collect();
        Self { pairs, ..self.clone() }
    }

    /// Returns the address of another page with the same selection.
    pub fn on_page(&self, path: &'static str) -> Self {
        Self { path, ..self.filtered(|known, _| SELECTION.contains(&known) || is_field(known)) }
    }

    /// Returns the address of another path with the same parameters.
    pub fn at_path(&self, path: &'static str) -> Self {
        Self { path, ..self.clone() }
    }

    /// Returns a path without parameters.
    pub fn plain(&self, path: &'static str) -> Self {
        Self { prefix: self.prefix.clone(), path, pairs: Vec::new() }
    }

    /// Returns the address of an entry within its digest.
    pub fn entry(&self, id: &str) -> String {
        let (digest, entry) = id.split_once('#').unwrap_or((id, ""));
        let digest = self.plain("/digest").with("id", digest);
        if entry.is_empty() { digest.to_string() } else { format!("{digest}#{}", utf8_percent_encode(entry, PLAIN)) }
    }

    fn filtered(&self, keep: impl Fn(&str, &str) -> bool) -> Self {
        let kept = |(name, value): &&(String, String)| name != "offset" && keep(name, value);
        Self { pairs: self.pairs.iter().filter(kept).cloned().collect(), ..self.clone() }
    }
}

impl fmt::Display for Address {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}", self.prefix, self.path)?;
        for (at, (name, value)) in self.pairs.iter().enumerate() {
            let value = utf8_percent_encode(value, PLAIN).to_string().replace(' ', "+");
            write!(f, "{}{}={value}", if at == 0 { "?" } else { "&" }, utf8_percent_encode(name, PLAIN))?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::serve::parameters::pairs;

    fn address(query: &str) -> Address {
        Address::new("/news", "/", pairs(query).expect("parameters"))
    }

    #[test]
    fn links_keep_the_right_parameters() {
        let here = address("q=a+b&perspective=japan&source=A&source=B&since=1w&sort=newest&offset=20&any=");
        let shown = |address: Address| address.to_string();
        assert_eq!(
            shown(here.with_added("source", "C & D")),
            "/news/?q=a+b&perspective=japan&source=A&source=B&since=1w&sort=newest&any=true&source=C+%26+D"
        );
        assert_eq!(
            shown(here.without_value("source", "A").without_days()),
            "/news/?q=a+b&perspective=japan&source=B&sort=newest&any=true"
        );
        assert_eq!(shown(here.on_page("/trend").without_filters()), "/news/trend?q=a+b&any=true");
        assert_eq!(
            shown(here.at_path("/feed.atom").without("any").without_filters()),
            "/news/feed.atom?q=a+b&sort=newest"
        );
        assert_eq!(shown(here.without_idle()), shown(here.clone()));
        assert_eq!(shown(here.without("q").without_idle().without_filters()), "/news/?sort=newest");
        assert_eq!(here.entry("x/2026-02-10#china.3"), "/news/digest?id=x/2026-02-10#china.3");
    }

    proptest! {
        #[test]
        fn addresses_survive_escaping(name in "[a-z&=#% é]{1,8}", value in "\\PC{1,12}") {
            let address = Address::new("", "/", vec![(name, value)]);
            let written = address.to_string();
            let (_, query) = written.split_once('?').expect("parameters");
            prop_assert_eq!(pairs(query).expect("read"), address.pairs);
        }
    }
}
