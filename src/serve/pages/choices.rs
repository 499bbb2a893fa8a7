//! Active filters that were set by links, each with a link that removes it.

use maud::{Markup, html};

use super::Address;
use crate::render::shown;

/// Parameters set by links, and their labels.
const PARAMETERS: [(&str, &str); 9] = [
    ("topic", "topic"),
    ("perspective", "perspective"),
    ("source", "source"),
    ("kind", "kind"),
    ("lang", "language"),
    ("on", "days"),
    ("as-of", "as of"),
    ("like", "like"),
    ("period", "period"),
];

/// Returns the list of active filters, except those that the form shows.
pub fn chosen(here: &Address, in_form: &[&str]) -> Markup {
    let chosen = PARAMETERS.into_iter().filter(|(name, _)| !in_form.contains(name));
    let chosen: Vec<(&str, &str, &str)> =
        chosen.flat_map(|(name, label)| here.all(name).map(move |value| (name, label, value))).collect();
    html! {
        div id="active-filters" {
            @if !chosen.is_empty() {
                ul aria-label="Active filters" {
                    @for (name, label, value) in chosen {
                        li {
                            a href=(here.without_value(name, value)) {
                                span.visually-hidden { "Remove " } (label) " " bdi { (shown(value)) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                }
            }
        }
    }
}
