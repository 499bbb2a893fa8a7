//! Front matter, read key by key: the writer does not escape YAML strings, so one outlet with a quotation mark in
//! its name makes the block as a whole invalid, though nothing in that key is needed.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_yaml::Value;

use super::{Perspective, Subject, Warning};

/// More sides than this no topic has.
pub const MAX_PERSPECTIVES: usize = 64;

/// Real values have a few hundred bytes; the YAML parser takes a time that grows with the square of deep nesting.
const MAX_YAML_BYTES: usize = 1 << 14;
const MAX_YAML_BRACKETS: usize = 500;

/// So much is kept of a value that is no YAML.
const MAX_PLAIN_CHARS: usize = 500;

/// A longer id is a mistake.
const MAX_ID_CHARS: usize = 100;

/// The keys that are needed, beside `<id>Sources`.
const KEYS: [&str; 6] = ["topic", "topicName", "date", "draft", "articleCount", "perspectives"];

/// What the front matter says, as far as it is needed.
#[derive(Debug, Default, PartialEq)]
pub struct FrontMatter {
    pub topic: Option<String>,
    /// Where there is a `topic`, even one that says nothing, or what was meant for one.
    pub topic_line: Option<usize>,
    pub topic_name: Option<String>,
    /// The day, or what stands there instead of one.
    pub date: Option<Result<NaiveDate, String>>,
    pub date_line: usize,
    pub draft: bool,
    pub article_count: Option<usize>,
    pub perspectives: Vec<Perspective>,
    /// `<id>Sources: N`, in file order.
    pub source_counts: Vec<(String, usize)>,
}

/// A front-matter block: its lines' text and where it starts.
pub struct Block<'a> {
    yaml: &'a str,
    /// Offset of the body in the text.
    pub body: usize,
}

/// Why a text has no front matter to read.
#[derive(Debug, PartialEq, Eq)]
pub enum NoBlock {
    /// The text does not open with a `---` line.
    None,
    /// It opens with `+++`.
    Toml,
    /// It opens with `---` and the closing line is missing.
    Unclosed,
}

/// Finds the block at the start of the text.
pub fn block(text: &str) -> Result<Block<'_>, NoBlock> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first == "+++" {
        return Err(NoBlock::Toml);
    }
    if first != "---" {
        return Err(NoBlock::None);
    }
    let start = text.find('\n').map_or(text.len(), |i| i + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Block { yaml: &text[start..at], body: at + line.len() });
        }
        at += line.len();
    }
    Err(NoBlock::Unclosed)
}

/// Reads the keys that are needed; a key that is no YAML is read as plain text, with a warning.
pub fn read(block: &Block<'_>, warnings: &mut Vec<(Subject, Warning)>) -> FrontMatter {
    let mut out = FrontMatter::default();
    let mut seen: Vec<&str> = Vec::new();
    let mut all = entries(block.yaml);
    if !all.iter().any(|entry| matches!(entry.key, "topic" | "date")) {
        all = entries_of_mapping(block.yaml);
    }
    for entry in all {
        let known = KEYS.contains(&entry.key);
        if !known && !entry.key.ends_with("Sources") {
            continue;
        }
        if seen.len() == MAX_PERSPECTIVES * 2 {
            warnings.push(Subject::Side.at(entry.line, "too many `…Sources` counts; those from here on are left out"));
            break;
        }
        if seen.contains(&entry.key) {
            warnings.push(
                Subject::FrontMatter.at(entry.line, format!("`{}` is given twice; the first one counts", entry.key)),
            );
            continue;
        }
        seen.push(entry.key);
        match entry.key {
            "topic" => {
                out.topic_line = Some(entry.line);
                out.topic = entry.scalar(warnings);
            }
            "topicName" => out.topic_name = entry.scalar(warnings),
            "draft" => out.draft = entry.scalar(warnings).is_some_and(|v| v.eq_ignore_ascii_case("true")),
            "articleCount" => out.article_count = entry.scalar(warnings).and_then(|v| v.parse().ok()),
            "perspectives" => out.perspectives = entry.perspectives(warnings),
            "date" => {
                out.date_line = entry.line;
                out.date = entry.scalar(warnings).map(|v| day(&v).filter(is_plausible).ok_or(v));
            }
            key => {
                let id = key.trim_end_matches("Sources");
                let count = entry.scalar(warnings).and_then(|v| v.parse().ok());
                // `totalSources` counts no side.
                out.source_counts
                    .extend(count.filter(|_| !matches!(id, "" | "total" | "all")).map(|n| (id.to_owned(), n)));
            }
        }
    }
    if out.topic_line.is_none() && (out.date.is_some() || misspelt("date", block.yaml).is_some()) {
        out.topic_line = misspelt("topic", block.yaml);
    }
    out
}

/// The line of what was meant for a key and is none: in capitals, without a space behind its colon, or set in, which it
/// may be where the whole is valid and it belongs to another key.
fn misspelt(key: &str, yaml: &str) -> Option<usize> {
    let is_valid = bounded(yaml).and_then(|()| serde_yaml::from_str::<serde_yaml::Mapping>(yaml)).is_ok();
    let is_meant = |line: &str| {
        let typed = line.split_once(':').map(|(typed, _)| typed);
        let typed = typed.filter(|typed| !is_valid || !typed.starts_with([' ', '\t']));
        typed.is_some_and(|typed| typed.trim().eq_ignore_ascii_case(key))
    };
    yaml.lines().position(is_meant).map(|at| at + 2)
}

/// The UTC day of an ISO 8601 date or time; none where there is no such day.
fn day(text: &str) -> Option<NaiveDate> {
    if let Ok(time) = DateTime::parse_from_rfc3339(text) {
        return Some(time.to_utc().date_naive());
    }
    let local = ["%Y-%m-%dT%H:%M:%S%.f", "%Y-%m-%d %H:%M:%S%.f", "%Y-%m-%d %H:%M"];
    let time = local.iter().find_map(|format| NaiveDateTime::parse_from_str(text, format).ok());
    time.map(|t| t.date()).or_else(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
}

/// Whether there can be news of that day. A mistyped year would stretch every span of days.
pub fn is_plausible(day: &NaiveDate) -> bool {
    (1900..2200).contains(&day.year())
}

/// One top-level key with all lines of its value.
struct Entry<'a> {
    key: &'a str,
    /// The whole entry, key included.
    yaml: &'a str,
    /// Its line in the file, from 1.
    line: usize,
    /// The value, where it was read with the block as a whole.
    whole: Option<Value>,
}

/// Refuses YAML that would take long.
fn bounded(yaml: &str) -> Result<(), serde_yaml::Error> {
    let brackets = yaml.bytes().filter(|b| matches!(b, b'[' | b'{')).count();
    let is_bounded = yaml.len() <= MAX_YAML_BYTES && brackets <= MAX_YAML_BRACKETS;
    if is_bounded { Ok(()) } else { Err(serde::de::Error::custom("too long or too deep")) }
}

/// The entries of a block that is one valid mapping, however it is written: with quoted keys, in braces, indented.
fn entries_of_mapping(yaml: &str) -> Vec<Entry<'static>> {
    let mapping = bounded(yaml).and_then(|()| serde_yaml::from_str::<serde_yaml::Mapping>(yaml)).unwrap_or_default();
    let known = |name: String| KEYS.iter().find(|key| **key == name);
    let entry = |(key, value): (Value, Value)| match key {
        Value::String(name) => known(name).map(|key| Entry { key, yaml: "", line: 2, whole: Some(value) }),
        _ => None,
    };
    mapping.into_iter().filter_map(entry).collect()
}

fn entries(yaml: &str) -> Vec<Entry<'_>> {
    let mut entries: Vec<Entry<'_>> = Vec::new();
    let mut at = 0;
    // The block's first line is the file's second.
    for (number, line) in (2..).zip(yaml.split_inclusive('\n')) {
        let end = at + line.len();
        match (key_of(line), entries.last_mut()) {
            (Some(key), _) => entries.push(Entry { key, yaml: &yaml[at..end], line: number, whole: None }),
            (None, Some(last)) => last.yaml = &yaml[at - last.yaml.len()..end],
            (None, None) => {}
        }
        at = end;
    }
    entries
}

/// The key that a line at the margin begins with.
fn key_of(line: &str) -> Option<&str> {
    let (key, value) = line.split_once(':')?;
    let word = !key.is_empty() && key.chars().all(|c| c.is_alphanumeric() || c == '_' || c == '-');
    (word && (value.is_empty() || value.starts_with(char::is_whitespace))).then_some(key)
}

impl Entry<'_> {
    fn value(&self) -> Result<Value, serde_yaml::Error> {
        if let Some(value) = &self.whole {
            return Ok(value.clone());
        }
        bounded(self.yaml)?;
        let mapping: serde_yaml::Mapping = serde_yaml::from_str(self.yaml)?;
        Ok(mapping.into_iter().next().map_or(Value::Null, |(_, value)| value))
    }

    /// The value as text; none where it is empty.
    fn scalar(&self, warnings: &mut Vec<(Subject, Warning)>) -> Option<String> {
        let text = match self.value() {
            Ok(Value::String(text)) => text,
            Ok(Value::Number(number)) => number.to_string(),
            Ok(Value::Bool(value)) => value.to_string(),
            Ok(Value::Null) => return None,
            Ok(_) => {
                warnings.push(
                    Subject::FrontMatter.at(self.line, format!("`{}` is a list; one value is expected", self.key)),
                );
                return None;
            }
            Err(_) => {
                warnings.push(
                    Subject::FrontMatter.at(self.line, format!("`{}` is not valid YAML; read as plain text", self.key)),
                );
                plain(self.yaml[self.key.len() + 1..].lines().next().unwrap_or_default())
            }
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    }

    fn perspectives(&self, warnings: &mut Vec<(Subject, Warning)>) -> Vec<Perspective> {
        let listed = match self.value().and_then(Vec::<Listed>::deserialize) {
            Ok(listed) => listed,
            Err(_) => {
                warnings
                    .push(Subject::FrontMatter.at(self.line, "`perspectives` is not valid YAML; read line by line"));
                self.perspective_lines()
            }
        };
        if listed.len() > MAX_PERSPECTIVES {
            let message = format!("`perspectives` has {} entries; the first {MAX_PERSPECTIVES} count", listed.len());
            warnings.push(Subject::Side.at(self.line, message));
        }
        let mut out: Vec<Perspective> = Vec::new();
        for Listed { id: written, name, count } in listed.into_iter().take(MAX_PERSPECTIVES) {
            let id = typable(&written);
            if id != written {
                let message = format!("the perspective `{written}` has an id that can't be typed; it is called `{id}`");
                warnings.push(Subject::Side.at(self.line, message));
            }
            if id.is_empty() || out.iter().any(|p| p.id == id) {
                let message = format!("`perspectives` has an entry with an empty or repeated id `{id}`; left out");
                warnings.push(Subject::Side.at(self.line, message));
                continue;
            }
            let name = name.map(|n| n.trim().to_owned()).filter(|n| !n.is_empty()).unwrap_or_else(|| id.clone());
            out.push(Perspective { id, name, count });
        }
        out
    }

    /// The list of perspectives where a string in it is not escaped: each line is `- key: value` or `key: value`.
    fn perspective_lines(&self) -> Vec<Listed> {
        let mut out: Vec<Listed> = Vec::new();
        for line in self.yaml.lines().skip(1) {
            let line = line.trim();
            let item = line.strip_prefix("- ");
            if item.is_some() {
                out.push(Listed::default());
            }
            let (Some((key, value)), Some(last)) = (item.unwrap_or(line).split_once(':'), out.last_mut()) else {
                continue;
            };
            match key.trim() {
                "id" => last.id = plain(value),
                "name" => last.name = Some(plain(value)),
                "count" => last.count = plain(value).parse().ok(),
                _ => {}
            }
        }
        out
    }
}

#[derive(Default, Deserialize)]
struct Listed {
    #[serde(default)]
    id: String,
    name: Option<String>,
    count: Option<usize>,
}

/// An id with hyphens for what would end it in a unit's id, or can't be typed.
fn typable(id: &str) -> String {
    let good = |c: char| !c.is_whitespace() && !c.is_control() && c != '#';
    let id: String = id.chars().map(|c| if good(c) { c } else { '-' }).take(MAX_ID_CHARS).collect();
    id.trim_matches('-').to_owned()
}

/// A value without the quotation marks around it, whatever stands between them.
fn plain(value: &str) -> String {
    let value = value.trim();
    let inner = ['"', '\''].iter().find_map(|&q| value.strip_prefix(q)?.strip_suffix(q));
    inner.unwrap_or(value).chars().take(MAX_PLAIN_CHARS).collect()
}

#[cfg(test)]
mod tests;
