//! Requests and responses of a search, the query language and dates. Independent of any backend.

mod beside_or;
mod dates;
mod display;
mod error;
mod lexer;
mod parse;
mod prefix;
mod request;
mod response;
mod sample;
mod sequence;
mod tally;
mod text;

pub use dates::{DateError, Days};
pub use error::{Problem, QueryError};
pub use prefix::Prefix;
pub use request::{Collapse, Filters, SearchRequest, SeenHashes, Selection, Sort};
pub use response::{
    CustomTexts, Entry, Facet, FacetValue, Hit, MatchKind, Named, Reason, SearchResponse, SimilarSources, Spelling,
    Suggestions,
};
pub use sample::{Column, Sample, Stems};
pub use sequence::{Sequence, Slot, Stream, merge_overlapping};
pub use tally::{Dimension, Key, Span};
pub use text::{Node, NodeKind, ParseOptions, TextQuery, WordMatch, Words};
