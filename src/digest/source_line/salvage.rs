//! Recovery of source lines in other formats: the available parts of title, link, source and date.

use super::definitions::Definitions;
use super::link::{self, Link, at_last_dash};
use super::list_mark::unmarked;
use super::locale::split_locale;
use super::source::{Published, SourceLine};
use super::{date, html, mark};
use crate::digest::text;

/// Parses an item as far as possible. Resolves links by reference with the definitions of the text.
pub fn salvage(item: &str, definitions: &Definitions<'_>) -> SourceLine {
    let item = html::without_tags(item.trim_matches(text::is_blank));
    if let Some(row) = item.strip_prefix('|') {
        return table_row(row.trim_end_matches(|c| c == '|' || text::is_blank(c)), definitions).normalized();
    }
    let body = unmarked(&item).or_else(|| mark::loose(&item).map(|mark| &item[mark.len..])).unwrap_or(&item);
    let (locale, rest) = split_locale(body.trim_start_matches(text::is_blank), false);
    let (head, published) = date::split_any(rest).unwrap_or((rest, Published::Missing));
    let is_form = locale.is_some() || body.len() > rest.len() || published != Published::Missing;
    let (title, url, source) = match link::find(head, definitions) {
        Some(Link { before, title, url, after }) => {
            let (before, after) = (name(before), name(after));
            // `Edo: [Makers wait](…)`; other words before a link belong to its title.
            let is_source = after.is_empty() && before.ends_with(':');
            match (is_source, before.trim_end_matches(':')) {
                (true, source) => (title.to_owned(), url, source.to_owned()),
                (false, "") => (title.to_owned(), url, after.to_owned()),
                (false, words) => (format!("{words} {title}"), url, after.to_owned()),
            }
        }
        None => {
            let split = if is_form { at_last_dash(head) } else { None };
            let (title, source) = split.unwrap_or((head, ""));
            (text::trimmed(title.trim_start_matches('[')).to_owned(), String::new(), source.to_owned())
        }
    };
    SourceLine { locale, title, url: filled(&url), source: filled(&source), published }.normalized()
}

/// Parses a row of a table: number, locale, link, source and date, in separate cells or together.
fn table_row(row: &str, definitions: &Definitions<'_>) -> SourceLine {
    let mut out = SourceLine::default();
    let link = link::find(row, definitions).filter(|link| !link.url.is_empty());
    let (before, after) = link.as_ref().map_or((row, ""), |link| (link.before, link.after));
    let mut words = Vec::new();
    for cell in before.split('|').chain(after.split('|')).map(name) {
        let (cell, published) = match date::any(cell.trim_matches(['(', ')'])) {
            Some(published) => ("", Some(published)),
            None => date::split_any(cell).map_or((cell, None), |(cell, published)| (name(cell), Some(published))),
        };
        out.published = published.unwrap_or(out.published);
        let tag = format!("[{}] [", cell.trim_matches(['[', ']']));
        match split_locale(&tag, true) {
            (Some(locale), _) => out.locale = Some(locale),
            _ if cell.trim_end_matches('.').bytes().all(|b| b.is_ascii_digit()) => {}
            _ => words.push(cell),
        }
    }
    let mut words = words.into_iter();
    out.title = match &link {
        Some(link) => {
            let bracketed = format!("[{}", link.title);
            let (locale, title) = split_locale(&bracketed, true);
            out.locale = locale.or(out.locale);
            title[1..].to_owned()
        }
        None => words.next().unwrap_or_default().to_owned(),
    };
    out.url = link.and_then(|link| filled(&link.url));
    out.source = words.next().and_then(filled);
    out
}

/// Removes the dash before a name, and emphasis and blanks around it.
fn name(text: &str) -> &str {
    let is_around = |c: char| text::is_blank(c) || matches!(c, '*' | '_');
    let text = text.trim_matches(is_around);
    text.trim_start_matches(|c| is_around(c) || matches!(c, '-' | '–' | '—' | '−' | '·' | ',' | ';' | '|'))
}

fn filled(text: &str) -> Option<String> {
    Some(text::trimmed(text).to_owned()).filter(|text| !text.is_empty())
}
