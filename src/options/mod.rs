//! What can be chosen of each question, as people write it, and the request that this makes: the same on the command
//! line, in a report and over HTTP, so that all have the same names, defaults and checks.

mod compare;
mod count;
mod error;
mod filters;
mod idle;
mod meaning;
mod numbers;
mod query;
mod question;
mod selection;
mod stories;
mod trend;
mod written;

pub use compare::CompareOptions;
pub use count::CountOptions;
pub use error::{Error, Problem};
pub use filters::FilterOptions;
pub use idle::Idle;
pub use meaning::{ALIASES, canonical, meant_command, meant_option, meant_value};
pub use numbers::{COUNT_OF_HITS, Limit, NGRAMS, PART, WEIGHT, WHOLE, limit, ngrams, part, weight};
pub use query::QueryOptions;
pub use question::{Command, Question, Request, filters, newest, query, stories_alone};
pub use selection::SelectionOptions;
pub use stories::{StoriesOptions, StoriesOrGaps};
pub use trend::TrendOptions;
pub use written::{Form, Written};
