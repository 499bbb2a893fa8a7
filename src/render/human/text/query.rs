//! Hits: each a text with its marks, and below it where it is from.

use std::io::{self, Write};
use std::ops::Range;

use super::paint::{Part, dotted, lines, marked, notes, paint};
use crate::model::Kind;
use crate::query::{Facet, FacetValue, Filters, Hit, Reason, Spelling, Suggestions, Unit};
use crate::render::human::told;
use crate::render::numbers::{counted, counted_as, grouped};
use crate::render::{QueryAnswer, Style, shown};

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
    notes(style.caveats(request.selection.notes.clone()), style, out)?;
    match told::hits(answer) {
        Some(hits) => lines(&paint(&hits, Part::Aside, style), "", "", None, style, out),
        None => nothing(response.suggestions.as_ref(), style, out),
    }
}

fn write_hit(hit: &Hit, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let unit = &hit.unit;
    lines(&marked(&unit.text, &hit.marks, style), "", "", unit.url.as_deref(), style, out)?;
    let copies = match hit.copies {
        0 => String::new(),
        n => format!("+{}", counted_as(n, "copy", "copies")),
    };
    let id = paint(&shown(&unit.id), Part::Id, style);
    let origin = origin(unit, &hit.source_marks, style);
    lines(&dotted([id, origin, paint(&copies, Part::Aside, style)]), "  ", "  ", None, style, out)?;
    for Reason { words, how, score } in &hit.reasons {
        let line = format!("{} ({})", shown(words), told::how(*how));
        let score = paint(&format!("    {score:>8.3}  "), Part::Aside, style);
        lines(&paint(&line, Part::Aside, style), &score, &" ".repeat(14), None, style, out)?;
    }
    write_url(unit, style, out)
}

/// What typed words stood for.
pub fn write_spellings(spellings: &[Spelling], style: Style, out: &mut dyn Write) -> io::Result<()> {
    notes(told::spellings(spellings), style, out)
}

/// What there is instead of hits.
pub fn nothing(suggestions: Option<&Suggestions>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "{}", paint("nothing found", Part::Aside, style))?;
    told::suggestions(suggestions, "--any").iter().try_for_each(|line| lines(&shown(line), "", "", None, style, out))
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
