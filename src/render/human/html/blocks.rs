//! Blocks as HTML: in full, made with maud, which escapes every text that is put in.

use maud::{Markup, PreEscaped, html};

use super::author;
use super::line::{Links, line};
use super::list::list;
use super::table::{table, terms};
use crate::render::human::blocks::{
    Beside, Block, Definition, Detail, HOW_TO_READ, Level, Line, NOTHING, Note, Section, Sense,
};
use crate::render::human::told;
use crate::render::{TrendAnswer, shown, svg};

/// Settings of the page as a whole.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// Whether caveats are left out.
    pub is_quiet: bool,
    /// The addresses that parts of an answer lead to.
    pub links: &'c dyn Links,
}

/// The option that makes one of the words of a query enough, as it is called on a page.
const ANY: &str = "`any`";

/// Blocks one below the other.
pub fn blocks(blocks: &[Block<'_>], context: Context<'_>) -> Markup {
    html! { @for of in blocks { (block(of, context)) } }
}

fn block(block: &Block<'_>, context: Context<'_>) -> Markup {
    let Context { links, .. } = context;
    match block {
        Block::Heading(level, text) => heading(*level, text, links),
        Block::Paragraph(sense, text) => html! { p class=[class(*sense)] { (line(text, links)) } },
        Block::Notes(of) => notes(of, context),
        Block::Definitions(of) | Block::About(of) => definitions(of, links),
        Block::Alert(sentences) => {
            html! { div.failed role="alert" { @for text in sentences { p { (shown(text)) } } } }
        }
        Block::List(of) => list(of, links, &|parts| blocks(parts, context)),
        Block::Table(of) => table(of, links),
        Block::Tally(tally) => table(&tally.table(), links),
        Block::Terms(of) => terms(of, links),
        Block::Beside(of) => beside(of, context),
        Block::Picture(answer) => picture(answer),
        Block::Nothing(suggestions) => html! {
            p.nothing { (NOTHING) }
            (plain_notes(told::suggestions(*suggestions, ANY)))
        },
        // Chosen items are marked.
        Block::Legend(_, text) => html! { p.total { mark { "Marked" } ": " (text) } },
        Block::Group(of) if matches!(of.first(), Some(Block::Heading(..))) => {
            html! { article { (blocks(of, context)) } }
        }
        Block::Group(of) | Block::Only(Detail::Full, of) => blocks(of, context),
        Block::Parts(parts) => html! { div.columns { @for of in parts { div { (blocks(of, context)) } } } },
        Block::Section(of) => section(of, None, context),
        Block::Once(notes) if notes.is_empty() || context.is_quiet => html! {},
        Block::Once(notes) => html! {
            section aria-labelledby="notes" { h2 id="notes" { (HOW_TO_READ) } (plain_notes(notes.iter().cloned())) }
        },
        Block::Authored(_, markdown) => author::markdown(markdown),
        // A heading is a link wherever it can be.
        Block::Only(Detail::Brief, _) | Block::Address(_) => html! {},
    }
}

/// A section, with an id where others lead to it.
pub fn section(section: &Section<'_>, id: Option<&str>, context: Context<'_>) -> Markup {
    let of_title = id.map(|id| format!("{id}-title"));
    html! {
        section id=[id] aria-labelledby=[of_title.as_ref().filter(|_| section.title.is_some())] {
            @if let Some(title) = section.title { h2 id=[of_title.as_ref()] { bdi { (shown(title)) } } }
            (blocks(&section.blocks, context))
        }
    }
}

fn heading(level: Level, text: &Line<'_>, links: &dyn Links) -> Markup {
    let text = html! { bdi { (line(text, links)) } };
    match level {
        Level::Title => html! { h1 { (text) } },
        Level::Section | Level::Subject => html! { h2 { (text) } },
        Level::Part | Level::Place => html! { h3 { (text) } },
        Level::Point => html! { h4 { (text) } },
    }
}

fn class(sense: Sense) -> Option<&'static str> {
    match sense {
        Sense::Plain | Sense::Log | Sense::Body | Sense::Lead => None,
        Sense::Origin => Some("origin"),
        Sense::Total => Some("total"),
        Sense::Asked => Some("asked"),
        Sense::Failed => Some("failed"),
    }
}

fn notes(notes: &[Note], context: Context<'_>) -> Markup {
    plain_notes(notes.iter().filter(|note| note.is_here(context.is_quiet)).map(|note| note.text.clone()))
}

/// Notes as a list.
pub fn plain_notes(notes: impl IntoIterator<Item = String>) -> Markup {
    let notes: Vec<String> = notes.into_iter().collect();
    html! {
        @if !notes.is_empty() { ul.notes { @for note in &notes { li { (shown(note)) } } } }
    }
}

fn definitions(definitions: &[Definition<'_>], links: &dyn Links) -> Markup {
    html! {
        dl {
            @for Definition { name, value, .. } in definitions {
                div { dt { bdi { (line(name, links)) } } dd { (line(value, links)) } }
            }
        }
    }
}

/// A table of all, and what else there is of each.
fn beside(beside: &Beside<'_>, context: Context<'_>) -> Markup {
    let columns = || beside.columns.iter().filter(|column| column.parts.iter().any(|part| !part.is_empty()));
    html! {
        (table(&beside.table(), context.links))
        @if columns().next().is_some() {
            div.columns {
                @for column in columns() {
                    section {
                        h3 { bdi { (shown(column.name)) } }
                        @for part in &column.parts { (blocks(part, context)) }
                    }
                }
            }
        }
    }
}

fn picture(answer: &TrendAnswer) -> Markup {
    let mut drawn = Vec::new();
    // Memory takes all that is written to it.
    let is_drawn = svg::write(answer, &mut drawn).is_ok();
    html! {
        // What is too small on a phone is moved by itself, with the keyboard, too.
        @if is_drawn { div.picture role="region" aria-label="The picture" tabindex="0" { (PreEscaped(String::from_utf8_lossy(&drawn))) } }
    }
}

#[cfg(test)]
mod tests;
