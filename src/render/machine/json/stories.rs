//! Stories and gaps, as JSON.

use chrono::NaiveDate;
use serde::Serialize;

use super::rows::Rows;
use super::selection::SelectionFields;
use crate::insight::{
    Coverage, GapList, Missing, Nearest, StoriesView, Story, StoryList, StoryOrder, StoryPerspective,
};
use crate::render::StoriesAnswer;
use crate::render::answer::story::{first_sources, label};
use crate::render::machine::records::stories::GapFields;
use crate::render::numbers::{rounded, significant};

#[derive(Serialize)]
pub struct Stories<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    /// Whether one-sided stories alone are given, and the perspective that must have no title of them.
    one_sided: bool,
    missing: Option<&'a str>,
    sort: &'a str,
    /// The minimum number of titles in a story.
    min: usize,
    limit: Option<usize>,
    total: usize,
    total_entries: usize,
    /// The number of matching entries in the stories, including those not returned.
    entries_in_stories: usize,
    /// The number of matching titles in no story.
    titles_in_no_story: usize,
    /// Of one-sided stories: whether any could be shown to be a gap, and the most sources of a perspective and of a story.
    can_show_gaps: Option<bool>,
    most_sources: Option<usize>,
    most_carrying: Option<usize>,
    stories: Vec<StoryFields<'a>>,
    titles: Rows<'a>,
}

#[derive(Serialize)]
pub struct Gaps<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    /// Gaps with a greater q-value are none.
    q: f64,
    /// The perspective that must have no title; null for any.
    missing: Option<&'a str>,
    limit: Option<usize>,
    total: usize,
    total_entries: usize,
    /// The numbers of tested pairs of story and perspective, and of pairs with too few sources.
    tested: usize,
    too_few: usize,
    /// Whether any gap could be shown, and the most sources of a perspective and of a story.
    can_show_gaps: bool,
    most_sources: usize,
    most_carrying: usize,
    not_comparable: Vec<NotComparable<'a>>,
    stories: Vec<StoryFields<'a>>,
    gaps: Rows<'a>,
    /// Where there are none, what comes nearest to one.
    nearest: Vec<GapFields<'a>>,
}

#[derive(Serialize)]
struct NotComparable<'a> {
    topic: &'a str,
    perspective: &'a str,
    lang: &'a str,
}

#[derive(Serialize)]
pub struct StoryFields<'a> {
    id: &'a str,
    label: &'a str,
    label_id: Option<&'a str>,
    topic: &'a str,
    topic_name: &'a str,
    lang: &'a str,
    first: NaiveDate,
    last: NaiveDate,
    /// Whether it may have begun before the digests do, and gone on after they end.
    truncated_start: bool,
    truncated_end: bool,
    total_titles: usize,
    total_sources: usize,
    first_sources: Vec<FirstSource<'a>>,
    perspectives: Vec<Perspective<'a>>,
    /// The perspectives of the topic without a title of it, where at least one has one.
    missing: Vec<MissingFields<'a>>,
}

#[derive(Serialize)]
struct MissingFields<'a> {
    perspective: &'a str,
    perspective_name: &'a str,
    /// Whether it is a gap; sought for one-sided stories alone.
    gap: Option<GapValues>,
    /// The title of the perspective that is most like the story; null where none is much alike.
    nearest: Option<NearestFields<'a>>,
}

#[derive(Serialize)]
struct NearestFields<'a> {
    id: &'a str,
    text: &'a str,
    source: Option<&'a str>,
    date: NaiveDate,
    likeness: f64,
}

#[derive(Serialize)]
struct GapValues {
    p: f64,
    q: f64,
}

#[derive(Serialize)]
struct FirstSource<'a> {
    source: &'a str,
    perspective_name: Option<&'a str>,
}

#[derive(Serialize)]
struct Perspective<'a> {
    /// Null for titles of no known perspective.
    id: Option<&'a str>,
    name: Option<&'a str>,
    titles: usize,
    sources: &'a [String],
    /// The number of its sources sampled in the digests of the story.
    sampled_sources: usize,
}

impl<'a> Stories<'a> {
    pub fn new(answer: &'a StoriesAnswer, list: &'a StoryList, rows: Rows<'a>) -> Self {
        let StoriesAnswer { request, response } = answer;
        let (order, coverage) = match &request.view {
            StoriesView::Stories { coverage, order, .. } => (*order, coverage),
            StoriesView::Gaps { .. } => (StoryOrder::default(), &Coverage::Any),
        };
        let missing = match coverage {
            Coverage::Missing(perspective) => Some(&perspective[..]),
            Coverage::Any | Coverage::OneSided => None,
        };
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            one_sided: coverage.is_one_sided(),
            missing,
            sort: order.as_str(),
            min: list.min,
            limit: request.limit,
            total: response.total,
            total_entries: response.total_entries,
            entries_in_stories: list.entries,
            titles_in_no_story: list.titles_in_no_story,
            can_show_gaps: list.power.map(|power| power.can_show),
            most_sources: list.power.map(|power| power.most_sources),
            most_carrying: list.power.map(|power| power.most_carrying),
            stories: list.stories.iter().map(StoryFields::new).collect(),
            titles: rows,
        }
    }
}

impl<'a> Gaps<'a> {
    pub fn new(answer: &'a StoriesAnswer, list: &'a GapList, rows: Rows<'a>) -> Self {
        let StoriesAnswer { request, response } = answer;
        let mut stories: Vec<&Story> = Vec::new();
        for gap in list.gaps.iter().chain(&list.nearest) {
            if stories.iter().all(|story| story.id != gap.story.id) {
                stories.push(&gap.story);
            }
        }
        let not_comparable = list.not_comparable.iter().map(|(topic, perspective, lang)| NotComparable {
            topic,
            perspective: &perspective.id,
            lang,
        });
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            q: list.q,
            missing: match &request.view {
                StoriesView::Gaps { missing, .. } => missing.as_deref(),
                StoriesView::Stories { .. } => None,
            },
            limit: request.limit,
            total: response.total,
            total_entries: response.total_entries,
            tested: list.tested,
            too_few: list.too_few,
            can_show_gaps: list.power.can_show,
            most_sources: list.power.most_sources,
            most_carrying: list.power.most_carrying,
            not_comparable: not_comparable.collect(),
            stories: stories.into_iter().map(StoryFields::new).collect(),
            gaps: rows,
            nearest: list.nearest.iter().map(GapFields::new).collect(),
        }
    }
}

impl<'a> StoryFields<'a> {
    pub fn new(story: &'a Story) -> Self {
        let first = first_sources(story).into_iter();
        Self {
            id: &story.id,
            label: label(story),
            label_id: story.titles.get(story.label).map(|title| title.entry.id.as_str()),
            topic: &story.topic.id,
            topic_name: &story.topic.name,
            lang: &story.lang,
            first: story.first,
            last: story.last,
            truncated_start: story.may_begin_before,
            truncated_end: story.may_go_on,
            total_titles: story.total_titles,
            total_sources: story.total_sources,
            first_sources: first
                .map(|(source, perspective)| FirstSource { source, perspective_name: perspective })
                .collect(),
            perspectives: story.perspectives.iter().map(Perspective::new).collect(),
            missing: story.missing.iter().map(MissingFields::new).collect(),
        }
    }
}

impl<'a> MissingFields<'a> {
    fn new(missing: &'a Missing) -> Self {
        let Missing { perspective, gap, nearest } = missing;
        let gap = gap.map(|(p, q)| GapValues { p: significant(p), q: significant(q) });
        let nearest = nearest.as_ref().map(|Nearest { entry, likeness }| NearestFields {
            id: &entry.id,
            text: &entry.text,
            source: entry.source.as_deref(),
            date: entry.date,
            likeness: rounded(*likeness, 3),
        });
        Self { perspective: &perspective.id, perspective_name: &perspective.name, gap, nearest }
    }
}

impl<'a> Perspective<'a> {
    fn new(perspective: &'a StoryPerspective) -> Self {
        Self {
            id: perspective.perspective.as_ref().map(|perspective| perspective.id.as_str()),
            name: perspective.perspective.as_ref().map(|perspective| perspective.name.as_str()),
            titles: perspective.titles,
            sources: &perspective.sources,
            sampled_sources: perspective.sampled,
        }
    }
}
