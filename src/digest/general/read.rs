//! Reader of the general layout: the text of a file → its digest, or the reason why it has none.

use chrono::NaiveDate;

use super::entries;
use super::page::Page;
use super::reading::Reading;
use crate::digest::custom_values::CustomValues;
use crate::digest::front_matter::boolean;
use crate::digest::{Conventions, Digest, Layout, LineUse, Outcome, Parsed, Places, Subject, Warning};

/// Number of titles with which an undated file looks like a digest.
const MANY_TITLES: usize = 5;

/// Names of files that list links but are no digests.
const OTHER_FILES: [&str; 9] =
    ["readme", "index", "about", "contributing", "license", "changelog", "links", "sources", "resources"];

/// Reads the text of a file as its folder decides.
pub fn read(text: &str, path: &str, reading: Option<&Reading>, conventions: &Conventions) -> Parsed {
    let page = Page::new(text, path, conventions.rules_of(path));
    let mut warnings: Vec<_> = draft_warning(&page).into_iter().collect();
    let mut lines = page.lines.clone();
    let mut outcome = match (page.day, reading) {
        (Some(day), Some(reading)) => digest(&page, day, reading, &mut lines),
        // Without a decision, the folder does not know this file as a digest.
        (Some(_), None) | (None, _) => undated(&page, path),
    };
    if let Outcome::Digest(digest) = &mut outcome {
        let mut values = CustomValues::new(conventions);
        for (key, line, texts) in page.header.keys() {
            values.add(key, line, &mut warnings, |_| texts.to_vec());
        }
        digest.fields = values.finish();
        digest.rules = page.rules.used();
    }
    Parsed { outcome, warnings, lines }
}

/// Returns the outcome for a file without a day.
fn undated(page: &Page, path: &str) -> Outcome {
    if super::path::is_index(path) {
        return Outcome::NotADigest;
    }
    if let Some(line) = page.header.unclosed {
        let message = "missing `---` line after the front matter; the file may be truncated";
        return Outcome::Unusable(Warning::at(line, message));
    }
    if let Some((values, line)) = page.header.values("date") {
        let written = values.first().map_or("", String::as_str);
        let message = match written.chars().take(60).collect::<String>() {
            text if text.is_empty() => "the key `date` has no value".to_owned(),
            text => format!("invalid `date: {text}`; write it as 2026-01-07"),
        };
        return Outcome::Unusable(Warning::at(line, message));
    }
    let stem = super::path::stem(path).to_lowercase();
    let titles = page.candidates().len();
    match page.header.values("topic") {
        Some((_, line)) => Outcome::Unusable(Warning::at(
            line,
            "has a topic, but no date in its front matter, name, path or first headings",
        )),
        None if titles >= MANY_TITLES && !OTHER_FILES.contains(&stem.as_str()) => {
            Outcome::Unusable(Warning::file(format!(
                "looks like a digest with {titles} titles, but has no date in its front matter, name, path or first headings"
            )))
        }
        None => Outcome::NotADigest,
    }
}

fn digest(page: &Page, date: NaiveDate, reading: &Reading, lines: &mut Vec<LineUse>) -> Outcome {
    let mut out = Digest {
        topic: reading.topic.clone(),
        topic_name: reading.topic_name.clone(),
        variant: reading.variant.clone(),
        lang: reading.lang.clone(),
        layout: Layout::General,
        date,
        places: places(page, reading),
        draft: page.header.value("draft").is_some_and(is_true),
        ..Digest::default()
    };
    let head = out.clone();
    entries::read(page, &reading.recurring, &mut out, lines);
    let count = |digest: &Digest| digest.highlights.len() + digest.bullets.len() + digest.titles.len();
    if count(&out) == 0 {
        // A digest of nothing but recurring text, such as *no news today*.
        out = head;
        lines.truncate(page.lines.len());
        entries::read(page, &[], &mut out, lines);
    }
    let entries = count(&out);
    if entries == 0 {
        return Outcome::Unusable(Warning::file(format!("dated {date}, but has no titles, bullets or highlights")));
    }
    Warning::too_many(entries).map_or_else(|| Outcome::Digest(Box::new(out)), Outcome::Unusable)
}

/// Returns the places of the parts of the whole digest.
fn places(page: &Page, reading: &Reading) -> Places {
    let own = |is_ruled: bool, key| if is_ruled { "rule" } else { key };
    Places {
        date: page.day_place.unwrap_or_default(),
        topic: reading.topic_place.unwrap_or(own(page.topic.is_some(), "key `topic`")),
        lang: match &reading.lang {
            Some(_) => reading.lang_place.unwrap_or(own(page.lang.is_some(), "front matter")),
            None => "",
        },
    }
}

fn is_true(value: &str) -> bool {
    boolean(value) == Some(true)
}

fn draft_warning(page: &Page) -> Option<(Subject, Warning)> {
    let (values, line) = page.header.values("draft")?;
    let value = values.first().filter(|value| boolean(value).is_none())?;
    let message = format!("expected true or false, found `draft: {value}`; read as false");
    Some((Subject::FrontMatter, Warning::at(line, message)))
}
