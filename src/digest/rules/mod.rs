//! Rules of a corpus for parts of a digest that are elsewhere than usual: the sections `layouts` and `skip` of its settings.

mod file_rules;
mod globs;
mod part;
mod pattern;
mod place;

pub use file_rules::FileRules;
pub use globs::Globs;
pub use part::Part;
pub use pattern::Pattern;
pub use place::{HeadingPattern, Place, PlaceKind};

/// Rules of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Layouts, of which the first one counts whose globs match a file.
    pub layouts: Vec<LayoutRules>,
    /// Files that are passed over.
    pub skipped_files: Globs,
    /// Headings whose sections are passed over.
    pub skipped_sections: Globs,
}

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

impl Rules {
    /// Returns the rules of a file.
    pub fn of_file(&self, path: &str) -> FileRules<'_> {
        let layout = self.layouts.iter().find(|layout| layout.files.find(path).is_some());
        FileRules::new(layout, &self.skipped_sections)
    }

    /// Reports whether a file is passed over.
    pub fn skips(&self, path: &str) -> bool {
        self.skipped_files.find(path).is_some()
    }

    /// Reports whether any rule has globs of files.
    pub fn has_file_globs(&self) -> bool {
        !self.layouts.is_empty() || !self.skipped_files.is_empty()
    }

    /// Returns the number of the glob that decides about a file.
    pub fn glob_of(&self, path: &str) -> Option<usize> {
        let of_layout = || self.layouts.iter().find_map(|layout| layout.files.find(path));
        self.skipped_files.find(path).or_else(of_layout)
    }
}
