//! Data model of an index: documents, ids and kinds.

mod attribution;
mod custom_field;
mod document;
mod field;
mod field_values;
mod id;
mod kind;
mod missing_days;

pub use attribution::Attribution;
pub use custom_field::{CustomField, CustomFields, CustomValue, RESERVED};
pub use document::Document;
pub use field::{Field, FieldOption, FieldSpec, FieldValueKind};
pub use field_values::FieldValues;
pub use id::{DigestId, EntryId, Section, is_same_text};
pub use kind::Kind;
pub use missing_days::missing_days;
