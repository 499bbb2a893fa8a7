//! Finds the digest files of a folder and reads them: path → text. The only room that walks the corpus.

mod folders;
mod read;
mod walk;

pub use read::{INVALID, ReadError, Text, hash, read, read_conventions};
pub use walk::{Found, Stat, WalkError, walk};

/// The file in which a corpus says something about itself.
pub const CONVENTIONS_FILE: &str = "digest-search.yaml";

/// The same with the other ending that YAML files have.
const OTHER_CONVENTIONS_FILE: &str = "digest-search.yml";
