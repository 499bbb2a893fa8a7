//! Series of points for each perspective.

use std::collections::{BTreeMap, BTreeSet};

use super::bursting::{Batch, Bursting, bursting};
use super::{Series, TrendRequest};
use crate::insight::Error;
use crate::insight::count::{By, Samples, all_days};
use crate::model::{Field, Kind};
use crate::planning::Reader;
use crate::query::{Dimension, Key, Span};

/// The fields that are counted by, and the places of some others in the samples.
const FIELDS: [Dimension; 2] = [Dimension::Facet(Field::Perspective), Dimension::DigestDate(Span::Day)];
const PERSPECTIVE: usize = 0;
const DAY: usize = 1;
const KIND: usize = 3;
const TOPIC: usize = 4;

/// The kind of entry, the topic, all spans, and what each perspective has in them, or the topic where it has none.
type AllSeries = (Option<Kind>, Option<String>, Vec<String>, Vec<Series>);

/// An entry of a perspective.
struct Article {
    span: usize,
    copies: u64,
    is_found: bool,
}

/// Returns the numbers of distinct articles in the spans of a burst that match, and of all. They are counted as in a span: an
/// article that an earlier span has, too, counts, though it makes no burst.
fn distinct_within(burst: &Bursting, articles: &[Article]) -> (usize, usize) {
    let mut distinct: BTreeMap<u64, bool> = BTreeMap::new();
    for article in articles.iter().filter(|article| burst.has(article.span)) {
        *distinct.entry(article.copies).or_default() |= article.is_found;
    }
    (distinct.values().filter(|is_found| **is_found).count(), distinct.len())
}

impl TrendRequest {
    /// The kind of entry, the topic, all spans, and what each perspective has in them.
    pub(super) fn series(&self, reader: &Reader) -> Result<AllSeries, Error> {
        let (sample, found) = Samples::draw_or_all(&self.selection, &FIELDS, reader)?;
        let values = |column: usize| sample.columns[column].keys.iter().cloned().filter_map(Key::into_value);
        let kinds: Vec<Kind> = values(KIND).filter_map(|kind| kind.parse().ok()).collect();
        let topics: Vec<String> = values(TOPIC).collect();
        if kinds.len() > 1 {
            return Err(Error::SeveralKinds { kinds });
        }
        if topics.len() > 1 {
            return Err(Error::SeveralTopics { topics });
        }
        let days = sample.columns[DAY].keys.iter().filter_map(|key| match key {
            Key::Day(day) => Some(*day),
            Key::Value(_) | Key::None => None,
        });
        let days = days.collect();
        let days = all_days(&days, reader.catalog().as_of);
        let spans: Vec<String> = days.map(|day| self.by.span(day)).collect::<BTreeSet<_>>().into_iter().collect();
        let by = [By::Facet(Field::Perspective), self.by];
        let samples = Samples::new(&sample, &by, &found);
        let all = Samples::new(&sample, &by[..1], &found);
        let perspective = |id: String| {
            let point = |span: &String| samples.of(&[&id, span]).cloned();
            let topic = topics.first().map_or("", String::as_str);
            Series {
                name: reader.catalog().perspective_name(topic, &id).to_owned(),
                is_topic: false,
                all: all.of(&[&id]).cloned().unwrap_or_default(),
                points: spans.iter().map(point).collect(),
                bursts: None,
                words: None,
                id,
            }
        };
        let mut perspectives: Vec<Series> = values(PERSPECTIVE).map(perspective).collect();
        if let ([topic], []) = (&topics[..], &perspectives[..]) {
            let mut of_topic = sample.clone();
            of_topic.columns.remove(PERSPECTIVE);
            let samples = Samples::new(&of_topic, &[self.by], &found);
            perspectives.push(Series {
                id: topic.clone(),
                name: reader.catalog().name(Field::Topic, topic).to_owned(),
                is_topic: true,
                all: samples.all.clone(),
                points: spans.iter().map(|span| samples.of(&[span]).cloned()).collect(),
                bursts: None,
                words: None,
            });
        }
        if self.selection.is_scored() {
            for (code, perspective) in (0..).zip(&mut perspectives) {
                // A copy counts in the digest that had it first: to take an article again makes no burst.
                let mut seen = BTreeSet::new();
                let mut digests: BTreeMap<u32, Batch> = BTreeMap::new();
                let mut articles: Vec<Article> = Vec::new();
                for entry in (0..sample.len()).filter(|entry| sample.columns[PERSPECTIVE].codes[*entry] == code) {
                    let day = sample.columns[DAY].codes[entry];
                    let Key::Day(date) = sample.columns[DAY].keys[day as usize] else { continue };
                    let span = spans.binary_search(&self.by.span(date)).unwrap_or_default();
                    articles.push(Article { span, copies: sample.copies[entry], is_found: found[entry] });
                    let digest = digests.entry(day).or_insert(Batch { span, found: 0, sampled: 0 });
                    if seen.insert(sample.copies[entry]) {
                        digest.sampled += 1;
                        digest.found += usize::from(found[entry]);
                    }
                }
                perspective.bursts = bursting(spans.len(), digests.into_values().collect());
                let bursts = perspective.bursts.iter_mut().flatten();
                bursts.for_each(|burst| (burst.found, burst.sampled) = distinct_within(burst, &articles));
            }
        }
        Ok((kinds.first().copied(), topics.into_iter().next(), spans, perspectives))
    }
}
