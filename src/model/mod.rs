//! What an index is of: documents, their ids and their kinds.

mod attribution;
mod document;
mod field;
mod id;
mod kind;

pub use attribution::Attribution;
pub use document::Document;
pub use field::{Field, FieldSpec, FieldValueKind, FieldValues};
pub use id::{DigestId, EntryId, Section, is_same_text};
pub use kind::Kind;
