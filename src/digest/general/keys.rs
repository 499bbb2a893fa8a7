//! Keys and labels that the settings may use.

use super::header::Header;
use super::words;
use crate::digest::front_matter::is_own_key;
use crate::digest::text::without_byte_order_marks;

/// Keys that have a use without any setting.
const USED: [&str; 9] = ["date", "topic", "lang", "language", "locale", "draft", "title", "layout", "slug"];

/// Returns the keys of a file's front matter that have no use without a setting, each with its values.
pub fn other_keys(text: &str) -> Vec<(String, Vec<String>)> {
    let header = Header::read(&without_byte_order_marks(text));
    let is_other =
        |key: &str| !is_own_key(&format!("{key}: ")) && USED.iter().all(|used| !key.eq_ignore_ascii_case(used));
    let others = header.keys().filter(|(key, ..)| is_other(key));
    others.map(|(key, _, values)| (key.to_owned(), values.to_vec())).collect()
}

/// Returns the label of a bullet, without signs around it.
pub fn label_of(text: &str) -> Option<&str> {
    words::any_label(text).map(|(label, _)| label)
}
