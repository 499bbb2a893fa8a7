//! Lists as HTML.

use maud::{Markup, html};

use super::blocks::{Context, blocks};
use super::line::{Links, line};
use crate::render::human::blocks::{Block, Item, Line, List};
use crate::render::shown;

/// A list, numbered where its items are.
pub fn list(list: &List<'_>, context: Context<'_>) -> Markup {
    let class = list.items.iter().any(|item| !item.asides.is_empty()).then_some("hits");
    let items = html! {
        @for of in list.items.iter() { li { (item(&of, context)) } }
        @if let Some(more) = &list.more { li { (shown(more)) } }
    };
    html! {
        @match (list.first, list.items.len()) {
            (_, 0) => {},
            (Some(first), _) => ol class=[class] start=(first) { (items) },
            (None, _) => ul class=[class] { (items) },
        }
    }
}

fn item(item: &Item<'_>, context: Context<'_>) -> Markup {
    let beside: Vec<&Line<'_>> =
        std::iter::once(&item.label).chain(&item.asides).filter(|line| !line.is_empty()).collect();
    html! {
        @if item.is_chosen { mark { (line(&item.text, context.links)) } } @else { (line(&item.text, context.links)) }
        @if !beside.is_empty() {
            p.origin { @for (at, of) in beside.iter().enumerate() { @if at > 0 { " · " } (line(of, context.links)) } }
        }
        @for part in &item.parts { (details(part, context)) }
    }
}

/// The details of an item, in small.
fn details(part: &Block<'_>, context: Context<'_>) -> Markup {
    match part {
        Block::List(list) => notes(list, context.links),
        other => blocks(std::slice::from_ref(other), context),
    }
}

/// A list in small, with labels before the texts.
pub fn notes(list: &List<'_>, links: &dyn Links) -> Markup {
    html! {
        @if list.items.len() > 0 {
            ul.notes { @for item in list.items.iter() { li { (line(&item.label, links)) " " (line(&item.text, links)) } } }
        }
    }
}
