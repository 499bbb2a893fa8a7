//! Places in which rules find a part.

use std::fmt;
use std::ops::Range;

use super::Pattern;
use crate::text::bounded_name;

/// A place in which a part is searched.
#[derive(Clone, PartialEq, Eq)]
pub struct Place {
    /// Number of the rule among those of the settings.
    pub rule: usize,
    pub kind: PlaceKind,
    /// Value that counts instead of the one found.
    pub value: Option<String>,
}

/// Kind of a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PlaceKind {
    /// Key of the front matter.
    Key(String),
    /// Path of the file below the corpus.
    Path(Pattern),
    /// Name of the file, with its extension.
    Name(Pattern),
    /// Text of a heading.
    Heading(HeadingPattern),
    /// Label of a line: the text before its first colon.
    Label(Pattern),
    /// Text behind the link of a title.
    After(Pattern),
    /// A fixed value.
    Constant(String),
}

/// Headings of a level, of a text, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HeadingPattern {
    pub level: Option<u8>,
    pub pattern: Option<Pattern>,
}

impl PlaceKind {
    /// Returns the key of the place in the settings.
    pub fn as_str(&self) -> &'static str {
        match self {
            Self::Key(_) => "key",
            Self::Path(_) => "path",
            Self::Name(_) => "name",
            Self::Heading(_) => "heading",
            Self::Label(_) => "label",
            Self::After(_) => "after",
            Self::Constant(_) => "constant",
        }
    }
}

impl Place {
    /// Returns the range of the value in a heading; none if the place is no heading, or another one.
    pub fn range_in_heading(&self, level: u8, text: &str) -> Option<Range<usize>> {
        match &self.kind {
            PlaceKind::Heading(heading) => heading.find(level, text),
            _ => None,
        }
    }

    /// Returns the value in a heading; none if the place is no heading, or another one.
    pub fn in_heading(&self, level: u8, text: &str) -> Option<String> {
        let PlaceKind::Heading(heading) = &self.kind else { return None };
        if heading.level.is_some_and(|own| own != level) {
            return None;
        }
        match &heading.pattern {
            Some(pattern) => Some(self.counting(&pattern.value(text)?)),
            None => Some(self.counting(text)),
        }
    }

    /// Returns the value in a label; none if the place is no label, or another one.
    pub fn in_label(&self, label: &str) -> Option<String> {
        match &self.kind {
            PlaceKind::Label(pattern) => Some(self.counting(&pattern.value(label)?)),
            _ => None,
        }
    }

    /// Returns the value that counts for the one found, at most as long as a name can be.
    pub fn counting(&self, found: &str) -> String {
        let name = self.value.as_deref().unwrap_or(found).split_whitespace().collect::<Vec<_>>().join(" ");
        bounded_name(&name).into_owned()
    }
}

impl HeadingPattern {
    /// Returns the range of the value in a heading; none of a heading that does not match.
    fn find(&self, level: u8, text: &str) -> Option<Range<usize>> {
        if self.level.is_some_and(|own| own != level) {
            return None;
        }
        match &self.pattern {
            Some(pattern) => pattern.find(text),
            None => Some(0..text.len()),
        }
    }
}

impl fmt::Debug for Place {
    /// Writes what decides about entries: not the number of the rule.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Place").field(&self.kind).field(&self.value).finish()
    }
}
