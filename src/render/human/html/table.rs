//! Tables as HTML.

use maud::{Markup, html};

use super::line::{Links, line};
use crate::render::human::blocks::{Align, Detail, Header, Line, Role, Table, Terms};
use crate::render::numbers::grouped;
use crate::render::shown;

/// Returns a table; the first cell of each row is its header.
pub fn table(table: &Table<'_>, links: &dyn Links) -> Markup {
    let is_number = |column: &Header<'_>| column.align == Align::Number;
    table_of(table, if table.columns.iter().any(is_number) { "numbers" } else { "texts" }, links)
}

/// Returns terms with their numbers.
pub fn terms(terms: &Terms<'_>, links: &dyn Links) -> Markup {
    html! {
        @match terms.none {
            Some(none) if terms.terms.is_empty() => p.nothing { (shown(&terms.title)) ": " (none) },
            _ => (table_of(&terms.table(), "numbers terms", links)),
        }
        @if terms.more > 0 {
            @let more = format!("{} more", grouped(terms.more));
            p.total {
                @match links.terms(terms.terms.len() + terms.more) {
                    Some(address) => a href=(address) { (more) },
                    None => (more),
                }
            }
        }
    }
}

fn table_of(table: &Table<'_>, class: &str, links: &dyn Links) -> Markup {
    let caption = shown(&table.caption);
    html! {
        // The container whose width decides whether rows become blocks, in which each cell has its label.
        div.wide {
            table class={ (class) " " (size(table)) } {
                caption { (caption) }
                thead { tr { @for column in &table.columns { (header(column, links)) } } }
                tbody {
                    @for row in &table.rows {
                        tr { @for (at, cell) in row.iter().enumerate() { (cell_of(at, cell, table, links)) } }
                    }
                }
            }
        }
    }
}

/// Returns the class of a table by its number of columns: the more there are, the more width it needs.
fn size(table: &Table<'_>) -> &'static str {
    match table.columns.len() {
        0..=4 => "few",
        5..=9 => "some",
        _ => "many",
    }
}

fn header(column: &Header<'_>, links: &dyn Links) -> Markup {
    let name = line(&column.name, links);
    html! {
        @if column.name.is_empty() {
            td {}
        } @else {
            th scope="col" {
                @match column.meaning {
                    Some(meaning) => abbr title=(meaning) { (name) },
                    None => bdi { (name) },
                }
            }
        }
    }
}

/// Returns the name of a column as text, unless it has none.
fn label(at: usize, table: &Table<'_>) -> Option<String> {
    let name: String = table.columns.get(at)?.name.of(Detail::Full).map(|span| &*span.text).collect();
    (!name.is_empty()).then(|| shown(&name))
}

fn cell_of(at: usize, cell: &Line<'_>, table: &Table<'_>, links: &dyn Links) -> Markup {
    let is_plain = cell.0.iter().all(|span| span.role == Role::Plain);
    let cell = line(cell, links);
    let is_text = table.columns.get(at).is_none_or(|column| column.align == Align::Text);
    let is_among_numbers = table.columns.iter().any(|column| column.align == Align::Number);
    html! {
        @if at == 0 {
            th scope="row" { @if is_plain { bdi { (cell) } } @else { (cell) } }
        } @else {
            td class=[(is_text && is_among_numbers).then_some("example")] data-label=[label(at, table)] { (cell) }
        }
    }
}
