//! What several answers have: units, terms, tables and notes.

use std::ops::Range;

use maud::{Markup, html};

use super::Links;
use crate::insight::Term;
use crate::query::{Suggestions, Unit};
use crate::render::human::told;
use crate::render::numbers::{grouped, small};
use crate::render::safe::{is_web, shown};

/// A unit's text, a link where it has one, in its own language.
pub fn linked(unit: &Unit, marks: &[Range<usize>]) -> Markup {
    let text = marked(&unit.text, marks);
    let lang = unit.lang.as_deref().filter(|lang| *lang != "en");
    html! {
        @match unit.url.as_deref().filter(|url| is_web(url)) {
            Some(url) => a href=(url) rel="noopener noreferrer" lang=[lang] dir="auto" { (text) },
            None => span lang=[lang] dir="auto" { (text) },
        }
    }
}

/// A text with marks.
fn marked(text: &str, marks: &[Range<usize>]) -> Markup {
    let ends = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    html! {
        @for (done, mark) in ends.zip(marks) {
            (shown(&text[done..mark.start])) mark { (shown(&text[mark.clone()])) }
        }
        (shown(&text[marks.last().map_or(0, |mark| mark.end)..]))
    }
}

/// Outlet or kind, side and day, and the id that finds it again.
pub fn origin(unit: &Unit, links: &dyn Links) -> Markup {
    html! { (whose(unit)) " · " (id(&unit.id, links)) }
}

/// Outlet or kind, side and day.
pub fn whose(unit: &Unit) -> Markup {
    let what = unit.source.as_deref().map_or_else(|| unit.kind.to_string(), shown);
    html! {
        bdi { (what) }
        @if let Some(side) = &unit.perspective { " · " bdi { (shown(&side.name)) } }
        " · " time datetime=(unit.date) { (unit.date) }
    }
}

/// An id, which leads to its unit where there is a page of it.
pub fn id(id: &str, links: &dyn Links) -> Markup {
    html! {
        @match links.unit(id) {
            Some(address) => a.id href=(address) { (shown(id)) },
            None => span.id { (shown(id)) },
        }
    }
}

/// A table of numbers, its first line the header, the first of each line what the line is about.
pub fn table(caption: &str, lines: impl Iterator<Item = Vec<String>>) -> Markup {
    table_of(caption, "numbers", lines)
}

/// The same of texts.
pub fn table_of_texts(caption: &str, lines: impl Iterator<Item = Vec<String>>) -> Markup {
    table_of(caption, "texts", lines)
}

fn table_of(caption: &str, what: &str, mut lines: impl Iterator<Item = Vec<String>>) -> Markup {
    let header = lines.next().unwrap_or_default();
    html! {
        // What is wider than a phone is moved by itself, with the keyboard, too.
        div.wide role="region" aria-label=(caption) tabindex="0" {
            table class=(what) {
                caption { (caption) }
                thead { tr { @for cell in &header { @if cell.is_empty() { td {} } @else { th scope="col" { bdi { (shown(cell)) } } } } } }
                tbody {
                    @for line in lines {
                        tr {
                            @for (at, cell) in line.iter().enumerate() {
                                @if at == 0 { th scope="row" { bdi { (shown(cell)) } } } @else { td { (shown(cell)) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// Terms with their numbers.
pub fn terms(title: &str, counts: [&str; 2], terms: &[Term], links: &dyn Links) -> Markup {
    html! {
        div.wide role="region" aria-label=(title) tabindex="0" {
            table.numbers.terms {
                caption { (title) }
                thead {
                    tr {
                        th scope="col" { "words" }
                        @for count in counts { th scope="col" { (count) } }
                        th scope="col" { abbr title="difference of the log-odds, in standard deviations" { "z" } }
                        th scope="col" { abbr title="part of accidents among the words down to this one" { "q" } }
                        th scope="col" { "example" }
                    }
                }
                tbody {
                    @for term in terms {
                        tr {
                            th scope="row" {
                                @match links.words(&term.term) {
                                    Some(address) => a href=(address) { bdi { (shown(&term.term)) } },
                                    None => bdi { (shown(&term.term)) },
                                }
                                @if let Some(outlet) = &term.outlet { small { " rests on " bdi { (shown(outlet)) } } }
                            }
                            td { (grouped(term.here)) }
                            td { (grouped(term.there)) }
                            td { (format!("{:.1}", term.z)) }
                            td { (term.q.map_or_else(String::new, small)) }
                            td.example { (linked(&term.example, &[])) }
                        }
                    }
                }
            }
        }
    }
}

/// What must be known to read an answer rightly.
pub fn notes(notes: impl IntoIterator<Item = String>) -> Markup {
    let notes: Vec<String> = notes.into_iter().collect();
    html! {
        @if !notes.is_empty() { ul.notes { @for note in &notes { li { (shown(note)) } } } }
    }
}

/// What there is where nothing was found.
pub fn nothing(suggestions: Option<&Suggestions>) -> Markup {
    html! {
        p.nothing { "Nothing found." }
        (notes(told::suggestions(suggestions, "`any`")))
    }
}
