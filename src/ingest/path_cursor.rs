//! Merge join over a list of files sorted by path. A hash table of a hundred thousand paths would take longer to build
//! than all other work on them.

use crate::backend::FileRecord;

/// Cursor over files sorted by path.
pub struct PathCursor<'a>(&'a [FileRecord]);

impl<'a> PathCursor<'a> {
    pub fn new(files: &'a [FileRecord]) -> Self {
        Self(files)
    }

    /// Returns the file of a path. Paths must be given in ascending order.
    pub fn find(&mut self, path: &str) -> Option<&'a FileRecord> {
        while let Some((file, rest)) = self.0.split_first() {
            if file.path.as_str() > path {
                return None;
            }
            self.0 = rest;
            if file.path == path {
                return Some(file);
            }
        }
        None
    }
}

#[cfg(test)]
mod tests {
    use super::PathCursor;
    use crate::backend::{FileRecord, State};
    use crate::corpus::Stat;

    #[test]
    fn every_present_path_is_found() {
        let file = |path: &str| FileRecord {
            path: path.to_owned(),
            stat: Stat::default(),
            hash: None,
            state: State::NotADigest,
            facts: None,
        };
        let files = ["b", "c", "e", "g"].map(file);
        let mut path_cursor = PathCursor::new(&files);
        let found = ["a", "b", "d", "e", "f", "g", "h"].map(|path| path_cursor.find(path).is_some());
        assert_eq!(found, [false, true, false, true, false, true, false]);
    }
}
