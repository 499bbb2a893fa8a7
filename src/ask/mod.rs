//! Answers to questions: the one path from a question to its answer, for commands, sections of reports, pages and HTTP
//! requests. Notes are part of the answer.

mod check;
mod head;
mod indexed;
mod show;
mod status;

pub use check::{check, explain, overview};
pub use head::head;
pub use indexed::{by_names, conditions, contents, digests, field_names, neighbours, values};
pub use show::{invalid_id, show};
pub use status::status;

use crate::diagnostic::Diagnostic;
use crate::insight::{self, CountRequest};
use crate::options::{Question, Request};
use crate::planning::Reader;
use crate::query::{SearchRequest, Selection};
use crate::render::{Answer, CompareAnswer, CountAnswer, Note, QueryAnswer, StoriesAnswer, TrendAnswer, wording};

/// Answers a question in its options.
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

/// Answers a search.
pub fn query(mut request: SearchRequest, reader: &Reader) -> Result<QueryAnswer, insight::Error> {
    add_notes(&mut request.selection, reader)?;
    let response = reader.search(&request)?;
    let notes = request.selection.notes.iter().map(Note::question).collect();
    Ok(QueryAnswer { request, response, notes, fields: reader.catalog().fields })
}

/// Answers a count.
pub fn count(mut request: CountRequest, reader: &Reader) -> Result<CountAnswer, insight::Error> {
    add_notes(&mut request.selection, reader)?;
    let response = request.answer(reader)?;
    Ok(CountAnswer { request, response })
}

/// Adds notes on the sources that a selection probably means.
fn add_notes(selection: &mut Selection, reader: &Reader) -> Result<(), insight::Error> {
    let likely = reader.likely_sources(selection)?;
    selection.notes.extend(wording::likely(&likely));
    Ok(())
}
