//! The label and first sources of a story, for all formats.

use crate::insight::Story;

/// Returns the title that represents a story.
pub fn label(story: &Story) -> &str {
    story.titles.get(story.label).map_or("", |title| &title.entry.text)
}

/// Returns the sources of the first day, each with its perspective; times within a day are unknown.
pub fn first_sources(story: &Story) -> Vec<(&str, Option<&str>)> {
    let mut sources: Vec<(&str, Option<&str>)> = Vec::new();
    for title in story.titles.iter().filter(|title| title.entry.date == story.first) {
        let source = title.entry.source.as_deref().unwrap_or("unknown");
        let perspective = title.entry.perspective.as_ref().map(|perspective| perspective.name.as_str());
        if !sources.contains(&(source, perspective)) {
            sources.push((source, perspective));
        }
    }
    sources
}
