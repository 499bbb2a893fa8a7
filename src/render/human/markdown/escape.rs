//! Escapes of Markdown.

use crate::render::shown;

/// Escapes an address in angle brackets.
pub fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in shown(url).chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '\\' => out.push_str("%5C"),
            // Otherwise `&copy;` would be an entity.
            '&' => out.push_str("&amp;"),
            ' ' => out.push_str("%20"),
            c => out.push(c),
        }
    }
    out
}

/// Escapes a text within a line, trimmed. GitHub links bare addresses; a backslash in them prevents that.
pub fn escaped(text: &str) -> String {
    inside(text.trim())
}

/// Escapes a text within a line.
pub fn inside(text: &str) -> String {
    let text = shown(text);
    let mut out = String::with_capacity(text.len());
    for (i, c) in text.char_indices() {
        let begins_address = match c {
            ':' => text[i..].starts_with("://"),
            '.' => text.as_bytes()[..i].last_chunk::<3>().is_some_and(|before| before.eq_ignore_ascii_case(b"www")),
            c => c == '@',
        };
        if begins_address || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '&' | '~' | '!') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

/// Escapes signs that would begin a list, a heading or a rule at the start of a line.
pub fn at_start(markdown: &str) -> String {
    let mut text = markdown.trim().to_owned();
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    match text[digits..].chars().next() {
        Some('#' | '+' | '-' | '=' | ':') if digits == 0 => text.insert(0, '\\'),
        Some('.' | ')') if digits > 0 => text.insert(digits, '\\'),
        _ => {}
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn escaped_item(text: &str) -> String {
        at_start(&escaped(text))
    }

    use proptest::prelude::*;
    use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

    /// The text that a reader of Markdown sees, if there is nothing but text in one paragraph of a list.
    fn read(markdown: &str) -> Option<String> {
        let mut text = String::new();
        let github = Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH | Options::ENABLE_TASKLISTS;
        for event in Parser::new_ext(&format!("- {markdown}"), github) {
            match event {
                Event::Text(part) => text.push_str(&part),
                Event::Start(Tag::List(None) | Tag::Item) | Event::End(TagEnd::List(false) | TagEnd::Item) => {}
                _ => return None,
            }
        }
        Some(text)
    }

    #[test]
    fn markup_is_escaped() {
        for text in
            ["# a", "1. a", "2026) b", "- c", "a *b* _c_ [d](e) <b>f</b> `g` ~~h~~ |i| &amp; ![j](k) \\", "a_b_c"]
        {
            assert_eq!(read(&escaped_item(text)).as_deref(), Some(text), "{}", escaped_item(text));
        }
    }

    #[test]
    fn bare_addresses_do_not_become_links() {
        for (text, expect) in [
            ("https://evil.example", "https\\://evil.example"),
            ("see WWW.evil.example, a.b", "see WWW\\.evil.example, a.b"),
            ("me@evil.example at 10:30", "me\\@evil.example at 10:30"),
        ] {
            assert_eq!(escaped(text), expect);
            assert_eq!(read(expect).as_deref(), Some(text));
        }
        let url = "https://example.com/?a=1&copy;=2&b=<3>";
        let link = format!("[x](<{}>)", address(url));
        let is_same = |event| matches!(event, Event::Start(Tag::Link { dest_url, .. }) if *dest_url == *url.replace('<', "%3C").replace('>', "%3E"));
        assert!(Parser::new(&link).any(is_same), "{link}");
    }

    proptest! {
        #[test]
        fn what_is_written_is_what_is_read(text in "[a-cw0-9 @/#*_`~<>&;|!:.()\\[\\]\\\\+=-]{0,24}") {
            let text = text.trim();
            let markdown = escaped_item(text);
            prop_assert_eq!(read(&markdown), Some(text.to_owned()), "{}", markdown);
        }
    }
}
