//! What can be chosen of each question, as people write it, and the request that this makes: the same on the command
//! line and in a report, so that both have the same names, defaults and checks.

mod compare;
mod count;
mod error;
mod filters;
mod numbers;
mod query;
mod selection;
mod stories;
mod trend;

pub use compare::CompareOptions;
pub use count::CountOptions;
pub use error::{Error, Problem};
pub use filters::FilterOptions;
pub use numbers::{Limit, limit, ngrams, part, weight};
pub use query::QueryOptions;
pub use selection::SelectionOptions;
pub use stories::{StoriesOptions, StoriesOrGaps};
pub use trend::TrendOptions;
