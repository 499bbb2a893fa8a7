//! A digest as a whole, or one unit and what stands around it.

use std::io::{self, Write};

use super::paint::{Part, dotted, lines, marked, paint};
use super::query::{origin, write_url};
use crate::model::Kind;
use crate::query::Unit;
use crate::render::numbers::counted;
use crate::render::{ShowAnswer, Style, shown};

/// So many units before and after the one asked for.
const CONTEXT: usize = 2;

pub fn write(answer: &ShowAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for (i, shown) in answer.shown.iter().enumerate() {
        if i > 0 {
            writeln!(out)?;
        }
        match shown.unit {
            Some(at) => write_unit(&shown.units, at, style, out)?,
            None => write_digest(&shown.units, style, out)?,
        }
    }
    Ok(())
}

fn write_digest(units: &[Unit], style: Style, out: &mut dyn Write) -> io::Result<()> {
    let first = &units[0];
    let title = format!("{} · {}", shown(&first.topic.name), first.digest_date);
    writeln!(out, "{}", paint(&title, Part::Heading, style))?;
    let count = |kind: Kind, one: &str| counted(units.iter().filter(|u| u.kind == kind).count(), one);
    let counts =
        dotted([count(Kind::Highlight, "highlight"), count(Kind::Bullet, "bullet"), count(Kind::Title, "title")]);
    writeln!(out, "{}", paint(&counts, Part::Aside, style))?;
    for list in units.chunk_by(|a, b| section(a) == section(b)) {
        let (kind, side) = section(&list[0]);
        let heading = match kind {
            Kind::Highlight => "Highlights".to_owned(),
            Kind::Bullet => side.map_or_else(String::new, |id| name_of(units, id)),
            Kind::Title => "Titles".to_owned(),
        };
        writeln!(out, "\n{}", paint(&heading, Part::Heading, style))?;
        let width = list.iter().map(|u| part(u).chars().count()).max().unwrap_or_default();
        for unit in list {
            write_entry(unit, width, " ", style, out)?;
        }
    }
    Ok(())
}

/// Which list of its digest a unit is in: titles are one list, whosever they are.
fn section(unit: &Unit) -> (Kind, Option<&str>) {
    (unit.kind, unit.perspective.as_ref().filter(|_| unit.kind == Kind::Bullet).map(|side| side.id.as_str()))
}

fn name_of(units: &[Unit], id: &str) -> String {
    let side = units.iter().filter_map(|u| u.perspective.as_ref()).find(|side| side.id == id);
    side.map_or_else(|| shown(id), |side| shown(&side.name))
}

/// What stands behind `#` in a unit's id.
fn part(unit: &Unit) -> &str {
    unit.id.rsplit_once('#').map_or(&unit.id, |(_, part)| part)
}

fn write_entry(unit: &Unit, width: usize, lead: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let part = shown(part(unit));
    let pad = " ".repeat(width.saturating_sub(part.chars().count()));
    let first = format!("{lead}{pad}{}  ", paint(&part, Part::Id, style));
    let indent = " ".repeat(lead.chars().count() + width + 2);
    lines(&marked(&unit.text, &[], style), &first, &indent, unit.url.as_deref(), style, out)?;
    if unit.kind != Kind::Title {
        return Ok(());
    }
    let side = unit.perspective.as_ref().map_or_else(String::new, |side| shown(&side.name));
    let aside = dotted([unit.source.as_deref().map_or_else(String::new, shown), side, unit.date.to_string()]);
    lines(&paint(&aside, Part::Aside, style), &indent, &indent, None, style, out)?;
    match unit.url.as_ref().filter(|_| style.urls) {
        Some(url) => writeln!(out, "{indent}{}", shown(url)),
        None => Ok(()),
    }
}

fn write_unit(units: &[Unit], at: usize, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let unit = &units[at];
    lines(&paint(&marked(&unit.text, &[], style), Part::Heading, style), "", "", unit.url.as_deref(), style, out)?;
    let how = match unit.attribution.as_deref() {
        None => "",
        Some("config") => "side given in digest-search.yaml",
        Some("heading") => "side given by a heading",
        Some("order") => "side worked out from the list's order",
        Some(_) => "side worked out from the locales",
    };
    let locale = unit.locale.clone().unwrap_or_default();
    let digest =
        if unit.date == unit.digest_date { String::new() } else { format!("in the digest of {}", unit.digest_date) };
    let plain = Style { color: false, ..style };
    let aside = dotted([origin(unit, &[], plain), shown(&unit.topic.name), digest, shown(&locale), how.to_owned()]);
    let id = paint(&shown(&unit.id), Part::Id, style);
    lines(&dotted([id, paint(&aside, Part::Aside, style)]), "  ", "  ", None, style, out)?;
    write_url(unit, Style { urls: style.urls || !style.links, ..style }, out)?;
    let near: Vec<usize> = (at.saturating_sub(CONTEXT)..units.len().min(at + CONTEXT + 1))
        .filter(|&i| section(&units[i]) == section(unit))
        .collect();
    if near.len() > 1 {
        writeln!(
            out,
            "\n{}",
            paint(
                &format!("In {}", shown(unit.id.rsplit_once('#').map_or("", |(digest, _)| digest))),
                Part::Heading,
                style
            )
        )?;
        let width = near.iter().map(|&i| part(&units[i]).chars().count()).max().unwrap_or_default();
        for i in near {
            let plain = Style { urls: false, ..style };
            write_entry(&units[i], width, if i == at { "> " } else { "  " }, plain, out)?;
        }
    }
    Ok(())
}
