//! Answers as HTML: blocks for any page, made with maud, which escapes every text that is put in; and the page of a
//! report. Nothing from a corpus acts there: links lead to the web only, and what would turn around the text beside it is
//! left out for the page as a whole, where it is written (`harmless`).

mod author;
mod blocks;
mod line;
mod list;
mod page;
mod report;
mod table;

use std::ops::Range;

use maud::Markup;

use super::answers;
use super::blocks::Span;
use crate::query::{Entry, Hit};
use crate::render::Answer;

pub use blocks::plain_notes as notes;
pub use line::Links;
pub use page::{STYLE, harmless, write_report};

use blocks::Context;

/// On a page that stands alone parts lead nowhere.
struct Alone;

impl Links for Alone {
    fn entry(&self, _: &str) -> Option<String> {
        None
    }

    fn words(&self, _: &str) -> Option<String> {
        None
    }
}

/// An answer as a part of a page, below a heading of the second level.
pub fn answer(answer: &Answer, links: &dyn Links) -> Markup {
    blocks::blocks(&answers::blocks(answer), Context { is_quiet: false, links })
}

/// An entry's text, a link where it has one, in its own language.
pub fn linked(entry: &Entry, marks: &[Range<usize>]) -> Markup {
    line::line(&Span::entry(entry, marks).into(), &Alone)
}

/// Source or kind, perspective and day.
pub fn whose(entry: &Entry) -> Markup {
    line::line(&answers::origin(entry), &Alone)
}

/// What the score of a hit is made of, where that was asked for.
pub fn reasons(hit: &Hit) -> Markup {
    list::notes(&answers::reasons(&hit.reasons), &Alone)
}
