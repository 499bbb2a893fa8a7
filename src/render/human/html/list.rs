//! Lists as HTML.

use maud::{Markup, html};

use super::line::{Links, line};
use crate::render::human::blocks::{Block, Item, Line, List};
use crate::render::shown;

/// Returns a list; `blocks` renders the parts of an item.
pub fn list(list: &List<'_>, links: &dyn Links, blocks: &dyn Fn(&[Block<'_>]) -> Markup) -> Markup {
    let class = list.items.iter().any(|item| !item.asides.is_empty()).then_some("hits");
    let items = html! {
        @for of in list.items.iter() { li { (item(&of, links, blocks)) } }
        @if let Some(more) = list.more.as_ref().filter(|_| list.folded.len() == 0) { li { (shown(more)) } }
    };
    let folded = html! {
        @if let Some(more) = list.more.as_ref().filter(|_| list.folded.len() > 0) {
            details { summary { (shown(more)) } ul class=[class] { @for of in list.folded.iter() { li { (item(&of, links, blocks)) } } } }
        }
    };
    html! {
        @match (list.first, list.items.len()) {
            (_, 0) => {},
            (Some(first), _) => ol class=[class] start=(first) { (items) },
            (None, _) => ul class=[class] { (items) },
        }
        (folded)
    }
}

fn item(item: &Item<'_>, links: &dyn Links, blocks: &dyn Fn(&[Block<'_>]) -> Markup) -> Markup {
    let origin: Vec<&Line<'_>> =
        std::iter::once(&item.label).chain(&item.asides).filter(|line| !line.is_empty()).collect();
    html! {
        @if item.is_chosen { mark { (line(&item.text, links)) } } @else { (line(&item.text, links)) }
        @if !origin.is_empty() {
            p.origin { @for (at, of) in origin.iter().enumerate() { @if at > 0 { " · " } (line(of, links)) } }
        }
        @for part in &item.parts { (details(part, links, blocks)) }
    }
}

/// Returns the details of an item, in small type.
fn details(part: &Block<'_>, links: &dyn Links, blocks: &dyn Fn(&[Block<'_>]) -> Markup) -> Markup {
    match part {
        Block::List(list) => notes(list, links),
        other => blocks(std::slice::from_ref(other)),
    }
}

/// Returns a list in small type, with labels before the texts.
pub fn notes(list: &List<'_>, links: &dyn Links) -> Markup {
    html! {
        @if list.items.len() > 0 {
            ul.notes { @for item in list.items.iter() { li { (line(&item.label, links)) " " (line(&item.text, links)) } } }
        }
    }
}
