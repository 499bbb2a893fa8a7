//! Assertions about the answer of a section: `total > 0`, `share(china) >= 5%`.

use super::error::{Problem, SpecError};
use crate::backend::Catalog;
use crate::insight::{GroupResponse, Sampled, Series};
use crate::options::Question;
use crate::render::{Answer, CheckedAssertion};
use crate::text::fold;
use crate::yaml::Place;

/// A condition on an answer.
#[derive(Debug)]
pub struct Assertion {
    place: Place,
    /// The text as written.
    text: String,
    /// The name of the measure.
    name: String,
    /// The perspective to measure.
    perspective: Option<String>,
    comparison: Comparison,
    number: f64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Comparison {
    Equal,
    Unequal,
    Less,
    AtMost,
    More,
    AtLeast,
}

/// Operators; longer ones first, since some are prefixes of others.
const OPERATORS: [(&str, Comparison); 6] = [
    ("!=", Comparison::Unequal),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

/// Returns the measures of an answer; `(PERSPECTIVE)` marks those of one perspective.
fn measures(question: &Question) -> &'static [&'static str] {
    match question {
        Question::Query(_) => &["total", "total_entries"],
        Question::Count(options) if options.share => &["total_entries", "distinct", "n", "share"],
        Question::Count(_) => &["total_entries"],
        Question::Compare(_) => &[
            "total_entries",
            "digests",
            "terms",
            "terms(PERSPECTIVE)",
            "distinct(PERSPECTIVE)",
            "n(PERSPECTIVE)",
            "share(PERSPECTIVE)",
        ],
        Question::Trend(_) => &[
            "total_entries",
            "bursts",
            "bursts(PERSPECTIVE)",
            "distinct(PERSPECTIVE)",
            "n(PERSPECTIVE)",
            "share(PERSPECTIVE)",
        ],
        Question::Stories(_) => &["total", "total_entries"],
    }
}

impl Assertion {
    /// Parses an assertion about the answer to a question.
    pub fn parse(text: &str, place: Place, question: &Question) -> Result<Self, SpecError> {
        let invalid = || SpecError::at(place, Problem::Assertion(text.to_owned()));
        let (at, operator, comparison) = OPERATORS
            .iter()
            .filter_map(|(operator, comparison)| Some((text.find(operator)?, *operator, *comparison)))
            .min_by_key(|(at, operator, _)| (*at, std::cmp::Reverse(operator.len())))
            .ok_or_else(invalid)?;
        let (left, right) = (text[..at].trim(), text[at + operator.len()..].trim());
        let number = match right.strip_suffix('%') {
            Some(percent) => percent.trim_end().parse().map(|n: f64| n / 100.0),
            None => right.parse(),
        };
        let number = number.ok().filter(|number| number.is_finite()).ok_or_else(invalid)?;
        let (name, perspective) = match left.split_once('(') {
            Some((name, perspective)) => {
                (name.trim_end(), Some(perspective.strip_suffix(')').ok_or_else(invalid)?.trim().to_owned()))
            }
            None => (left, None),
        };
        let known = measures(question);
        let measure = if perspective.is_some() { format!("{name}(PERSPECTIVE)") } else { name.to_owned() };
        if !known.contains(&measure.as_str()) {
            return Err(SpecError::at(
                place,
                Problem::UnknownMeasure {
                    name: measure,
                    known: known.iter().map(|known| (*known).to_owned()).collect(),
                },
            ));
        }
        Ok(Self { place, text: text.to_owned(), name: name.to_owned(), perspective, comparison, number })
    }

    /// Checks an answer. An unknown number meets no condition.
    pub fn check(&self, answer: &Answer, catalog: &Catalog) -> Result<CheckedAssertion, SpecError> {
        let actual = match &self.perspective {
            Some(perspective) => self.value_of(perspective, answer, catalog)?,
            None => self.total(answer),
        };
        let holds = actual.is_some_and(|actual| self.comparison.is_met(actual, self.number));
        Ok(CheckedAssertion { text: self.text.clone(), line: self.place.line, actual, holds })
    }

    fn total(&self, answer: &Answer) -> Option<f64> {
        let number = |number: usize| Some(number as f64);
        match (answer, self.name.as_str()) {
            (Answer::Query(answer), "total") => number(answer.response.total),
            (Answer::Query(answer), _) => number(answer.response.total_entries),
            (Answer::Count(answer), "total_entries") => number(answer.response.total_entries),
            (Answer::Count(answer), name) => measure(name, answer.response.sampled.as_ref()?),
            (Answer::Compare(answer), "total_entries") => number(answer.response.total_entries),
            (Answer::Compare(answer), "digests") => {
                number(answer.response.texts.as_ref().map_or(0, |texts| texts.digests))
            }
            (Answer::Compare(answer), _) => number(answer.response.groups.iter().map(terms).sum()),
            (Answer::Stories(answer), "total") => number(answer.response.total),
            (Answer::Stories(answer), _) => number(answer.response.total_entries),
            (Answer::Trend(answer), "total_entries") => number(answer.response.total_entries),
            (Answer::Trend(answer), _) => number(answer.response.perspectives.iter().map(bursts).sum()),
            _ => None,
        }
    }

    fn value_of(&self, perspective: &str, answer: &Answer, catalog: &Catalog) -> Result<Option<f64>, SpecError> {
        let has_name = |id: &str, name: &str| [id, name].iter().any(|known| fold(known) == fold(perspective));
        let mut perspectives = catalog.topics.values().flat_map(|topic| &topic.perspectives);
        if !perspectives.any(|(id, known)| has_name(id, &known.name)) {
            let known = catalog.topics.values().flat_map(|topic| topic.perspectives.keys()).cloned().collect();
            return Err(SpecError::at(self.place, Problem::UnknownPerspective { name: perspective.to_owned(), known }));
        }
        Ok(match answer {
            Answer::Compare(answer) => {
                answer.response.groups.iter().find(|group| has_name(&group.id, &group.name)).and_then(|group| {
                    if self.name == "terms" { Some(terms(group) as f64) } else { measure(&self.name, &group.sampled) }
                })
            }
            Answer::Trend(answer) => answer
                .response
                .perspectives
                .iter()
                .find(|perspective| has_name(&perspective.id, &perspective.name))
                .and_then(|perspective| {
                    if self.name == "bursts" {
                        Some(bursts(perspective) as f64)
                    } else {
                        measure(&self.name, &perspective.all)
                    }
                }),
            _ => None,
        })
    }
}

impl Comparison {
    fn is_met(self, actual: f64, number: f64) -> bool {
        match self {
            Self::Equal => actual == number,
            Self::Unequal => actual != number,
            Self::Less => actual < number,
            Self::AtMost => actual <= number,
            Self::More => actual > number,
            Self::AtLeast => actual >= number,
        }
    }
}

fn terms(perspective: &GroupResponse) -> usize {
    perspective.terms.len() + perspective.more_terms
}

fn bursts(perspective: &Series) -> usize {
    perspective.bursts.as_ref().map_or(0, Vec::len)
}

fn measure(name: &str, sampled: &Sampled) -> Option<f64> {
    match name {
        "distinct" => Some(sampled.found as f64),
        "n" => Some(sampled.entries as f64),
        _ => sampled.share.map(|share| share.share),
    }
}
