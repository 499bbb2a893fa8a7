//! Lines that belong to a title, so that they are not entries of their own.

use std::collections::BTreeMap;

use crate::digest::Use;

/// Lines by block and number within the block, each with what it is of a title.
#[derive(Debug, Default)]
pub struct Taken(BTreeMap<(usize, usize), Use>);

impl Taken {
    /// Adds a line. The first use of a line counts.
    pub fn add(&mut self, block: usize, line: usize, becomes: Use) {
        self.0.entry((block, line)).or_insert(becomes);
    }

    pub fn has(&self, block: usize, line: usize) -> bool {
        self.0.contains_key(&(block, line))
    }

    pub fn of(&self, block: usize, line: usize) -> Option<Use> {
        self.0.get(&(block, line)).copied()
    }
}
