//! What a section must be like: `total > 0`, `share(china) >= 5%`.

use super::error::{Problem, SpecError};
use crate::backend::Catalog;
use crate::insight::{Sampled, Series, SideResponse};
use crate::options::Question;
use crate::render::{Answer, Asserted};
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
    /// The side of which it is.
    side: Option<String>,
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

/// What can be measured of each answer; of a side where there is one in parentheses.
fn measures(question: &Question) -> &'static [&'static str] {
    match question {
        Question::Query(_) => &["total", "total_units"],
        Question::Count(options) if options.share => &["total_units", "distinct", "sampled", "share"],
        Question::Count(_) => &["total_units"],
        Question::Compare(_) => {
            &["total_units", "digests", "terms", "terms(SIDE)", "distinct(SIDE)", "sampled(SIDE)", "share(SIDE)"]
        }
        Question::Trend(_) => {
            &["total_units", "bursts", "bursts(SIDE)", "distinct(SIDE)", "sampled(SIDE)", "share(SIDE)"]
        }
        Question::Stories(_) => &["total", "total_units"],
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
        let (name, side) = match left.split_once('(') {
            Some((name, side)) => (name.trim_end(), Some(side.strip_suffix(')').ok_or_else(wrong)?.trim().to_owned())),
            None => (left, None),
        };
        let known = measures(question);
        let measure = if side.is_some() { format!("{name}(SIDE)") } else { name.to_owned() };
        if !known.contains(&measure.as_str()) {
            return Err(SpecError::at(
                place,
                Problem::UnknownMeasure {
                    name: measure,
                    known: known.iter().map(|known| (*known).to_owned()).collect(),
                },
            ));
        }
        Ok(Self { place, text: text.to_owned(), name: name.to_owned(), side, holds, number })
    }

    /// Holds it against an answer. What is not known holds for nothing.
    pub fn check(&self, answer: &Answer, catalog: &Catalog) -> Result<Asserted, SpecError> {
        let actual = match &self.side {
            Some(side) => self.of_side(side, answer, catalog)?,
            None => self.of_all(answer),
        };
        let holds = actual.is_some_and(|actual| self.holds.holds(actual, self.number));
        Ok(Asserted { text: self.text.clone(), line: self.place.line, actual, holds })
    }

    fn of_all(&self, answer: &Answer) -> Option<f64> {
        let number = |number: usize| Some(number as f64);
        match (answer, self.name.as_str()) {
            (Answer::Query(answer), "total") => number(answer.response.total),
            (Answer::Query(answer), _) => number(answer.response.total_units),
            (Answer::Count(answer), "total_units") => number(answer.response.total_units),
            (Answer::Count(answer), name) => measure(name, answer.response.sampled.as_ref()?),
            (Answer::Compare(answer), "total_units") => number(answer.response.total_units),
            (Answer::Compare(answer), "digests") => {
                number(answer.response.texts.as_ref().map_or(0, |texts| texts.digests))
            }
            (Answer::Compare(answer), _) => number(answer.response.sides.iter().map(terms).sum()),
            (Answer::Stories(answer), "total") => number(answer.response.total),
            (Answer::Stories(answer), _) => number(answer.response.total_units),
            (Answer::Trend(answer), "total_units") => number(answer.response.total_units),
            (Answer::Trend(answer), _) => number(answer.response.sides.iter().map(bursts).sum()),
            _ => None,
        }
    }

    fn of_side(&self, side: &str, answer: &Answer, catalog: &Catalog) -> Result<Option<f64>, SpecError> {
        let is_it = |id: &str, name: &str| [id, name].iter().any(|known| fold(known) == fold(side));
        let mut sides = catalog.topics.values().flat_map(|topic| &topic.perspectives);
        if !sides.any(|(id, known)| is_it(id, &known.name)) {
            let known = catalog.topics.values().flat_map(|topic| topic.perspectives.keys()).cloned().collect();
            return Err(SpecError::at(self.place, Problem::UnknownSide { name: side.to_owned(), known }));
        }
        Ok(match answer {
            Answer::Compare(answer) => {
                answer.response.sides.iter().find(|side| is_it(&side.id, &side.name)).and_then(|side| {
                    if self.name == "terms" { Some(terms(side) as f64) } else { measure(&self.name, &side.sampled) }
                })
            }
            Answer::Trend(answer) => {
                answer.response.sides.iter().find(|side| is_it(&side.id, &side.name)).and_then(|side| {
                    if self.name == "bursts" { Some(bursts(side) as f64) } else { measure(&self.name, &side.all) }
                })
            }
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

fn terms(side: &SideResponse) -> usize {
    side.terms.len() + side.more_terms
}

fn bursts(side: &Series) -> usize {
    side.bursts.as_ref().map_or(0, Vec::len)
}

fn measure(name: &str, sampled: &Sampled) -> Option<f64> {
    match name {
        "distinct" => Some(sampled.found as f64),
        "sampled" => Some(sampled.units as f64),
        _ => sampled.share.map(|share| share.share),
    }
}
