//! Corpus access: lists the Markdown files of a folder and reads them as text. The only room that walks a corpus.

mod folders;
mod listing;
mod read;
mod stat;
mod walk;

pub use listing::Listing;
pub use read::{INVALID, ReadError, Text, hash, read, read_conventions, read_head};
pub use stat::Stat;
pub use walk::{WalkError, canonical, name_in, walk};

/// File name of a corpus's settings.
pub const CONVENTIONS_FILE: &str = "digest-search.yaml";

/// Alternative file name of the settings.
const OTHER_CONVENTIONS_FILE: &str = "digest-search.yml";
