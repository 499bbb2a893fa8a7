//! The titles of stories, and gaps, as records.

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use crate::insight::{Gap, GapList, Missing, Story, StoryList, StoryTitle};
use crate::render::answer::story::label;
use crate::render::numbers::significant;

const TITLE: [&str; 16] = [
    "story",
    "story_label",
    "topic",
    "lang",
    "id",
    "perspective",
    "perspective_name",
    "source",
    "date",
    "digest_date",
    "text",
    "url",
    "copies",
    "matches",
    "missing",
    "gaps",
];

const GAP: [&str; 17] = [
    "story",
    "story_label",
    "topic",
    "lang",
    "first",
    "last",
    "perspective",
    "perspective_name",
    "carrying",
    "sampled_sources",
    "perspective_sources",
    "titles",
    "perspective_titles",
    "digests",
    "p",
    "q",
    "sources",
];

#[derive(Serialize)]
struct TitleFields<'a> {
    story: &'a str,
    story_label: &'a str,
    topic: &'a str,
    lang: &'a str,
    id: &'a str,
    perspective: Option<&'a str>,
    perspective_name: Option<&'a str>,
    source: Option<&'a str>,
    date: NaiveDate,
    digest_date: NaiveDate,
    text: &'a str,
    url: Option<&'a str>,
    copies: &'a [String],
    /// Whether it is what was asked for.
    matches: bool,
    /// The perspectives without a title of the story, and those for which it is a gap.
    missing: Vec<&'a str>,
    gaps: Vec<&'a str>,
}

#[derive(Serialize)]
pub struct GapFields<'a> {
    story: &'a str,
    story_label: &'a str,
    topic: &'a str,
    lang: &'a str,
    first: NaiveDate,
    last: NaiveDate,
    perspective: &'a str,
    perspective_name: &'a str,
    /// The number of sources with the story.
    carrying: usize,
    sampled_sources: usize,
    perspective_sources: usize,
    titles: usize,
    perspective_titles: usize,
    digests: usize,
    p: f64,
    q: f64,
    /// The sources that have it, with `; ` between them, which none of their names has.
    sources: String,
}

/// The titles of all stories.
pub fn titles(list: &StoryList) -> Records<'_> {
    let stories = list.stories.iter();
    let titles: Vec<(&Story, &StoryTitle)> =
        stories.flat_map(|story| story.titles.iter().map(move |title| (story, title))).collect();
    let len = titles.len();
    let record = move |i: usize| {
        let (story, StoryTitle { entry, copies, matches }) = titles[i];
        TitleFields {
            story: &story.id,
            story_label: label(story),
            topic: &story.topic.id,
            lang: &story.lang,
            id: &entry.id,
            perspective: entry.perspective.as_ref().map(|perspective| perspective.id.as_str()),
            perspective_name: entry.perspective.as_ref().map(|perspective| perspective.name.as_str()),
            source: entry.source.as_deref(),
            date: entry.date,
            digest_date: entry.digest_date,
            text: &entry.text,
            url: entry.url.as_deref(),
            copies,
            matches: *matches,
            missing: perspectives(story.missing.iter()),
            gaps: perspectives(story.missing.iter().filter(|missing| missing.gap.is_some())),
        }
    };
    let columns: Vec<&str> = TITLE.into_iter().filter(|field| *field != "perspective_name").collect();
    Records::new(&TITLE, &columns, &["story", "id"], len, record)
}

/// The gaps.
pub fn gaps(list: &GapList) -> Records<'_> {
    let gaps = &list.gaps;
    let columns: Vec<&str> = GAP.into_iter().filter(|field| *field != "perspective_name").collect();
    Records::new(&GAP, &columns, &["story", "perspective"], gaps.len(), move |i| GapFields::new(&gaps[i]))
}

impl<'a> GapFields<'a> {
    pub fn new(gap: &'a Gap) -> Self {
        let Gap { story, perspective, chance, p, q } = gap;
        Self {
            story: &story.id,
            story_label: label(story),
            topic: &story.topic.id,
            lang: &story.lang,
            first: story.first,
            last: story.last,
            perspective: &perspective.id,
            perspective_name: &perspective.name,
            carrying: chance.carrying,
            sampled_sources: chance.sources.0,
            perspective_sources: chance.sources.1,
            titles: chance.titles.0,
            perspective_titles: chance.titles.1,
            digests: chance.digests,
            p: significant(*p),
            q: significant(*q),
            sources: sources(story),
        }
    }
}

/// The ids of perspectives without a title of a story.
fn perspectives<'a>(missing: impl Iterator<Item = &'a Missing>) -> Vec<&'a str> {
    missing.map(|missing| &missing.perspective.id[..]).collect()
}

/// All sources of a story.
fn sources(story: &Story) -> String {
    let all =
        story.perspectives.iter().flat_map(|perspective| &perspective.sources).map(|source| source.replace(';', ","));
    let all: std::collections::BTreeSet<String> = all.collect();
    all.into_iter().collect::<Vec<_>>().join("; ")
}
