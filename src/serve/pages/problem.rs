//! Error pages.

use hyper::StatusCode;
use maud::{Markup, html};

use super::choices::chosen;
use super::form::form;
use super::page::{Page, PageContent};
use super::{Address, frame, insight, search};
use crate::failure::Failure;
use crate::planning::Reader;
use crate::render::html::message;
use crate::render::shown;
use crate::serve::reply::status;

/// Returns the page of an invalid request, with its form for a correction.
pub fn invalid_request(page: Page, failure: &Failure, here: &Address, reader: &Reader) -> PageContent {
    let head = match page {
        Page::Search => html! {
            h1.visually-hidden { "Search news digests" }
            (form(page, here, &search::fields(), reader))
            (chosen(here, &[]))
            p id="status" role="status" tabindex="-1" {}
        },
        Page::Insight(command) => insight::head(command, here, reader),
        Page::Digest => html! { h1 { "Digest" } },
    };
    // Offer the text as plain words if its operators are the error.
    let as_words = failure.suggests("words").then(|| here.with("words", "true"));
    let body = html! {
        (head)
        div id="found" {
            div.results {
                (error(failure))
                @if let Some(as_words) = as_words { p { a href=(as_words) { "Search for plain words" } } }
            }
        }
    };
    PageContent { title: String::new(), body, status: status(failure) }
}

/// Renders the page of a server error, without a form.
pub fn server_error(page: Page, status: StatusCode, failure: &Failure, here: &Address) -> String {
    let body = html! { h1 { (page.name()) } div id="found" { div.results { (error(failure)) } } };
    frame::page(page, &PageContent { title: String::new(), body, status }, here, None)
}

fn error(failure: &Failure) -> Markup {
    html! {
        div id="error" role="alert" {
            p { (message(&sentence(&failure.message_text()))) }
            @for cause in failure.causes() { p { (message(&sentence(cause))) } }
            @if let Some((text, place)) = failure.place() {
                p.place { code { (shown(&text[..place.start])) mark { (shown(&text[place.clone()])) } (shown(&text[place.end..])) } }
            }
            @if let Some(hint) = failure.hint() { p.hint { (message(&sentence(&hint))) } }
        }
    }
}

/// Formats a message as a sentence.
fn sentence(message: &str) -> String {
    let mut chars = message.chars();
    let first = chars.next().into_iter().flat_map(char::to_uppercase);
    let end = if message.ends_with(['?', '.']) { "" } else { "." };
    format!("{}{}{end}", first.collect::<String>(), chars.as_str())
}
