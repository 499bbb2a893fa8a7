//! Reads a file in its layout: the site's own, or the general one.

use super::general::{self, Reading};
use super::{Conventions, Layout, Parsed, parse};

/// Reads the text of a file in its layout. Lines end with `\n`; `path` is relative to the corpus; `reading` is what its folder
/// decides about a file with [`Facts`](super::Facts).
pub fn read(text: &str, layout: Layout, path: &str, reading: Option<&Reading>, conventions: &Conventions) -> Parsed {
    match layout {
        Layout::Own => parse(text, conventions),
        Layout::General => general::read(text, path, reading, conventions),
    }
}
