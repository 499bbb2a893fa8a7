//! Parser of an item's link, in all forms of Markdown.

use super::definitions::Definitions;
use crate::digest::text;

/// A link and the text around it.
#[derive(Debug, PartialEq, Eq)]
pub struct Link<'a> {
    pub before: &'a str,
    pub title: &'a str,
    /// URL; empty where the link has none.
    pub url: String,
    pub after: &'a str,
}

/// Finds the link of an item: `[title](url)`, `[title][label]`, `[title]`, `<url>` or a bare URL.
pub fn find<'a>(item: &'a str, definitions: &Definitions<'_>) -> Option<Link<'a>> {
    inline(item).or_else(|| by_reference(item, definitions)).or_else(|| bare(item))
}

fn inline(item: &str) -> Option<Link<'_>> {
    let places: Vec<usize> = item.match_indices("](").map(|(at, _)| at).collect();
    // A title may contain `](`; the link's own is followed by a URL.
    let at = places.iter().find(|at| is_address(&item[*at + 2..])).or(places.last())?;
    let (url, after) = destination(&item[at + 2..]);
    let (before, title) = item[..*at].split_once('[').unwrap_or(("", &item[..*at]));
    Some(Link { before, title: text::trimmed(title), url, after })
}

fn is_address(text: &str) -> bool {
    let text = text.trim_start_matches(|c| text::is_blank(c) || c == '<');
    let scheme = text.bytes().take_while(u8::is_ascii_alphanumeric).count();
    scheme > 0 && text[scheme..].starts_with("://") || text.starts_with(['/', ')']) || text.starts_with("www.")
}

/// Splits the text after `](` into the URL and the text after the closing bracket.
fn destination(text: &str) -> (String, &str) {
    let text = text.trim_start_matches(text::is_blank);
    if let Some((url, rest)) = text.strip_prefix('<').and_then(|text| text.split_once('>')) {
        let after = rest.find(')').map_or("", |at| &rest[at + 1..]);
        return (address(url), after);
    }
    let mut depth = 0;
    for (at, c) in text.char_indices() {
        match c {
            '(' => depth += 1,
            // A URL may contain brackets; the closing one is not followed by more of a URL.
            ')' if depth == 0 && !text[at + 1..].starts_with(|c: char| c.is_alphanumeric() || "/?&=%#".contains(c)) => {
                return (without_title(&text[..at]), &text[at + 1..]);
            }
            ')' if depth > 0 => depth -= 1,
            _ => {}
        }
    }
    let (url, after) = text.split_once(") ").unwrap_or((text.trim_end_matches(')'), ""));
    (without_title(url), after)
}

/// Removes the title that Markdown allows after a URL.
fn without_title(text: &str) -> String {
    let text = text.trim_matches(text::is_blank);
    let quoted = [('"', '"'), ('\'', '\''), ('“', '”'), ('(', ')')].into_iter().find_map(|(open, close)| {
        let at = text.strip_suffix(close)?.find(|c: char| text::is_blank(c))?;
        text[at..].trim_start_matches(text::is_blank).starts_with(open).then(|| &text[..at])
    });
    // The title may be truncated.
    address(quoted.or_else(|| text.split(" \"").next()).unwrap_or(text))
}

fn address(text: &str) -> String {
    text::trimmed(text).replace(' ', "%20")
}

fn by_reference<'a>(item: &'a str, definitions: &Definitions<'_>) -> Option<Link<'a>> {
    let start = item.find('[')?;
    let before = &item[..start];
    // Without a URL, a link must be at the start: `Talks [in brackets] go on` is a sentence.
    if !before.chars().all(|c| text::is_blank(c) || matches!(c, '*' | '_')) {
        return None;
    }
    let inner = &item[start + 1..];
    if let Some((title, rest)) = inner.split_once("][") {
        let (label, after) = rest.split_once(']')?;
        let url = definitions.get(if label.is_empty() { title } else { label });
        return Some(Link { before, title: text::trimmed(title), url: url.unwrap_or_default().to_owned(), after });
    }
    let is_end = |at: &usize| {
        let rest = inner[at + 1..].trim_start_matches(|c| text::is_blank(c) || matches!(c, '*' | '_'));
        rest.is_empty() || rest.starts_with(['-', '–', '—', '−', '|', ','])
    };
    let end = inner.rmatch_indices(']').map(|(at, _)| at).find(is_end)?;
    let title = text::trimmed(&inner[..end]);
    let url = definitions.get(title).unwrap_or_default().to_owned();
    Some(Link { before, title, url, after: &inner[end + 1..] })
}

fn bare(item: &str) -> Option<Link<'_>> {
    let at = item.find("://")?;
    let start = item[..at].rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |at| at + 1);
    let length =
        item[start..].find(|c: char| text::is_blank(c) || matches!(c, '>' | ')' | ']')).unwrap_or(item.len() - start);
    let address = item[start..start + length].trim_end_matches([',', '.', ';', ':']);
    let length = address.len();
    let is_around = |c: char| text::is_blank(c) || matches!(c, '<' | '>' | '(' | ')' | '-' | '–' | '—' | '|' | ':');
    let (before, after) =
        (item[..start].trim_end_matches(is_around), item[start + length..].trim_start_matches(is_around));
    let (title, after) = match (before, after) {
        // The URL comes first.
        ("", after) => at_last_dash(after).unwrap_or((after, "")),
        around => around,
    };
    let title = title.trim_matches(|c| text::is_blank(c) || matches!(c, '*' | '[' | ']'));
    Some(Link { before: "", title, url: address.to_owned(), after })
}

/// Splits `Makers wait - Edo` at the last dash between spaces.
pub fn at_last_dash(text: &str) -> Option<(&str, &str)> {
    let is_dash = |c: char| matches!(c, '-' | '–' | '—' | '−' | '|');
    let blank = |c: Option<char>| c.is_some_and(text::is_blank);
    let dashes = text.rmatch_indices(is_dash);
    let mut spaced = dashes
        .filter(|(at, dash)| blank(text[..*at].chars().next_back()) && blank(text[at + dash.len()..].chars().next()));
    let (at, dash) = spaced.next()?;
    Some((&text[..at], &text[at + dash.len()..]))
}
