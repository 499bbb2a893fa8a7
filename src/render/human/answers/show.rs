//! A digest as a whole, or one entry in context.

use super::unit::{article, origin};
use crate::model::Kind;
use crate::query::Unit;
use crate::render::human::blocks::{Block, Detail, Item, Level, Line, List, NOTHING, Role, Sense, Span};
use crate::render::numbers::counted;
use crate::render::{ShowAnswer, Shown};

/// So many entries before and after the one asked for.
const CONTEXT: usize = 2;

/// Returns the answer as blocks.
pub fn blocks(answer: &ShowAnswer) -> Vec<Block<'_>> {
    let shown = answer.shown.iter().flat_map(|Shown { units, unit }| match unit {
        Some(at) => of_unit(units, *at),
        None => of_digest(units),
    });
    // In brief, what is missing is said on stderr.
    shown.chain([Block::Only(Detail::Full, totals(answer))]).collect()
}

fn totals(answer: &ShowAnswer) -> Vec<Block<'_>> {
    let units = answer.shown.iter().map(|shown| if shown.unit.is_some() { 1 } else { shown.units.len() }).sum();
    let nothing = (units == 0).then(|| Block::total(NOTHING));
    let missing = Block::notes(answer.missing.iter().cloned());
    nothing.into_iter().chain([Block::total(counted(units, "unit")), missing]).collect()
}

fn of_digest(units: &[Unit]) -> Vec<Block<'_>> {
    let Some(first) = units.first() else { return Vec::new() };
    let count = |kind: Kind, one: &str| counted(units.iter().filter(|u| u.kind == kind).count(), one).into();
    let counts =
        Line::dotted([count(Kind::Highlight, "highlight"), count(Kind::Bullet, "bullet"), count(Kind::Title, "title")]);
    let title = Line::dotted([topic(first), first.digest_date.to_string().into()]);
    let title = Line(title.0.into_iter().map(|span| Span { role: Role::Plain, ..span }).collect());
    let mut blocks = vec![Block::Heading(Level::Subject, title), Block::Paragraph(Sense::Total, counts.set_back())];
    for list in units.chunk_by(|a, b| section(a) == section(b)) {
        let (kind, side) = section(&list[0]);
        let heading = match kind {
            Kind::Highlight => "Highlights",
            Kind::Bullet => side.map_or("Points", |id| name_of(units, id)),
            Kind::Title => "Titles",
        };
        let items = list.iter().map(entry).collect();
        blocks.push(Block::Heading(Level::Part, heading.into()));
        blocks.push(Block::List(List { items, indent: 1, ..List::default() }));
    }
    blocks
}

/// Which list of its digest a unit is in: titles are one list, whosever they are.
fn section(unit: &Unit) -> (Kind, Option<&str>) {
    (unit.kind, unit.perspective.as_ref().filter(|_| unit.kind == Kind::Bullet).map(|side| side.id.as_str()))
}

fn name_of<'a>(units: &'a [Unit], id: &'a str) -> &'a str {
    let side = units.iter().filter_map(|u| u.perspective.as_ref()).find(|side| side.id == id);
    side.map_or(id, |side| &side.name)
}

fn topic(unit: &Unit) -> Line<'_> {
    unit.topic.name.as_str().into()
}

/// The digest and the part of it that an id names.
fn parts(id: &str) -> (&str, &str) {
    id.rsplit_once('#').unwrap_or(("", id))
}

fn entry(unit: &Unit) -> Item<'_> {
    let asides = (unit.kind == Kind::Title).then(|| article(unit));
    let label = Span::new(Role::Id, parts(&unit.id).1).into();
    Item { label, ..Item::new(Span::entry(unit, &[]), asides) }
}

fn of_unit(units: &[Unit], at: usize) -> Vec<Block<'_>> {
    let unit = &units[at];
    let how = match unit.attribution.as_deref() {
        None => "",
        Some("config") => "side given in digest-search.yaml",
        Some("heading") => "side given by a heading",
        Some("order") => "side worked out from the list's order",
        Some(_) => "side worked out from the locales",
    };
    let digest =
        if unit.date == unit.digest_date { String::new() } else { format!("in the digest of {}", unit.digest_date) };
    let locale = unit.locale.as_deref().unwrap_or_default();
    let aside = [origin(unit, &[]), topic(unit), digest.into(), locale.into(), how.into()];
    let origin = Line::dotted([Span::id(&unit.id).into(), Line::dotted(aside).set_back()]);
    let mut blocks =
        vec![Block::Heading(Level::Part, Span::entry(unit, &[]).into()), Block::Paragraph(Sense::Origin, origin)];
    blocks.extend(unit.url.as_deref().map(Block::Address));
    let near: Vec<usize> = (at.saturating_sub(CONTEXT)..units.len().min(at + CONTEXT + 1))
        .filter(|&i| section(&units[i]) == section(unit))
        .collect();
    if near.len() > 1 {
        let items = near.iter().map(|&i| Item { is_chosen: i == at, ..entry(&units[i]) }).collect();
        let sign = Some(Span::new(Role::Plain, "> "));
        blocks.push(Block::Heading(Level::Part, format!("In {}", parts(&unit.id).0).into()));
        blocks.push(Block::List(List { items, sign, hides_addresses: true, ..List::default() }));
    }
    blocks
}
