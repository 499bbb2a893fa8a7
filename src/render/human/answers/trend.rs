//! Perspectives over time, beside one another.

use super::count::languages;
use super::sample::how_much;
use super::totals::sampled;
use crate::insight::{Series, Words};
use crate::model::Kind;
use crate::render::TrendAnswer;
use crate::render::human::blocks::{
    Block, Column, Columns, Detail, Item, Line, List, Point, Role, STORIES, Span, Terms,
};
use crate::render::human::wording;

/// Returns the answer as blocks.
pub fn blocks(answer: &TrendAnswer) -> Vec<Block<'_>> {
    let response = &answer.response;
    let spellings = Block::sentences(wording::spellings(&response.spellings));
    // How much was sampled is no news, and is not drawn.
    let picture = answer.request.selection.is_scored().then_some(Block::Picture(answer));
    if response.total_entries == 0 {
        // In full, what was sampled is shown even where nothing of it was found.
        let sampled =
            (!response.perspectives.is_empty()).then(|| picture.into_iter().chain([Block::Columns(columns(answer))]));
        return vec![
            spellings,
            Block::Only(Detail::Full, sampled.into_iter().flatten().collect()),
            Block::Nothing(response.suggestions.as_ref()),
        ];
    }
    // In brief, each perspective says so of itself.
    let total = Block::Only(Detail::Full, sampled(response.perspectives.iter().map(|perspective| &perspective.all)));
    std::iter::once(spellings).chain(picture).chain([Block::Columns(columns(answer)), total]).collect()
}

fn columns(answer: &TrendAnswer) -> Columns<'_> {
    let response = &answer.response;
    let has_shares = answer.request.selection.is_scored();
    let by = answer.request.by.as_str();
    Columns {
        caption: format!("{} by {by}", if has_shares { "shares" } else { "sampled" }),
        by,
        steps: &response.spans,
        facts: ["all", "languages"].map(str::to_owned).into(),
        has_shares,
        columns: response.perspectives.iter().map(|perspective| column(answer, perspective)).collect(),
    }
}

fn column<'a>(answer: &'a TrendAnswer, perspective: &'a Series) -> Column<'a> {
    let point = |(at, sampled): (usize, &Option<crate::insight::Sampled>)| {
        let sampled = sampled.as_ref()?;
        let is_burst = perspective.bursts.iter().flatten().any(|burst| burst.has(at));
        Some(Point { found: sampled.found, entries: sampled.entries, share: sampled.share, is_burst })
    };
    let how_much = how_much(&perspective.all, answer.response.kind, answer.request.selection.is_scored());
    Column {
        id: &perspective.id,
        name: &perspective.name,
        facts: vec![how_much, languages(&perspective.all).into()],
        points: perspective.points.iter().enumerate().map(point).collect(),
        parts: vec![findings(answer, perspective)],
    }
}

/// When there was much more than usual; without words to follow, what is said more and less in the end.
fn findings<'a>(answer: &'a TrendAnswer, perspective: &'a Series) -> Vec<Block<'a>> {
    let burst = |burst: String| {
        // In brief, a step with a burst has the same sign.
        let sign = Line::from(Span::new(Role::Strong, "* ")).only(Detail::Brief);
        Item::new(Line(sign.0.into_iter().chain([Span::new(Role::Strong, burst)]).collect()), [])
    };
    let bursts: Vec<Item<'_>> = answer.bursts(perspective).map(burst).collect();
    let bursts = (!bursts.is_empty()).then(|| Block::List(List { items: bursts.into(), indent: 2, ..List::default() }));
    let said = perspective.words.iter().flat_map(|words| said(answer, words));
    bursts.into_iter().chain(said).collect()
}

fn said<'a>(answer: &'a TrendAnswer, words: &'a Words) -> [Block<'a>; 2] {
    let none = Some(wording::no_words(words.power));
    let unit = if answer.response.kind == Some(Kind::Title) { STORIES } else { "texts" };
    let terms =
        |how, counts, terms| Block::Terms(Terms { title: answer.said(how, words), counts, unit, terms, none, more: 0 });
    [terms("more", ["then", "before"], &words.rising), terms("less", ["before", "then"], &words.falling)]
}
