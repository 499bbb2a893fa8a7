//! Lists and links in HTML.

use std::borrow::Cow;

use crate::digest::text;

/// Structural elements, whose tags are removed.
const STRUCTURAL: [&str; 10] = ["li", "ul", "ol", "p", "br", "tr", "td", "table", "tbody", "span"];

/// Converts the links of an item to Markdown and removes the tags of lists, tables and paragraphs.
pub fn without_tags(item: &str) -> Cow<'_, str> {
    if !item.contains("</") && !item.starts_with('<') {
        return Cow::Borrowed(item);
    }
    let (mut out, mut rest, mut link) = (String::new(), item, None);
    while let Some((before, tag)) = rest.split_once('<') {
        out.push_str(before);
        let Some((inside, after)) = tag.split_once('>') else {
            rest = &rest[before.len()..];
            break;
        };
        let (closes, named) = inside.strip_prefix('/').map_or((false, inside), |inside| (true, inside));
        let name = named.split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or_default().to_ascii_lowercase();
        match (name.as_str(), closes) {
            ("a", false) => {
                link = href(inside);
                out.push('[');
            }
            ("a", true) => out.extend(["](", link.take().unwrap_or_default(), ")"]),
            (name, _) if STRUCTURAL.contains(&name) => {}
            _ => out.extend(["<", inside, ">"]),
        }
        rest = after;
    }
    out.push_str(rest);
    Cow::Owned(out.trim_matches(text::is_blank).to_owned())
}

fn href(tag: &str) -> Option<&str> {
    let (_, value) = tag.split_once("href=")?;
    let quote = value.chars().next().filter(|c| matches!(c, '"' | '\''));
    match quote {
        Some(quote) => value[1..].split(quote).next(),
        None => value.split_whitespace().next(),
    }
}
