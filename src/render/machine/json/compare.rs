//! Comparisons as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::difference::DifferenceFields;
use super::rows::Rows;
use super::selection::SelectionFields;
use super::stories::StoryFields;
use crate::insight::{Distance, GroupResponse, Matched, Split, Story, TermPower};
use crate::render::CompareAnswer;
use crate::render::machine::records::count::SampledFields;
use crate::render::machine::records::entry::EntryFields;
use crate::render::numbers::rounded;

#[derive(Serialize)]
pub struct Compare<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    /// The dimension of the groups: a field, or `period`.
    by: &'a str,
    kind: Option<&'a str>,
    total_entries: usize,
    /// The language of the texts whose words were compared; null where they can't be.
    lang: Option<&'a str>,
    digests: Option<usize>,
    /// The number of tested terms.
    tested: Option<usize>,
    /// Whether a term could be shown; null where none is tested at all.
    enough: Option<bool>,
    hidden: &'a [String],
    groups: Vec<Group<'a>>,
    differences: Vec<DifferenceFields<'a>>,
    /// The number of entries in several groups.
    shared: usize,
    /// The stories in which titles were compared; null where all were.
    matched: Option<MatchedFields<'a>>,
    terms: Rows<'a>,
}

#[derive(Serialize)]
struct MatchedFields<'a> {
    total_stories: usize,
    stories: Vec<StoryTitles<'a>>,
}

#[derive(Serialize)]
struct StoryTitles<'a> {
    #[serde(flatten)]
    story: StoryFields<'a>,
    titles: Vec<EntryFields<'a>>,
}

#[derive(Serialize)]
struct Group<'a> {
    id: &'a str,
    name: &'a str,
    #[serde(flatten)]
    sampled: SampledFields<'a>,
    texts: usize,
    total_sources: usize,
    first: Option<NaiveDate>,
    last: Option<NaiveDate>,
    sources: Vec<Source<'a>>,
    distance: Option<DistanceFields>,
    more_terms: usize,
    bullets: Vec<EntryFields<'a>>,
}

#[derive(Serialize)]
struct Source<'a> {
    source: &'a str,
    count: usize,
}

/// A distance, and the mean of those by chance.
#[derive(Serialize)]
struct DistanceFields {
    distance: f64,
    expected: Option<f64>,
}

impl<'a> Compare<'a> {
    pub fn new(answer: &'a CompareAnswer, rows: Rows<'a>) -> Self {
        let CompareAnswer { request, response } = answer;
        let texts = response.texts.as_ref();
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            by: match request.split {
                Split::Field(field) => field.as_str(),
                Split::Periods(_) => "period",
                Split::Queries(_) => "query",
            },
            kind: response.kind.map(|kind| kind.as_str()),
            total_entries: response.total_entries,
            lang: texts.map(|texts| texts.lang.as_str()),
            digests: texts.map(|texts| texts.digests),
            tested: texts.map(|texts| texts.terms),
            enough: texts.filter(|_| response.matched.is_none()).map(|texts| texts.power == TermPower::Enough),
            hidden: texts.map_or(&[], |texts| &texts.hidden),
            groups: response.groups.iter().map(Group::new).collect(),
            differences: response
                .differences
                .iter()
                .map(|share| DifferenceFields::new(share, |at| &response.groups[at].id))
                .collect(),
            shared: response.shared,
            matched: response.matched.as_ref().map(MatchedFields::new),
            terms: rows,
        }
    }
}

impl<'a> MatchedFields<'a> {
    fn new(matched: &'a Matched) -> Self {
        let story = |story: &'a Story| StoryTitles {
            story: StoryFields::new(story),
            titles: story.titles.iter().map(|title| EntryFields::new(&title.entry)).collect(),
        };
        Self { total_stories: matched.total, stories: matched.stories.iter().map(story).collect() }
    }
}

impl<'a> Group<'a> {
    fn new(group: &'a GroupResponse) -> Self {
        let distance = |distance: Distance| DistanceFields {
            distance: rounded(distance.distance, 6),
            expected: distance.expected.map(|mean| rounded(mean, 6)),
        };
        Self {
            id: &group.id,
            name: &group.name,
            sampled: SampledFields::new(Some(&group.sampled)),
            texts: group.texts,
            total_sources: group.total_sources,
            first: group.days.map(|days| days.0),
            last: group.days.map(|days| days.1),
            sources: group.sources.iter().map(|(source, count)| Source { source, count: *count }).collect(),
            distance: group.distance.map(distance),
            more_terms: group.more_terms,
            bullets: group.bullets.iter().map(EntryFields::new).collect(),
        }
    }
}
