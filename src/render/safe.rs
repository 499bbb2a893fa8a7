//! Text from a corpus as a terminal may show it: characters that would steer the terminal, or turn around what stands
//! beside them, are shown instead of sent.

/// The text on one line, with nothing in it that acts.
pub fn shown(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // Unicode has pictures of the control characters.
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + c as u32)),
            '\u{7f}' => out.push('␡'),
            c if acts(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The same, but with line breaks and tabs, for where these can do no harm.
pub fn shown_in_lines(text: &str) -> String {
    let parts = text.split_inclusive(['\n', '\t']);
    let part = |part: &str| match part.strip_suffix(['\n', '\t']) {
        Some(rest) => shown(rest) + &part[rest.len()..],
        None => shown(part),
    };
    parts.map(part).collect()
}

/// Whether a character steers a terminal or turns around the text beside it. The marks of direction that Arabic and
/// Hebrew are written with (U+200E, U+200F, U+061C) don't: they do no more than a letter would.
pub fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Only addresses of the web are made links; what else a corpus may name there is not for a click.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// An address as it may stand in an escape sequence of a terminal (OSC 8): bytes outside of 32 to 126 are percent-encoded,
/// spaces too, so that no terminal guesses at another encoding.
pub fn in_osc8(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for byte in url.bytes() {
        match byte {
            b'!'..=b'~' => out.push(char::from(byte)),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{in_osc8, shown, shown_in_lines};

    #[test]
    fn addresses_in_escape_sequences_are_ascii() {
        assert_eq!(
            in_osc8("https://a.example/caf\u{e9}?q=新 1\u{7f}#x%20"),
            "https://a.example/caf%C3%A9?q=%E6%96%B0%201%7F#x%20"
        );
        assert_eq!(in_osc8("https://a.example/\u{1b}\\\u{7}\u{9c}\n"), "https://a.example/%1B\\%07%C2%9C%0A");
    }

    #[test]
    fn nothing_acts() {
        assert_eq!(shown("a\u{1b}[31mb\u{7}\nc\u{202e}d\u{9b}e\u{7f}"), "a␛[31mb␇ c\u{fffd}d\u{fffd}e␡");
        assert_eq!(shown_in_lines("a\n\tb\u{1b}\nc\n"), "a\n\tb␛\nc\n");
        assert_eq!(shown("México 新华 🇯🇵 — ok"), "México 新华 🇯🇵 — ok");
        let marked = "5\u{200e}%\u{200f}!\u{61c}";
        assert_eq!((shown(marked), shown_in_lines(marked)), (marked.to_owned(), marked.to_owned()));
    }
}
