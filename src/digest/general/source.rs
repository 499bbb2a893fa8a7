//! Sources of titles: at the end of the line, below it, in the link, or the host of the link.

use std::ops::Range;

use super::block::CELL;
use super::inline::{Inline, Link};

/// Maximum number of words and characters of a source's name.
const MAX_WORDS: usize = 5;
const MAX_CHARS: usize = 40;

/// Words in names that need no capital.
const PARTICLES: &[&str] = &[
    "of", "the", "and", "for", "in", "on", "at", "to", "&", "de", "del", "la", "las", "los", "el", "le", "les", "du",
    "des", "da", "do", "dos", "der", "die", "das", "und", "von", "van", "y", "e", "et", "di", "al", "a",
];

/// Words in brackets that say something else about a link.
const NOT_NAMES: &[&str] = &[
    "ad",
    "video",
    "pdf",
    "audio",
    "podcast",
    "slides",
    "paper",
    "thread",
    "paywall",
    "paywalled",
    "free",
    "new",
    "update",
    "updated",
    "breaking",
    "sponsored",
    "sponsor",
    "series",
    "code",
    "repo",
    "comments",
    "discussion",
    "hn",
    "link",
    "archive",
    "part",
    "rss",
    "blog",
    "article",
    "image",
    "images",
    "live",
    "opinion",
    "analysis",
    "japanese",
    "chinese",
    "german",
    "french",
    "spanish",
    "russian",
    "english",
    "korean",
];

/// Returns the range of a source's name at the end of a text: ` - Outlet`, ` — Outlet`, `(Outlet)`, or the last
/// cell of a row.
pub fn at_end(text: &str, is_row: bool) -> Option<(Range<usize>, Range<usize>)> {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || c == '.' || c == '*' || c == '_');
    let (name, whole) = match trimmed.chars().next_back()? {
        close @ (')' | '）') => {
            let start = trimmed.rfind(if close == ')' { '(' } else { '（' })?;
            let open = trimmed[start..].chars().next().map_or(1, char::len_utf8);
            (start + open..trimmed.len() - close.len_utf8(), start..text.len())
        }
        _ => {
            let dash = |mark: &str| trimmed.rfind(mark).map(|at| (at, at + mark.len()));
            let marks = [" - ", " – ", " — ", "——", "- ", "– ", "— "];
            // A dash at the very start needs no space before it.
            let cell = is_row.then(|| dash(CELL)).flatten();
            let found = marks[..4].iter().filter_map(|mark| dash(mark)).chain(cell).max();
            let (start, end) = found.or_else(|| {
                let mark = marks[4..].iter().find(|mark| trimmed.starts_with(**mark))?;
                Some((0, mark.len()))
            })?;
            (end..trimmed.len(), start..text.len())
        }
    };
    is_name(&text[name.clone()], true).then_some((name, whole))
}

/// Reports whether a text may be the name of a source. `is_strict` asks for capitals, which a label makes unnecessary.
fn is_name(text: &str, is_strict: bool) -> bool {
    let text = text.trim();
    let words: Vec<&str> = text.split_whitespace().collect();
    let lower = text.to_lowercase();
    let has_year = words.iter().any(|word| {
        let digits: String = word.chars().filter(char::is_ascii_digit).collect();
        digits.len() == 4 && (digits.starts_with("19") || digits.starts_with("20"))
    });
    // A number of three digits or more counts something: `RFC 1506`.
    let has_year = has_year || words.iter().any(|word| word.len() > 2 && word.bytes().all(|b| b.is_ascii_digit()));
    let is_short = !words.is_empty() && words.len() <= MAX_WORDS && text.chars().count() <= MAX_CHARS;
    let is_other = NOT_NAMES.contains(&lower.as_str())
        || words.first().is_some_and(|word| matches!(word.to_lowercase().as_str(), "by" | "via" | "with" | "see"))
        || lower.split_whitespace().any(|word| matches!(word, "points" | "point" | "comments" | "min" | "minutes"));
    let is_sentence = text
        .contains(['#', '!', '?', ';', '"', '[', ']', '(', ')', '，', '。', '、', '；', '！', '？', '：', ':'])
        || text.contains(", ")
        || text.contains(". ") && is_strict;
    let is_named = || {
        words.iter().all(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '&');
            let first = word.chars().next();
            PARTICLES.contains(&word)
                || is_host(word)
                || word == "&"
                || first.is_none_or(|c| c != '&' && (c.is_numeric() || !c.is_lowercase()))
        }) && words.iter().any(|word| word.chars().any(char::is_alphabetic) && !PARTICLES.contains(word))
    };
    is_short
        && !has_year
        && !is_other
        && !is_sentence
        && text.contains(char::is_alphabetic)
        && (!is_strict || is_named())
}

/// Reports whether a word is the name of a host, such as `news.example.com`.
fn is_host(word: &str) -> bool {
    let labels: Vec<&str> = word.split('.').collect();
    let is_label = |label: &&str| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-');
    labels.len() > 1
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| last.len() >= 2 && last.chars().all(char::is_alphabetic))
}

/// Returns the name in the value of a label, without remarks in brackets, the first of several; and the others.
pub fn labelled(value: &str) -> Option<(String, &str)> {
    let names = value.split(['(', '（', '[', '|']).next().unwrap_or_default();
    let first = names.split([',', '、', '，', ';', '；']).next().unwrap_or_default();
    let name = first.trim_matches(|c: char| c.is_whitespace() || matches!(c, '*' | '_' | '.' | '。'));
    is_name(name, false).then(|| (name.split_whitespace().collect::<Vec<_>>().join(" "), &names[first.len()..]))
}

/// Returns the range of the host in a tag `<code>` at the end of a link's text.
pub fn in_link(inline: &Inline, link: &Link) -> Option<Range<usize>> {
    // Code between backticks, such as `Cargo.toml`, may have the form of a host, too.
    let code = inline.tagged.iter().rfind(|code| code.start > link.range.start && code.end <= link.range.end)?;
    let is_end = !inline.text[code.end..link.range.end].contains(char::is_alphanumeric);
    (is_end && is_host(inline.text[code.clone()].trim())).then(|| code.clone())
}

/// Returns the host of a URL, without `www.`.
pub fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let authority = rest.split(['/', '?', '#', '\\']).next()?;
    let host = authority.rsplit('@').next()?;
    let host = host
        .rsplit_once(':')
        .map_or(host, |(host, port)| if port.bytes().all(|b| b.is_ascii_digit()) { host } else { authority });
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    (!host.is_empty() && host.len() <= 253 && !host.chars().any(|c| c.is_whitespace() || c.is_control()))
        .then(|| host.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_end_a_line() {
        for (text, name) in [
            (" - BBC News", Some("BBC News")),
            (" — The Guardian", Some("The Guardian")),
            (" (Der Spiegel)", Some("Der Spiegel")),
            (" (news.example.com)", Some("news.example.com")),
            ("： 一句话 - 新华网", Some("新华网")),
            (" – A long remark about it. – Los Angeles Times", Some("Los Angeles Times")),
            (" - Banco de la República", Some("Banco de la República")),
            (" | Reuters", None),
            (" (RFC 1506)", None),
            (" - France 24", Some("France 24")),
            (" (video)", None),
            (" (2026)", None),
            (" - 502 comments 907 points", None),
            (" - by Jane Doe", None),
            (" - many-to-many channels", None),
            (" - &max", None),
            (" - Johnson & Johnson", Some("Johnson & Johnson")),
            (". A simple ORM.", None),
            (" - One Two Three Four Five Six", None),
            ("", None),
            (" - 这是一句话，不是媒体", None),
        ] {
            assert_eq!(at_end(text, false).map(|(name, _)| text[name].trim()), name, "{text}");
        }
    }

    #[test]
    fn labels_allow_any_name() {
        for (value, name) in [
            (" brandonsun", Some("brandonsun")),
            (" 新华网 (2月28日)", Some("新华网")),
            (" CNN, AP News (March 28, 2026)", Some("CNN")),
            (" https://a.example", None),
            (" ", None),
            (" one two three four five six", None),
        ] {
            assert_eq!(labelled(value).map(|(name, _)| name).as_deref(), name, "{value}");
        }
    }

    #[test]
    fn hosts_are_those_of_their_url() {
        for (url, expect) in [
            ("https://www.Example.com:8080/a?b#c", Some("example.com")),
            ("http://user:pass@news.example", Some("news.example")),
            ("https://", None),
            ("https://[::1]:80/", Some("[::1]")),
        ] {
            assert_eq!(host(url).as_deref(), expect, "{url}");
        }
    }
}
