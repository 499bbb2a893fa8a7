//! Search, count and compare a folder of daily Markdown news digests.

pub mod digest;
pub mod schema;
