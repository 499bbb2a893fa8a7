//! Counts as a table.

use maud::{Markup, html};

use super::parts::{notes, nothing, table};
use crate::render::CountAnswer;
use crate::render::human::grid::{grid, total};
use crate::render::human::told;
use crate::render::safe::shown;

pub fn answer(answer: &CountAnswer, elsewhere: &[String]) -> Markup {
    let response = &answer.response;
    let grid = grid(answer);
    let of = if answer.request.share { "shares" } else { "units" };
    let by: Vec<&str> = answer.request.by.iter().map(|by| by.as_str()).collect();
    html! {
        @if grid.len() > 1 { (table(&format!("{of} by {}", by.join(" and ")), grid.into_iter())) }
        @if response.total_units == 0 {
            (nothing(response.suggestions.as_ref()))
        } @else {
            p.total { (shown(&total(answer))) }
        }
        (notes(told::spellings(&response.spellings).chain(super::own(answer.caveats(), elsewhere))))
    }
}
