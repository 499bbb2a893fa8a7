//! A feed of the newest matching entries (Atom, RFC 4287), and the description of the search for browsers (OpenSearch
//! 1.1). Both use absolute URLs, with the base that was requested.

use chrono::NaiveDate;
use maud::{Markup, PreEscaped, html};

use super::Address;
use crate::query::Hit;
use crate::render::html::harmless;
use crate::render::numbers::counted_as;
use crate::render::{QueryAnswer, is_web, shown};

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n";

/// Returns the feed of an answer. `base` is the base URL of the server; `as_of` is the date of an empty feed.
pub fn feed(answer: &QueryAnswer, target: &str, base: &str, as_of: Option<NaiveDate>) -> String {
    let here = Address::new(base, "/", Vec::new());
    let words = answer.request.selection.text.as_ref().map_or_else(|| "newest entries".to_owned(), ToString::to_string);
    let newest = answer.response.hits.iter().map(|hit| hit.entry.digest_date).max().or(as_of);
    // The request alone identifies a feed, since nothing of the corpus is in its URL.
    let own = format!("{base}{target}");
    xml(&html! {
        (PreEscaped(DECLARATION))
        feed xmlns="http://www.w3.org/2005/Atom" {
            id { (own) }
            title { "digest-search: " (shown(&words)) }
            updated { (time(newest.unwrap_or_default())) }
            author { name { "digest-search" } }
            link rel="self" type="application/atom+xml" href=(own) {}
            @for hit in &answer.response.hits { (entry(hit, &here)) }
        }
        "\n"
    })
}

fn entry(hit: &Hit, here: &Address) -> Markup {
    let entry = &hit.entry;
    let digest = here.entry(&entry.id);
    let web = entry.url.as_deref().filter(|url| is_web(url));
    let source = entry.source.as_deref().unwrap_or("digest");
    let perspective = entry.perspective.as_ref().map(|perspective| perspective.name.as_str());
    html! {
        entry {
            id { (digest) }
            title { (shown(&entry.text)) }
            published { (time(entry.date)) }
            updated { (time(entry.digest_date)) }
            author { name { (shown(source)) } }
            @match web {
                Some(url) => {
                    link rel="alternate" href=(url) {}
                    link rel="related" type="text/html" href=(digest) {}
                },
                None => link rel="alternate" type="text/html" href=(digest) {},
            }
            category term=(shown(&entry.topic.id)) label=(shown(&entry.topic.name)) {}
            summary {
                (shown(source))
                @if let Some(perspective) = perspective { " · " (shown(perspective)) }
                " · " (entry.date)
                @if hit.copies > 0 { " · +" (counted_as(hit.copies, "copy", "copies")) }
            }
        }
    }
}

/// Formats a date as midnight UTC.
fn time(day: NaiveDate) -> String {
    format!("{day}T00:00:00Z")
}

/// Returns the OpenSearch description.
pub fn opensearch(base: &str) -> String {
    xml(&html! {
        (PreEscaped(DECLARATION))
        OpenSearchDescription xmlns="http://a9.com/-/spec/opensearch/1.1/" {
            ShortName { "digest-search" }
            Description { "Search news digests" }
            InputEncoding { "UTF-8" }
            Url type="text/html" template={ (base) "/?q={searchTerms}" } {}
            Url type="application/atom+xml" template={ (base) "/api/v1/query.atom?q={searchTerms}" } {}
        }
        "\n"
    })
}

/// Returns markup without characters that are invalid in XML.
fn xml(markup: &Markup) -> String {
    harmless(markup).replace(['\u{fffe}', '\u{ffff}'], "\u{fffd}")
}
