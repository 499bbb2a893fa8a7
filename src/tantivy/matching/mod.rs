//! Matching: evaluates a tree segment by segment to the list of matching entries. Lists are built completely, one term
//! after the other, rarest first; each further condition is checked only within the remaining entries. Scores are
//! computed at the same time, except parts that only add to a score: these only for entries where they can matter
//! (`scoring`).

mod evaluate;
pub mod filter;
mod list;
mod lists;
pub mod scored;
mod segment;
mod segments;
mod term_postings;
mod terms;
mod topic_order;
mod union;

pub use evaluate::{Scoring, add_parts, evaluate_all};
pub use list::ScoredDocs;
pub use lists::Lists;
pub use segment::{Names, Number, Numbers, Segment};
pub use segments::Segments;
pub use term_postings::{TermPostings, found};
pub use terms::SegmentTerms;
pub use topic_order::TopicOrder;
