//! Answers the questions of a spec.

use super::error::{Problem, SpecError};
use super::keys::Places;
use super::spec::{Asked, Content, Section, Spec};
use crate::ask;
use crate::insight;
use crate::options::{self, Request};
use crate::planning::Reader;
use crate::render::{ReportAnswer, ReportContent, ReportSection};

impl Spec {
    /// Answers all of it.
    pub fn answer(self, reader: &Reader) -> Result<ReportAnswer, SpecError> {
        let filters = self.filters.filters(reader.catalog());
        let filters = filters.map_err(|error| of_option(error, "", &self.filter_places))?;
        let as_of = self.filters.as_of(reader.catalog()).map_err(|error| of_option(error, "", &self.filter_places))?;
        // What is wrong in any section is known before the first is answered.
        let ready = self.sections.into_iter().map(|section| section.ready(reader)).collect::<Result<Vec<_>, _>>()?;
        let sections = ready.into_iter().map(|section| section.answer(reader)).collect::<Result<_, _>>()?;
        let head = ask::head(filters, as_of, reader);
        let head = head.map_err(|error| of_insight(error.into(), "", &self.filter_places))?;
        Ok(ReportAnswer { title: self.title, vars: self.vars, head, sections })
    }
}

/// A section with all its options understood.
struct Ready {
    title: Option<String>,
    content: ReadyContent,
}

enum ReadyContent {
    Text { plain: String, markdown: String },
    Asked(Box<Asked>, Box<Request>),
}

impl Section {
    fn ready(self, reader: &Reader) -> Result<Ready, SpecError> {
        let content = match self.content {
            Content::Text { plain, markdown } => ReadyContent::Text { plain, markdown },
            Content::Asked(mut asked) => {
                let mut request = asked.question.request(reader.catalog());
                // A section that ends before the report's days begin is of all days before.
                if asked.has_own_end_alone && request.as_ref().is_err_and(options::Error::is_backwards) {
                    asked.question.filters_mut().since = None;
                    request = asked.question.request(reader.catalog());
                }
                let request = request.map_err(|error| of_option(error, &asked.question.text(), &asked.places))?;
                ReadyContent::Asked(asked, Box::new(request))
            }
        };
        Ok(Ready { title: self.title, content })
    }
}

impl Ready {
    fn answer(self, reader: &Reader) -> Result<ReportSection, SpecError> {
        let content = match self.content {
            ReadyContent::Text { plain, markdown } => ReportContent::Text { plain, markdown },
            ReadyContent::Asked(asked, request) => {
                let Asked { question, places, assertions, .. } = *asked;
                let answer =
                    ask::answer(*request, reader).map_err(|error| of_insight(error, &question.text(), &places))?;
                let checked = assertions.iter().map(|assertion| assertion.check(&answer, reader.catalog()));
                ReportContent::Answer { assertions: checked.collect::<Result<_, _>>()?, answer }
            }
        };
        Ok(ReportSection { title: self.title, content })
    }
}

fn of_option(error: options::Error, text: &str, places: &Places) -> SpecError {
    let place = places.of_concerned(error.diagnostic(text).option.as_ref());
    SpecError::at(place, Problem::Option(error)).of_query(text)
}

/// The place of what can't be answered: of the value of an option, or of the section as a whole.
fn of_insight(error: insight::Error, text: &str, places: &Places) -> SpecError {
    let place = places.of_concerned(error.diagnostic(text).option.as_ref());
    SpecError::at(place, Problem::Insight(error)).of_query(text)
}
