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
mod trend;

use maud::{Markup, html};

use super::Answer;

pub use page::write_report;

/// An answer as a part of a page, below a heading of the second level.
fn answer(answer: &Answer) -> Markup {
    match answer {
        Answer::Query(answer) => query::answer(answer),
        Answer::Count(answer) => count::answer(answer),
        Answer::Compare(answer) => compare::answer(answer),
        Answer::Trend(answer) => trend::answer(answer),
        // These are no sections of a report.
        Answer::Stories(_) | Answer::Gaps(_) | Answer::Index(_) | Answer::Show(_) | Answer::Status(_) => html! {},
    }
}
