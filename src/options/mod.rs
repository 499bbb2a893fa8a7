//! What can be chosen of each question: one struct a question, whose doc comments are the help texts everywhere. The
//! command line, the keys of a report and the parameters of an address are all texts, and clap parses all of them; what
//! is described of an option is read from the same declaration ([`Argument`]).

mod argument;
mod check;
mod compare;
mod count;
mod declared;
mod error;
mod fields;
mod filters;
mod idle;
mod meaning;
mod query;
mod question;
mod selection;
mod show;
mod source;
mod stories;
mod text;
mod trend;
mod values;

pub use argument::{Argument, ValueParser};
pub use check::{CheckOptions, CheckRequest};
pub use compare::CompareOptions;
pub use count::CountOptions;
pub use declared::arguments;
pub use error::{Error, Problem};
pub use fields::FieldOptions;
pub use filters::FilterOptions;
pub use idle::Idle;
pub use meaning::{aliases, canonical, meant_command, meant_option, meant_value};
pub use query::QueryOptions;
pub use question::{Command, Question, Request, newest};
pub use selection::SelectionOptions;
pub use show::{Id, ShowOptions, ShowRequest, WrongId};
pub use source::{Expected, OptionSource, read};
pub use stories::{GapsOptions, StoriesOptions};
pub use trend::TrendOptions;
pub use values::{Limit, limit, ngrams, one_of, one_of_described, part, weight, whole};
