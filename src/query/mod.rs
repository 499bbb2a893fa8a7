//! Says what can be asked and what comes back: one question type, one answer type, free of the engine's types.

mod dates;
mod marks;
mod parse;
mod request;
mod response;

pub use dates::{DateError, Days};
pub use marks::marks;
pub use parse::{Clause, QueryError, TextQuery};
pub use request::{FacetField, Filters, SearchRequest, Sort};
pub use response::{Facet, FacetValue, Hit, SearchResponse, Side, Unit};
