//! Link definitions: `[m]: https://example.com/2`.

use std::collections::HashMap;

use crate::digest::text;

/// Link definitions of a text.
#[derive(Debug, Default)]
pub struct Definitions<'a> {
    urls: HashMap<String, &'a str>,
}

impl<'a> Definitions<'a> {
    /// Collects the definitions of a text. Of two with the same label the first is used.
    pub fn of(text: &'a str) -> Self {
        let mut out = Self::default();
        if memchr::memmem::find(text.as_bytes(), b"]:").is_some() {
            for (label, url) in text.lines().filter_map(definition) {
                out.urls.entry(folded(label)).or_insert(url);
            }
        }
        out
    }

    /// Returns the URL of a label.
    pub fn get(&self, label: &str) -> Option<&'a str> {
        self.urls.get(&folded(label)).copied()
    }
}

/// Parses a link definition into label and URL.
pub fn definition(line: &str) -> Option<(&str, &str)> {
    let (label, rest) = line.trim().strip_prefix('[')?.split_once("]:")?;
    let url = rest.trim().split(char::is_whitespace).next()?;
    let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
    is_address(url).then_some((label, url))
}

/// Reports whether a text is a URL. `[Update]: talks go on` is not a link definition.
pub fn is_address(url: &str) -> bool {
    let scheme = url.split_once(':').map_or("", |(scheme, _)| scheme);
    let is_scheme = matches!(scheme, "mailto" | "tel") || url.contains("://");
    is_scheme && !url.contains(text::is_blank)
        || url.starts_with(['/', '#'])
        || url.starts_with("./")
        || url.starts_with("www.")
}

fn folded(label: &str) -> String {
    label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}
