//! An index in a folder: names, generations, the lock, files as Tantivy sees them, checksums.

pub mod checksums;
pub mod directory;
pub mod folder;
pub mod generation;
pub mod layout;
pub mod lock;
