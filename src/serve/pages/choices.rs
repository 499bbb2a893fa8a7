//! What was chosen by links, each with a link that takes it back.

use maud::{Markup, html};

use super::Address;
use crate::model::Field;
use crate::render::shown;

/// Other parameters that links choose, with their labels.
const OTHERS: [(&str, &str); 4] = [("on", "days"), ("as-of", "as of"), ("like", "like"), ("period", "period")];

/// The list of what was chosen, but for what the form shows.
pub fn chosen(here: &Address, in_form: &[&str]) -> Markup {
    let fields = Field::ALL.map(|field| (field.as_str(), field.spec().label));
    let chosen = fields.into_iter().chain(OTHERS).filter(|(name, _)| !in_form.contains(name));
    let chosen: Vec<(&str, &str, &str)> =
        chosen.flat_map(|(name, called)| here.all(name).map(move |value| (name, called, value))).collect();
    html! {
        div id="chosen" {
            @if !chosen.is_empty() {
                ul aria-label="Chosen" {
                    @for (name, called, value) in chosen {
                        li {
                            a href=(here.without_value(name, value)) {
                                span.unseen { "Take back: " } (called) " " bdi { (shown(value)) } span aria-hidden="true" { " ✕" }
                            }
                        }
                    }
                }
            }
        }
    }
}
