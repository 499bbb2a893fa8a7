//! Hits as a list, facets as tables.

use maud::{Markup, html};

use super::Links;
use super::parts::{linked, notes, nothing, origin, table};
use crate::query::{Facet, FacetValue, Hit};
use crate::render::QueryAnswer;
use crate::render::human::told;
use crate::render::numbers::{counted_as, grouped};
use crate::render::safe::shown;

pub fn answer(answer: &QueryAnswer, elsewhere: &[String], links: &dyn Links) -> Markup {
    let QueryAnswer { request, response, warnings } = answer;
    html! {
        @if !response.hits.is_empty() {
            ol.hits start=(request.offset.saturating_add(1)) { @for hit in &response.hits { li { (hit_of(hit, links)) } } }
        }
        @for facet in &response.facets { (facet_of(facet)) }
        (notes(told::spellings(&response.spellings).chain(super::own(warnings.clone(), elsewhere))))
        @match told::hits(answer) {
            Some(hits) => p.total { (hits) },
            None => (nothing(response.suggestions.as_ref())),
        }
    }
}

fn hit_of(hit: &Hit, links: &dyn Links) -> Markup {
    html! {
        (linked(&hit.unit, &hit.marks))
        p.origin {
            (origin(&hit.unit, links))
            @if hit.copies > 0 { " · +" (counted_as(hit.copies, "copy", "copies")) }
        }
        (reasons(hit))
    }
}

/// What the score is made of, where that was asked for.
pub fn reasons(hit: &Hit) -> Markup {
    html! {
        @if !hit.reasons.is_empty() {
            ul.notes {
                @for reason in &hit.reasons { li { (format!("{:.3} ", reason.score)) (shown(&reason.words)) " (" (told::how(reason.how)) ")" } }
            }
        }
    }
}

fn facet_of(facet: &Facet) -> Markup {
    let header = [facet.field.as_str(), "with all filters", "without one on it", "without any"].map(str::to_owned);
    let line = |value: &FacetValue| {
        let name = value.name.clone().unwrap_or_else(|| "(none)".to_owned());
        std::iter::once(name).chain([value.count, value.lifted, value.unfiltered].map(grouped)).collect()
    };
    // What no unit would have, whatever its own filter said, is no choice.
    let values = facet.values.iter().filter(|value| value.lifted > 0);
    table(&format!("by {}", facet.field.as_str()), std::iter::once(header.to_vec()).chain(values.map(line)))
}
