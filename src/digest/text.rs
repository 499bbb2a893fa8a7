//! Text as rendered: character references decoded, invisible characters trimmed.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// Maximum length of a character name in HTML.
const MAX_NAME: usize = 32;

/// Reports whether a character is invisible: zero-width characters, directional marks, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Reports whether a character is white space or invisible.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Trims white space and invisible characters.
pub fn trimmed(name: &str) -> &str {
    name.trim_matches(is_blank)
}

/// Returns the character boundary at or before an offset.
pub fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Removes byte order marks at the start of lines. Concatenated files have several.
pub fn without_byte_order_marks(text: &str) -> Cow<'_, str> {
    const MARK: char = '\u{feff}';
    let text = text.trim_start_matches(MARK);
    if memchr::memmem::find(text.as_bytes(), "\n\u{feff}".as_bytes()).is_none() {
        return Cow::Borrowed(text);
    }
    let lines = text.split_inclusive('\n').map(|line| line.trim_start_matches(MARK));
    Cow::Owned(lines.collect())
}

/// Decodes character references (`&amp;`, `&#39;`) once. As in HTML, a reference to a control character becomes a space
/// or its Windows-1252 character.
pub fn unescaped(text: &str) -> Cow<'_, str> {
    let Some(first) = memchr::memchr(b'&', text.as_bytes()) else { return Cow::Borrowed(text) };
    let (mut out, mut rest) = (text[..first].to_owned(), &text[first..]);
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let reference = reference(rest);
        match reference.map(|reference| (reference, character(reference))) {
            Some((reference, character)) => {
                out.push_str(&character);
                rest = &rest[reference.len()..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    Cow::Owned(out + rest)
}

/// Returns the reference at the start of a text; its name may be unknown.
fn reference(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_NAME + 2).position(|b| b == b';')?;
    let name = &text.as_bytes()[1..end];
    let name = name.strip_prefix(b"#").unwrap_or(name);
    (!name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric)).then(|| &text[..=end])
}

/// Decodes a reference; returns it unchanged where unknown.
fn character(reference: &str) -> String {
    // A leading letter prevents Markdown from parsing the character as a mark.
    let paragraph = format!("x{reference}");
    let text =
        Parser::new(&paragraph).filter_map(|event| if let Event::Text(text) = event { Some(text) } else { None });
    let shown: String = text.collect::<Vec<_>>().concat();
    let replaced = |c: char| match c {
        '\u{80}'..='\u{9f}' => super::mojibake::windows_1252(c),
        c if c.is_control() => ' ',
        c => c,
    };
    shown.strip_prefix('x').unwrap_or(reference).chars().map(replaced).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_are_decoded_once() {
        for (written, shown) in [
            ("Harbour&#39;s &quot;plan&quot;", "Harbour's \"plan\""),
            ("A&amp;B &lt;x&gt;", "A&B <x>"),
            ("&ntilde;&#xF1;&#241;", "ñññ"),
            ("a&nbsp;b&hellip;", "a\u{a0}b…"),
            ("&amp;#39;", "&#39;"),
            ("&#146;s &#x80;", "’s €"),
            ("a&#7;b&#10;c", "a b c"),
            ("R&D; AT&T &; &#; &bogus; &copy", "R&D; AT&T &; &#; &bogus; &copy"),
            ("&", "&"),
            ("&é;", "&é;"),
        ] {
            assert_eq!(unescaped(written), shown);
        }
        assert!(matches!(unescaped("plain"), Cow::Borrowed(_)));
    }

    #[test]
    fn invisible_characters_are_trimmed() {
        assert_eq!(trimmed("\u{200e}\u{a0} Edo\u{2009}Post \u{200b}\u{feff}\u{2029}"), "Edo\u{2009}Post");
    }
}
