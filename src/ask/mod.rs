//! Answers what is asked of an index: the one way from a question to its answer, for a command, a section of a report, a
//! page and a request over HTTP. Notes come with the answer.

mod check;
mod head;
mod indexed;
mod show;
mod status;

pub use check::check;
pub use head::head;
pub use indexed::{contents, neighbours, values};
pub use show::{show, wrong_id};
pub use status::status;

use crate::diagnostic::Diagnostic;
use crate::insight::{self, CountRequest};
use crate::options::{Question, Request};
use crate::planning::Reader;
use crate::query::{SearchRequest, Selection};
use crate::render::{Answer, CompareAnswer, CountAnswer, Note, QueryAnswer, StoriesAnswer, TrendAnswer, wording};

/// Answers a question as it was put.
pub fn question(question: &Question, reader: &Reader) -> Result<Answer, Diagnostic> {
    let text = question.text();
    let request = question.request(reader.catalog()).map_err(|error| error.diagnostic(&text))?;
    answer(request, reader).map_err(|error| error.diagnostic(&text))
}

/// Answers a request.
pub fn answer(request: Request, reader: &Reader) -> Result<Answer, insight::Error> {
    Ok(match request {
        Request::Query(request) => Answer::Query(Box::new(query(request, reader)?)),
        Request::Count(request) => Answer::Count(Box::new(count(request, reader)?)),
        Request::Compare(mut request) => {
            add_notes(&mut request.selection, reader)?;
            let response = request.answer(reader)?;
            Answer::Compare(Box::new(CompareAnswer { request, response }))
        }
        Request::Trend(mut request) => {
            add_notes(&mut request.selection, reader)?;
            let response = request.answer(reader)?;
            Answer::Trend(Box::new(TrendAnswer { request, response }))
        }
        Request::Stories(mut request) => {
            add_notes(&mut request.selection, reader)?;
            let response = request.answer(reader)?;
            Answer::Stories(Box::new(StoriesAnswer { request, response }))
        }
    })
}

/// Answers which entries match.
pub fn query(mut request: SearchRequest, reader: &Reader) -> Result<QueryAnswer, insight::Error> {
    add_notes(&mut request.selection, reader)?;
    let response = reader.search(&request)?;
    let notes = request.selection.notes.iter().map(Note::question).collect();
    Ok(QueryAnswer { request, response, notes })
}

/// Answers how many entries there are of what.
pub fn count(mut request: CountRequest, reader: &Reader) -> Result<CountAnswer, insight::Error> {
    add_notes(&mut request.selection, reader)?;
    let response = request.answer(reader)?;
    Ok(CountAnswer { request, response })
}

/// Adds to the notes of a selection what is known of the sources that it asks for.
fn add_notes(selection: &mut Selection, reader: &Reader) -> Result<(), insight::Error> {
    let likely = reader.likely_sources(selection)?;
    selection.notes.extend(wording::likely(&likely));
    Ok(())
}
