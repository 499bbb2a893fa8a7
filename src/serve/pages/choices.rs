//! Active filters that were set by links, each with a link that removes it.

use maud::{Markup, html};

use super::Address;
use super::address::WHERE;
use crate::model::Field;
use crate::render::shown;

/// Other parameters set by links, and their labels.
const OTHERS: [(&str, &str); 5] =
    [(WHERE, "where"), ("on", "days"), ("as-of", "as of"), ("like", "like"), ("period", "period")];

/// Returns the list of active filters, except those that the form shows.
pub fn chosen(here: &Address, in_form: &[&str]) -> Markup {
    let fields = Field::BUILT_IN.map(|field| (field.as_str(), field.spec().label));
    let chosen = fields.into_iter().chain(OTHERS).filter(|(name, _)| !in_form.contains(name));
    let chosen: Vec<(&str, &str, &str)> =
        chosen.flat_map(|(name, label)| here.all(name).map(move |value| (name, label, value))).collect();
    html! {
        div id="active-filters" {
            @if !chosen.is_empty() {
                ul aria-label="Active filters" {
                    @for (name, label, value) in chosen {
                        li {
                            a.pill href=(here.without_value(name, value)) {
                                span.visually-hidden { "Remove " } (label) " " bdi { (shown(value)) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                }
            }
        }
    }
}
