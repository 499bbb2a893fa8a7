//! Storage: file names, generations, the write lock, directories of Tantivy, checksums.

pub mod checksums;
pub mod directory;
pub mod folder;
pub mod generation;
pub mod layout;
pub mod lock;
