//! Hits: each a text with its marks, and below it where it is from.

use std::io::{self, Write};
use std::ops::Range;

use super::paint::{Part, dotted, lines, marked, paint};
use crate::query::{Facet, FacetValue, Filters, Hit, How, Reason, Spelling, Suggestions, Unit};
use crate::render::numbers::{counted, counted_as, grouped};
use crate::render::{QueryAnswer, Style, shown};
use crate::schema::Kind;

/// So many values of a facet are shown; the others are counted.
const FACET_VALUES: usize = 10;

pub fn write(answer: &QueryAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let QueryAnswer { request, response, .. } = answer;
    for hit in &response.hits {
        write_hit(hit, style, out)?;
        writeln!(out)?;
    }
    let is_filtered = request.selection.filters != Filters::default();
    for facet in &response.facets {
        write_facet(facet, is_filtered, style, out)?;
    }
    write_spellings(&response.spellings, style, out)?;
    let first = request.offset.saturating_add(1);
    let last = request.offset.saturating_add(response.hits.len());
    let units = if response.total_units == response.total {
        String::new()
    } else {
        format!(" ({}, copies included)", counted(response.total_units, "unit"))
    };
    let total = counted(response.total, "hit");
    let line = match response.hits.len() {
        0 if response.total == 0 => {
            return nothing(response.suggestions.as_ref(), style, out);
        }
        0 => format!("{total}{units}; none shown"),
        n if n == response.total => format!("{total}{units}"),
        1 => format!("{} of {total}{units}", grouped(first)),
        _ => format!("{}–{} of {total}{units}", grouped(first), grouped(last)),
    };
    lines(&paint(&line, Part::Aside, style), "", "", None, style, out)
}

fn write_hit(hit: &Hit, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let unit = &hit.unit;
    lines(&marked(&unit.text, &hit.marks, style), "", "", unit.url.as_deref(), style, out)?;
    let copies = match hit.copies.len() {
        0 => String::new(),
        n => format!("+{}", counted_as(n, "copy", "copies")),
    };
    let id = paint(&shown(&unit.id), Part::Id, style);
    let origin = origin(unit, &hit.source_marks, style);
    lines(&dotted([id, origin, paint(&copies, Part::Aside, style)]), "  ", "  ", None, style, out)?;
    for Reason { words, how, score } in &hit.reasons {
        let line = format!("{} ({})", shown(words), told(*how));
        let score = paint(&format!("    {score:>8.3}  "), Part::Aside, style);
        lines(&paint(&line, Part::Aside, style), &score, &" ".repeat(14), None, style, out)?;
    }
    write_url(unit, style, out)
}

/// What a part of a score is for.
fn told(how: How) -> &'static str {
    match how {
        How::Form => "in some form",
        How::Exact => "as written",
        How::Source => "in the outlet's name",
        How::Near => "near each other",
    }
}

/// What typed words stood for.
pub fn write_spellings(spellings: &[Spelling], style: Style, out: &mut dyn Write) -> io::Result<()> {
    for Spelling { typed, words } in spellings {
        let line = format!("`{}` stands for {}", shown(typed), listed(words));
        lines(&paint(&line, Part::Aside, style), "", "", None, style, out)?;
    }
    Ok(())
}

/// What there is instead of hits.
pub fn nothing(suggestions: Option<&Suggestions>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", paint("nothing found", Part::Aside, style))?;
    let Some(Suggestions { unknown, any, unfiltered }) = suggestions else { return Ok(()) };
    for Spelling { typed, words } in unknown {
        let line = match typed.strip_suffix('*') {
            Some(prefix) => format!("no word begins with `{}`", shown(prefix)),
            None if words.is_empty() => format!("no unit has `{}`", shown(typed)),
            None => format!("no unit has `{}`; did you mean {}?", shown(typed), listed(words)),
        };
        lines(&line, "", "", None, style, out)?;
    }
    let match_ = |n: usize| format!("{} {}", counted(n, "unit"), if n == 1 { "matches" } else { "match" });
    if *any > 0 {
        lines(&format!("{} some of it: --any shows them", match_(*any)), "", "", None, style, out)?;
    }
    if *unfiltered > 0 {
        lines(&format!("{} without the filters", match_(*unfiltered)), "", "", None, style, out)?;
    }
    Ok(())
}

fn listed(words: &[String]) -> String {
    const LISTED: usize = 8;
    let mut out = words.iter().take(LISTED).map(|word| format!("`{}`", shown(word))).collect::<Vec<_>>().join(", ");
    if words.len() > LISTED {
        out += &format!(" and {}", counted(words.len() - LISTED, "other word"));
    }
    out
}

/// Kind or outlet with what was searched for marked, side and day. The topic shows in the id beside it.
pub fn origin(unit: &Unit, marks: &[Range<usize>], style: Style) -> String {
    let aside = |text: String| paint(&text, Part::Aside, style);
    let side = unit.perspective.as_ref().map_or_else(String::new, |side| shown(&side.name));
    let rest = dotted([side, unit.date.to_string()]);
    let what = match (&unit.source, unit.kind) {
        (Some(source), _) if !marks.is_empty() => return dotted([marked(source, marks, style), aside(rest)]),
        (Some(source), _) => shown(source),
        (None, Kind::Title) => "title".to_owned(),
        (None, kind) => kind.to_string(),
    };
    aside(dotted([what, rest]))
}

pub fn write_url(unit: &Unit, style: Style, out: &mut dyn Write) -> io::Result<()> {
    match unit.url.as_ref().filter(|_| style.urls) {
        Some(url) => writeln!(out, "  {}", shown(url)),
        None => Ok(()),
    }
}

fn write_facet(facet: &Facet, is_filtered: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let heading = paint(&format!("by {}", facet.field.as_str()), Part::Heading, style);
    let legend = if is_filtered { "with all filters · without one on it · without any" } else { "" };
    lines(&dotted([heading, paint(legend, Part::Aside, style)]), "", "  ", None, style, out)?;
    // What no unit would have, whatever its own filter said, is no choice.
    let values: Vec<&FacetValue> = facet.values.iter().filter(|value| value.lifted > 0).collect();
    let counts = |value: &FacetValue| [value.count, value.lifted, value.unfiltered].map(grouped);
    let shown_counts = if is_filtered { 3 } else { 1 };
    let widths = values
        .iter()
        .map(|value| counts(value))
        .fold([0; 3], |widths, counts| std::array::from_fn(|i| widths[i].max(counts[i].len())));
    for value in values.iter().take(FACET_VALUES) {
        let counts = counts(value);
        let counts = counts.iter().zip(widths).take(shown_counts).map(|(count, width)| format!("{count:>width$}"));
        let name = value.name.as_deref().map_or_else(|| "(none)".to_owned(), shown);
        let id = value.value.as_deref().filter(|id| value.name.as_deref() != Some(*id)).map_or_else(String::new, shown);
        let gap = if id.is_empty() { "" } else { "  " };
        let counts = format!("  {}  ", counts.collect::<Vec<_>>().join("  "));
        let value = format!("{name}{gap}{}", paint(&id, Part::Id, style));
        lines(&value, &counts, &" ".repeat(counts.len()), None, style, out)?;
    }
    if values.len() > FACET_VALUES {
        let rest = &values[FACET_VALUES..];
        let units = rest.iter().map(|v| v.count).sum();
        writeln!(out, "  {:>width$}  in {}", grouped(units), counted(rest.len(), "more value"), width = widths[0])?;
    }
    writeln!(out)
}
