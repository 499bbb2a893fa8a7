//! Stories, each under a heading, with lists of what the sides have of it.

use maud::{Markup, html};

use super::Links;
use super::parts::{id, linked, notes, nothing, origin};
use crate::insight::{Gap, GapList, StoriesFound, Story, StoryList, StorySide};
use crate::query::Side;
use crate::render::numbers::small;
use crate::render::safe::shown;
use crate::render::story::{days, first_seen, is_part, side, silence, size, titles};
use crate::render::{StoriesAnswer, told};

pub fn answer(answer: &StoriesAnswer, elsewhere: &[String], links: &dyn Links) -> Markup {
    match &answer.response.found {
        StoriesFound::Stories(list) => stories(answer, list, elsewhere, links),
        StoriesFound::Gaps(list) => gaps(answer, list, elsewhere, links),
    }
}

fn stories(answer: &StoriesAnswer, list: &StoryList, elsewhere: &[String], links: &dyn Links) -> Markup {
    let response = &answer.response;
    html! {
        @if response.total_units == 0 {
            (nothing(response.suggestions.as_ref()))
        } @else {
            @for story in &list.stories {
                (story_of(story, None, html! { p.origin { (shown(&first_seen(story))) } }, links))
            }
            @if list.stories.iter().any(is_part) {
                p.total { mark { "Marked" } " is what was asked for; the rest is of the same stories." }
            }
            p.total { (shown(&answer.total())) }
        }
        (notes(told::spellings(&response.spellings).chain(super::own(answer.caveats(), elsewhere))))
    }
}

fn gaps(answer: &StoriesAnswer, list: &GapList, elsewhere: &[String], links: &dyn Links) -> Markup {
    let response = &answer.response;
    html! {
        @if response.total_units == 0 {
            (nothing(response.suggestions.as_ref()))
        } @else {
            @for gap in &list.gaps { (gap_of(gap, links)) }
            // Said before what comes nearest, since nobody who sees that first would take it for none.
            p.total { (shown(&answer.total())) }
            @for gap in &list.nearest { (gap_of(gap, links)) }
        }
        (notes(told::spellings(&response.spellings).chain(super::own(answer.caveats(), elsewhere))))
    }
}

fn gap_of(gap: &Gap, links: &dyn Links) -> Markup {
    let why = html! { p { (shown(&silence(gap))) "; p " (small(gap.p)) ", q " (small(gap.q)) } };
    story_of(&gap.story, Some(&gap.side), why, links)
}

/// A story with what is to be told of it, and what the sides have, but for one of which that is told already.
fn story_of(story: &Story, silent: Option<&Side>, told: Markup, links: &dyn Links) -> Markup {
    let sides = story.sides.iter().filter(|of| silent.is_none() || of.side.as_ref() != silent);
    html! {
        article {
            h3 {
                @match story.titles.get(story.label) {
                    Some(title) => (linked(&title.unit, &[])),
                    None => (shown(&story.id)),
                }
            }
            p.origin {
                (id(&story.id, links)) " · " (shown(&story.lang)) " · " (days(story)) " · " (size(story))
            }
            (told)
            div.sides { @for of in sides { div { (side_of(story, of, links)) } } }
        }
    }
}

fn side_of(story: &Story, of: &StorySide, links: &dyn Links) -> Markup {
    let (titles, more) = titles(story, of);
    let is_part = is_part(story);
    html! {
        p { (shown(&side(of, story))) }
        @if !titles.is_empty() {
            ul.hits {
                @for title in &titles {
                    li {
                        @if is_part && title.matches {
                            (linked(&title.unit, std::slice::from_ref(&(0..title.unit.text.len()))))
                        } @else {
                            (linked(&title.unit, &[]))
                        }
                        p.origin { (origin(&title.unit, links)) }
                    }
                }
                @if more > 0 { li { (more) " more" } }
            }
        }
    }
}
