//! Front matter in any of its forms: YAML between `---` lines, TOML between `+++` lines, a JSON object, or `key: value`
//! lines above the text, with or without a closing `---`.

use toml::de::{DeTable, DeValue};

use crate::digest::front_matter::{self, Entry};
use crate::digest::text;

/// Keys of front matter with their values, and the place of the text below.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Header {
    /// Key as written, line and values; a scalar is one value.
    keys: Vec<(String, usize, Vec<String>)>,
    /// Offset of the text below.
    pub body: usize,
    /// Line of the text below, from 1.
    pub line: usize,
    /// Line of the front matter, if no line closes it.
    pub unclosed: Option<usize>,
}

impl Header {
    /// Iterates over the keys as written, each with its line and values.
    pub fn keys(&self) -> impl Iterator<Item = (&str, usize, &[String])> {
        self.keys.iter().map(|(key, line, values)| (key.as_str(), *line, values.as_slice()))
    }

    /// Reads the front matter at the start of a text.
    pub fn read(text: &str) -> Self {
        // Comments may stand above a block, or around it.
        if let Ok(block) = front_matter::block(text) {
            let (keys, body): (Keys, _) =
                (front_matter::entries_of(&block).into_iter().map(key_value).collect(), block.body);
            // Text between two rules is no front matter.
            if !keys.is_empty() || block.yaml.trim().is_empty() {
                return Self { keys, body, line: 1 + lines(&text[..body]), unclosed: None };
            }
        }
        let start = text.len() - text.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').len();
        let rest = &text[start..];
        let line = 1 + lines(&text[..start]);
        let first = rest.lines().next().unwrap_or_default().trim_end();
        let found = match first {
            "---" => {
                let block = fenced(rest, &["..."]).map(|(yaml, end)| (yaml_keys(yaml, line + 1), end));
                block.filter(|(keys, _)| !keys.is_empty())
            }
            "+++" => fenced(rest, &["+++"]).map(|(toml, end)| (toml_keys(toml, line + 1), end)),
            _ if first.starts_with('{') => json(rest, line),
            _ => unfenced(rest, line),
        };
        let is_open = matches!(first, "---" | "+++") && found.is_none();
        let second = rest.lines().nth(1).unwrap_or_default();
        let unclosed = (is_open && (key_of(second).is_some() || second.contains('='))).then_some(line);
        let (keys, end) = found.unwrap_or_default();
        let body = if end > 0 { start + end } else { 0 };
        Self { keys, body, line: 1 + lines(&text[..body]), unclosed }
    }

    /// Returns the values of a key, in any case, and its line.
    pub fn values(&self, key: &str) -> Option<(&[String], usize)> {
        let found = self.keys.iter().find(|(name, ..)| name.eq_ignore_ascii_case(key));
        found.map(|(_, line, values)| (values.as_slice(), *line))
    }

    /// Returns the first value of a key, in any case.
    pub fn value(&self, key: &str) -> Option<&str> {
        self.values(key)?.0.first().map(String::as_str).filter(|value| !value.is_empty())
    }
}

type Keys = Vec<(String, usize, Vec<String>)>;

fn lines(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes()).count()
}

/// Returns the text between the first line and a closing one, and the offset below.
fn fenced<'a>(text: &'a str, close: &[&str]) -> Option<(&'a str, usize)> {
    let first = text.find('\n')? + 1;
    let mut at = first;
    for line in text[first..].split_inclusive('\n') {
        if close.contains(&line.trim_end()) {
            return Some((&text[first..at], at + line.len()));
        }
        at += line.len();
    }
    None
}

fn yaml_keys(yaml: &str, line: usize) -> Keys {
    front_matter::entries(yaml, line).into_iter().map(key_value).collect()
}

fn key_value(Entry { key, line, values }: Entry) -> (String, usize, Vec<String>) {
    (key, line, values)
}

fn toml_keys(toml: &str, first: usize) -> Keys {
    let (table, _) = DeTable::parse_recoverable(toml);
    let key = |(key, value): (&toml::Spanned<std::borrow::Cow<'_, str>>, &toml::Spanned<DeValue<'_>>)| {
        let line = first + lines(&toml[..key.span().start.min(toml.len())]);
        let values = match value.get_ref() {
            DeValue::Array(list) => list.iter().filter_map(|value| toml_scalar(value.get_ref())).collect(),
            value => toml_scalar(value).into_iter().collect(),
        };
        (key.get_ref().to_string(), line, values)
    };
    let mut keys: Keys = table.get_ref().iter().map(key).collect();
    keys.sort_by_key(|(_, line, _)| *line);
    keys
}

fn toml_scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Integer(number) => Some(number.to_string()),
        DeValue::Float(number) => Some(number.to_string()),
        DeValue::Boolean(value) => Some(value.to_string()),
        DeValue::Datetime(date) => Some(date.to_string()),
        DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn json(text: &str, line: usize) -> Option<(Keys, usize)> {
    let mut values = serde_json::Deserializer::from_str(text).into_iter::<serde_json::Map<String, serde_json::Value>>();
    let object = values.next()?.ok()?;
    let scalar = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.clone()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        serde_json::Value::Bool(value) => Some(value.to_string()),
        _ => None,
    };
    let key = |(key, value): (String, serde_json::Value)| {
        let values = match &value {
            serde_json::Value::Array(list) => list.iter().filter_map(scalar).collect(),
            value => scalar(value).into_iter().collect(),
        };
        (key, line, values)
    };
    Some((object.into_iter().map(key).collect(), values.byte_offset()))
}

/// Reads `key: value` lines that no `---` opens, as Pelican and some editors write them. They have a date or a title, so
/// that a first sentence with a colon is no key. Tags such as `#news` may stand above them.
fn unfenced(text: &str, line: usize) -> Option<(Keys, usize)> {
    let is_tags = |line: &str| !line.trim().is_empty() && line.split_whitespace().all(is_tag);
    let is_rule = |line: &str| line.len() > 3 && line.bytes().all(|byte| byte == b'-');
    let (mut at, mut keys): (usize, Keys) = (0, Vec::new());
    let mut number = line;
    for row in text.split_inclusive('\n') {
        let trimmed = row.trim_end();
        let key = key_of(trimmed);
        let is_end = trimmed == "---" || trimmed.is_empty();
        match key {
            Some((key, value)) => keys.push((key.to_owned(), number, vec![unquoted(value).to_owned()])),
            None if is_end && !keys.is_empty() => {
                if trimmed == "---" {
                    at += row.len();
                }
                break;
            }
            // A value goes on in an indented line.
            None if !keys.is_empty() && row.starts_with([' ', '\t']) && !trimmed.is_empty() => {}
            None if keys.is_empty() && (trimmed.is_empty() || is_tags(trimmed) || is_rule(trimmed)) => {}
            None => return None,
        }
        (at, number) = (at + row.len(), number + 1);
    }
    let has = |name: &str| keys.iter().any(|(key, ..)| key.eq_ignore_ascii_case(name));
    (has("date") || has("title") && keys.len() > 1).then_some((keys, at))
}

fn is_tag(word: &str) -> bool {
    word.strip_prefix('#').is_some_and(|tag| tag.starts_with(char::is_alphanumeric))
}

/// Splits `Key: value`.
fn key_of(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(':')?;
    let is_key = key.starts_with(|c: char| c.is_ascii_alphabetic())
        && key.len() <= 40
        && key.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-'));
    (is_key && (value.is_empty() || value.starts_with([' ', '\t']))).then_some((key, text::trimmed(value)))
}

fn unquoted(value: &str) -> &str {
    let inner = ['"', '\''].iter().find_map(|&quote| value.strip_prefix(quote)?.strip_suffix(quote));
    inner.unwrap_or(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_form_is_read() {
        for (text, body) in [
            ("---\ntitle: A\ndate: 2026-03-25\ntags: [x, y]\n---\nbody\n", "body\n"),
            ("\u{feff}---\ntitle: A\ndate: 2026-03-25\ntags:\n  - x\n  - y\n...\nbody\n", "body\n"),
            ("+++\ntitle = \"A\"\ndate = 2026-03-25\ntags = [\"x\", \"y\"]\n+++\nbody\n", "body\n"),
            ("{\"title\": \"A\", \"date\": \"2026-03-25\", \"tags\": [\"x\", \"y\"]}\nbody\n", "\nbody\n"),
        ] {
            let header = Header::read(text);
            assert_eq!((header.value("Title"), header.value("date")), (Some("A"), Some("2026-03-25")), "{text}");
            assert_eq!(header.values("tags").map(|(values, _)| values.join(" ")).as_deref(), Some("x y"), "{text}");
            assert_eq!(&text[header.body..], body);
        }
        for (text, body) in [
            ("Title: A\nDate: 2026-03-25\nCategory: C D\n\nbody\n", "\nbody\n"),
            ("\u{feff}#markdown\n\ntitle: \"A\"\ndate: 2026-03-25\n---\n\nbody\n", "\nbody\n"),
        ] {
            let header = Header::read(text);
            assert_eq!((header.value("title"), header.value("date")), (Some("A"), Some("2026-03-25")), "{text}");
            assert_eq!(&text[header.body..], body);
        }
    }

    #[test]
    fn text_is_no_front_matter() {
        for text in [
            "",
            "# Day\n\n- a\n",
            "Note: this is a sentence\nthat goes on\n",
            "Update: x\n\ny\n",
            "---\n\nA rule, and no end.\n",
            "{not json}\n",
            "Title: A\n\nbody\n",
        ] {
            let header = Header::read(text);
            assert_eq!((header.body, header.line, header.keys.len()), (0, 1, 0), "{text}");
        }
    }

    #[test]
    fn text_above_front_matter_is_skipped() {
        for text in ["<!-- by a program -->\n---\ndate: 2026-03-25\n---\nbody\n", "----\ndate: 2026-03-25\n---\nbody\n"]
        {
            let header = Header::read(text);
            assert_eq!((header.value("date"), &text[header.body..]), (Some("2026-03-25"), "body\n"), "{text}");
        }
        for (text, line) in [("---\ndate: 2026\n", Some(1)), ("\n+++\na = 1\n", Some(2)), ("---\nA sentence.\n", None)]
        {
            assert_eq!(Header::read(text).unclosed, line, "{text}");
        }
    }

    #[test]
    fn damaged_front_matter_keeps_its_other_keys() {
        let header = Header::read("+++\ntitle = \"A\ndate = 2026-03-25\n+++\nbody\n");
        assert_eq!((header.value("date"), header.line), (Some("2026-03-25"), 5));
        let header = Header::read("---\ntitle: \"A\" b\ndate: 2026-03-25\n---\nbody\n");
        assert_eq!((header.value("date"), header.values("date").map(|(_, line)| line)), (Some("2026-03-25"), Some(3)));
    }
}
