//! A source line as it is read.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::digest::text;

/// One source line, or what could be made out of a broken one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceLine {
    pub locale: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub source: Option<String>,
    pub published: Published,
}

/// The date at the end of a source line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Published {
    /// There is none.
    #[default]
    Missing,
    /// There is no such day.
    Impossible(String),
    /// A day of the calendar.
    On(NaiveDate),
}

impl SourceLine {
    /// The same with all texts as the page shows them. A value that the writer did not have is none.
    pub fn finished(mut self) -> Self {
        fn shown(text: String) -> String {
            match text::unescaped(&text) {
                Cow::Borrowed(_) => text,
                Cow::Owned(shown) => shown,
            }
        }
        self.title = shown(self.title);
        self.url = self.url.map(shown).filter(|url| !matches!(url.as_str(), "" | "undefined" | "null"));
        self.source = self.source.map(shown).and_then(|source| {
            let name = without_emphasis(text::trimmed(&source));
            (!matches!(name, "" | "undefined" | "null")).then(|| name.to_owned())
        });
        self
    }
}

/// A name without the marks of emphasis or of a link that are around the whole of it.
fn without_emphasis(name: &str) -> &str {
    let link = name.strip_prefix('[').and_then(|name| name.split_once("](")).filter(|(_, url)| url.ends_with(')'));
    let name = link.map_or(name, |(name, _)| name);
    let inner = ["**", "__", "*", "_"].into_iter().find_map(|mark| name.strip_prefix(mark)?.strip_suffix(mark));
    inner.filter(|inner| !inner.contains(['*', '_'])).map_or(name, text::trimmed)
}
