//! Parser of keys. Hugo ignores their case, and YAML allows quotation marks and a space before the colon.

/// A known key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Key {
    Topic,
    TopicName,
    Date,
    Draft,
    ArticleCount,
    Perspectives,
    /// `<id>Sources`, with the id.
    Count(String),
}

impl Key {
    /// Parses a key without quotation marks.
    pub fn new(written: &str) -> Option<Self> {
        let lower = written.to_ascii_lowercase();
        Some(match lower.replace(['_', '-', ' '], "").as_str() {
            "topic" => Self::Topic,
            "topicname" => Self::TopicName,
            "date" => Self::Date,
            "draft" => Self::Draft,
            "articlecount" => Self::ArticleCount,
            "perspectives" => Self::Perspectives,
            _ => return counted(written, &lower).map(Self::Count),
        })
    }
}

/// Returns the id in `<id>Sources`; in lower case, unless the key is in camel case.
fn counted(written: &str, lower: &str) -> Option<String> {
    let id = lower.strip_suffix("sources")?;
    let own = written.strip_suffix("Sources").filter(|id| !id.starts_with(char::is_uppercase));
    let id = own.unwrap_or(id).trim_end_matches(['_', '-', ' ']);
    // `totalSources` and `resources` are not counts of a perspective.
    (!matches!(id, "" | "total" | "all" | "re" | "out")).then(|| id.to_owned())
}

/// Reports whether a line begins with a key that only the site's own layout has.
pub fn is_own_key(line: &str) -> bool {
    // Most lines of a text have no such word.
    let may_be = |line: &str| line.len() > 6 && line.contains(':');
    let key = || at_start(line).and_then(|(key, _)| Key::new(key));
    may_be(line) && matches!(key(), Some(Key::TopicName | Key::ArticleCount | Key::Perspectives | Key::Count(_)))
}

/// Returns the key at the start of a line, and the offset after its colon.
pub(super) fn at_start(line: &str) -> Option<(&str, usize)> {
    let text = line.trim_start_matches('\u{feff}');
    let (key, rest) = match text.chars().next()? {
        quote @ ('"' | '\'') => text[1..].split_once(quote)?,
        _ => {
            let end = text.find(|c: char| !c.is_alphanumeric() && !matches!(c, '_' | '-'))?;
            text.split_at(end)
        }
    };
    let value = rest.trim_start_matches([' ', '\t']).strip_prefix(':')?;
    let is_end = value.is_empty() || value.starts_with(char::is_whitespace);
    (!key.is_empty() && is_end).then(|| (key, line.len() - value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_parsed_in_any_spelling() {
        for (key, spellings) in [
            (Key::Topic, &["topic", "Topic", "TOPIC"][..]),
            (Key::TopicName, &["topicName", "topicname", "topic_name", "Topic-Name"]),
            (Key::ArticleCount, &["articleCount", "ARTICLECOUNT"]),
            (
                Key::Count("china".into()),
                &["chinaSources", "ChinaSources", "chinasources", "china_sources", "CHINASOURCES"],
            ),
            (Key::Count("northKorea".into()), &["northKoreaSources"]),
        ] {
            for spelling in spellings {
                assert_eq!(Key::new(spelling), Some(key.clone()), "{spelling}");
            }
        }
        for other in ["sources", "totalSources", "resources", "topics", "dates", "title"] {
            assert_eq!(Key::new(other), None, "{other}");
        }
    }

    #[test]
    fn keys_begin_their_line() {
        for (line, key) in [
            ("topic: t\n", Some(("topic", " t\n"))),
            ("topic : t", Some(("topic", " t"))),
            ("\"topic\" : t", Some(("topic", " t"))),
            ("'a: b':", Some(("a: b", ""))),
            ("\u{feff}topic: t", Some(("topic", " t"))),
            ("topic:t", None),
            (" topic: t", None),
            ("\"b: c\"]", None),
            ("- topic: t", None),
            ("", None),
        ] {
            assert_eq!(at_start(line).map(|(key, value)| (key, &line[value..])), key, "{line}");
        }
    }
}
