//! Answers as HTML: parts for any page, made with maud, which escapes every text that is put in; and the page of a report.
//! Nothing from a corpus acts there: links lead to the web only, and what would turn around the text beside it is left out
//! for the page as a whole, where it is written (`harmless`).

mod author;
mod compare;
mod count;
mod page;
mod parts;
mod query;
mod report;
mod stories;
mod trend;

use maud::{Markup, html};

use super::Answer;

pub use page::{STYLE, harmless, write_report};
pub use parts::{id, linked, notes, whose};
pub use query::reasons;

/// Where parts of an answer lead, on the pages that they are on.
pub trait Links {
    /// The address of a unit in its digest.
    fn unit(&self, id: &str) -> Option<String>;

    /// The address of all that has some words.
    fn words(&self, words: &str) -> Option<String>;
}

/// On a page that stands alone parts lead nowhere.
struct Alone;

impl Links for Alone {
    fn unit(&self, _: &str) -> Option<String> {
        None
    }

    fn words(&self, _: &str) -> Option<String> {
        None
    }
}

/// An answer as a part of a page, below a heading of the second level, without the caveats that stand elsewhere on it.
pub fn answer(answer: &Answer, elsewhere: &[String], links: &dyn Links) -> Markup {
    match answer {
        Answer::Query(answer) => query::answer(answer, elsewhere, links),
        Answer::Count(answer) => count::answer(answer, elsewhere),
        Answer::Compare(answer) => compare::answer(answer, elsewhere, links),
        Answer::Trend(answer) => trend::answer(answer, elsewhere, links),
        Answer::Stories(answer) => stories::answer(answer, elsewhere, links),
        // These are no sections of a report.
        Answer::Index(_) | Answer::Show(_) | Answer::Status(_) | Answer::Check(_) => html! {},
    }
}

/// The caveats that stand nowhere else.
fn own(caveats: Vec<String>, elsewhere: &[String]) -> impl Iterator<Item = String> {
    caveats.into_iter().filter(|caveat| !elsewhere.contains(caveat))
}
