//! Reads a file in its layout: the site's own, or the general one.

use super::general::{self, Facts, Reading};
use super::marks::is_own_layout;
use super::{Conventions, Parsed, parse};

/// Reads the text of a file, whose lines end with `\n`. `path` is relative to the corpus; `reading` is what its folder
/// decides about a file with [`facts`].
pub fn read(text: &str, path: &str, reading: Option<&Reading>, conventions: &Conventions) -> Parsed {
    match is_own_layout(text) || text.trim().is_empty() {
        true => parse(text, conventions),
        false => general::read(text, path, reading, conventions),
    }
}

/// Returns what a file says about its folder; none of a file in the site's own layout, and of one without a day.
pub fn facts(text: &str, path: &str) -> Option<Facts> {
    if is_own_layout(text) { None } else { Facts::of(text, path) }
}
