//! The titles of stories, and gaps, as records.

use chrono::NaiveDate;
use serde::Serialize;

use super::Records;
use crate::insight::{Gap, GapList, Story, StoryList, StoryTitle};
use crate::render::answer::story::label;
use crate::render::numbers::significant;

const TITLE: [&str; 14] = [
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
];

const GAP: [&str; 17] = [
    "story",
    "story_label",
    "topic",
    "lang",
    "first",
    "last",
    "side",
    "side_name",
    "carrying",
    "outlets",
    "outlets_side",
    "titles",
    "titles_side",
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
}

#[derive(Serialize)]
pub struct GapFields<'a> {
    story: &'a str,
    story_label: &'a str,
    topic: &'a str,
    lang: &'a str,
    first: NaiveDate,
    last: NaiveDate,
    side: &'a str,
    side_name: &'a str,
    /// How many outlets have it.
    carrying: usize,
    outlets: usize,
    outlets_side: usize,
    titles: usize,
    titles_side: usize,
    digests: usize,
    p: f64,
    q: f64,
    /// The outlets that have it, with `; ` between them, which none of their names has.
    sources: String,
}

/// The titles of all stories.
pub fn titles(list: &StoryList) -> Records<'_> {
    let stories = list.stories.iter();
    let titles: Vec<(&Story, &StoryTitle)> =
        stories.flat_map(|story| story.titles.iter().map(move |title| (story, title))).collect();
    let len = titles.len();
    let record = move |i: usize| {
        let (story, StoryTitle { unit, copies, matches }) = titles[i];
        TitleFields {
            story: &story.id,
            story_label: label(story),
            topic: &story.topic.id,
            lang: &story.lang,
            id: &unit.id,
            perspective: unit.perspective.as_ref().map(|side| side.id.as_str()),
            perspective_name: unit.perspective.as_ref().map(|side| side.name.as_str()),
            source: unit.source.as_deref(),
            date: unit.date,
            digest_date: unit.digest_date,
            text: &unit.text,
            url: unit.url.as_deref(),
            copies,
            matches: *matches,
        }
    };
    let columns: Vec<&str> = TITLE.into_iter().filter(|field| *field != "perspective_name").collect();
    Records::new(&TITLE, &columns, &["story", "id"], len, record)
}

/// The gaps.
pub fn gaps(list: &GapList) -> Records<'_> {
    let gaps = &list.gaps;
    let columns: Vec<&str> = GAP.into_iter().filter(|field| *field != "side_name").collect();
    Records::new(&GAP, &columns, &["story", "side"], gaps.len(), move |i| GapFields::new(&gaps[i]))
}

impl<'a> GapFields<'a> {
    pub fn new(gap: &'a Gap) -> Self {
        let Gap { story, side, chance, p, q } = gap;
        Self {
            story: &story.id,
            story_label: label(story),
            topic: &story.topic.id,
            lang: &story.lang,
            first: story.first,
            last: story.last,
            side: &side.id,
            side_name: &side.name,
            carrying: chance.carrying,
            outlets: chance.outlets.0,
            outlets_side: chance.outlets.1,
            titles: chance.titles.0,
            titles_side: chance.titles.1,
            digests: chance.digests,
            p: significant(*p),
            q: significant(*q),
            sources: sources(story),
        }
    }
}

/// All outlets of a story.
fn sources(story: &Story) -> String {
    let all = story.sides.iter().flat_map(|side| &side.sources).map(|source| source.replace(';', ","));
    let all: std::collections::BTreeSet<String> = all.collect();
    all.into_iter().collect::<Vec<_>>().join("; ")
}
