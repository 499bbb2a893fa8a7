//! The page of a digest, each entry with an anchor.

use chrono::NaiveDate;
use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::downloads::downloads;
use super::page::PageContent;
use crate::ask;
use crate::failure::Failure;
use crate::model::{Field, Kind};
use crate::options::ShowOptions;
use crate::planning::Reader;
use crate::query::Entry;
use crate::render::html::linked;
use crate::render::{ShowAnswer, shown};
use crate::serve::parameters::Parameters;

/// Returns the digest of an id; the id of an entry marks that entry.
pub fn page(mut parameters: Parameters, here: &Address, reader: &Reader) -> Result<PageContent, Failure> {
    let id = parameters.one("id")?;
    parameters.finish()?;
    let Some(id) = id else {
        let hint = "add an id, such as ?id=china-japan/2026-02-10";
        return Err(Failure::message("usage", "missing parameter `id`".to_owned(), hint));
    };
    let options = ShowOptions { id: vec![id] };
    let request = options.request().map_err(|error| ask::invalid_id(&error, Some(reader)))?;
    let answer = ask::show(request, reader)?;
    let Some(found) = answer.shown.first() else {
        let missing = answer.missing.join("; ");
        return Ok(PageContent {
            title: String::new(),
            body: html! { h1 { "Not found" } p { (with_links(&missing, here)) } },
            status: StatusCode::NOT_FOUND,
        });
    };
    if answer.shown.len() > 1 {
        return Ok(several(&answer, here));
    }
    let first = &found.entries[0];
    let variant = first.variant();
    let corpus = first.corpus.as_deref().map(|id| reader.catalog().name(Field::Corpus, id));
    let title = [&first.topic.name, &first.digest_date.to_string(), variant].map(str::to_owned);
    let title = title.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ");
    let body = html! {
        h1 { @if let Some(corpus) = corpus { bdi { (shown(corpus)) } " · " } bdi { (shown(&first.topic.name)) } " · " time datetime=(first.digest_date) { (first.digest_date) } @if !variant.is_empty() { " · " bdi { (shown(variant)) } } }
        (neighbours(first, here, reader)?)
        @for list in found.entries.chunk_by(|a, b| section(a) == section(b)) {
            section.digest { (list_of(list, found.entry.map(|at| found.entries[at].id.as_str()), here)) }
        }
        (links(&answer.ids[0], here))
    };
    Ok(PageContent { title, body, status: StatusCode::OK })
}

/// Returns links to the digests of a day.
fn several(answer: &ShowAnswer, here: &Address) -> PageContent {
    let title = answer.ids.join(", ");
    let firsts = || answer.shown.iter().filter_map(|shown| shown.entries.first());
    let body = html! {
        h1 { "Digests of " (shown(&title)) }
        ul.choose { @for entry in firsts() { li { a href=(here.entry(entry.digest_id())) { @if let Some(corpus) = &entry.corpus { bdi { (shown(corpus)) } " · " } bdi { (shown(&entry.topic.name)) } " · " (entry.digest_date) @if !entry.variant().is_empty() { " · " bdi { (shown(entry.variant())) } } } } } }
        (links(&answer.ids[0], here))
    };
    PageContent { title, body, status: StatusCode::OK }
}

/// Renders links to the entries in other formats.
fn links(id: &str, here: &Address) -> Markup {
    let of = |path| here.plain(path).with("id", id);
    downloads("Download as", &[("CSV", of("/api/v1/show.csv")), ("JSON", of("/api/v1/show"))])
}

/// Returns a text with links at the ids between backticks.
fn with_links(text: &str, here: &Address) -> Markup {
    html! {
        @for (at, piece) in text.split('`').enumerate() {
            @if at % 2 == 1 { a.id href=(here.entry(piece)) { (shown(piece)) } } @else { (shown(piece)) }
        }
    }
}

/// Returns the list that an entry is in. Titles are one list, whatever their perspective.
fn section(entry: &Entry) -> (Kind, Option<&str>, Option<&str>) {
    (
        entry.kind,
        entry.perspective.as_ref().filter(|_| entry.kind == Kind::Bullet).map(|perspective| perspective.id.as_str()),
        entry.section.as_deref(),
    )
}

fn list_of(list: &[Entry], marked: Option<&str>, here: &Address) -> Markup {
    let first = &list[0];
    let heading = match (first.kind, &first.perspective) {
        (Kind::Highlight, _) => "Highlights".to_owned(),
        (Kind::Bullet, perspective) => {
            perspective.as_ref().map_or_else(|| "Bullets".to_owned(), |perspective| shown(&perspective.name))
        }
        (Kind::Title, _) => "Sources".to_owned(),
    };
    let items = html! { @for entry in list { (item(entry, marked == Some(&entry.id), here)) } };
    html! {
        h2 { bdi { (heading) } @if let Some(path) = &first.section { " · " bdi { (shown(path)) } } }
        @if first.kind == Kind::Title { ol { (items) } } @else { ul { (items) } }
    }
}

fn item(entry: &Entry, is_marked: bool, here: &Address) -> Markup {
    let part = entry.id.split_once('#').map_or("", |(_, part)| part);
    html! {
        li id=(part) class=[is_marked.then_some("marked")] {
            (linked(entry, &[])) " "
            a.anchor href=(here.entry(&entry.id)) aria-label={ "Link to " (part) } { "#" }
            @if let Some(text) = &entry.description { p.description { bdi { (shown(text)) } } }
            @if entry.kind == Kind::Title {
                p.origin {
                    @if let Some(locale) = &entry.locale { (shown(locale)) " · " }
                    bdi { (shown(entry.source.as_deref().unwrap_or("unknown source"))) }
                    @if let Some(perspective) = &entry.perspective { " · " bdi { (shown(&perspective.name)) } }
                    " · " time datetime=(entry.date) { (entry.date) }
                }
            }
        }
    }
}

/// Returns links to the previous and the next digest of the topic.
fn neighbours(entry: &Entry, here: &Address, reader: &Reader) -> Result<Markup, Failure> {
    let (before, after) = ask::neighbours(entry.corpus.as_deref(), &entry.topic.id, entry.digest_date, reader)?;
    let corpus = entry.corpus.as_ref().map_or_else(String::new, |corpus| format!("{corpus}:"));
    let link = |day: NaiveDate| here.entry(&format!("{corpus}{}/{day}", entry.topic.id));
    Ok(html! {
        nav.pages aria-label="Digests" {
            @if let Some(day) = before { a rel="prev" href=(link(day)) { "← " (day) } }
            a href=(here.plain("/").with("topic", &entry.topic.id)) { "all digests of this topic" }
            @if let Some(day) = after { a rel="next" href=(link(day)) { (day) " →" } }
        }
    })
}
