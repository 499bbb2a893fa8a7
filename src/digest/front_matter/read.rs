//! Parser of the known keys.

use chrono::NaiveDate;

use super::block::Block;
use super::count::{boolean, count};
use super::key::Key;
use super::misspelt::{misspelt, names};
use super::node::Broken;
use super::pair::{Pair, pairs, pairs_of_mapping};
use super::perspectives::{MAX_PERSPECTIVES, invalid_count, perspectives};
use crate::digest::{Perspective, Subject, Warning, day};

/// Known keys of the front matter.
#[derive(Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub topic: Option<String>,
    /// Line of the key `topic`, even if empty or malformed.
    pub topic_line: Option<usize>,
    /// True if the key is written exactly `topic`.
    pub is_plain_topic: bool,
    pub topic_name: Option<String>,
    /// Date, or the invalid text.
    pub date: Option<Result<NaiveDate, String>>,
    pub date_line: Option<usize>,
    pub draft: bool,
    pub article_count: Option<usize>,
    pub perspectives: Vec<Perspective>,
    /// `<id>Sources: N`, in file order.
    pub source_counts: Vec<(String, usize)>,
    /// Syntax error of a block with topic and date whose keys cannot be parsed one by one.
    pub broken: Option<Warning>,
}

/// Splits a block into pairs. A block whose keys do not begin their lines is parsed as a whole.
pub(super) fn all_pairs<'a>(block: &Block<'a>) -> Result<Vec<Pair<'a>>, Broken> {
    let first = block.line + 1;
    let pairs = pairs(block.yaml, first);
    match pairs.iter().any(|pair| matches!(Key::new(&pair.written), Some(Key::Topic | Key::Date))) {
        true => Ok(pairs),
        false => pairs_of_mapping(block.yaml, first),
    }
}

/// Parses the known keys of a block. An invalid value is read as plain text, with a warning.
pub fn read(block: &Block<'_>, warnings: &mut Vec<(Subject, Warning)>) -> FrontMatter {
    let mut out = FrontMatter::default();
    let all = all_pairs(block).unwrap_or_else(|broken| {
        let message = format!("the front matter is not valid YAML: {}", broken.message);
        let is_digest = ["topic", "date"].iter().all(|key| names(key, block.yaml).is_some());
        out.broken = is_digest.then(|| Warning::at(broken.line, message));
        Vec::new()
    });
    let mut seen: Vec<Key> = Vec::new();
    let mut odd_counts: Vec<(String, &Pair<'_>)> = Vec::new();
    let (mut counts, mut too_many) = (0, None);
    for pair in &all {
        let Some(key) = Key::new(&pair.written) else { continue };
        let is_count = matches!(key, Key::Count(_));
        if is_count && counts == MAX_PERSPECTIVES * 2 {
            too_many.get_or_insert(pair.line);
            continue;
        }
        counts += usize::from(is_count);
        if seen.contains(&key) {
            let message = format!("repeated key `{}`; the first one is used", pair.written);
            warnings.push(Subject::FrontMatter.at(pair.line, message));
            continue;
        }
        seen.push(key.clone());
        match key {
            Key::Count(id) => match pair.node().ok().and_then(|node| node.text().and_then(|text| count(text.trim()))) {
                Some(number) => out.source_counts.push((id, number)),
                None => odd_counts.push((id, pair)),
            },
            key => out.take(&key, pair, warnings),
        }
    }
    if let Some(line) = too_many {
        warnings.push(Subject::Perspective.at(line, "too many `…Sources` counts; ignored from here on"));
    }
    let is_perspective = |id: &str| out.perspectives.iter().any(|perspective| perspective.id.eq_ignore_ascii_case(id));
    for (id, pair) in odd_counts {
        let text = pair.plain();
        // Other keys of a site may end with `Sources`; a count has a digit, or the id of a perspective.
        if is_perspective(&id)
            || out.perspectives.is_empty() && text.starts_with(|c: char| c.is_ascii_digit() || "+-".contains(c))
        {
            warnings.push(invalid_count(pair.line, &pair.written, &text));
        }
    }
    if out.topic_line.is_none() && (out.date_line.is_some() || misspelt("date", block).is_some()) {
        out.topic_line = misspelt("topic", block);
    }
    if out.date_line.is_none() && out.topic_line.is_some() {
        out.date_line = misspelt("date", block);
    }
    out
}

impl FrontMatter {
    fn take(&mut self, key: &Key, pair: &Pair<'_>, warnings: &mut Vec<(Subject, Warning)>) {
        match key {
            Key::Topic => {
                self.topic_line = Some(pair.line);
                self.is_plain_topic = pair.written == "topic";
                self.topic = pair.scalar(warnings);
            }
            Key::TopicName => self.topic_name = pair.scalar(warnings),
            Key::Date => {
                self.date_line = Some(pair.line);
                self.date = pair.scalar(warnings).map(|text| day::unambiguous(&text).ok_or(text));
            }
            Key::Draft => {
                let text = pair.scalar(warnings);
                self.draft = text.as_deref().is_some_and(|text| boolean(text) == Some(true));
                if let Some(text) = text.filter(|text| boolean(text).is_none()) {
                    let message = format!("expected true or false, found `{}: {text}`; read as false", pair.written);
                    warnings.push(Subject::FrontMatter.at(pair.line, message));
                }
            }
            Key::ArticleCount => {
                let text = pair.scalar(warnings);
                self.article_count = text.as_deref().and_then(count);
                if let Some(text) = text.filter(|text| count(text).is_none()) {
                    warnings.push(invalid_count(pair.line, &pair.written, &text));
                }
            }
            Key::Perspectives => self.perspectives = perspectives(pair, warnings),
            Key::Count(_) => {}
        }
    }
}
