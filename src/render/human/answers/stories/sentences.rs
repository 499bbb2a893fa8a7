//! Sentences on a story, not escaped.

use crate::insight::{Gap, Missing, Nearest, Story, StoryPerspective, StoryTitle};
use crate::render::answer::story::first_sources;
use crate::render::numbers::{counted, grouped, small};

/// So many titles of a perspective are shown to people; others are counted, and folded on pages.
const TITLES: usize = 5;

/// Returns the days of the titles.
pub fn days(story: &Story) -> String {
    let before = if story.may_begin_before { "… " } else { "" };
    let after = if story.may_go_on { " …" } else { "" };
    let last = if story.last == story.first { String::new() } else { format!(" to {}", story.last) };
    format!("{before}{}{last}{after}", story.first)
}

/// Returns the number of titles and sources.
pub fn size(story: &Story) -> String {
    let size = format!("{} of {}", counted(story.total_titles, "title"), counted(story.total_sources, "source"));
    match story.titles.iter().filter(|title| title.matches).count() {
        all if all == story.titles.len() => size,
        some => format!("{size}, {} matching", grouped(some)),
    }
}

/// Returns the sources of the first day.
pub fn first_seen(story: &Story) -> String {
    let named = |(source, perspective): (&str, Option<&str>)| match perspective {
        Some(perspective) => format!("{source} ({perspective})"),
        None => source.to_owned(),
    };
    let sources: Vec<String> = first_sources(story).into_iter().map(named).collect();
    format!("first seen {}: {}", story.first, sources.join(", "))
}

/// Returns the titles and sources of a perspective in words.
pub fn perspective(perspective: &StoryPerspective, story: &Story) -> String {
    let name = perspective.perspective.as_ref().map_or("unknown perspective", |perspective| &perspective.name);
    match (perspective.titles, perspective.sampled, &perspective.perspective) {
        (0, 0, _) => format!("{name}: no titles in {} in those digests, so not comparable", story.lang),
        (0, sampled, _) => {
            let nearest = if nearest(perspective, story).is_some() { "; nearest title:" } else { "" };
            format!("{name}: none in these words ({} sampled in those digests){nearest}", counted(sampled, "source"))
        }
        // Of a topic without perspectives.
        (titles, _, None) if story.perspectives.len() == 1 => counted(titles, "title"),
        (titles, _, None) => format!("{name}: {}", counted(titles, "title")),
        (titles, sampled, _) => {
            let (titles, sources) = (counted(titles, "title"), grouped(perspective.sources.len()));
            format!("{name}: {titles} from {sources} of {} sampled in those digests", counted(sampled, "source"))
        }
    }
}

/// The titles of a perspective that are shown, by day, and the others. Of more than are shown, matching titles come first.
pub fn titles<'a>(story: &'a Story, perspective: &StoryPerspective) -> (Vec<&'a StoryTitle>, Vec<&'a StoryTitle>) {
    let mut titles: Vec<(usize, &StoryTitle)> = story
        .titles
        .iter()
        .enumerate()
        .filter(|(_, title)| title.entry.perspective == perspective.perspective)
        .collect();
    titles.sort_by_key(|(_, title)| !title.matches);
    let others = titles.split_off(titles.len().min(TITLES));
    let by_day = |mut titles: Vec<(usize, &'a StoryTitle)>| {
        titles.sort_by_key(|(place, _)| *place);
        titles.into_iter().map(|(_, title)| title).collect()
    };
    (by_day(titles), by_day(others))
}

/// Returns the title of a perspective without one of a story that is most like the story.
pub fn nearest<'a>(perspective: &StoryPerspective, story: &'a Story) -> Option<&'a Nearest> {
    let missing = story.missing.iter().find(|missing| Some(&missing.perspective) == perspective.perspective.as_ref());
    missing?.nearest.as_ref()
}

/// Reports whether some titles match and others do not.
pub fn is_part(story: &Story) -> bool {
    story.titles.iter().any(|title| !title.matches)
}

/// Returns a badge for each perspective for which a story is a gap.
pub fn badges(story: &Story) -> Vec<String> {
    let badge = |missing: &Missing| {
        let (p, q) = missing.gap?;
        let name = &missing.perspective.name;
        Some(format!("gap: chance would rarely leave {name} without a title of it; p {}, q {}", small(p), small(q)))
    };
    story.missing.iter().filter_map(badge).collect()
}

/// Returns the evidence for a gap.
pub fn silence(gap: &Gap) -> String {
    let Gap { perspective, chance, .. } = gap;
    let name = &perspective.name;
    let digests = match chance.digests {
        1 => "the digest".to_owned(),
        n => format!("the {} digests", grouped(n)),
    };
    format!(
        "{} report it; sampled in {digests}: {} ({} of {name}), {} ({} of {name})",
        counted(chance.carrying, "source"),
        counted(chance.sources.0, "source"),
        grouped(chance.sources.1),
        counted(chance.titles.0, "title"),
        grouped(chance.titles.1)
    )
}
