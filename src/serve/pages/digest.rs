//! A digest as it was, each unit with an anchor.

use chrono::NaiveDate;
use hyper::StatusCode;
use maud::{Markup, html};

use super::Address;
use super::page::Shown;
use crate::ask;
use crate::failure::Failure;
use crate::model::Kind;
use crate::options::ShowOptions;
use crate::planning::Reader;
use crate::query::Unit;
use crate::render::html::linked;
use crate::render::{ShowAnswer, shown};
use crate::serve::parameters::Parameters;

/// The digest of an id; a unit's id marks that unit.
pub fn page(mut parameters: Parameters, here: &Address, reader: &Reader) -> Result<Shown, Failure> {
    let id = parameters.one("id")?;
    parameters.finish()?;
    let Some(id) = id else {
        let hint = "say what to show, as in ?id=china-japan/2026-02-10";
        return Err(Failure::message("usage", "there is no `id`".to_owned(), hint));
    };
    let options = ShowOptions { id: vec![id] };
    let request = options.request().map_err(|wrong| ask::wrong_id(&wrong, Some(reader)))?;
    let answer = ask::show(request, reader)?;
    let Some(found) = answer.shown.first() else {
        let missing = answer.missing.join("; ");
        return Ok(Shown {
            title: String::new(),
            body: html! { h1 { "Not there" } p { (with_links(&missing, here)) } },
            status: StatusCode::NOT_FOUND,
        });
    };
    if answer.shown.len() > 1 {
        return Ok(several(&answer, here));
    }
    let first = &found.units[0];
    let title = format!("{} · {}", first.topic.name, first.digest_date);
    let body = html! {
        h1 { bdi { (shown(&first.topic.name)) } " · " time datetime=(first.digest_date) { (first.digest_date) } }
        (neighbours(first, here, reader)?)
        @for list in found.units.chunk_by(|a, b| section(a) == section(b)) {
            section.digest { (list_of(list, found.unit.map(|at| found.units[at].id.as_str()), here)) }
        }
        p.aside { "This digest as " a href=(here.plain("/api/v1/show").with("id", &answer.ids[0])) { "JSON" } "." }
    };
    Ok(Shown { title, body, status: StatusCode::OK })
}

/// Links to the digests of a day.
fn several(answer: &ShowAnswer, here: &Address) -> Shown {
    let title = answer.ids.join(", ");
    let firsts = || answer.shown.iter().filter_map(|shown| shown.units.first());
    let id = |unit: &Unit| format!("{}/{}", unit.topic.id, unit.digest_date);
    let body = html! {
        h1 { "Digests of " (shown(&title)) }
        ul.choose { @for unit in firsts() { li { a href=(here.unit(&id(unit))) { bdi { (shown(&unit.topic.name)) } " · " (unit.digest_date) } } } }
        p.aside { "These digests as " a href=(here.plain("/api/v1/show").with("id", &answer.ids[0])) { "JSON" } "." }
    };
    Shown { title, body, status: StatusCode::OK }
}

/// A text in which the ids between backticks lead to where they are.
fn with_links(text: &str, here: &Address) -> Markup {
    html! {
        @for (at, piece) in text.split('`').enumerate() {
            @if at % 2 == 1 { a.id href=(here.unit(piece)) { (shown(piece)) } } @else { (shown(piece)) }
        }
    }
}

/// Which list of its digest a unit is in: titles are one list, whosever they are.
fn section(unit: &Unit) -> (Kind, Option<&str>) {
    (unit.kind, unit.perspective.as_ref().filter(|_| unit.kind == Kind::Bullet).map(|side| side.id.as_str()))
}

fn list_of(list: &[Unit], marked: Option<&str>, here: &Address) -> Markup {
    let first = &list[0];
    let heading = match (first.kind, &first.perspective) {
        (Kind::Highlight, _) => "Highlights".to_owned(),
        (Kind::Bullet, side) => side.as_ref().map_or_else(|| "Points".to_owned(), |side| shown(&side.name)),
        (Kind::Title, _) => "Sources".to_owned(),
    };
    let items = html! { @for unit in list { (item(unit, marked == Some(&unit.id), here)) } };
    html! {
        h2 { bdi { (heading) } }
        @if first.kind == Kind::Title { ol { (items) } } @else { ul { (items) } }
    }
}

fn item(unit: &Unit, is_marked: bool, here: &Address) -> Markup {
    let part = unit.id.split_once('#').map_or("", |(_, part)| part);
    html! {
        li id=(part) class=[is_marked.then_some("marked")] {
            (linked(unit, &[])) " "
            a.anchor href=(here.unit(&unit.id)) aria-label={ "Link to " (part) } { "#" }
            @if unit.kind == Kind::Title {
                p.origin {
                    @if let Some(locale) = &unit.locale { (shown(locale)) " · " }
                    bdi { (shown(unit.source.as_deref().unwrap_or("no outlet named"))) }
                    @if let Some(side) = &unit.perspective { " · " bdi { (shown(&side.name)) } }
                    " · " time datetime=(unit.date) { (unit.date) }
                }
            }
        }
    }
}

/// The digests of the topic before and after.
fn neighbours(of: &Unit, here: &Address, reader: &Reader) -> Result<Markup, Failure> {
    let (before, after) = ask::neighbours(&of.topic.id, of.digest_date, reader)?;
    let link = |day: NaiveDate| here.unit(&format!("{}/{day}", of.topic.id));
    Ok(html! {
        nav.pages aria-label="Digests" {
            @if let Some(day) = before { a rel="prev" href=(link(day)) { "← " (day) } }
            a href=(here.plain("/").with("topic", &of.topic.id)) { "all of this topic" }
            @if let Some(day) = after { a rel="next" href=(link(day)) { (day) " →" } }
        }
    })
}
