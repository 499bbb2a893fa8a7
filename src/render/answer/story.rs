//! What of a story is shown, to programs and to people alike.

use crate::insight::Story;

/// Returns the text that says best what a story is about.
pub fn label(story: &Story) -> &str {
    story.titles.get(story.label).map_or("", |title| &title.unit.text)
}

/// Returns the outlets of its first day, each with its side. A day is as near as can be told.
pub fn first_sources(story: &Story) -> Vec<(&str, Option<&str>)> {
    let mut sources: Vec<(&str, Option<&str>)> = Vec::new();
    for title in story.titles.iter().filter(|title| title.unit.date == story.first) {
        let source = title.unit.source.as_deref().unwrap_or("unknown");
        let side = title.unit.perspective.as_ref().map(|side| side.name.as_str());
        if !sources.contains(&(source, side)) {
            sources.push((source, side));
        }
    }
    sources
}
