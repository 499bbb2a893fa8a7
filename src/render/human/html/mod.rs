//! Answers as HTML: blocks for any page, made with maud, which escapes every text, and the page of a report. Text from a
//! corpus cannot act: links lead to the web only, and control characters are replaced when the page is written
//! (`harmless`).

mod author;
mod blocks;
mod code;
mod line;
mod list;
mod page;
mod report;
mod table;

use std::ops::Range;

use maud::{Markup, html};

use super::answers;
use super::blocks::{HOW_TO_READ, Span};
use crate::diagnostic::plain;
use crate::query::{Entry, Hit};
use crate::render::Answer;

pub use blocks::notes;
pub use code::message;
pub use line::Links;
pub use page::{STYLE, harmless, write_report};

use blocks::Context;

/// The links of a page without other pages: none.
struct NoLinks;

impl Links for NoLinks {
    fn entry(&self, _: &str) -> Option<String> {
        None
    }

    fn words(&self, _: &str) -> Option<String> {
        None
    }

    fn terms(&self, _: usize) -> Option<String> {
        None
    }
}

/// Returns an answer as a part of a page, below a heading of the second level, with the standing notes folded below.
pub fn answer(answer: &Answer, links: &dyn Links) -> Markup {
    let context = Context { is_quiet: false, syntax: plain, links };
    let standing: Vec<String> = answer.standing_notes().map(|note| note.to_string()).collect();
    html! {
        (blocks::blocks(&answers::blocks(answer), context))
        @if !standing.is_empty() { details { summary { (HOW_TO_READ) } (notes(standing)) } }
    }
}

/// Returns the text of an entry, as a link if it has an address, in its language.
pub fn linked(entry: &Entry, marks: &[Range<usize>]) -> Markup {
    line::line(&Span::entry(entry, marks).into(), &NoLinks)
}

/// Returns the beginning of an entry's description, with marks.
pub fn description(entry: &Entry, marks: &[Range<usize>]) -> Markup {
    line::line(&answers::description(entry, marks), &NoLinks)
}

/// Returns the origin of an entry: source or kind, perspective and day.
pub fn origin(entry: &Entry) -> Markup {
    line::line(&answers::origin(entry), &NoLinks)
}

/// Returns the parts of the score of a hit, if requested.
pub fn reasons(hit: &Hit) -> Markup {
    list::notes(&answers::reasons(&hit.reasons), &NoLinks)
}
