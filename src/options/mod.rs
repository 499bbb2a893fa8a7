//! Options of the commands: one struct per command, whose doc comments are the help texts of every front end. Command
//! line arguments, keys of a report and URL parameters are all text, and clap parses all of them; descriptions of
//! options are read from the same declarations ([`Argument`]).

mod aliases;
mod argument;
mod check;
mod compare;
mod count;
mod declared;
mod error;
mod fields;
mod filters;
mod idle;
mod named;
mod query;
mod question;
mod selection;
mod show;
mod source;
mod stories;
mod synonyms;
mod text;
mod trend;
mod values;

pub use aliases::{aliases, canonical};
pub use argument::{Argument, ValueParser};
pub use check::{CheckOptions, CheckRequest};
pub use compare::CompareOptions;
pub use count::CountOptions;
pub use declared::arguments;
pub use error::{Error, Problem};
pub use fields::FieldOptions;
pub use filters::FilterOptions;
pub use idle::Idle;
pub use query::QueryOptions;
pub use question::{Command, Question, Request, read_feed};
pub use selection::SelectionOptions;
pub use show::{Id, InvalidId, ShowOptions, ShowRequest};
pub use source::{Expected, OptionSource, read};
pub use stories::{GapsOptions, StoriesOptions};
pub use synonyms::{command_synonym, option_synonym, value_synonym};
pub use trend::TrendOptions;
pub use values::{Limit, Number, fraction, limit, ngrams, one_of, one_of_described, weight, whole};
