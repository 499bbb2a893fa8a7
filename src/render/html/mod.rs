//! Answers as HTML: parts for any page, made with maud, which escapes every text that is put in; and the page of a report.
//! Nothing from a corpus acts there: links lead to the web only, and what would turn around the text beside it is left out
//! for the page as a whole, where it is written.

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

pub use page::write_report;

/// An answer as a part of a page, below a heading of the second level, without the caveats that stand elsewhere on it.
fn answer(answer: &Answer, elsewhere: &[String]) -> Markup {
    match answer {
        Answer::Query(answer) => query::answer(answer),
        Answer::Count(answer) => count::answer(answer, elsewhere),
        Answer::Compare(answer) => compare::answer(answer, elsewhere),
        Answer::Trend(answer) => trend::answer(answer, elsewhere),
        Answer::Stories(answer) => stories::answer(answer, elsewhere),
        Answer::Gaps(answer) => stories::gaps(answer, elsewhere),
        // These are no sections of a report.
        Answer::Index(_) | Answer::Show(_) | Answer::Status(_) => html! {},
    }
}

/// The caveats that stand nowhere else.
fn own(caveats: Vec<String>, elsewhere: &[String]) -> impl Iterator<Item = String> {
    caveats.into_iter().filter(|caveat| !elsewhere.contains(caveat))
}
