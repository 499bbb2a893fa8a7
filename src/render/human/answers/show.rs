//! A digest as a whole, or one entry in context.

use super::entry::{article, description, origin};
use crate::model::Kind;
use crate::query::Entry;
use crate::render::human::blocks::{Block, Detail, Item, Level, Line, List, NOTHING, Role, Sense, Span};
use crate::render::numbers::counted;
use crate::render::{ShowAnswer, Shown};

/// The number of entries before and after the requested one.
const CONTEXT: usize = 2;

/// Returns the answer as blocks.
pub fn blocks(answer: &ShowAnswer) -> Vec<Block<'_>> {
    let shown = answer.shown.iter().flat_map(|Shown { entries, entry }| match entry {
        Some(at) => of_entry(entries, *at),
        None => of_digest(entries),
    });
    // In brief, ids that were not found are on stderr.
    shown.chain([Block::Only(Detail::Full, totals(answer))]).collect()
}

fn totals(answer: &ShowAnswer) -> Vec<Block<'_>> {
    let entries = answer.shown.iter().map(|shown| if shown.entry.is_some() { 1 } else { shown.entries.len() }).sum();
    let nothing = (entries == 0).then(|| Block::total(NOTHING));
    let missing = Block::sentences(answer.missing.iter().cloned());
    nothing.into_iter().chain([Block::total(counted(entries, "entry")), missing]).collect()
}

fn of_digest(entries: &[Entry]) -> Vec<Block<'_>> {
    let Some(first) = entries.first() else { return Vec::new() };
    let count = |kind: Kind, one: &str| counted(entries.iter().filter(|u| u.kind == kind).count(), one).into();
    let counts =
        Line::dotted([count(Kind::Highlight, "highlight"), count(Kind::Bullet, "bullet"), count(Kind::Title, "title")]);
    let corpus = first.corpus.as_deref().unwrap_or_default().into();
    let title = Line::dotted([corpus, topic(first), first.digest_date.to_string().into(), first.variant().into()]);
    let title = Line(title.0.into_iter().map(|span| Span { role: Role::Plain, ..span }).collect());
    let mut blocks = vec![Block::Heading(Level::Subject, title), Block::Paragraph(Sense::Total, counts.set_back())];
    for list in entries.chunk_by(|a, b| section(a) == section(b)) {
        let (kind, perspective, path) = section(&list[0]);
        let heading: Line<'_> = match kind {
            Kind::Highlight => "Highlights",
            Kind::Bullet => perspective.map_or("Points", |id| name_of(entries, id)),
            Kind::Title => "Titles",
        }
        .into();
        let heading = Line::dotted([heading, path.unwrap_or_default().into()]);
        let items = list.iter().map(item).collect();
        blocks.push(Block::Heading(Level::Part, heading));
        blocks.push(Block::List(List { items, indent: 1, ..List::default() }));
    }
    blocks
}

/// Returns the list that an entry is in: its kind, its perspective, its section. Titles of all perspectives are one list.
fn section(entry: &Entry) -> (Kind, Option<&str>, Option<&str>) {
    (
        entry.kind,
        entry.perspective.as_ref().filter(|_| entry.kind == Kind::Bullet).map(|perspective| perspective.id.as_str()),
        entry.section.as_deref(),
    )
}

fn name_of<'a>(entries: &'a [Entry], id: &'a str) -> &'a str {
    let perspective = entries.iter().filter_map(|u| u.perspective.as_ref()).find(|perspective| perspective.id == id);
    perspective.map_or(id, |perspective| &perspective.name)
}

fn topic(entry: &Entry) -> Line<'_> {
    entry.topic.name.as_str().into()
}

/// Splits an id into the digest and the entry.
fn parts(id: &str) -> (&str, &str) {
    id.rsplit_once('#').unwrap_or(("", id))
}

fn item(entry: &Entry) -> Item<'_> {
    let asides = (entry.kind == Kind::Title).then(|| [description(entry, &[]), article(entry)]).into_iter().flatten();
    let asides = asides.filter(|line| !line.is_empty());
    let label = Span::new(Role::Id, parts(&entry.id).1).into();
    Item { label, ..Item::new(Span::entry(entry, &[]), asides) }
}

fn of_entry(entries: &[Entry], at: usize) -> Vec<Block<'_>> {
    let entry = &entries[at];
    let how = match entry.attribution.as_deref() {
        None => "",
        Some("config") => "perspective from digest-search.yaml",
        Some("heading") => "perspective from a heading",
        Some("order") => "perspective inferred from the order of the list",
        Some(_) => "perspective inferred from the locale",
    };
    let digest =
        if entry.date == entry.digest_date { String::new() } else { format!("in the digest of {}", entry.digest_date) };
    let locale = entry.locale.as_deref().unwrap_or_default();
    let path = entry.section.as_deref().unwrap_or_default();
    let aside = [origin(entry, &[]), topic(entry), digest.into(), locale.into(), path.into(), how.into()];
    let fields = entry.fields.iter().filter(|(_, values)| !values.is_empty());
    let fields = fields.map(|(name, values)| Line::from(format!("{name}: {}", values.join(", "))));
    let aside = aside.into_iter().chain(fields);
    let origin = Line::dotted([Span::id(&entry.id).into(), Line::dotted(aside).set_back()]);
    let mut blocks =
        vec![Block::Heading(Level::Part, Span::entry(entry, &[]).into()), Block::Paragraph(Sense::Origin, origin)];
    blocks.extend(entry.description.as_deref().map(|text| {
        Block::Paragraph(Sense::Origin, Span { lang: entry.lang.as_deref(), ..Span::new(Role::Text, text) }.into())
    }));
    blocks.extend(entry.url.as_deref().map(Block::Address));
    let near: Vec<usize> = (at.saturating_sub(CONTEXT)..entries.len().min(at + CONTEXT + 1))
        .filter(|&i| section(&entries[i]) == section(entry))
        .collect();
    if near.len() > 1 {
        let items = near.iter().map(|&i| Item { is_chosen: i == at, ..item(&entries[i]) }).collect();
        let sign = Some(Span::new(Role::Plain, "> "));
        blocks.push(Block::Heading(Level::Part, format!("In {}", parts(&entry.id).0).into()));
        blocks.push(Block::List(List { items, sign, hides_addresses: true, ..List::default() }));
    }
    blocks
}
