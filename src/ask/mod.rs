//! Answers what is asked of an index: the same for a command, a section of a report and a request over HTTP.

mod check;
mod show;
mod status;

pub use check::{Scope, check};
pub use show::{Ids, WrongId};
pub use status::status;

use crate::engine::Reader;
use crate::insight;
use crate::options::{Request, StoriesOrGaps};
use crate::render::{Answer, CompareAnswer, CountAnswer, GapsAnswer, QueryAnswer, StoriesAnswer, TrendAnswer, told};

/// Answers a question.
pub fn answer(request: Request, reader: &Reader) -> Result<Answer, insight::Error> {
    Ok(match request {
        Request::Query(request) => {
            let response = reader.search(&request)?;
            let likely = reader.likely_sources(&request.selection)?;
            let warnings = request.selection.notes.iter().cloned().chain(told::likely(&likely)).collect();
            Answer::Query(Box::new(QueryAnswer { request, response, warnings }))
        }
        Request::Count(request) => {
            let response = request.answer(reader)?;
            Answer::Count(Box::new(CountAnswer { request, response }))
        }
        Request::Compare(request) => {
            let response = request.answer(reader)?;
            Answer::Compare(Box::new(CompareAnswer { request, response }))
        }
        Request::Trend(request) => {
            let response = request.answer(reader)?;
            Answer::Trend(Box::new(TrendAnswer { request, response }))
        }
        Request::Stories(StoriesOrGaps::Stories(request)) => {
            let response = request.answer(reader)?;
            Answer::Stories(Box::new(StoriesAnswer { request, response }))
        }
        Request::Stories(StoriesOrGaps::Gaps(request)) => {
            let response = request.answer(reader)?;
            Answer::Gaps(Box::new(GapsAnswer { request, response }))
        }
    })
}
