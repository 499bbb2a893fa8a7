//! Stories, each under a heading, with lists of what the sides have of it.

use std::io::{self, Write};

use super::{escaped, escaped_item, linked, origin};
use crate::insight::{GapList, StoriesFound, Story, StoryList};
use crate::query::Side;
use crate::render::StoriesAnswer;
use crate::render::numbers::small;
use crate::render::story::{days, first_seen, is_part, label, side, silence, size, titles};

pub fn write(answer: &StoriesAnswer, out: &mut dyn Write) -> io::Result<()> {
    match &answer.response.found {
        StoriesFound::Stories(list) => write_stories(list, out),
        StoriesFound::Gaps(list) => write_gaps(list, out),
    }
}

fn write_stories(list: &StoryList, out: &mut dyn Write) -> io::Result<()> {
    for story in &list.stories {
        write_heading(story, out)?;
        writeln!(out, "{}\n", escaped_item(&first_seen(story)))?;
        write_sides(story, None, out)?;
    }
    if list.stories.iter().any(is_part) {
        writeln!(out, "› what was asked for; the rest is of the same stories\n")?;
    }
    Ok(())
}

fn write_gaps(list: &GapList, out: &mut dyn Write) -> io::Result<()> {
    for gap in list.gaps.iter().chain(&list.nearest) {
        write_heading(&gap.story, out)?;
        writeln!(out, "{}; p {}, q {}\n", escaped_item(&silence(gap)), escaped(&small(gap.p)), escaped(&small(gap.q)))?;
        write_sides(&gap.story, Some(&gap.side), out)?;
    }
    Ok(())
}

fn write_heading(story: &Story, out: &mut dyn Write) -> io::Result<()> {
    writeln!(out, "### {}\n", escaped(label(story)))?;
    let parts = [story.id.clone(), story.lang.clone(), days(story), size(story)];
    writeln!(out, "{}\n", escaped_item(&parts.join(" · ")))
}

/// What the sides have, but for one of which that is told already.
fn write_sides(story: &Story, silent: Option<&Side>, out: &mut dyn Write) -> io::Result<()> {
    for of in story.sides.iter().filter(|of| silent.is_none() || of.side.as_ref() != silent) {
        writeln!(out, "{}\n", escaped_item(&side(of, story)))?;
        let (titles, more) = titles(story, of);
        for title in &titles {
            let mark = if is_part(story) && title.matches { "› " } else { "" };
            writeln!(out, "- {mark}{} — {}", linked(&title.unit), origin(&title.unit))?;
        }
        if more > 0 {
            writeln!(out, "- {more} more")?;
        }
        if !titles.is_empty() {
            writeln!(out)?;
        }
    }
    Ok(())
}
