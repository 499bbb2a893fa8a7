//! Front matter, read key by key: the writer does not escape YAML strings, so one outlet with a quotation mark in
//! its name makes the block as a whole invalid, though nothing in that key is needed.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime};
use serde::Deserialize;
use serde_yaml::Value;

use super::{Perspective, Warning};

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
    /// Whether there is a `topic`, even one that says nothing.
    pub has_topic: bool,
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
pub fn read(block: &Block<'_>, warnings: &mut Vec<Warning>) -> FrontMatter {
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
            warnings.push(Warning::at(entry.line, "too many `…Sources` counts; those from here on are left out"));
            break;
        }
        if seen.contains(&entry.key) {
            warnings.push(Warning::at(entry.line, format!("`{}` is given twice; the first one counts", entry.key)));
            continue;
        }
        seen.push(entry.key);
        match entry.key {
            "topic" => {
                out.has_topic = true;
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
    out
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
    fn scalar(&self, warnings: &mut Vec<Warning>) -> Option<String> {
        let text = match self.value() {
            Ok(Value::String(text)) => text,
            Ok(Value::Number(number)) => number.to_string(),
            Ok(Value::Bool(value)) => value.to_string(),
            Ok(Value::Null) => return None,
            Ok(_) => {
                warnings.push(Warning::at(self.line, format!("`{}` is a list; one value is expected", self.key)));
                return None;
            }
            Err(_) => {
                warnings.push(Warning::at(self.line, format!("`{}` is not valid YAML; read as plain text", self.key)));
                plain(self.yaml[self.key.len() + 1..].lines().next().unwrap_or_default())
            }
        };
        Some(text.split_whitespace().collect::<Vec<_>>().join(" ")).filter(|t| !t.is_empty())
    }

    fn perspectives(&self, warnings: &mut Vec<Warning>) -> Vec<Perspective> {
        let listed = match self.value().and_then(Vec::<Listed>::deserialize) {
            Ok(listed) => listed,
            Err(_) => {
                warnings.push(Warning::at(self.line, "`perspectives` is not valid YAML; read line by line".to_owned()));
                self.perspective_lines()
            }
        };
        if listed.len() > MAX_PERSPECTIVES {
            let message = format!("`perspectives` has {} entries; the first {MAX_PERSPECTIVES} count", listed.len());
            warnings.push(Warning::at(self.line, message));
        }
        let mut out: Vec<Perspective> = Vec::new();
        for Listed { id: written, name, count } in listed.into_iter().take(MAX_PERSPECTIVES) {
            let id = typable(&written);
            if id != written {
                let message = format!("the perspective `{written}` has an id that can't be typed; it is called `{id}`");
                warnings.push(Warning::at(self.line, message));
            }
            if id.is_empty() || out.iter().any(|p| p.id == id) {
                let message = format!("`perspectives` has an entry with an empty or repeated id `{id}`; left out");
                warnings.push(Warning::at(self.line, message));
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
mod tests {
    use super::*;

    fn check(yaml: &str) -> (FrontMatter, Vec<Warning>) {
        let text = format!("---\n{yaml}---\nbody\n");
        let block = block(&text).unwrap_or_else(|e| panic!("{e:?}"));
        assert_eq!(&text[block.body..], "body\n");
        let mut warnings = Vec::new();
        (read(&block, &mut warnings), warnings)
    }

    fn date(text: &str) -> NaiveDate {
        text.parse().expect("a date")
    }

    #[test]
    fn reads_what_the_writer_writes() {
        let (fm, warnings) = check(
            "title: \"A vs B - 2026-01-07\"\ndate: 2026-01-07T04:00:18.549Z\ntopic: a-b\ntopicName: \"A vs B\"\nsources: [\"X\", \"Y\"]\n\
             articleCount: 20\nperspectives:\n  - id: \"a\"\n    name: \"A\"\n    count: 12\n  - id: \"b\"\n    name: \"B\"\n    icon: x\n    count: 8\n\
             aSources: 12\nbSources: 8\ndraft: false\n",
        );
        assert_eq!(warnings, []);
        assert_eq!((fm.topic.as_deref(), fm.topic_name.as_deref(), fm.draft), (Some("a-b"), Some("A vs B"), false));
        assert_eq!(fm.date, Some(Ok(date("2026-01-07"))));
        assert_eq!(fm.article_count, Some(20));
        let sides: Vec<_> = fm.perspectives.iter().map(|p| (p.id.as_str(), p.name.as_str(), p.count)).collect();
        assert_eq!(sides, [("a", "A", Some(12)), ("b", "B", Some(8))]);
        assert_eq!(fm.source_counts, [("a".to_owned(), 12), ("b".to_owned(), 8)]);
    }

    #[test]
    fn an_unescaped_quote_spoils_no_other_key() {
        let (fm, warnings) = check("sources: [\"The \"Daily\" News\", \"B\"]\ntopic: t\ndate: 2026-01-07\n");
        assert_eq!((fm.topic.as_deref(), warnings), (Some("t"), vec![]));
        let (fm, warnings) = check("topicName: \"The \"Quiet\" Sea\"\ntopic: t\n");
        assert_eq!(fm.topic_name.as_deref(), Some("The \"Quiet\" Sea"));
        assert_eq!(warnings, [Warning::at(2, "`topicName` is not valid YAML; read as plain text")]);
        let (fm, warnings) =
            check("topic: t\nperspectives:\n  - id: \"a\"\n    name: \"The \"A\" side\"\n    count: 3\n");
        assert_eq!((fm.perspectives[0].name.as_str(), fm.perspectives[0].count), ("The \"A\" side", Some(3)));
        assert_eq!(warnings[0].line, Some(3));
    }

    #[test]
    fn dates_are_utc_days_or_no_days() {
        for (text, day) in [
            ("2026-01-07", Some("2026-01-07")),
            ("2026-01-07T23:30:00-05:00", Some("2026-01-08")),
            ("2026-01-07T10:00:00", Some("2026-01-07")),
            ("\"2026-01-07 10:00:00\"", Some("2026-01-07")),
            ("2026-02-30", None),
            ("soon", None),
            ("9999-12-31", None),
            ("0026-01-07", None),
        ] {
            let (fm, _) = check(&format!("date: {text}\n"));
            let got = fm.date.expect("there is a date key");
            assert_eq!(got.as_ref().ok(), day.map(date).as_ref(), "{text}");
        }
    }

    #[test]
    fn values_over_several_lines_belong_to_their_key() {
        let (fm, warnings) = check("sources: [\n\"a\",\n\"b: c\"]\ntopic: t\ntopic: u\n");
        assert_eq!(fm.topic.as_deref(), Some("t"));
        assert_eq!(warnings, [Warning::at(6, "`topic` is given twice; the first one counts")]);
    }

    #[test]
    fn says_why_there_is_no_block() {
        assert_eq!(block("# hi\n").err(), Some(NoBlock::None));
        assert_eq!(block("").err(), Some(NoBlock::None));
        assert_eq!(block("+++\n+++\n").err(), Some(NoBlock::Toml));
        assert_eq!(block("---\ntopic: t\n").err(), Some(NoBlock::Unclosed));
    }

    #[test]
    fn ids_can_be_typed() {
        let (fm, warnings) = check("perspectives:\n  - id: \"a#b c\"\n    name: A\n");
        assert_eq!((fm.perspectives[0].id.as_str(), warnings.len()), ("a-b-c", 1));
    }

    #[test]
    fn a_flood_of_sides_is_cut_off() {
        let sides: String = (0..1_000).map(|i| format!("  - id: s{i}\n")).collect();
        let (fm, warnings) = check(&format!("perspectives:\n{sides}"));
        assert_eq!((fm.perspectives.len(), warnings.len()), (MAX_PERSPECTIVES, 1));
        let (fm, _) = check(&(0..10_000).map(|i| format!("s{i}Sources: 1\n")).collect::<String>());
        assert!(fm.source_counts.len() <= MAX_PERSPECTIVES * 2);
    }

    #[test]
    fn any_form_of_mapping_is_read() {
        for yaml in [
            "{topic: t, date: 2026-01-07}\n",
            "\"topic\": t\n'date': 2026-01-07\n",
            "  topic : t\n  date : 2026-01-07\n",
        ] {
            let (fm, warnings) = check(yaml);
            assert_eq!(
                (fm.topic.as_deref(), fm.date, warnings),
                (Some("t"), Some(Ok(date("2026-01-07"))), vec![]),
                "{yaml}"
            );
        }
    }

    #[test]
    fn deep_nesting_takes_no_long_time() {
        let (fm, warnings) = check(&format!("topicName: {}\ntopic: t\n", "[".repeat(1 << 20)));
        assert_eq!((fm.topic.as_deref(), warnings.len()), (Some("t"), 1));
    }

    #[test]
    fn an_alias_bomb_is_not_expanded() {
        let mut yaml = "topicName:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
        for i in 1..12 {
            yaml += &format!("  a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
        }
        let (fm, warnings) = check(&format!("{yaml}topic: t\n"));
        assert_eq!(fm.topic.as_deref(), Some("t"));
        assert_eq!(warnings.len(), 1);
    }
}
