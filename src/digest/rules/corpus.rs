//! Rules of a corpus.

use super::{FileRules, Globs, LayoutRules};

/// Rules of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Rules {
    /// Layouts; the first that matches a file applies.
    pub layouts: Vec<LayoutRules>,
    /// Files to skip.
    pub skipped_files: Globs,
    /// Headings of the sections to skip.
    pub skipped_sections: Globs,
}

impl Rules {
    /// Returns the rules of a file.
    pub fn of_file(&self, path: &str) -> FileRules<'_> {
        let layout = self.layouts.iter().find(|layout| layout.files.find(path).is_some());
        FileRules::new(layout, &self.skipped_sections)
    }

    /// Reports whether a file is skipped.
    pub fn skips(&self, path: &str) -> bool {
        self.skipped_files.find(path).is_some()
    }

    /// Reports whether any rule has globs of files.
    pub fn has_file_globs(&self) -> bool {
        !self.layouts.is_empty() || !self.skipped_files.is_empty()
    }

    /// Returns the number of the glob that decides about a file, and whether the file is kept.
    pub fn glob_of(&self, path: &str) -> (Option<usize>, bool) {
        match self.skipped_files.find(path) {
            Some(skipped) => (Some(skipped), false),
            None => (self.layouts.iter().find_map(|layout| layout.files.find(path)), true),
        }
    }
}
