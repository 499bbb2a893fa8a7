//! What a section must be like: `total > 0`, `share(china) >= 5%`.

use super::error::{Problem, SpecError};
use crate::backend::Catalog;
use crate::insight::{GroupResponse, Sampled, Series};
use crate::options::Question;
use crate::render::{Answer, CheckedAssertion};
use crate::text::fold;
use crate::yaml::Place;

/// Something to hold against an answer.
#[derive(Debug)]
pub struct Assertion {
    place: Place,
    /// As it was written.
    text: String,
    /// What is measured.
    name: String,
    /// The perspective of which it is.
    perspective: Option<String>,
    holds: Comparison,
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

/// Longer signs first, since some begin as others are.
const SIGNS: [(&str, Comparison); 6] = [
    ("!=", Comparison::Unequal),
    ("<=", Comparison::AtMost),
    (">=", Comparison::AtLeast),
    ("=", Comparison::Equal),
    ("<", Comparison::Less),
    (">", Comparison::More),
];

/// What can be measured of each answer; of a perspective where there is one in parentheses.
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
    /// Understands an assertion about the answer to a question.
    pub fn parse(text: &str, place: Place, question: &Question) -> Result<Self, SpecError> {
        let wrong = || SpecError::at(place, Problem::Assertion(text.to_owned()));
        let (at, sign, holds) = SIGNS
            .iter()
            .filter_map(|(sign, holds)| Some((text.find(sign)?, *sign, *holds)))
            .min_by_key(|(at, sign, _)| (*at, std::cmp::Reverse(sign.len())))
            .ok_or_else(wrong)?;
        let (left, right) = (text[..at].trim(), text[at + sign.len()..].trim());
        let number = match right.strip_suffix('%') {
            Some(hundredths) => hundredths.trim_end().parse().map(|n: f64| n / 100.0),
            None => right.parse(),
        };
        let number = number.ok().filter(|number| number.is_finite()).ok_or_else(wrong)?;
        let (name, perspective) = match left.split_once('(') {
            Some((name, perspective)) => {
                (name.trim_end(), Some(perspective.strip_suffix(')').ok_or_else(wrong)?.trim().to_owned()))
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
        Ok(Self { place, text: text.to_owned(), name: name.to_owned(), perspective, holds, number })
    }

    /// Holds it against an answer. What is not known holds for nothing.
    pub fn check(&self, answer: &Answer, catalog: &Catalog) -> Result<CheckedAssertion, SpecError> {
        let actual = match &self.perspective {
            Some(perspective) => self.of_perspective(perspective, answer, catalog)?,
            None => self.of_all(answer),
        };
        let holds = actual.is_some_and(|actual| self.holds.holds(actual, self.number));
        Ok(CheckedAssertion { text: self.text.clone(), line: self.place.line, actual, holds })
    }

    fn of_all(&self, answer: &Answer) -> Option<f64> {
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

    fn of_perspective(&self, perspective: &str, answer: &Answer, catalog: &Catalog) -> Result<Option<f64>, SpecError> {
        let is_it = |id: &str, name: &str| [id, name].iter().any(|known| fold(known) == fold(perspective));
        let mut perspectives = catalog.topics.values().flat_map(|topic| &topic.perspectives);
        if !perspectives.any(|(id, known)| is_it(id, &known.name)) {
            let known = catalog.topics.values().flat_map(|topic| topic.perspectives.keys()).cloned().collect();
            return Err(SpecError::at(self.place, Problem::UnknownPerspective { name: perspective.to_owned(), known }));
        }
        Ok(match answer {
            Answer::Compare(answer) => {
                answer.response.groups.iter().find(|group| is_it(&group.id, &group.name)).and_then(|group| {
                    if self.name == "terms" { Some(terms(group) as f64) } else { measure(&self.name, &group.sampled) }
                })
            }
            Answer::Trend(answer) => answer
                .response
                .perspectives
                .iter()
                .find(|perspective| is_it(&perspective.id, &perspective.name))
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
    fn holds(self, actual: f64, number: f64) -> bool {
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
