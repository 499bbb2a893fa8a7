//! Lines that belong to a title, so that they are not entries of their own.

use std::collections::BTreeSet;

/// Lines by block and number within the block.
#[derive(Debug, Default)]
pub struct Taken(BTreeSet<(usize, usize)>);

impl Taken {
    pub fn add(&mut self, block: usize, line: usize) {
        self.0.insert((block, line));
    }

    pub fn has(&self, block: usize, line: usize) -> bool {
        self.0.contains(&(block, line))
    }
}
