//! Sides beside one another as a table, and what each prefers.

use maud::{Markup, html};

use super::Links;
use super::parts::{linked, notes, nothing, origin, table_of_texts, terms};
use crate::insight::SideResponse;
use crate::render::CompareAnswer;
use crate::render::human::grid::sides;
use crate::render::human::told;
use crate::render::safe::shown;

pub fn answer(answer: &CompareAnswer, elsewhere: &[String], links: &dyn Links) -> Markup {
    let response = &answer.response;
    let asides =
        told::spellings(&response.spellings).chain(answer.distance()).chain(super::own(answer.caveats(), elsewhere));
    html! {
        @if response.total_units == 0 { (nothing(response.suggestions.as_ref())) }
        @if !response.sides.is_empty() { (table_of_texts("the sides", sides(answer).into_iter())) }
        div.sides { @for side in &response.sides { (side_of(answer, side, links)) } }
        (notes(asides))
    }
}

fn side_of(answer: &CompareAnswer, side: &SideResponse, links: &dyn Links) -> Markup {
    let has_words = answer.response.texts.is_some();
    html! {
        @if has_words || !side.bullets.is_empty() {
            section {
                h3 { bdi { (shown(&side.name)) } }
                @if !side.terms.is_empty() {
                    (terms("words it prefers", ["here", "others"], &side.terms, links))
                } @else if let Some(texts) = &answer.response.texts {
                    p.nothing { @if texts.enough { "no words that chance would not give" } @else { "no words that stand out" } }
                }
                @if side.more_terms > 0 { p.total { (format!("{} more", side.more_terms)) } }
                @if !side.bullets.is_empty() {
                    h4 { (answer.points(side)) }
                    ul.hits { @for unit in &side.bullets { li { (linked(unit, &[])) p.origin { (origin(unit, links)) } } } }
                }
            }
        }
    }
}
