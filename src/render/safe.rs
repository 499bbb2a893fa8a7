//! Text from a corpus made safe for terminals: control characters and overrides of text direction are replaced by visible
//! ones.

/// Returns a text on one line, with control characters replaced.
pub fn shown(text: &str) -> String {
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\n' | '\r' | '\t' | '\u{2028}' | '\u{2029}' => out.push(' '),
            // Unicode has symbols for control characters.
            '\0'..='\u{1f}' => out.extend(char::from_u32(0x2400 + c as u32)),
            '\u{7f}' => out.push('␡'),
            c if acts(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// Like [`shown`], but keeps line breaks and tabs.
pub fn shown_in_lines(text: &str) -> String {
    let parts = text.split_inclusive(['\n', '\t']);
    let part = |part: &str| match part.strip_suffix(['\n', '\t']) {
        Some(rest) => shown(rest) + &part[rest.len()..],
        None => shown(part),
    };
    parts.map(part).collect()
}

/// Reports whether a character controls a terminal or overrides the direction of text. The direction marks used to write
/// Arabic and Hebrew (U+200E, U+200F, U+061C) affect text no more than a letter and are kept.
pub fn acts(c: char) -> bool {
    c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Reports whether an address is of the web: only these become links.
pub fn is_web(url: &str) -> bool {
    url.starts_with("https://") || url.starts_with("http://")
}

/// Percent-encodes an address for a terminal hyperlink (OSC 8): all bytes but printable ASCII without spaces.
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
    fn control_characters_are_replaced() {
        assert_eq!(shown("a\u{1b}[31mb\u{7}\nc\u{202e}d\u{9b}e\u{7f}"), "a␛[31mb␇ c\u{fffd}d\u{fffd}e␡");
        assert_eq!(shown_in_lines("a\n\tb\u{1b}\nc\n"), "a\n\tb␛\nc\n");
        assert_eq!(shown("México 新华 🇯🇵 — ok"), "México 新华 🇯🇵 — ok");
        let marked = "5\u{200e}%\u{200f}!\u{61c}";
        assert_eq!((shown(marked), shown_in_lines(marked)), (marked.to_owned(), marked.to_owned()));
    }
}
