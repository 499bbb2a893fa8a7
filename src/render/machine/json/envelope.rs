//! What answers stand in: an object with the schema's name and version.

use serde::{Serialize, Serializer};

use super::rows::Rows;
use super::{check, compare, count, index, query, show, status, stories, trend};
use crate::insight::StoriesFound;
use crate::render::Answer;

const VERSION: u32 = 2;

/// What an answer stands in: the schema's name and version.
#[derive(Serialize)]
pub struct Envelope<T> {
    schema: String,
    version: u32,
    #[serde(flatten)]
    body: T,
}

impl<T> Envelope<T> {
    pub fn new(name: &str, body: T) -> Self {
        Self { schema: format!("digest-search/{name}"), version: VERSION, body }
    }
}

/// Writes an answer in its envelope.
pub fn envelope<S: Serializer>(answer: &Answer, rows: Rows<'_>, serializer: S) -> Result<S::Ok, S::Error> {
    match answer {
        Answer::Index(answer) => Envelope::new("index", index::Index::new(answer, rows)).serialize(serializer),
        Answer::Query(answer) => Envelope::new("query", query::Query::new(answer, rows)).serialize(serializer),
        Answer::Count(answer) => Envelope::new("count", count::Count::new(answer, rows)).serialize(serializer),
        Answer::Compare(answer) => Envelope::new("compare", compare::Compare::new(answer, rows)).serialize(serializer),
        Answer::Trend(answer) => Envelope::new("trend", trend::Trend::new(answer, rows)).serialize(serializer),
        Answer::Stories(answer) => match &answer.response.found {
            StoriesFound::Stories(list) => {
                Envelope::new("stories", stories::Stories::new(answer, list, rows)).serialize(serializer)
            }
            StoriesFound::Gaps(list) => {
                Envelope::new("gaps", stories::Gaps::new(answer, list, rows)).serialize(serializer)
            }
        },
        Answer::Show(answer) => Envelope::new("show", show::Show::new(answer, rows)).serialize(serializer),
        Answer::Status(answer) => Envelope::new("status", status::Status::new(answer, rows)).serialize(serializer),
        Answer::Check(answer) => Envelope::new("check", check::Check::new(answer, rows)).serialize(serializer),
    }
}
