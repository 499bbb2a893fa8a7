//! Which stories there are, which gaps, and what must be known to read them.

use super::sampled;
use crate::insight::{GapsRequest, GapsResponse, MIN_OUTLETS, OPEN_DAYS, StoriesRequest, StoriesResponse, StorySide};
use crate::model::Kind;
use crate::render::numbers::{counted, grouped};

/// Which stories there are.
pub struct StoriesAnswer {
    /// What was asked.
    pub request: StoriesRequest,
    /// Those that there are.
    pub response: StoriesResponse,
}

/// Which gaps there are.
pub struct GapsAnswer {
    /// What was asked.
    pub request: GapsRequest,
    /// Those that there are.
    pub response: GapsResponse,
}

impl StoriesAnswer {
    /// What must be known to read them rightly.
    pub fn caveats(&self) -> Vec<String> {
        let StoriesResponse { stories, .. } = &self.response;
        let mut caveats = self.request.selection.notes.clone();
        if stories.is_empty() {
            return caveats;
        }
        caveats.extend(of_stories());
        if stories.iter().any(|story| story.may_begin_before || story.may_go_on) {
            caveats.push(format!(
                "… stands where a story is within {OPEN_DAYS} days of the first or the last digest: it may have begun before, or \
                 gone on after"
            ));
        }
        let is_apart = |side: &StorySide| side.side.is_some() && side.sampled == 0;
        if stories.iter().any(|story| story.sides.iter().any(is_apart)) {
            caveats.push(
                "languages are grouped apart: where a side has no titles in a story's, nothing is known of it"
                    .to_owned(),
            );
        }
        caveats.extend(sampled::caveats(Kind::Title, std::iter::empty()));
        caveats
    }

    /// How many there are, and what is not among them.
    pub fn total(&self) -> String {
        let StoriesResponse { total, total_units, alone, stories, .. } = &self.response;
        let all = counted_stories(*total);
        let shown = if stories.len() == *total { all } else { format!("{} of {all}", grouped(stories.len())) };
        let alone = match alone {
            0 => String::new(),
            1 => format!("; 1 title that matches is in no story of {} or more", self.request.min),
            n => format!("; {} titles that match are in no story of {} or more", grouped(*n), self.request.min),
        };
        format!("{shown} ({} asked for){alone}", counted(*total_units, "unit"))
    }
}

impl GapsAnswer {
    /// What must be known to read them rightly.
    pub fn caveats(&self) -> Vec<String> {
        let GapsResponse { total_units, not_comparable, .. } = &self.response;
        let mut caveats = self.request.selection.notes.clone();
        if *total_units == 0 {
            return caveats;
        }
        caveats.extend([
            "a gap means not in this corpus, never not covered: a digest takes in a few titles of each side".to_owned(),
            "p is how often chance would leave the side without it, were its outlets as likely to have it as the others; \
             q is the part of accidents among the gaps down to this one"
                .to_owned(),
            "only digests that have titles of the side in the story's language, and in no other, were looked at: of others, \
             and of missing ones, nothing is known"
                .to_owned(),
        ]);
        for (topic, side, lang) in not_comparable {
            caveats.push(format!("not comparable: {} has no titles in {lang}, in {topic}", side.name));
        }
        caveats.extend(of_stories());
        caveats.extend(sampled::caveats(Kind::Title, std::iter::empty()));
        caveats
    }

    /// How many there are, of how many that were looked at.
    pub fn total(&self) -> String {
        let GapsResponse { total, gaps, nearest, tested, too_few, .. } = &self.response;
        let q = self.request.q;
        let found = match (total, gaps.len() + nearest.len()) {
            (0, 0) => "no gap".to_owned(),
            (0, 1) => format!("no gap with q up to {q}; one story comes nearest"),
            (0, _) => format!("no gap with q up to {q}; these stories come nearest"),
            (total, shown) if *total == shown => format!("{} with q up to {q}", counted(*total, "gap")),
            (total, shown) => format!("{} of {} with q up to {q}", grouped(shown), counted(*total, "gap")),
        };
        format!(
            "{found}; {} of a story and a side were looked at, and in {} more the side has none of a story of fewer than \
             {MIN_OUTLETS} outlets, too few to say",
            counted(*tested, "pair"),
            grouped(*too_few)
        )
    }
}

/// What holds for all stories.
fn of_stories() -> Vec<String> {
    vec![
        "stories are found by the words of titles in one language: a story told in other words is missed, and two alike \
         may be taken for one"
            .to_owned(),
        "first seen is among the titles of this corpus; which of that day's outlets was first is not known"
            .to_owned(),
    ]
}

fn counted_stories(number: usize) -> String {
    crate::render::numbers::counted_as(number, "story", "stories")
}
