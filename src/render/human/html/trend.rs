//! Spans of time as lines of a table, with a column a side, and what was found of each.

use maud::{Markup, PreEscaped, html};

use super::Links;
use super::parts::{notes, nothing, table_of_texts, terms};
use crate::insight::Series;
use crate::render::human::grid::spans;
use crate::render::human::told;
use crate::render::safe::shown;
use crate::render::{TrendAnswer, svg};

pub fn answer(answer: &TrendAnswer, elsewhere: &[String], links: &dyn Links) -> Markup {
    let response = &answer.response;
    let of = if answer.request.selection.is_scored() { "shares" } else { "sampled" };
    html! {
        @if response.total_units == 0 { (nothing(response.suggestions.as_ref())) }
        @if !response.sides.is_empty() {
            (picture(answer))
            (table_of_texts(&format!("{of} by {}", answer.request.by.as_str()), spans(answer).into_iter()))
        }
        div.sides { @for side in &response.sides { (side_of(answer, side, links)) } }
        (notes(told::spellings(&response.spellings).chain(super::own(answer.caveats(), elsewhere))))
    }
}

/// The picture, which tells nothing that the table does not. How much was sampled is no news, and is not drawn.
fn picture(answer: &TrendAnswer) -> Markup {
    let mut drawn = Vec::new();
    // Memory takes all that is written to it.
    let is_drawn = answer.request.selection.is_scored() && svg::write(answer, &mut drawn).is_ok();
    html! {
        // What is too small on a phone is moved by itself, with the keyboard, too.
        @if is_drawn { div.picture role="region" aria-label="The picture" tabindex="0" { (PreEscaped(String::from_utf8_lossy(&drawn))) } }
    }
}

fn side_of(answer: &TrendAnswer, side: &Series, links: &dyn Links) -> Markup {
    let bursts: Vec<String> = answer.bursts(side).collect();
    html! {
        @if !bursts.is_empty() || side.words.is_some() {
            section {
                h3 { bdi { (shown(&side.name)) } }
                @if !bursts.is_empty() { ul { @for burst in &bursts { li { (burst) } } } }
                @if let Some(words) = &side.words {
                    @for (title, counts, list) in [
                        (answer.said("more", words), ["then", "before"], &words.rising),
                        (answer.said("less", words), ["before", "then"], &words.falling),
                    ] {
                        @if list.is_empty() {
                            p.nothing { (title) ": no words that chance would not give." }
                        } @else {
                            (terms(&title, counts, list, links))
                        }
                    }
                }
            }
        }
    }
}
