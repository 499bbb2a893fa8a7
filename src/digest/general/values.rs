//! Values that rules find in the places of a whole file: its front matter, its path, its headings.

use super::block::{Block, Kind};
use super::header::Header;
use super::inline::folded;
use crate::digest::rules::{FileRules, Part, Place, PlaceKind};

/// Returns the value in a place that does not depend on the text below the front matter.
pub fn of_file(place: &Place, header: &Header, path: &str) -> Option<String> {
    let found = match &place.kind {
        PlaceKind::Key(key) => header.value(key)?.to_owned(),
        PlaceKind::Path(pattern) => pattern.value(path)?,
        PlaceKind::Name(pattern) => pattern.value(path.rsplit('/').next().unwrap_or(path))?,
        PlaceKind::Constant(text) => text.clone(),
        PlaceKind::Heading(_) | PlaceKind::Label(_) | PlaceKind::After(_) => return None,
    };
    Some(place.counting(&found)).filter(|value| !value.is_empty())
}

/// Returns what `read` makes of the first value that a place of a part has, also in a heading.
pub fn first<T>(
    rules: &FileRules<'_>,
    part: Part,
    (header, path, blocks): (&Header, &str, &[Block]),
    read: impl Fn(&str) -> Option<T>,
) -> Option<T> {
    let in_heading = |place: &Place, block: &Block| match block.kind {
        Kind::Heading(level) => read(&place.in_heading(level, &folded(&block.inline.text))?),
        _ => None,
    };
    rules.first(part, |place| match &place.kind {
        PlaceKind::Heading(_) => blocks.iter().find_map(|block| in_heading(place, block)),
        _ => read(&of_file(place, header, path)?),
    })
}
