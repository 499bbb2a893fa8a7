//! Rules of a layout: places of each part.

use super::{Globs, Part, Place};

/// Rules of the files of some globs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LayoutRules {
    /// Files of the layout.
    pub files: Globs,
    /// Places of each part that has rules.
    pub parts: Vec<PartRules>,
}

/// Places of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartRules {
    pub part: Part,
    /// Places in the order in which they are tried.
    pub places: Vec<Place>,
    /// True if the usual places follow.
    pub usual: bool,
}
