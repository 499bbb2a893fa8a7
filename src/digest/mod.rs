//! Parser of digests: text → [`Parsed`]. Pure: reads no files, keeps no state, never fails.
//!
//! The writer of digests does not escape titles, sources and YAML strings, so each part has its own parser: front
//! matter is read key by key (`front_matter`), source lines by the writer's own line format (`source_line`), and the
//! rest as Markdown (`markdown`). [`parse`] combines them.

mod attribution;
mod body;
mod conventions;
mod custom_values;
mod day;
mod documents;
mod field_values;
mod folder_notes;
mod front_matter;
mod general;
mod heading;
mod items;
mod likeness;
mod line_use;
mod markdown;
mod marks;
mod mojibake;
#[cfg(test)]
mod mutants;
mod names;
mod naming;
mod outline;
mod own_words;
mod parse;
mod parsed;
mod placeholder;
mod read;
mod rules;
mod sign;
mod source_line;
mod subject;
#[cfg(test)]
mod tests;
mod text;
mod version;
mod warning;

pub use conventions::{Conventions, ConventionsError, Note, TopicConventions};
pub use documents::{LineIds, documents, overlong};
pub use folder_notes::FolderNotes;
pub use general::{Facts, Folder, Reading, corpus_name, label_of, other_keys, slug};
pub use line_use::{LineUse, Places, Use};
pub use mojibake::misread_lines;
pub use parse::parse;
pub use parsed::{Bullet, Digest, Highlight, Layout, LooseLinks, Outcome, Parsed, Perspective, Title};
pub use read::read;
pub use rules::literal;
pub use subject::Subject;
pub use version::VERSION;
pub use warning::Warning;
