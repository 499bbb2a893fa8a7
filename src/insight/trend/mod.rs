//! Shares of each perspective over time, and bursts.

mod bursting;
mod series;

use chrono::NaiveDate;

use super::compare::{CompareRequest, Split, StoryOf, Term, TermPower};
use super::count::{By, Sampled};
use super::stories::stories_of;
use super::{Error, Share};
use crate::model::{Field, Kind};
use crate::planning::Reader;
use crate::query::{Days, Selection, Spelling, Suggestions};

pub use bursting::Bursting;
use bursting::CHANCE;

/// A request for a trend.
#[derive(Debug, Clone)]
pub struct TrendRequest {
    /// Which entries.
    pub selection: Selection,
    /// The spans of time: weeks, months or years, of digests.
    pub by: By,
    /// Without words to follow: so many terms that rise, and as many that fall.
    pub top: usize,
}

/// The response.
#[derive(Debug, Clone, PartialEq)]
pub struct TrendResponse {
    /// The number of matching entries.
    pub total_entries: usize,
    /// Their kind; none where nothing was sampled.
    pub kind: Option<Kind>,
    /// All spans from the first digest to the last, as they can be typed as dates.
    pub spans: Vec<String>,
    /// The perspectives in the order of their ids.
    pub perspectives: Vec<Series>,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// Suggestions for a query without matches.
    pub suggestions: Option<Suggestions>,
}

/// A perspective over time, or a topic without perspectives.
#[derive(Debug, Clone, PartialEq)]
pub struct Series {
    /// Its id.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// Whether it is all of a topic, which has no perspectives.
    pub is_topic: bool,
    /// The totals.
    pub all: Sampled,
    /// The points, one per span; none if the perspective was not sampled.
    pub points: Vec<Option<Sampled>>,
    /// When there was much more than usual; none where that can't be told, since it is usual to be most of what there is.
    pub bursts: Option<Vec<Bursting>>,
    /// Without words to follow: what is said more in the last span than before, and what less.
    pub words: Option<Words>,
}

/// The words of the last span against all before.
#[derive(Debug, Clone, PartialEq)]
pub struct Words {
    /// Before, and the last span.
    pub days: [Days; 2],
    /// The place of the last span.
    pub last: usize,
    /// Words more frequent in the last span.
    pub rising: Vec<Term>,
    /// Words more frequent before.
    pub falling: Vec<Term>,
    /// Whether there is enough to tell it from chance.
    pub power: TermPower,
}

impl TrendRequest {
    /// Answers it.
    pub fn answer(&self, reader: &Reader) -> Result<TrendResponse, Error> {
        let tally = reader.tally(&self.selection, &[])?;
        let total_entries = tally.counts.entries;
        let (kind, topic, spans, mut perspectives) = self.series(reader)?;
        if !self.selection.is_scored() {
            let stories = match (kind, topic) {
                (Some(Kind::Title), Some(topic)) => stories_of(vec![topic], reader)?,
                _ => StoryOf::new(),
            };
            for perspective in &mut perspectives {
                perspective.words = self.words(perspective, &spans, &stories, reader)?;
            }
        }
        let suggestions = if total_entries == 0 { reader.suggestions(&self.selection)? } else { None };
        Ok(TrendResponse { total_entries, kind, spans, perspectives, spellings: tally.spellings, suggestions })
    }

    /// Words of the last sampled span, compared with all before.
    fn words(
        &self,
        perspective: &Series,
        spans: &[String],
        stories: &StoryOf,
        reader: &Reader,
    ) -> Result<Option<Words>, Error> {
        let sampled = |at: usize| perspective.points[at].is_some();
        let (Some(first), Some(last)) =
            ((0..spans.len()).find(|at| sampled(*at)), (0..spans.len()).rev().find(|at| sampled(*at)))
        else {
            return Ok(None);
        };
        let span = |at: usize| Days::parse(&spans[at], None).unwrap_or_default();
        let before =
            Days { first: span(first).first, last: span(last).first.and_then(|day: NaiveDate| day.pred_opt()) };
        if first == last {
            return Ok(None);
        }
        let days = [before, span(last)];
        let mut filters = self.selection.filters.clone();
        if !perspective.is_topic {
            filters = filters.with(Field::Perspective, vec![perspective.id.clone()]);
        }
        let request = CompareRequest {
            selection: Selection { filters, ..self.selection.clone() },
            split: Split::Periods(days.to_vec()),
            matched: false,
            words: (1, 2),
            keep_names: true,
            prior: None,
            q: CHANCE,
            top: self.top,
        };
        let (terms, power) = request.terms(stories, reader)?;
        let mut terms = terms.into_iter();
        let (falling, rising) = (terms.next().unwrap_or_default(), terms.next().unwrap_or_default());
        Ok(Some(Words { days, last, rising, falling, power }))
    }
}

impl Series {
    /// The share in a span.
    pub fn share(&self, span: usize) -> Option<Share> {
        self.points[span].as_ref()?.share
    }
}
