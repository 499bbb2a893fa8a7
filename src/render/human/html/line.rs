//! Lines of spans as HTML.

use std::ops::Range;

use maud::{Markup, html};

use crate::render::human::blocks::{Detail, Line, Role, Span, Target};
use crate::render::{is_web, shown};

/// Targets of links on a page.
pub trait Links {
    /// Returns the address of an entry in its digest.
    fn entry(&self, id: &str) -> Option<String>;

    /// Returns the address of a search for words.
    fn words(&self, words: &str) -> Option<String>;

    /// Returns the address of the same answer with this number of terms for each group.
    fn terms(&self, number: usize) -> Option<String>;
}

/// Returns a line.
pub fn line(line: &Line<'_>, links: &dyn Links) -> Markup {
    html! { @for span in line.of(Detail::Full) { (self::span(span, links)) } }
}

fn span(span: &Span<'_>, links: &dyn Links) -> Markup {
    let text = marked(&span.text, span.marks);
    match (span.role, span.target) {
        (Role::Text, target) => entry(&text, target, span.lang.filter(|lang| *lang != "en")),
        (Role::Id, Some(Target::Entry(id))) => match links.entry(id) {
            Some(address) => html! { a.id href=(address) { (text) } },
            None => html! { span.id { (text) } },
        },
        (_, Some(Target::Words(words))) => match links.words(words) {
            Some(address) => html! { a href=(address) { bdi { (text) } } },
            None => html! { bdi { (text) } },
        },
        (role, _) => of_role(role, &span.text, &text),
    }
}

fn of_role(role: Role, plain: &str, text: &Markup) -> Markup {
    match role {
        Role::Plain | Role::Bare | Role::Text | Role::Dim | Role::Score => text.clone(),
        Role::Strong => html! { strong { (text) } },
        Role::Mark => html! { mark { (text) } },
        Role::Id => html! { span.id { (text) } },
        Role::Name => html! { bdi { (text) } },
        Role::Day => html! { time datetime=(plain) { (text) } },
        Role::Code => html! { code { (text) } },
    }
}

/// Returns a text of the corpus, with its language and direction.
fn entry(text: &Markup, target: Option<Target<'_>>, lang: Option<&str>) -> Markup {
    match target {
        Some(Target::Address(url)) if is_web(url) => {
            html! { a href=(url) rel="noopener noreferrer" lang=[lang] dir="auto" { (text) } }
        }
        _ => html! { span lang=[lang] dir="auto" { (text) } },
    }
}

/// Returns a text with marks.
fn marked(text: &str, marks: &[Range<usize>]) -> Markup {
    let ends = std::iter::once(0).chain(marks.iter().map(|mark| mark.end));
    html! {
        @for (done, mark) in ends.zip(marks) {
            (shown(&text[done..mark.start])) mark { (shown(&text[mark.clone()])) }
        }
        (shown(&text[marks.last().map_or(0, |mark| mark.end)..]))
    }
}
