//! Blocks as HTML, in full detail.

use maud::{Markup, PreEscaped, html};

use super::author;
use super::code::message;
use super::line::{Links, line};
use super::list::list;
use super::table::{table, terms};
use crate::diagnostic::{Message, Syntax};
use crate::render::human::blocks::{
    Block, Columns, Definition, Detail, HOW_TO_READ, Level, Line, NOTHING, Section, Sense,
};
use crate::render::human::wording;
use crate::render::svg::{self, Size};
use crate::render::{TrendAnswer, shown};

/// Settings of the page as a whole.
#[derive(Clone, Copy)]
pub struct Context<'c> {
    /// True if notes are left out.
    pub is_quiet: bool,
    /// The syntax of options.
    pub syntax: Syntax,
    /// The targets of links.
    pub links: &'c dyn Links,
}

/// Returns blocks one below the other.
pub fn blocks(blocks: &[Block<'_>], context: Context<'_>) -> Markup {
    html! { @for of in blocks { (block(of, context)) } }
}

fn block(block: &Block<'_>, context: Context<'_>) -> Markup {
    let Context { links, .. } = context;
    match block {
        Block::Heading(level, text) => heading(*level, text, links),
        Block::Paragraph(sense, text) => html! { p class=[class(*sense)] { (line(text, links)) } },
        Block::Sentences(sentences) => notes(sentences.iter().cloned()),
        Block::Note(_) if context.is_quiet => html! {},
        Block::Note(note) => notes([note.written(context.syntax)]),
        Block::Definitions(of) | Block::About(of) => definitions(of, links),
        Block::Alert(sentences) => {
            html! { div.failed role="alert" { @for text in sentences { p { (message(text)) } } } }
        }
        Block::List(of) => list(of, links, &|parts| blocks(parts, context)),
        Block::Table(of) => table(of, links),
        Block::Tally(tally) => table(&tally.table(), links),
        Block::Terms(of) => terms(of, links),
        Block::Columns(of) => columns(of, context),
        Block::Picture(answer) => pictures(answer),
        Block::Nothing(suggestions) => html! {
            p.nothing { (NOTHING) }
            (notes(written(&wording::suggestions(*suggestions), context)))
        },
        // Chosen items are marked.
        Block::Legend(_, text) => html! { p.total { mark { "Marked" } ": " (text) } },
        Block::Group(of) if matches!(of.first(), Some(Block::Heading(..))) => {
            html! { article { (blocks(of, context)) } }
        }
        Block::Group(of) | Block::Only(Detail::Full, of) => blocks(of, context),
        Block::Parts(parts) => html! { div.columns { @for of in parts { div { (blocks(of, context)) } } } },
        Block::Section(of) => section(of, None, context),
        Block::StandingNotes(all) if all.is_empty() || context.is_quiet => html! {},
        Block::StandingNotes(all) => html! {
            section aria-labelledby="notes" { h2 id="notes" { (HOW_TO_READ) } (notes(written(all, context))) }
        },
        Block::Authored(_, markdown) => author::markdown(markdown),
        // Headings are links.
        Block::Only(Detail::Brief, _) | Block::Address(_) => html! {},
    }
}

/// Returns a section, with an id for links to it.
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
        Sense::Badge => Some("badge"),
        Sense::Origin => Some("origin"),
        Sense::Total => Some("total"),
        Sense::Question => Some("asked"),
        Sense::Failed => Some("failed"),
    }
}

fn written(notes: &[Message], context: Context<'_>) -> Vec<String> {
    notes.iter().map(|note| note.written(context.syntax)).collect()
}

/// Returns notes as a list.
pub fn notes(notes: impl IntoIterator<Item = String>) -> Markup {
    let notes: Vec<String> = notes.into_iter().collect();
    html! {
        @if !notes.is_empty() { ul.notes { @for note in &notes { li { (message(note)) } } } }
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

/// Returns a table of all columns, then their parts, the same part of each side by side.
fn columns(all: &Columns<'_>, context: Context<'_>) -> Markup {
    let parts = all.columns.iter().map(|column| column.parts.len()).max().unwrap_or_default();
    html! {
        (table(&all.table(), context.links))
        @for at in 0..parts {
            @let part = || all.columns.iter().filter_map(|column| Some((column.name, column.parts.get(at)?)));
            @let is_shown = |(_, part): &(&str, &Vec<Block<'_>>)| !part.is_empty();
            // Terms need the whole width.
            @let has_terms = part().any(|(_, part)| part.iter().any(is_table));
            @if part().any(|part| is_shown(&part)) {
                div class=[(!has_terms).then_some("columns")] {
                    @for (name, part) in part().filter(is_shown) {
                        section { h3 { bdi { (shown(name)) } } (blocks(part, context)) }
                    }
                }
            }
        }
    }
}

fn is_table(block: &Block<'_>) -> bool {
    matches!(block, Block::Terms(of) if !of.terms.is_empty())
}

/// Returns a picture for wide screens and one for narrow screens; the style shows one of them.
fn pictures(answer: &TrendAnswer) -> Markup {
    html! {
        @for size in [Size::Wide, Size::Narrow] {
            @let mut drawn = Vec::new();
            // Writing to memory does not fail.
            @if svg::write(answer, None, size, &mut drawn).is_ok() {
                div.picture.narrow[size == Size::Narrow] { (PreEscaped(String::from_utf8_lossy(&drawn))) }
            }
        }
    }
}

#[cfg(test)]
mod tests;
