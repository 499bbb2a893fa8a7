//! The frame of every page: head, navigation and footer.

use maud::{DOCTYPE, Markup, html};

use super::page::{FEED, OPENSEARCH, PAGES, Page, PageContent};
use super::{Address, Asset};
use crate::backend::Catalog;
use crate::options::Command;
use crate::render::html::harmless;
use crate::render::numbers::counted;
use crate::render::shown;

/// Renders a whole page.
pub fn page(page: Page, content: &PageContent, here: &Address, catalog: Option<&Catalog>) -> String {
    let asset = |asset: Asset| format!("{}{}", here.plain(""), asset.path());
    let title = [content.title.as_str(), page.name(), "digest-search"];
    let title: Vec<String> = title.into_iter().filter(|part| !part.is_empty()).map(shown).collect();
    harmless(&html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title.join(" · ")) }
                link rel="stylesheet" href=(asset(Asset::Style));
                link rel="icon" href=(asset(Asset::Icon));
                link rel="search" type="application/opensearchdescription+xml" title="digest-search" href=(here.plain(OPENSEARCH));
                @if page == Page::Search { link rel="alternate" type="application/atom+xml" title="Feed of this search" href=(here.on_page(FEED)); }
                script src=(asset(Asset::Script)) defer {}
            }
            body {
                a.skip href="#main" { "Skip to the content" }
                header.site {
                    a.brand href=(here.plain("/")) { "digest-search" }
                    (views(page, here))
                }
                main id="main" { (content.body) }
                footer { (about(catalog)) }
            }
        }
        "\n"
    })
}

/// Renders the navigation, with links to the same selection on other pages.
fn views(page: Page, here: &Address) -> Markup {
    let views = PAGES.into_iter().filter(|(_, other)| *other != Page::Digest);
    html! {
        nav.views id="views" aria-label="Views" {
            ul {
                @for (path, other) in views {
                    li {
                        a href=(adapt(other, here.on_page(path))) aria-current=[(other == page).then_some("page")] { (other.name()) }
                    }
                }
            }
        }
    }
}

/// Removes filters that a page does not support: `compare` needs several perspectives, stories are of titles.
fn adapt(page: Page, address: Address) -> Address {
    match page {
        Page::Insight(Command::Compare) => address.without("perspective"),
        Page::Insight(Command::Stories | Command::Gaps) => address.without("kind"),
        _ => address,
    }
}

fn about(catalog: Option<&Catalog>) -> Markup {
    let Some(catalog) = catalog else { return html! {} };
    let first = catalog.topics.values().map(|topic| topic.first).min();
    let last = catalog.topics.values().map(|topic| topic.last).max();
    html! {
        p {
            (counted(catalog.digests, "digest")) " of " (counted(catalog.topics.len(), "topic"))
            @if let (Some(first), Some(last)) = (first, last) { ", " (first) " to " (last) }
            "; " (counted(catalog.entries.total(), "entry")) "."
            @if let Some(day) = catalog.as_of { " Relative dates such as “7d” count back from " (day) "." }
        }
    }
}
