//! Looks files up in a list that is sorted by path, one path after the other in the same order: a step for each, where
//! a table of a hundred thousand paths would take longer to make than all else that is done with them.

use crate::backend::FileRecord;

/// The files that are still to come.
pub struct InOrder<'a>(&'a [FileRecord]);

impl<'a> InOrder<'a> {
    pub fn new(files: &'a [FileRecord]) -> Self {
        Self(files)
    }

    /// The file of a path, which comes behind all that were asked for before.
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
    use super::InOrder;
    use crate::backend::{FileRecord, State};
    use crate::corpus::Stat;

    #[test]
    fn each_path_is_found_where_it_is() {
        let file = |path: &str| FileRecord {
            path: path.to_owned(),
            stat: Stat::default(),
            hash: None,
            state: State::NotADigest,
        };
        let files = ["b", "c", "e", "g"].map(file);
        let mut in_order = InOrder::new(&files);
        let found = ["a", "b", "d", "e", "f", "g", "h"].map(|path| in_order.find(path).is_some());
        assert_eq!(found, [false, true, false, true, false, true, false]);
    }
}
