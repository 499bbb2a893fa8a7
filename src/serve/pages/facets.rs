//! Facets with counts. Each value is a link that sets or removes a filter.

use maud::{Markup, html};

use super::Address;
use super::address::WHERE;
use crate::model::Field;
use crate::query::{Facet, FacetValue};
use crate::render::numbers::grouped;
use crate::render::shown;

/// Number of values shown per field unless all are requested.
const SHOWN: usize = 8;

/// The parameter with the fields whose values are all shown.
pub const MORE: &str = "more";

/// Renders the facets of an answer.
pub fn facets(facets: &[Facet], here: &Address) -> Markup {
    html! {
        aside id="facets" aria-label="Filters" {
            @for facet in facets { (render_facet(facet, here)) }
        }
    }
}

fn render_facet(facet: &Facet, here: &Address) -> Markup {
    let field = facet.field.as_str();
    let is_chosen = |value: &FacetValue| chosen(value, facet.field, here).is_some();
    // A value that no entry has even without its field's own filter is not offered.
    let mut values: Vec<&FacetValue> =
        facet.values.iter().filter(|value| value.lifted > 0 || is_chosen(value)).collect();
    values.sort_by_key(|value| std::cmp::Reverse(value.lifted));
    let all = here.all(MORE).any(|more| more == field);
    let left_out = if all { 0 } else { values.iter().skip(SHOWN).filter(|value| !is_chosen(value)).count() };
    let is_shown = |(at, value): &(usize, &&FacetValue)| all || *at < SHOWN || is_chosen(value);
    // Where no entry has a value, there is nothing to choose.
    let has_choice = values.iter().any(|value| value.value.is_some());
    html! {
        @if has_choice {
            section data-field=(field) {
                h2 { (facet.field.spec().heading) }
                ul {
                    @for (_, value) in values.iter().enumerate().filter(is_shown) { li { (render_value(value, facet.field, here)) } }
                    @if left_out > 0 { li { a.more href=(here.with_added(MORE, field)) { (grouped(left_out)) " more" } } }
                    @if all && values.len() > SHOWN { li { a.more href=(here.without_value(MORE, field)) { "fewer" } } }
                }
            }
        }
    }
}

fn render_value(value: &FacetValue, field: Field, here: &Address) -> Markup {
    let name = shown(value.name.as_deref().or(value.value.as_deref()).unwrap_or("(none)"));
    let inside = html! { bdi { (name) } " " span.count { (grouped(value.lifted)) } };
    let parameter = parameter(field);
    html! {
        @match (&value.value, chosen(value, field, here)) {
            (_, Some(given)) => a href=(here.without_value(parameter, given)) aria-current="true" { (inside) },
            (Some(value), None) => a href=(here.with_added(parameter, &condition(field, value))) { (inside) },
            // No filter selects entries without a value.
            (None, None) => span.none { (inside) },
        }
    }
}

/// Returns the parameter that filters by a field.
fn parameter(field: Field) -> &'static str {
    if matches!(field, Field::Custom(_)) { WHERE } else { field.as_str() }
}

/// Returns the value of the parameter that filters by a value of a field.
fn condition(field: Field, value: &str) -> String {
    if matches!(field, Field::Custom(_)) { format!("{}={value}", field.as_str()) } else { value.to_owned() }
}

/// Returns the value of the parameter that filters by a facet's value, as its id or its name.
fn chosen<'a>(value: &FacetValue, field: Field, here: &'a Address) -> Option<&'a str> {
    let is_same = |known: &Option<String>, given: &str| {
        known.as_ref().is_some_and(|known| condition(field, known).to_lowercase() == given.to_lowercase())
    };
    here.all(parameter(field)).find(|given| is_same(&value.value, given) || is_same(&value.name, given))
}
