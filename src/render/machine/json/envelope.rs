//! The envelope of answers: an object with the schema's name and version.

use serde::{Serialize, Serializer};

use super::rows::Rows;
use super::{check, compare, count, index, layout, query, show, status, stories, trend};
use crate::diagnostic::Syntax;
use crate::insight::StoriesFound;
use crate::render::Answer;

const VERSION: u32 = 2;

/// An answer with the schema's name and version before it and the notes on it behind it.
#[derive(Serialize)]
pub struct Envelope<T> {
    schema: String,
    version: u32,
    #[serde(flatten)]
    body: T,
    #[serde(skip_serializing_if = "Option::is_none")]
    notes: Option<Vec<String>>,
}

impl<T> Envelope<T> {
    /// Returns an envelope without notes.
    pub fn new(name: &str, body: T) -> Self {
        Self { schema: format!("digest-search/{name}"), version: VERSION, body, notes: None }
    }
}

/// Serializes an answer in its envelope, with the options that its notes name in a syntax.
pub fn envelope<S: Serializer>(
    answer: &Answer,
    rows: Rows<'_>,
    syntax: Syntax,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    let notes = || Some(answer.notes().iter().map(|note| note.text.written(syntax)).collect());
    match answer {
        Answer::Index(answer) => Envelope::new("index", index::Index::new(answer, rows)).serialize(serializer),
        Answer::Query(answer) => {
            Envelope { notes: notes(), ..Envelope::new("query", query::Query::new(answer, rows)) }.serialize(serializer)
        }
        Answer::Count(answer) => {
            Envelope { notes: notes(), ..Envelope::new("count", count::Count::new(answer, rows)) }.serialize(serializer)
        }
        Answer::Compare(answer) => {
            Envelope { notes: notes(), ..Envelope::new("compare", compare::Compare::new(answer, rows)) }
                .serialize(serializer)
        }
        Answer::Trend(answer) => {
            Envelope { notes: notes(), ..Envelope::new("trend", trend::Trend::new(answer, rows)) }.serialize(serializer)
        }
        Answer::Stories(answer) => match &answer.response.found {
            StoriesFound::Stories(list) => {
                Envelope { notes: notes(), ..Envelope::new("stories", stories::Stories::new(answer, list, rows)) }
                    .serialize(serializer)
            }
            StoriesFound::Gaps(list) => {
                Envelope { notes: notes(), ..Envelope::new("gaps", stories::Gaps::new(answer, list, rows)) }
                    .serialize(serializer)
            }
        },
        Answer::Show(answer) => Envelope::new("show", show::Show::new(answer, rows)).serialize(serializer),
        Answer::Status(answer) => Envelope::new("status", status::Status::new(answer, rows)).serialize(serializer),
        Answer::Check(answer) => {
            Envelope { notes: notes(), ..Envelope::new("check", check::Check::new(answer, rows)) }.serialize(serializer)
        }
        Answer::Explain(answer) => Envelope::new("explain", layout::Explain::new(answer, rows)).serialize(serializer),
        Answer::Init(answer) => Envelope::new("init", layout::Init::new(answer, rows)).serialize(serializer),
    }
}
