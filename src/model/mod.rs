//! What an index is of: documents, their ids and their kinds.

mod attribution;
mod document;
mod id;
mod kind;

pub use attribution::Attribution;
pub use document::Document;
pub use id::{DigestId, EntryId, Section, is_same_text};
pub use kind::Kind;
