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

#[cfg(test)]
mod tests {
    use super::{shown, shown_in_lines};

    #[test]
    fn nothing_acts() {
        assert_eq!(shown("a\u{1b}[31mb\u{7}\nc\u{202e}d\u{9b}e\u{7f}"), "a␛[31mb␇ c\u{fffd}d\u{fffd}e␡");
        assert_eq!(shown_in_lines("a\n\tb\u{1b}\nc\n"), "a\n\tb␛\nc\n");
        assert_eq!(shown("México 新华 🇯🇵 — ok"), "México 新华 🇯🇵 — ok");
        let marked = "5\u{200e}%\u{200f}!\u{61c}";
        assert_eq!((shown(marked), shown_in_lines(marked)), (marked.to_owned(), marked.to_owned()));
    }
}
