//! Answers to the sections of a spec.

use super::error::{Problem, SpecError};
use super::keys::ValuePlaces;
use super::spec::{Content, Section, SectionQuery, Spec};
use crate::ask;
use crate::insight;
use crate::options::{self, Request};
use crate::planning::Reader;
use crate::render::{ReportAnswer, ReportContent, ReportSection};

impl Spec {
    /// Answers all sections.
    pub fn answer(self, reader: &Reader) -> Result<ReportAnswer, SpecError> {
        let filters = self.filters.filters(reader.catalog());
        let filters = filters.map_err(|error| option_error(error, "", &self.filter_places))?;
        let as_of =
            self.filters.as_of(reader.catalog()).map_err(|error| option_error(error, "", &self.filter_places))?;
        // Errors of all sections come before the first answer.
        let ready = self.sections.into_iter().map(|section| section.ready(reader)).collect::<Result<Vec<_>, _>>()?;
        let sections = ready.into_iter().map(|section| section.answer(reader)).collect::<Result<_, _>>()?;
        let head = ask::head(filters, as_of, reader);
        let head = head.map_err(|error| insight_error(error.into(), "", &self.filter_places))?;
        Ok(ReportAnswer { title: self.title, vars: self.vars, head, sections })
    }
}

/// A section with its options resolved.
struct ReadySection {
    title: Option<String>,
    content: ReadyContent,
}

enum ReadyContent {
    Text { plain: String, markdown: String },
    Query(Box<SectionQuery>, Box<Request>),
}

impl Section {
    fn ready(self, reader: &Reader) -> Result<ReadySection, SpecError> {
        let content = match self.content {
            Content::Text { plain, markdown } => ReadyContent::Text { plain, markdown },
            Content::Query(mut query) => {
                let mut request = query.question.request(reader.catalog());
                // A section that ends before the report starts covers all days before its end.
                if query.inherits_start && request.as_ref().is_err_and(options::Error::is_backwards) {
                    query.question.filters_mut().since = None;
                    request = query.question.request(reader.catalog());
                }
                let request = request.map_err(|error| option_error(error, &query.question.text(), &query.places));
                let mut request = request?;
                request.by_digest_days();
                ReadyContent::Query(query, Box::new(request))
            }
        };
        Ok(ReadySection { title: self.title, content })
    }
}

impl ReadySection {
    fn answer(self, reader: &Reader) -> Result<ReportSection, SpecError> {
        let content = match self.content {
            ReadyContent::Text { plain, markdown } => ReportContent::Text { plain, markdown },
            ReadyContent::Query(query, request) => {
                let SectionQuery { question, places, assertions, .. } = *query;
                let answer =
                    ask::answer(*request, reader).map_err(|error| insight_error(error, &question.text(), &places))?;
                let checked = assertions.iter().map(|assertion| assertion.check(&answer, reader.catalog()));
                ReportContent::Answer { assertions: checked.collect::<Result<_, _>>()?, answer }
            }
        };
        Ok(ReportSection { title: self.title, content })
    }
}

fn option_error(error: options::Error, text: &str, places: &ValuePlaces) -> SpecError {
    let place = places.concerned(error.diagnostic(text).option.as_ref());
    SpecError::at(place, Problem::Option(error)).with_query(text)
}

/// Returns an error at the option value that it concerns, or else at the section.
fn insight_error(error: insight::Error, text: &str, places: &ValuePlaces) -> SpecError {
    let place = places.concerned(error.diagnostic(text).option.as_ref());
    SpecError::at(place, Problem::Insight(error)).with_query(text)
}
