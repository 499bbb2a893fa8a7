//! Search and analysis of a folder of daily Markdown news digests.

pub mod ask;
pub mod backend;
pub mod corpus;
mod current;
pub mod diagnostic;
pub mod digest;
pub mod failure;
pub mod files;
pub mod index;
pub mod ingest;
pub mod insight;
pub mod lint;
pub mod mcp;
pub mod model;
mod opensearch;
pub mod options;
pub mod planning;
pub mod query;
pub mod render;
pub mod report;
pub mod serve;
pub mod statistics;
mod tantivy;
pub mod text;
pub mod yaml;
