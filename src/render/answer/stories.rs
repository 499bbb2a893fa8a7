//! Which stories there are, which gaps, and what must be known to read them.

use super::sampled;
use crate::diagnostic::{Message, message, option};
use crate::insight::{
    Coverage, GapList, MIN_SOURCES, Power, StoriesFound, StoriesRequest, StoriesResponse, StoriesView, StoryList,
    StoryPerspective, WINDOW_DAYS,
};
use crate::model::{Field, Kind};
use crate::render::Note;
use crate::render::numbers::{counted, counted_as, grouped};

/// Which stories there are, or which gaps.
pub struct StoriesAnswer {
    /// The request.
    pub request: StoriesRequest,
    /// The response.
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

    /// Reports whether nothing is given.
    pub fn is_empty(&self) -> bool {
        match &self.response.found {
            StoriesFound::Stories(list) => list.stories.is_empty(),
            StoriesFound::Gaps(list) => list.gaps.is_empty(),
        }
    }

    /// Returns the notes.
    pub fn notes(&self) -> Vec<Note> {
        let of_view = match &self.response.found {
            StoriesFound::Stories(list) if list.stories.is_empty() => not_comparable(list).into_iter().collect(),
            StoriesFound::Stories(list) => of_list(list),
            StoriesFound::Gaps(_) if self.response.total_entries == 0 => Vec::new(),
            StoriesFound::Gaps(list) => of_gaps(list),
        };
        let notes = self.request.selection.notes.iter().map(Note::question);
        notes.chain(self.has_not_missing().map(Note::answer)).chain(of_view).collect()
    }

    /// Returns a message where gaps of a perspective were probably meant: the filter chooses stories that it has.
    fn has_not_missing(&self) -> Option<Message> {
        let StoriesView::Gaps { missing: None, .. } = self.request.view else { return None };
        match self.request.selection.filters.get(Field::Perspective) {
            [one] => Some(message![
                "these stories have a title of ",
                one.as_str(),
                "; for stories without one, use ",
                option("missing").value(one)
            ]),
            _ => None,
        }
    }

    /// Returns the total, and titles in no story.
    pub fn total(&self) -> String {
        match &self.response.found {
            StoriesFound::Stories(list) => self.total_stories(list),
            StoriesFound::Gaps(list) => self.total_gaps(list),
        }
    }

    fn total_stories(&self, list: &StoryList) -> String {
        let total = &self.response.total;
        let all = self.counted_stories(*total);
        let shown = list.stories.len();
        let shown = if shown == *total { all } else { format!("{} of {all}", grouped(shown)) };
        let alone = match list.titles_in_no_story {
            0 => String::new(),
            1 => format!("; 1 matching title is in no story of {} or more titles", list.min),
            n => format!("; {} matching titles are in no story of {} or more titles", grouped(n), list.min),
        };
        format!("{shown} with {}{alone}", counted_as(list.entries, "matching entry", "matching entries"))
    }

    fn counted_stories(&self, number: usize) -> String {
        let coverage = match &self.request.view {
            StoriesView::Stories { coverage, .. } => coverage,
            StoriesView::Gaps { .. } => &Coverage::Any,
        };
        match coverage {
            Coverage::Any => counted_as(number, "story", "stories"),
            Coverage::OneSided => counted_as(number, "one-sided story", "one-sided stories"),
            Coverage::Missing(perspective) => {
                format!("{} without a title of {perspective}", counted_as(number, "story", "stories"))
            }
        }
    }

    fn total_gaps(&self, list: &GapList) -> String {
        format!("{}; {}", self.found_gaps(list, &cannot(&list.power)), tested(list))
    }

    /// Returns the number of gaps, without what was tested.
    pub fn gaps_found(&self, list: &GapList) -> String {
        self.found_gaps(list, "")
    }

    fn found_gaps(&self, GapList { gaps, nearest, q, .. }: &GapList, cannot: &str) -> String {
        match (self.response.total, gaps.len() + nearest.len()) {
            (0, 0) => format!("no gap{cannot}"),
            (0, 1) => format!("no gap with q up to {q}{cannot}; one story comes nearest"),
            (0, _) => format!("no gap with q up to {q}{cannot}; these stories come nearest"),
            (total, shown) if total == shown => format!("{} with q up to {q}", counted(total, "gap")),
            (total, shown) => format!("{} of {} with q up to {q}", grouped(shown), counted(total, "gap")),
        }
    }

    /// Returns what was tested for gaps, and why none could be found, where none could.
    pub fn gaps_tested(&self, list: &GapList) -> String {
        format!("{}{}", tested(list), cannot(&list.power).replacen(": ", "; a gap ", 1))
    }
}

/// Returns the number of tests for gaps.
fn tested(GapList { tested, too_few, .. }: &GapList) -> String {
    let tested = counted_as(*tested, "pair of story and perspective", "pairs of story and perspective");
    match too_few {
        0 => format!("tested: {tested}"),
        _ => format!(
            "tested: {tested}; {} more one-sided stories have fewer than {MIN_SOURCES} sources: too few to test",
            grouped(*too_few)
        ),
    }
}

/// Why no gap could be found, where none could.
fn cannot(power: &Power) -> String {
    match power {
        Power { can_show: true, .. } => String::new(),
        Power { most_carrying: 0, .. } => format!(": cannot be shown without a story of {MIN_SOURCES} sources"),
        Power { most_sources, most_carrying, .. } => {
            let sources = counted(*most_sources, "source");
            format!(": cannot be shown with at most {sources} a perspective and {most_carrying} a story")
        }
    }
}

fn of_list(list: &StoryList) -> Vec<Note> {
    let stories = &list.stories;
    let mut notes = of_stories();
    if let Some(power) = &list.power {
        notes.push(Note::answer(
            "none in these words: no title grouped with the story; the perspective may report it in other words, or outside \
             this sample",
        ));
        if !power.can_show {
            notes.push(Note::answer(format!("no gap among them{}", cannot(power))));
        }
    }
    notes.extend(not_comparable(list));
    if stories.iter().any(|story| story.may_begin_before || story.may_go_on) {
        notes.push(Note::answer(format!(
            "… marks a story within {WINDOW_DAYS} days of the first or the last digest: it may begin before or end after"
        )));
    }
    let is_apart = |perspective: &StoryPerspective| perspective.perspective.is_some() && perspective.sampled == 0;
    if stories.iter().any(|story| story.perspectives.iter().any(is_apart)) {
        notes.push(Note::answer(
            "stories are found within a language: a perspective without titles in a story's language is not compared",
        ));
    }
    notes.extend(sampled::notes(Kind::Title, std::iter::empty()));
    notes
}

/// Returns a note on stories that are not one-sided, since those without a title cannot be compared.
fn not_comparable(list: &StoryList) -> Option<Note> {
    let stories = match list.not_comparable {
        0 => return None,
        1 => "1 story is".to_owned(),
        n => format!("{} stories are", grouped(n)),
    };
    Some(Note::answer(format!(
        "{stories} left out: the perspectives without a title have none in that language in those digests, so not comparable"
    )))
}

fn of_gaps(list: &GapList) -> Vec<Note> {
    let mut notes = vec![
        Note::standing(
            "a gap means not in this corpus, which does not mean not covered: a digest samples a few titles of each \
             perspective",
        ),
        Note::standing(
            "p is the probability that chance leaves the perspective without a title, if its sources were as likely to \
             have one as the others; q is the expected proportion of false positives among this gap and those listed before it",
        ),
        Note::standing(
            "tested are only digests in which all titles of the perspective are in the language of the story",
        ),
    ];
    for (topic, perspective, lang) in &list.not_comparable {
        notes.push(Note::answer(format!(
            "not tested: perspective {} of {topic} has no titles in {lang}",
            perspective.name
        )));
    }
    notes.extend(of_stories());
    notes.extend(sampled::notes(Kind::Title, std::iter::empty()));
    notes
}

/// Returns the notes on all stories.
fn of_stories() -> Vec<Note> {
    vec![
        Note::standing(
            "stories are found by the words of titles in one language: titles in other words are missed, and two \
             similar events may be taken for one story",
        ),
        Note::standing("first seen is among the titles of this corpus; the order of sources within a day is unknown"),
    ]
}
