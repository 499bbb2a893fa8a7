//! The run of a command that queries the index: options in, an answer out.

use digest_search::ask;
use digest_search::options::Question;
use digest_search::render::{Answer, Output};

use super::context::Context;
use super::exit::Exit;
use super::failure::{Failure, syntax};
use super::opening;

/// Answers a question and writes the answer in the format that `output` returns.
pub fn run(
    question: &Question,
    opening: &opening::OpeningArgs,
    output: impl FnOnce() -> Result<Output, Failure>,
    context: &Context,
) -> Result<Exit, Failure> {
    let reader = opening.open(context)?;
    let output = output()?;
    let answer = ask::question(question, &reader)?;
    context.notes(notes(&answer));
    context.answer(&answer, &output, found(&answer))
}

/// Returns the exit code for an answer.
pub fn found(answer: &Answer) -> Exit {
    if answer.found() == Some(0) { Exit::NothingFound } else { Exit::Done }
}

/// Returns what a format without notes leaves out of an answer: rows left out, the total of gaps, and the note.
pub fn notes(answer: &Answer) -> Vec<String> {
    let first = match answer {
        Answer::Count(answer) => answer.left_out(),
        Answer::Stories(answer) if answer.gaps().is_some() => Some(answer.total()),
        _ => None,
    };
    first.into_iter().chain(answer.note().map(|note| note.written(syntax))).collect()
}
