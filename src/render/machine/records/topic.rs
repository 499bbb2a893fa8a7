//! Topics as records.

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use crate::backend::Topic;
use crate::render::StatusAnswer;

const TOPIC: [&str; 7] = ["id", "name", "digests", "first", "last", "perspectives", "missing"];

#[derive(Clone, Serialize)]
struct TopicFields<'a> {
    id: &'a str,
    name: &'a str,
    digests: usize,
    first: NaiveDate,
    last: NaiveDate,
    perspectives: Vec<PerspectiveFields<'a>>,
    missing: &'a [NaiveDate],
}

#[derive(Clone, Serialize)]
struct PerspectiveFields<'a> {
    id: &'a str,
    name: &'a str,
}

/// Returns the topics of an index.
pub fn topics(answer: &StatusAnswer) -> Records<'_> {
    let topics: Vec<TopicFields<'_>> = answer
        .catalog
        .topics
        .iter()
        .zip(&answer.missing)
        .map(|(topic, (_, days))| TopicFields::new(topic, days))
        .collect();
    Records::new(&TOPIC, &TOPIC[..5], &["id"], topics.len(), move |i| topics[i].clone())
}

impl<'a> TopicFields<'a> {
    fn new((id, topic): (&'a String, &'a Topic), missing: &'a [NaiveDate]) -> Self {
        Self {
            id,
            name: &topic.name,
            digests: topic.digests,
            first: topic.first,
            last: topic.last,
            perspectives: topic
                .perspectives
                .iter()
                .map(|(id, perspective)| PerspectiveFields { id, name: &perspective.name })
                .collect(),
            missing,
        }
    }
}
