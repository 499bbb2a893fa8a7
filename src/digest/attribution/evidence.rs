//! Evidence for the perspectives of titles.

use crate::digest::front_matter::FrontMatter;
use crate::digest::naming::Naming;

/// Evidence in the file.
pub struct Evidence<'a> {
    pub front: &'a FrontMatter,
    /// Text of the front matter.
    pub head: &'a str,
    pub naming: &'a Naming,
    /// For each title, the heading of a perspective above it.
    pub listed: &'a [Option<Listed>],
    /// For each title, its number in the list.
    pub numbers: &'a [Option<u32>],
}

/// Heading of a perspective above a title.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    pub perspective: usize,
    /// True if the heading introduces a list of articles, not bullets.
    pub is_list: bool,
}
