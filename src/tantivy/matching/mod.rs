//! The entries that match: a tree is asked, segment by segment, for the list of them. Lists are made whole, one word after
//! the other, rarest first; what must match besides is only sought within what is left. Scores come with them, but for
//! what only adds to a score: that is asked for where it can matter (`scoring`).

mod evaluate;
pub mod filter;
mod list;
pub mod scored;
mod segment;
mod segments;
mod term_postings;
mod terms;
mod union;

pub use evaluate::{Scoring, list_all, with};
pub use list::ScoredDocs;
pub use segment::{Names, Number, Numbers, Segment};
pub use segments::Segments;
pub use term_postings::{TermPostings, found};
pub use terms::Terms;
