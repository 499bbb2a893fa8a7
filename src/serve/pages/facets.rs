//! What the entries found are, with counts. Each value is a link that chooses it, or takes it back.

use maud::{Markup, html};

use super::Address;
use crate::query::{Facet, FacetValue};
use crate::render::numbers::grouped;
use crate::render::shown;

/// So many values of a field are shown, where not all are asked for.
const SHOWN: usize = 8;

/// The parameter that asks for all values of a field.
pub const MORE: &str = "more";

/// The facets of an answer.
pub fn facets(facets: &[Facet], here: &Address) -> Markup {
    html! {
        aside id="facets" aria-label="Narrow down" {
            @for facet in facets { (facet_of(facet, here)) }
        }
    }
}

fn facet_of(facet: &Facet, here: &Address) -> Markup {
    let field = facet.field.as_str();
    let is_chosen = |value: &FacetValue| chosen(value, field, here).is_some();
    // What no entry would have, whatever its own filter said, is no choice.
    let mut values: Vec<&FacetValue> =
        facet.values.iter().filter(|value| value.lifted > 0 || is_chosen(value)).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.lifted));
    let all = here.all(MORE).any(|more| more == field);
    let left_out = if all { 0 } else { values.iter().skip(SHOWN).filter(|value| !is_chosen(value)).count() };
    let is_shown = |(at, value): &(usize, &&FacetValue)| all || *at < SHOWN || is_chosen(value);
    html! {
        @if !values.is_empty() {
            section data-field=(field) {
                h2 { (facet.field.spec().heading) }
                ul {
                    @for (_, value) in values.iter().enumerate().filter(is_shown) { li { (value_of(value, field, here)) } }
                    @if left_out > 0 { li { a.more href=(here.also(MORE, field)) { (grouped(left_out)) " more" } } }
                    @if all && values.len() > SHOWN { li { a.more href=(here.without_value(MORE, field)) { "fewer" } } }
                }
            }
        }
    }
}

fn value_of(value: &FacetValue, field: &str, here: &Address) -> Markup {
    let name = shown(value.name.as_deref().or(value.value.as_deref()).unwrap_or("(none)"));
    let inside = html! { bdi { (name) } " " span.count { (grouped(value.lifted)) } };
    html! {
        @match (&value.value, chosen(value, field, here)) {
            (_, Some(given)) => a href=(here.without_value(field, given)) aria-current="true" { (inside) },
            (Some(value), None) => a href=(here.also(field, value)) { (inside) },
            // Nobody can ask for entries without a value.
            (None, None) => span.none { (inside) },
        }
    }
}

/// How a value was written, where it was chosen: as its id or its name.
fn chosen<'a>(value: &FacetValue, field: &'a str, here: &'a Address) -> Option<&'a str> {
    let is_same = |known: &Option<String>, given: &str| {
        known.as_ref().is_some_and(|known| known.to_lowercase() == given.to_lowercase())
    };
    here.all(field).find(|given| is_same(&value.value, given) || is_same(&value.name, given))
}
