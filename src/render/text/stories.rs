//! Stories, each with what the sides have of it.

use std::io::{self, Write};

use super::paint::{Part, dotted, lines, notes, paint};
use super::query::{nothing, write_spellings, write_url};
use crate::insight::{Gap, GapList, StoriesFound, Story, StoryList, StorySide};
use crate::query::Side;
use crate::render::numbers::{counted_as, grouped, small};
use crate::render::story::{days, first_seen, is_part, label, side, silence, size, titles};
use crate::render::{StoriesAnswer, Style, shown};

/// Stands before a title that is what was asked for, where others are not.
const MATCH: &str = "› ";

pub fn write(answer: &StoriesAnswer, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let response = &answer.response;
    write_spellings(&response.spellings, style, out)?;
    if response.total_units == 0 {
        notes(style.caveats(answer.request.selection.notes.clone()), style, out)?;
        return nothing(response.suggestions.as_ref(), style, out);
    }
    match &response.found {
        StoriesFound::Stories(list) => write_stories(answer, list, style, out),
        StoriesFound::Gaps(list) => write_gaps(answer, list, style, out),
    }
}

fn write_stories(answer: &StoriesAnswer, list: &StoryList, style: Style, out: &mut dyn Write) -> io::Result<()> {
    for story in &list.stories {
        write_heading(story, style, out)?;
        aside(&first_seen(story), "  ", style, out)?;
        write_sides(story, None, style, out)?;
        writeln!(out)?;
    }
    if list.stories.iter().any(is_part) {
        aside(&format!("{MATCH}what was asked for; the rest is of the same stories"), "", style, out)?;
    }
    notes(std::iter::once(answer.total()).chain(style.caveats(answer.caveats())), style, out)
}

fn write_gaps(answer: &StoriesAnswer, list: &GapList, style: Style, out: &mut dyn Write) -> io::Result<()> {
    // Whoever reads on knows that what comes nearest is none.
    if list.gaps.is_empty() {
        notes([answer.total()], style, out)?;
        writeln!(out)?;
    }
    for gap in list.gaps.iter().chain(&list.nearest) {
        let Gap { story, p, q, .. } = gap;
        write_heading(story, style, out)?;
        lines(&format!("{}; p {}, q {}", shown(&silence(gap)), small(*p), small(*q)), "  ", "  ", None, style, out)?;
        write_sides(story, Some(&gap.side), style, out)?;
        writeln!(out)?;
    }
    let total = (!list.gaps.is_empty()).then(|| answer.total());
    notes(total.into_iter().chain(style.caveats(answer.caveats())), style, out)
}

fn write_heading(story: &Story, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let central = story.titles.get(story.label);
    let url = central.and_then(|title| title.unit.url.as_deref());
    lines(&paint(&shown(label(story)), Part::Heading, style), "", "", url, style, out)?;
    let rest = dotted([shown(&story.lang), days(story), size(story)]);
    let id = paint(&shown(&story.id), Part::Id, style);
    lines(&dotted([id, paint(&rest, Part::Aside, style)]), "  ", "  ", None, style, out)
}

/// What the sides have, but for one of which that is told already.
fn write_sides(story: &Story, silent: Option<&Side>, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let is_part = is_part(story);
    for of in story.sides.iter().filter(|of| silent.is_none() || of.side.as_ref() != silent) {
        lines(&shown(&side(of, story)), "  ", "    ", None, style, out)?;
        write_titles(story, of, is_part, style, out)?;
    }
    Ok(())
}

fn write_titles(story: &Story, of: &StorySide, is_part: bool, style: Style, out: &mut dyn Write) -> io::Result<()> {
    let (titles, more) = titles(story, of);
    for title in titles {
        let unit = &title.unit;
        let mark = if is_part && title.matches { paint(MATCH, Part::Mark, style) } else { "  ".to_owned() };
        let first = format!("  {mark}{}  ", paint(&unit.date.to_string(), Part::Aside, style));
        let source = unit.source.as_deref().map_or_else(String::new, shown);
        let copies = match title.copies.len() {
            0 => String::new(),
            n => format!("+{}", counted_as(n, "copy", "copies")),
        };
        let rest = paint(&dotted([source, copies]), Part::Aside, style);
        lines(&format!("{} · {rest}", shown(&unit.text)), &first, &" ".repeat(16), unit.url.as_deref(), style, out)?;
        write_url(unit, style, out)?;
    }
    if more > 0 { aside(&format!("{} more", grouped(more)), "    ", style, out) } else { Ok(()) }
}

fn aside(text: &str, indent: &str, style: Style, out: &mut dyn Write) -> io::Result<()> {
    lines(&paint(&shown(text), Part::Aside, style), indent, indent, None, style, out)
}
