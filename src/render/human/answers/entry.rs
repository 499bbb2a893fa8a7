//! The origin of an entry.

use std::borrow::Cow;
use std::ops::Range;

use crate::query::Entry;
use crate::render::human::blocks::{Line, Role, Span};

/// Returns the source, or the kind without one, the perspective and the day; `marks` are of the source.
pub fn origin<'a>(entry: &'a Entry, marks: &'a [Range<usize>]) -> Line<'a> {
    let day = Line::from(Span::new(Role::Day, entry.date.to_string()));
    let perspective = perspective(entry);
    match entry.source.as_deref() {
        Some(source) if !marks.is_empty() => {
            let source = Span { marks, ..Span::new(Role::Plain, source) };
            Line::dotted([source.into(), Line::dotted([perspective, day]).set_back()])
        }
        Some(source) => Line::dotted([Span::new(Role::Name, source).into(), perspective, day]).set_back(),
        None => Line::dotted([Line::dim(entry.kind.as_str()), perspective, day]).set_back(),
    }
}

/// Number of characters of a description in a list.
const DESCRIPTION: usize = 300;

/// Returns the beginning of a description, up to its first match if that comes later; `marks` are of the description.
pub fn description<'a>(entry: &'a Entry, marks: &'a [Range<usize>]) -> Line<'a> {
    let Some(text) = entry.description.as_deref() else { return Line::default() };
    let end = text.char_indices().nth(DESCRIPTION).map_or(text.len(), |(at, _)| at);
    let end = marks.first().map_or(end, |mark| end.max(mark.end));
    // The cut is between words, where the script has spaces.
    let cut = text[end..].find(char::is_whitespace).filter(|rest| *rest < 20).map_or(end, |rest| end + rest);
    let marks = &marks[..marks.partition_point(|mark| mark.end <= cut)];
    let shown = if cut < text.len() { Cow::Owned(format!("{}…", &text[..cut])) } else { Cow::Borrowed(text) };
    Span { marks, lang: entry.lang.as_deref(), ..Span::new(Role::Text, shown) }.into()
}

/// Returns the source, if any, the perspective and the day.
pub fn article(entry: &Entry) -> Line<'_> {
    let day = Line::from(Span::new(Role::Day, entry.date.to_string()));
    Line::dotted([source(entry), perspective(entry), day]).set_back()
}

/// Returns the name of the source, if any.
pub fn source(entry: &Entry) -> Line<'_> {
    Span::new(Role::Name, entry.source.as_deref().unwrap_or_default()).into()
}

fn perspective(entry: &Entry) -> Line<'_> {
    let name = entry.perspective.as_ref().map_or("", |perspective| perspective.name.as_str());
    Span::new(Role::Name, name).into()
}
