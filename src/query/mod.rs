//! Says what can be asked and what comes back: one question type, one answer type, free of the engine's types.

mod dates;
mod error;
mod lexer;
mod parse;
mod prefix;
mod request;
mod response;
mod retyped;
mod sample;
mod sequence;
mod tally;
mod text;

pub use dates::{DateError, Days};
pub use error::{Problem, QueryError};
pub use prefix::Prefix;
pub use request::{Collapse, Filters, SearchRequest, SeenHashes, Selection, Sort};
pub use response::{
    Entry, Facet, FacetValue, Hit, Likely, MatchKind, Named, Reason, SearchResponse, Spelling, Suggestions,
};
pub use sample::{Column, Sample, Stems};
pub use sequence::{Sequence, Slot, Stream, apart};
pub use tally::{Dimension, Key, Span};
pub use text::{Node, NodeKind, ParseOptions, TextQuery, WordMatch, Words};
