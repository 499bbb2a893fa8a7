//! Finds the digest files of a folder and reads them: path → text. The only room that walks the corpus.

mod folders;
mod found;
mod read;
mod stat;
mod walk;

pub use found::Found;
pub use read::{INVALID, ReadError, Text, hash, read, read_conventions};
pub use stat::Stat;
pub use walk::{WalkError, walk};

/// The file in which a corpus says something about itself.
pub const CONVENTIONS_FILE: &str = "digest-search.yaml";

/// The same with the other ending that YAML files have.
const OTHER_CONVENTIONS_FILE: &str = "digest-search.yml";
