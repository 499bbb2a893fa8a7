//! Which stories there are, which gaps, and what must be known to read them.

use super::sampled;
use crate::insight::{
    GapList, MIN_SOURCES, OPEN_DAYS, StoriesFound, StoriesRequest, StoriesResponse, StoryList, StoryPerspective,
};
use crate::model::Kind;
use crate::render::numbers::{counted, grouped};

/// Which stories there are, or which gaps.
pub struct StoriesAnswer {
    /// What was asked.
    pub request: StoriesRequest,
    /// What there is.
    pub response: StoriesResponse,
}

impl StoriesAnswer {
    /// The gaps, where these were asked for.
    pub fn gaps(&self) -> Option<&GapList> {
        match &self.response.found {
            StoriesFound::Gaps(gaps) => Some(gaps),
            StoriesFound::Stories(_) => None,
        }
    }

    /// Whether nothing is given.
    pub fn is_empty(&self) -> bool {
        match &self.response.found {
            StoriesFound::Stories(list) => list.stories.is_empty(),
            StoriesFound::Gaps(list) => list.gaps.is_empty(),
        }
    }

    /// What must be known to read them rightly.
    pub fn caveats(&self) -> Vec<String> {
        let of_view = match &self.response.found {
            StoriesFound::Stories(list) if list.stories.is_empty() => Vec::new(),
            StoriesFound::Stories(list) => of_list(list),
            StoriesFound::Gaps(_) if self.response.total_entries == 0 => Vec::new(),
            StoriesFound::Gaps(list) => of_gaps(list),
        };
        self.request.selection.notes.iter().cloned().chain(of_view).collect()
    }

    /// How many there are, and what is not among them.
    pub fn total(&self) -> String {
        match &self.response.found {
            StoriesFound::Stories(list) => self.total_stories(list),
            StoriesFound::Gaps(list) => self.total_gaps(list),
        }
    }

    fn total_stories(&self, list: &StoryList) -> String {
        let StoriesResponse { total, total_entries, .. } = &self.response;
        let all = counted_stories(*total);
        let shown = list.stories.len();
        let shown = if shown == *total { all } else { format!("{} of {all}", grouped(shown)) };
        let alone = match list.titles_in_no_story {
            0 => String::new(),
            1 => format!("; 1 title that matches is in no story of {} or more", list.min),
            n => format!("; {} titles that match are in no story of {} or more", grouped(n), list.min),
        };
        format!("{shown} ({} asked for){alone}", counted(*total_entries, "entry"))
    }

    fn total_gaps(&self, list: &GapList) -> String {
        let GapList { gaps, nearest, q, tested, too_few, .. } = list;
        let found = match (self.response.total, gaps.len() + nearest.len()) {
            (0, 0) => "no gap".to_owned(),
            (0, 1) => format!("no gap with q up to {q}; one story comes nearest"),
            (0, _) => format!("no gap with q up to {q}; these stories come nearest"),
            (total, shown) if total == shown => format!("{} with q up to {q}", counted(total, "gap")),
            (total, shown) => format!("{} of {} with q up to {q}", grouped(shown), counted(total, "gap")),
        };
        format!(
            "{found}; {} of a story and a perspective were looked at, and in {} more the perspective has none of a story of fewer than \
             {MIN_SOURCES} sources, too few to say",
            counted(*tested, "pair"),
            grouped(*too_few)
        )
    }
}

fn of_list(list: &StoryList) -> Vec<String> {
    let stories = &list.stories;
    let mut caveats = of_stories();
    if stories.iter().any(|story| story.may_begin_before || story.may_go_on) {
        caveats.push(format!(
            "… stands where a story is within {OPEN_DAYS} days of the first or the last digest: it may have begun before, or \
             gone on after"
        ));
    }
    let is_apart = |perspective: &StoryPerspective| perspective.perspective.is_some() && perspective.sampled == 0;
    if stories.iter().any(|story| story.perspectives.iter().any(is_apart)) {
        caveats.push(
            "languages are grouped apart: where a perspective has no titles in a story's, nothing is known of it"
                .to_owned(),
        );
    }
    caveats.extend(sampled::caveats(Kind::Title, std::iter::empty()));
    caveats
}

fn of_gaps(list: &GapList) -> Vec<String> {
    let mut caveats = vec![
        "a gap means not in this corpus, never not covered: a digest takes in a few titles of each perspective".to_owned(),
        "p is how often chance would leave the perspective without it, were its sources as likely to have it as the others; \
         q is the part of accidents among the gaps down to this one"
            .to_owned(),
        "only digests that have titles of the perspective in the story's language, and in no other, were looked at: of others, \
         and of missing ones, nothing is known"
            .to_owned(),
    ];
    for (topic, perspective, lang) in &list.not_comparable {
        caveats.push(format!("not comparable: {} has no titles in {lang}, in {topic}", perspective.name));
    }
    caveats.extend(of_stories());
    caveats.extend(sampled::caveats(Kind::Title, std::iter::empty()));
    caveats
}

/// What holds for all stories.
fn of_stories() -> Vec<String> {
    vec![
        "stories are found by the words of titles in one language: a story told in other words is missed, and two alike \
         may be taken for one"
            .to_owned(),
        "first seen is among the titles of this corpus; which of that day's sources was first is not known"
            .to_owned(),
    ]
}

fn counted_stories(number: usize) -> String {
    crate::render::numbers::counted_as(number, "story", "stories")
}
