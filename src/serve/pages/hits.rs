//! The list of hits with their links, and the links between its pages.

use maud::{Markup, html};

use super::Address;
use crate::query::Hit;
use crate::render::html::{description, linked, origin, reasons};
use crate::render::numbers::{counted, counted_as, grouped};
use crate::render::shown;
use crate::serve::limits::MAX_DEPTH;

/// Renders hits; `offset` is the number of hits before them.
pub fn hits(hits: &[Hit], offset: usize, here: &Address) -> Markup {
    html! {
        @if !hits.is_empty() {
            ol.hits start=(offset.saturating_add(1)) {
                @for hit in hits { li data-id=(hit.entry.id) { (hit_of(hit, here)) } }
            }
        }
    }
}

fn hit_of(hit: &Hit, here: &Address) -> Markup {
    html! {
        p.text { (linked(&hit.entry, &hit.marks)) }
        @if hit.entry.description.is_some() { p.description { (description(&hit.entry, &hit.description_marks)) } }
        p.origin {
            (origin(&hit.entry)) " · " (digest(&hit.entry.id, here))
            span.actions { " · " a.like href=(here.plain("/").with("like", &hit.entry.id)) { "find similar" } }
        }
        @if hit.copies > 0 {
            details.copies {
                summary { "+" (counted_as(hit.copies, "copy", "copies")) }
                ul { @for id in &hit.copy_ids { li { (digest(id, here)) } } }
            }
        }
        (reasons(hit))
    }
}

/// Returns a link to an entry in its digest.
fn digest(id: &str, here: &Address) -> Markup {
    html! { a.digest.id href=(here.entry(id)) { (shown(id)) } }
}

/// Returns links to the previous and the next page.
pub fn pages(total: usize, offset: usize, limit: usize, here: &Address) -> Markup {
    let next = offset.saturating_add(limit);
    let is_more = limit > 0 && next < total;
    let is_too_deep = next.saturating_add(limit) > MAX_DEPTH;
    let from = |offset: usize| match offset {
        0 => here.without("offset"),
        offset => here.with("offset", &offset.to_string()),
    };
    html! {
        @if limit > 0 && (offset > 0 || is_more) {
            nav.pages aria-label="Pages" {
                @if offset > 0 { a rel="prev" href=(from(offset.saturating_sub(limit))) { "← Previous" } }
                span { "page " (grouped(offset / limit + 1)) " of " (grouped(total.div_ceil(limit))) }
                @if is_more && !is_too_deep { a rel="next" href=(from(next)) { "Next →" } }
            }
            @if is_more && is_too_deep {
                p.nothing { "Only the first " (counted(MAX_DEPTH, "hit")) " are shown: select fewer days, or one source." }
            }
        }
    }
}
