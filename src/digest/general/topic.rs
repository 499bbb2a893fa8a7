//! Topics and ids of digests from their paths.

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

use super::days;
use super::path;
use crate::text::bounded;

/// Topic of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Name in lower case, with hyphens.
    pub id: String,
    pub name: String,
    /// Index of the folder that names it.
    folder: Option<usize>,
}

impl Topic {
    /// Returns the topic that something else than the path of a file names. A folder may have the same name.
    pub fn named(name: &str, path: &str) -> Self {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        let id = slug(&name);
        let folder = path::folders(path).into_iter().position(|folder| slug(folder) == id);
        Self { id, name, folder }
    }

    fn of_folder(name: &str, folder: usize) -> Self {
        Self { folder: Some(folder), ..Self::named(name, "") }
    }
}

/// Returns a text in lower case, with a hyphen for each run of other characters than letters and digits.
pub fn slug(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.nfc().flat_map(char::to_lowercase) {
        match c.is_alphanumeric() {
            true => out.push(c),
            false if out.is_empty() || out.ends_with('-') => {}
            false => out.push('-'),
        }
    }
    bounded(out.trim_end_matches('-')).into_owned()
}

/// Returns the topic that the first folder names which is neither a container, nor a date, nor a language.
/// `is_language` is asked about the path of a folder.
pub fn in_path(path: &str, is_language: impl Fn(&str) -> bool) -> Option<Topic> {
    let mut length = 0;
    for (at, folder) in path::folders(path).into_iter().enumerate() {
        let own = &path[..length + folder.len()];
        length += folder.len() + 1;
        let is_other = path::is_container(folder) || days::is_date_piece(folder) || is_language(own);
        if !is_other && !slug(folder).is_empty() {
            return Some(Topic::of_folder(folder, at));
        }
    }
    None
}

/// Returns what a path leaves without its topic, containers and date, which distinguishes the digests of a topic and
/// day; empty if nothing is left.
pub fn variant(path: &str, day: NaiveDate, topic: &Topic) -> String {
    let mut rest: Vec<String> = Vec::new();
    for (at, folder) in path::folders(path).into_iter().enumerate() {
        let is_known = topic.folder == Some(at) || path::is_container(folder) || days::is_piece_of(folder, day);
        if !is_known {
            rest.push(slug(folder));
        }
    }
    let stem = path::stem(path);
    let (mut name, mut at) = (String::new(), 0);
    for (_, range) in days::days(stem).into_iter().filter(|(found, _)| *found == day) {
        name.push_str(&stem[at..range.start]);
        name.push('-');
        at = range.end;
    }
    name.push_str(&stem[at..]);
    let name = slug(&name);
    if name != topic.id && !days::is_piece_of(&name, day) {
        rest.push(name);
    }
    rest.retain(|part| !part.is_empty());
    slug(&rest.join("-"))
}
