//! Answers as blocks, one file a kind of answer.

mod check;
mod index;
mod show;
mod status;
mod unit;

use super::blocks::Block;
use crate::render::Answer;

/// Returns an answer as blocks.
pub fn blocks(answer: &Answer) -> Option<Vec<Block<'_>>> {
    Some(match answer {
        Answer::Index(answer) => index::blocks(answer),
        Answer::Show(answer) => show::blocks(answer),
        Answer::Status(answer) => status::blocks(answer),
        Answer::Check(answer) => check::blocks(answer),
        _ => return None,
    })
}
