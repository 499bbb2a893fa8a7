//! HTML within Markdown: tags are no text, but break lines, begin items and link.

use super::builder::Builder;
use crate::digest::text;

/// Maximum length of a tag in bytes; a longer one is text.
const MAX_TAG: usize = 8_000;

/// Elements within a paragraph of a digest.
const ELEMENTS: &[&str] = &[
    "a",
    "abbr",
    "audio",
    "b",
    "bdi",
    "bdo",
    "big",
    "blockquote",
    "br",
    "center",
    "cite",
    "code",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "figcaption",
    "figure",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "iframe",
    "img",
    "ins",
    "kbd",
    "li",
    "mark",
    "nobr",
    "object",
    "ol",
    "p",
    "path",
    "picture",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "script",
    "section",
    "small",
    "source",
    "span",
    "strike",
    "strong",
    "style",
    "sub",
    "summary",
    "sup",
    "svg",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "time",
    "tr",
    "tt",
    "u",
    "ul",
    "var",
    "video",
    "wbr",
];

/// A piece of HTML.
#[derive(Debug, PartialEq, Eq)]
enum Piece<'a> {
    Text(&'a str),
    /// A tag: its name in lower case, whether it closes, and the text of its attributes.
    Tag(String, bool, &'a str),
}

/// Splits HTML into pieces, without comments and the content of scripts and styles. A `<` that begins no tag is text.
fn pieces(html: &str) -> Vec<(usize, Piece<'_>)> {
    let (mut out, mut at, mut start) = (Vec::new(), 0, 0);
    while let Some(open) = memchr::memchr(b'<', &html.as_bytes()[at..]).map(|open| at + open) {
        let rest = &html[open..];
        let (end, piece) = if let Some(comment) = rest.strip_prefix("<!--") {
            // A comment that is not closed is text, so that nothing is lost.
            match comment.find("-->") {
                Some(end) => (open + 4 + end + 3, None),
                None => break,
            }
        } else if let Some((length, name, closes, attributes)) = tag(rest) {
            (open + length, Some((name, closes, attributes)))
        } else {
            at = open + 1;
            continue;
        };
        if start < open {
            out.push((start, Piece::Text(&html[start..open])));
        }
        (at, start) = (end, end);
        if let Some((name, closes, attributes)) = piece {
            if !closes && matches!(name.as_str(), "script" | "style") {
                let is_close = |at: &usize| {
                    html[*at + 2..].get(..name.len()).is_some_and(|found| found.eq_ignore_ascii_case(&name))
                };
                let mut closes = memchr::memmem::find_iter(&html.as_bytes()[end..], "</").map(|at| end + at);
                let end = closes.find(is_close).unwrap_or(html.len());
                (at, start) = (end, end);
            }
            out.push((open, Piece::Tag(name, closes, attributes)));
        }
    }
    if start < html.len() {
        out.push((start, Piece::Text(&html[start..])));
    }
    out
}

/// Parses the tag at the start of a text: its length, name, whether it closes, and its attributes.
fn tag(text: &str) -> Option<(usize, String, bool, &str)> {
    let inner = text.strip_prefix('<')?;
    let (closes, inner) = inner.strip_prefix('/').map_or((false, inner), |inner| (true, inner));
    if !inner.starts_with(|c: char| c.is_ascii_alphabetic() || c == '!' || c == '?') {
        return None;
    }
    let name = inner.find(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '!' | '?')).unwrap_or(inner.len());
    let (mut quote, start) = (None, text.len() - inner.len());
    for (at, byte) in inner.bytes().enumerate().take(MAX_TAG).skip(name) {
        match (quote, byte) {
            (None, b'>') => {
                return Some((start + at + 1, inner[..name].to_ascii_lowercase(), closes, &inner[name..at]));
            }
            // So that the search for the end of a tag takes linear time.
            (None, b'<') => return None,
            (None, b'"' | b'\'') => quote = Some(byte),
            (Some(open), byte) if open == byte => quote = None,
            _ => {}
        }
    }
    None
}

/// Returns the value of the attribute `href`.
fn href(attributes: &str) -> Option<String> {
    let at = attributes.to_ascii_lowercase().find("href")?;
    let value = attributes[at + 4..].trim_start().strip_prefix('=')?.trim_start();
    let value = match value.chars().next()? {
        quote @ ('"' | '\'') => value[1..].split(quote).next()?,
        _ => value.split(|c: char| c.is_whitespace()).next()?,
    };
    Some(text::unescaped(value.trim()).into_owned())
}

/// Reads a block of HTML.
pub fn read_block(html: &str, offset: usize, out: &mut Builder) {
    let depth = out.depth();
    for (at, piece) in pieces(html) {
        match piece {
            Piece::Text(part) => {
                let shown: String = text::unescaped(part).chars().map(|c| if c == '\n' { ' ' } else { c }).collect();
                out.text(&shown, offset + at);
            }
            Piece::Tag(name, closes, attributes) => match (name.as_str(), closes) {
                ("li", false) => out.begin_item(offset + at),
                ("li", true) => out.end_item(),
                ("tr", false) => out.row(false, offset + at),
                ("td" | "th", false) => out.cell(),
                ("h1" | "h2" | "h3" | "h4" | "h5" | "h6", false) => {
                    out.heading(name.as_bytes()[1] - b'0', offset + at);
                }
                (
                    "p" | "div" | "ul" | "ol" | "tr" | "table" | "section" | "article" | "header" | "footer"
                    | "details" | "summary" | "blockquote" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "hr" | "dl"
                    | "dt" | "dd" | "main" | "nav" | "aside" | "figure" | "figcaption" | "pre" | "center",
                    closes,
                ) => match closes {
                    true => out.end_block(),
                    false => out.paragraph(offset + at),
                },
                _ => inline_tag(&name, closes, attributes, out),
            },
        }
    }
    // Items may not be closed.
    out.end_items(depth);
}

/// Reads a tag or a comment within a paragraph.
pub fn read_inline(html: &str, offset: usize, out: &mut Builder) {
    for (at, piece) in pieces(html) {
        match piece {
            // `Vec<T>` and *the <html> element* are about a tag.
            Piece::Tag(name, ..) if !ELEMENTS.contains(&name.as_str()) && !name.starts_with(['!', '?']) => {
                out.text(html, offset);
            }
            Piece::Tag(name, closes, attributes) => inline_tag(&name, closes, attributes, out),
            Piece::Text(part) => out.text(part, offset + at),
        }
    }
}

fn inline_tag(name: &str, closes: bool, attributes: &str, out: &mut Builder) {
    match (name, closes) {
        ("br", _) => out.line_break(),
        ("a", false) => out.begin_link(&href(attributes).unwrap_or_default()),
        ("a", true) => out.end_link(),
        ("b" | "strong", false) => out.begin_bold(),
        ("b" | "strong", true) => out.end_bold(),
        ("code", false) => out.begin_code(),
        ("code", true) => out.end_tagged_code(),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_and_comments_are_no_text() {
        let text = |html: &str| {
            let texts = pieces(html).into_iter().filter_map(|(_, piece)| match piece {
                Piece::Text(text) => Some(text),
                Piece::Tag(..) => None,
            });
            texts.collect::<Vec<_>>().concat()
        };
        for (html, shown) in [
            ("<p>a <b>b</b></p>", "a b"),
            ("a <!-- x > y --> b", "a  b"),
            ("a <!-- never closed", "a <!-- never closed"),
            ("5 < 6 and <3", "5 < 6 and <3"),
            ("<img alt='a > b' src=x>c", "c"),
            ("<style>p { }</style>c<script>x<y</script>", "c"),
            ("<p", "<p"),
        ] {
            assert_eq!(text(html), shown, "{html}");
        }
    }

    #[test]
    fn many_tags_take_linear_time() {
        for html in ["<a ", "<a \"", "<a '<b \"", "<", "<style></style>", "<!-- ", "</"] {
            let many = html.repeat(200_000);
            assert!(pieces(&many).len() <= 600_000, "{html}");
        }
    }

    #[test]
    fn links_have_their_address() {
        for (attributes, url) in [
            (" href=\"https://a.example/?b&amp;c\" target=x", Some("https://a.example/?b&c")),
            (" class='x' HREF = 'https://a.example'", Some("https://a.example")),
            (" href=https://a.example rel=y", Some("https://a.example")),
            (" name=x", None),
        ] {
            assert_eq!(href(attributes).as_deref(), url, "{attributes}");
        }
    }
}
