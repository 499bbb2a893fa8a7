//! List items of the source list that are not in the writer's form.

use super::*;

/// What can be made out of a list item of the source list that is not in the writer's form.
pub fn salvage(item: &str) -> SourceLine {
    let text = item.trim_matches(is_blank);
    let (locale, rest) = split_locale(unmarked(text).unwrap_or(text));
    let (head, published) = match split_date(rest) {
        Some((head, date)) => (head.trim_end_matches(is_blank), read_date(date)),
        None => (rest, Published::Missing),
    };
    if let Some((title, url, outlet)) = split_link(head) {
        return SourceLine { locale, title, url, outlet, published };
    }
    // No outlet behind the link, another dash, or no whole link: the title goes up to where the link would begin.
    let (title, url, outlet) = match head.rsplit_once("](") {
        Some((title, behind)) => {
            let (link, outlet) = behind.split_once(") ").unwrap_or((behind.trim_end_matches(')'), ""));
            // Markdown allows a title behind the address.
            let url = link.split(" \"").next().unwrap_or_default().trim_matches(is_blank).replace(' ', "%20");
            (title, url, outlet.trim_matches(|c| is_blank(c) || matches!(c, '-' | '–' | '—')).to_owned())
        }
        None => (head.strip_suffix(']').unwrap_or(head), String::new(), String::new()),
    };
    let title = title.strip_prefix('[').unwrap_or(title).trim_matches(is_blank).to_owned();
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    SourceLine { locale, title, url: filled(url), outlet: filled(outlet), published }
}
