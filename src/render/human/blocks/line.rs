//! Lines: spans of text, each with a role, and perhaps with marks, a language and a target.

use std::borrow::Cow;
use std::ops::Range;

use super::Detail;
use crate::query::Entry;

/// The separator of parts.
pub const DOT: &str = " · ";

/// A line of spans. The format decides where it is broken.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Line<'a>(pub Vec<Span<'a>>);

/// A piece of text with one role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span<'a> {
    /// The text, not escaped.
    pub text: Cow<'a, str>,
    /// The role.
    pub role: Role,
    /// The byte ranges of the text that match the query, in order.
    pub marks: &'a [Range<usize>],
    /// The target, if it is a link.
    pub target: Option<Target<'a>>,
    /// The language of a text.
    pub lang: Option<&'a str>,
    /// True if it must stay on one line.
    pub is_whole: bool,
    /// The amount of detail that it belongs to; none for any.
    pub detail: Option<Detail>,
}

/// A role of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Words of this program.
    Plain,
    /// A separator, which is not painted.
    Bare,
    /// A text of the corpus.
    Text,
    /// Emphasis.
    Strong,
    /// A word that was searched for or found.
    Mark,
    /// Secondary text.
    Dim,
    /// An id.
    Id,
    /// The name of a source or a perspective.
    Name,
    /// A day.
    Day,
    /// A score.
    Score,
    /// Code to type.
    Code,
}

/// A target of a span.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target<'a> {
    /// An address of any scheme; renderers link addresses of the web only.
    Address(&'a str),
    /// The entry with an id.
    Entry(&'a str),
    /// A search for words.
    Words(&'a str),
}

impl<'a> Span<'a> {
    /// Returns a text in a role.
    pub fn new(role: Role, text: impl Into<Cow<'a, str>>) -> Self {
        Self { text: text.into(), role, marks: &[], target: None, lang: None, is_whole: false, detail: None }
    }

    /// Returns an id, which leads to its entry.
    pub fn id(id: &'a str) -> Self {
        Self { target: Some(Target::Entry(id)), ..Self::new(Role::Id, id) }
    }

    /// Returns the text of an entry with marks, which leads to its article.
    pub fn entry(entry: &'a Entry, marks: &'a [Range<usize>]) -> Self {
        let target = entry.url.as_deref().map(Target::Address);
        Self { marks, target, lang: entry.lang.as_deref(), ..Self::new(Role::Text, entry.text.as_str()) }
    }

    /// Returns the span marked as unbreakable.
    pub fn whole(self) -> Self {
        Self { is_whole: true, ..self }
    }
}

impl<'a> Line<'a> {
    /// Returns a secondary text.
    pub fn dim(text: impl Into<Cow<'a, str>>) -> Self {
        Span::new(Role::Dim, text).into()
    }

    /// Reports whether all spans are empty.
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|span| span.text.is_empty())
    }

    /// Joins parts with dots, without empty ones. The line is broken between parts only.
    pub fn dotted(parts: impl IntoIterator<Item = Line<'a>>) -> Self {
        let mut out: Vec<Span<'a>> = Vec::new();
        for Line(spans) in parts.into_iter().filter(|part| !part.is_empty()) {
            if !out.is_empty() {
                let detail = spans.first().and_then(|span| span.detail);
                out.push(Span { detail, ..Span::new(Role::Bare, DOT) });
            }
            out.extend(spans.into_iter().map(|span| if span.text == DOT { span } else { span.whole() }));
        }
        Self(out)
    }

    /// Dims plain spans and separators.
    pub fn set_back(self) -> Self {
        let dim = |span: Span<'a>| match span.role {
            Role::Plain | Role::Bare => Span { role: Role::Dim, ..span },
            _ => span,
        };
        Self(self.0.into_iter().map(dim).collect())
    }

    /// Restricts the line to an amount of detail.
    pub fn only(self, detail: Detail) -> Self {
        Self(self.0.into_iter().map(|span| Span { detail: Some(detail), ..span }).collect())
    }

    /// Returns the spans of an amount of detail.
    pub fn of(&self, detail: Detail) -> impl Iterator<Item = &Span<'a>> {
        self.0.iter().filter(move |span| span.detail.is_none_or(|only| only == detail) && !span.text.is_empty())
    }

    /// Returns the first address.
    pub fn address(&self) -> Option<&'a str> {
        self.0.iter().find_map(|span| match span.target {
            Some(Target::Address(address)) => Some(address),
            _ => None,
        })
    }
}

impl<'a> From<Span<'a>> for Line<'a> {
    fn from(span: Span<'a>) -> Self {
        Self(vec![span])
    }
}

impl<'a> From<&'a str> for Line<'a> {
    fn from(text: &'a str) -> Self {
        Span::new(Role::Plain, text).into()
    }
}

impl From<String> for Line<'_> {
    fn from(text: String) -> Self {
        Span::new(Role::Plain, text).into()
    }
}

impl<'a> From<Vec<Span<'a>>> for Line<'a> {
    fn from(spans: Vec<Span<'a>>) -> Self {
        Self(spans)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_parts_have_no_dots() {
        let line = Line::dotted(["a b".into(), "".into(), Line::dotted(["c".into(), "d".into()]).set_back()]);
        let texts: Vec<&str> = line.0.iter().map(|span| &*span.text).collect();
        assert_eq!(texts, ["a b", DOT, "c", DOT, "d"]);
        assert!(line.0[0].is_whole && !line.0[1].is_whole && !line.0[3].is_whole);
        assert_eq!((line.0[1].role, line.0[3].role), (Role::Bare, Role::Dim));
    }

    #[test]
    fn a_part_of_full_detail_takes_its_dot_along() {
        let line = Line::dotted(["a".into(), Line::from("b").only(Detail::Full), "c".into()]);
        let texts = |detail| line.of(detail).map(|span| &*span.text).collect::<String>();
        assert_eq!((texts(Detail::Brief).as_str(), texts(Detail::Full).as_str()), ("a · c", "a · b · c"));
    }
}
