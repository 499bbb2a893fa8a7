//! Parsed source lines.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::digest::text;

/// A source line, or the available parts of a broken one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceLine {
    pub locale: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub source: Option<String>,
    pub published: Published,
}

/// Date at the end of a source line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Published {
    /// No date.
    #[default]
    Missing,
    /// Unparsable text, or a nonexistent day.
    Impossible(String),
    /// Valid date.
    On(NaiveDate),
}

impl SourceLine {
    /// Decodes and trims all texts, and clears placeholders of missing values.
    pub fn normalized(mut self) -> Self {
        fn decoded(text: String) -> String {
            match text::unescaped(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(decoded) => decoded,
            }
        }
        self.title = decoded(self.title);
        self.url = self.url.map(decoded).filter(|url| !matches!(url.as_str(), "" | "undefined" | "null"));
        self.source = self.source.map(decoded).and_then(|source| {
            let name = without_emphasis(text::trimmed(&source));
            (!matches!(name, "" | "undefined" | "null")).then(|| name.to_owned())
        });
        self
    }
}

/// Removes emphasis or a link around a whole name.
fn without_emphasis(name: &str) -> &str {
    let link = name.strip_prefix('[').and_then(|name| name.split_once("](")).filter(|(_, url)| url.ends_with(')'));
    let name = link.map_or(name, |(name, _)| name);
    let inner = ["**", "__", "*", "_"].into_iter().find_map(|mark| name.strip_prefix(mark)?.strip_suffix(mark));
    inner.filter(|inner| !inner.contains(['*', '_'])).map_or(name, text::trimmed)
}
