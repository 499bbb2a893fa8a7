//! Data model of an index: documents, ids and kinds.

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
