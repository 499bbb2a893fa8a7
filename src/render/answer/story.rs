//! What of a story is shown, to programs and to people alike.

use crate::insight::Story;

/// Returns the text that says best what a story is about.
pub fn label(story: &Story) -> &str {
    story.titles.get(story.label).map_or("", |title| &title.entry.text)
}

/// Returns the sources of its first day, each with its perspective. A day is as near as can be told.
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
