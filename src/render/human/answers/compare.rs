//! Perspectives, or spans of time, beside one another.

use super::count::languages;
use super::entry::origin;
use super::sample::how_much;
use super::stories;
use super::totals::sampled;
use crate::insight::GroupResponse;
use crate::render::CompareAnswer;
use crate::render::human::blocks::{Block, Column, Columns, Detail, Item, Level, Line, List, Span, Terms};
use crate::render::human::wording;
use crate::render::numbers::grouped;

/// Returns the answer as blocks.
pub fn blocks(answer: &CompareAnswer) -> Vec<Block<'_>> {
    let response = &answer.response;
    let spellings = Block::sentences(wording::spellings(&response.spellings));
    if response.total_entries == 0 {
        // In full, what was sampled is shown even where nothing of it was found.
        let sampled = (!response.groups.is_empty()).then(|| Block::Columns(columns(answer)));
        return vec![
            spellings,
            Block::Only(Detail::Full, sampled.into_iter().collect()),
            Block::Nothing(response.suggestions.as_ref()),
        ];
    }
    // In brief, each perspective says so of itself.
    let total = Block::Only(Detail::Full, sampled(response.groups.iter().map(|group| &group.sampled)));
    let differences = answer.differences().map(Block::plain);
    let others = [Block::Columns(columns(answer)), total, Block::sentences(answer.distance())];
    std::iter::once(spellings).chain(differences).chain(others).chain(stories(answer)).collect()
}

/// Returns the stories whose titles were compared: in brief their titles are in the columns.
fn stories(answer: &CompareAnswer) -> Vec<Block<'_>> {
    let Some(matched) = &answer.response.matched else { return Vec::new() };
    let stories = stories::several_sided(&matched.stories).collect();
    vec![Block::Only(Detail::Full, stories), Block::total(answer.total_stories(matched))]
}

fn columns(answer: &CompareAnswer) -> Columns<'_> {
    let found = if answer.has_found() { "found" } else { "sampled" };
    Columns {
        caption: "groups".to_owned(),
        by: "",
        steps: &[],
        facts: [found, "languages", "days", "sources"].map(str::to_owned).into(),
        has_shares: false,
        columns: answer.response.groups.iter().map(|group| column(answer, group)).collect(),
    }
}

fn column<'a>(answer: &'a CompareAnswer, group: &'a GroupResponse) -> Column<'a> {
    let response = &answer.response;
    let how_much = how_much(&group.sampled, response.kind, answer.has_found());
    let days = group.days.map_or_else(String::new, |(first, last)| format!("{first} to {last}"));
    let sources: Vec<String> = group.sources.iter().map(|(name, n)| format!("{name} {}", grouped(*n))).collect();
    let terms = response.texts.as_ref().map(|texts| {
        Block::Terms(Terms {
            title: if response.matched.is_some() {
                "words used more".to_owned()
            } else {
                "distinctive words".to_owned()
            },
            counts: ["here", "others"],
            unit: answer.unit(),
            terms: &group.terms,
            none: Some(match response.matched {
                Some(_) => "none in three stories or more",
                None => wording::no_words(texts.power),
            }),
            more: group.more_terms,
        })
    });
    let matched = response.matched.iter().flat_map(|matched| &matched.stories);
    let titles = matched.map(|story| vec![Block::Only(Detail::Brief, stories::on_perspective(story, &group.id))]);
    Column {
        id: &group.id,
        name: &group.name,
        facts: vec![how_much, languages(&group.sampled).into(), days.into(), sources.join(", ").into()],
        points: Vec::new(),
        parts: [terms.into_iter().collect(), bullets(answer, group)].into_iter().chain(titles).collect(),
    }
}

/// Returns the bullets that match best.
fn bullets<'a>(answer: &'a CompareAnswer, group: &'a GroupResponse) -> Vec<Block<'a>> {
    if group.bullets.is_empty() {
        return Vec::new();
    }
    let items = group.bullets.iter().map(|entry| {
        let id = Line::from(Span::id(&entry.id));
        Item::new(Span::entry(entry, &[]), [Line::dotted([id, origin(entry, &[]).only(Detail::Full)])])
    });
    let list = List { items: items.collect(), indent: 2, hides_addresses: true, ..List::default() };
    vec![Block::Heading(Level::Point, answer.points(group).into()), Block::List(list)]
}
