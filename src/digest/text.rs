//! Text as the page shows it: character references read, and what nobody sees taken off its ends.

use std::borrow::Cow;

use pulldown_cmark::{Event, Parser};

/// The longest name of a character in HTML.
const MAX_NAME: usize = 32;

/// Returns whether a character has no look of its own: zero-width characters, marks of direction, soft hyphens.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}'
    )
}

/// Returns whether a character is a space of any width or invisible.
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || is_invisible(c)
}

/// Returns a name without spaces of any width and invisible characters at its ends.
pub fn trimmed(name: &str) -> &str {
    name.trim_matches(is_blank)
}

/// Returns the place at or before the given one at which a character begins.
pub fn boundary(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

/// Reads character references (`&amp;`, `&#39;`) once, as a page does. One that stands for a control character is a
/// space, or what Windows-1252 has in its place, as in HTML.
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

/// Returns what has the form of a reference at the start of a text.
fn reference(text: &str) -> Option<&str> {
    let end = text.bytes().take(MAX_NAME + 2).position(|b| b == b';')?;
    let name = &text.as_bytes()[1..end];
    let name = name.strip_prefix(b"#").unwrap_or(name);
    (!name.is_empty() && name.iter().all(u8::is_ascii_alphanumeric)).then(|| &text[..=end])
}

/// Returns what a reference stands for; itself where no such character exists.
fn character(reference: &str) -> String {
    // A letter before it makes it a paragraph's text, whatever it stands for.
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
    fn references_are_read_once() {
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
    fn what_nobody_sees_is_taken_off() {
        assert_eq!(trimmed("\u{200e}\u{a0} Edo\u{2009}Post \u{200b}\u{feff}\u{2029}"), "Edo\u{2009}Post");
    }
}
