//! What says whose a title is.

use crate::digest::front_matter::FrontMatter;
use crate::digest::naming::Naming;

/// What the file says of its perspectives and source lines.
pub struct Evidence<'a> {
    pub front: &'a FrontMatter,
    /// The text of the front matter.
    pub head: &'a str,
    pub naming: &'a Naming,
    /// Of each title, the perspective's heading that it stands below.
    pub listed: &'a [Option<Listed>],
    /// Of each title, its number in the list.
    pub numbers: &'a [Option<u32>],
}

/// The perspective below whose heading a title stands.
#[derive(Debug, Clone, Copy)]
pub struct Listed {
    pub perspective: usize,
    /// Whether the heading is one of a list of articles, not of the perspective's bullets.
    pub is_list: bool,
}
