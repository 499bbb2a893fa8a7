//! What is indexed and whether the folder has gone on since.

use std::io::{self, Write};

use super::paint::{Part, lines, paint};
use crate::ingest::Difference;
use crate::render::human::told::spans;
use crate::render::numbers::{counted, grouped};
use crate::render::{StatusAnswer, Style, shown};

pub fn write(answer: &StatusAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let catalog = &answer.catalog;
    let mut row = |name: &str, value: String| {
        lines(&value, &paint(&format!("{name:<13}"), Part::Aside, style), &" ".repeat(13), None, style, out)
    };
    row("index", shown(&answer.index.display().to_string()))?;
    row("folder", shown(&catalog.corpus.to_string_lossy()))?;
    row("state", state(answer))?;
    row("last change", format!("{} ago", duration(answer.age)))?;
    row(
        "newest day",
        catalog.as_of.map_or_else(|| "none".to_owned(), |day| format!("{day} (relative dates count from it)")),
    )?;
    row("digests", grouped(catalog.digests))?;
    let units = catalog.units;
    let kinds =
        [counted(units.highlights, "highlight"), counted(units.bullets, "bullet"), counted(units.titles, "title")]
            .join(", ");
    row("units", format!("{}: {kinds}", grouped(units.total())))?;
    let known: usize = catalog.attribution.values().sum();
    let mut ways: Vec<String> =
        catalog.attribution.iter().map(|(how, count)| format!("{} by {how}", grouped(*count))).collect();
    if known < units.titles {
        ways.push(format!("{} not known", grouped(units.titles - known)));
    }
    row("titles' side", ways.join(", "))?;
    for ((id, topic), (_, missing)) in catalog.topics.iter().zip(&answer.missing) {
        writeln!(out)?;
        let name = paint(&shown(&topic.name), Part::Heading, style);
        lines(&format!("{name}  {}", paint(&shown(id), Part::Id, style)), "", "", None, style, out)?;
        let sides = topic.perspectives.iter().map(|(id, side)| {
            if *id == side.name { shown(id) } else { format!("{} ({})", shown(&side.name), shown(id)) }
        });
        let digests = format!("{} from {} to {}", counted(topic.digests, "digest"), topic.first, topic.last);
        lines(&digests, "  ", "  ", None, style, out)?;
        lines(&format!("sides: {}", sides.collect::<Vec<_>>().join(", ")), "  ", "  ", None, style, out)?;
        if !missing.is_empty() {
            let missing = format!("{} without a digest: {}", counted(missing.len(), "day"), spans(missing));
            lines(&missing, "  ", "  ", None, style, out)?;
        }
    }
    Ok(())
}

fn state(answer: &StatusAnswer) -> String {
    match &answer.difference {
        Err(why) => format!("not known: {}", shown(why)),
        Ok(difference) if difference.is_none() => "up to date".to_owned(),
        Ok(Difference { new, changed, removed, settings }) => {
            let files = [(new, "new"), (changed, "changed"), (removed, "removed")];
            let mut parts: Vec<String> = files
                .iter()
                .filter(|(count, _)| **count > 0)
                .map(|(count, word)| format!("{} {word}", grouped(**count)))
                .collect();
            if *settings {
                parts.push("other settings".to_owned());
            }
            format!("stale: {}; `digest-search index` brings it up to date", parts.join(", "))
        }
    }
}

/// A length of time in its largest unit.
fn duration(seconds: i64) -> String {
    let seconds = usize::try_from(seconds).unwrap_or_default();
    match seconds {
        0..60 => counted(seconds, "second"),
        60..3600 => counted(seconds / 60, "minute"),
        3600..172_800 => counted(seconds / 3600, "hour"),
        _ => counted(seconds / 86_400, "day"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_has_its_largest_unit() {
        assert_eq!(duration(7300), "2 hours");
    }
}
