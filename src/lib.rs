//! Search, count and compare a folder of daily Markdown news digests.

pub mod corpus;
pub mod digest;
pub mod engine;
pub mod ingest;
pub mod query;
pub mod render;
pub mod schema;
