//! Records of answers, with the same fields in every machine format.

pub mod compare;
pub mod count;
pub mod entry;
mod finding;
mod layout;
mod note;
mod record;
pub mod stories;
mod topic;
mod trend;

pub use record::{Records, Row, UnknownField};

use crate::insight::StoriesFound;
use crate::render::Answer;

/// Returns the records of an answer.
pub fn records(answer: &Answer) -> Records<'_> {
    match answer {
        Answer::Index(answer) => note::notes(answer),
        Answer::Query(answer) => entry::hits(answer),
        Answer::Count(answer) => count::rows(answer),
        Answer::Compare(answer) => compare::terms(answer),
        Answer::Trend(answer) => trend::points(answer),
        Answer::Stories(answer) => match &answer.response.found {
            StoriesFound::Stories(list) => stories::titles(list),
            StoriesFound::Gaps(list) => stories::gaps(list),
        },
        Answer::Show(answer) => entry::entries(answer),
        Answer::Status(answer) => topic::topics(answer),
        Answer::Check(answer) => finding::findings(answer),
        Answer::Explain(answer) => layout::lines(answer),
        Answer::Init(answer) => layout::parts(answer),
    }
}
