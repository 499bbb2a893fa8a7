//! The width of text. The font is the reader's; widths are estimated from the widest common fonts (DejaVu Sans, Verdana),
//! so that text is never wider than estimated.

use textwrap::WordSeparator;
use textwrap::core::display_width;

/// Returns the width of a text in a font size.
pub fn width(text: &str, size: f64) -> f64 {
    text.chars().map(em).sum::<f64>() * size
}

/// Returns the width of a character relative to the font size.
fn em(c: char) -> f64 {
    match c {
        'i' | 'j' | 'l' | 'f' | 't' | 'I' | ' ' | '.' | ',' | ':' | ';' | '\'' | '|' | '(' | ')' | '-' => 0.42,
        'm' | 'w' | 'M' | 'W' | '%' | '@' | '—' | '…' => 1.0,
        c if c.is_ascii_uppercase() => 0.8,
        '\0'..='\u{24f}' | '–' | '‘'..='”' => 0.67,
        c => match display_width(c.encode_utf8(&mut [0; 4])) {
            0 => 0.0,
            1 => 0.9,
            _ => 1.2,
        },
    }
}

/// Truncates a text to a width, with an ellipsis.
pub fn fit(text: &str, size: f64, room: f64) -> String {
    if width(text, size) <= room {
        return text.to_owned();
    }
    let mut fitted = String::new();
    for c in text.chars() {
        if width(&fitted, size) + (em(c) + em('…')) * size > room {
            break;
        }
        fitted.push(c);
    }
    fitted.truncate(fitted.trim_end().len());
    fitted + "…"
}

/// Wraps a text to a width; words longer than a line are split.
pub fn wrap(text: &str, size: f64, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in WordSeparator::UnicodeBreakProperties.find_words(text) {
        let line = lines.last().map_or("", String::as_str);
        if !line.is_empty() && width(line, size) + width(word.word, size) > room {
            lines.push(String::new());
        }
        for c in word.word.chars().chain(word.whitespace.chars()) {
            let is_full = |line: &String| !c.is_whitespace() && width(line, size) + em(c) * size > room;
            if lines.last().is_some_and(|line| !line.is_empty() && is_full(line)) {
                lines.push(String::new());
            }
            if let Some(line) = lines.last_mut() {
                line.push(c);
            }
        }
    }
    lines.iter().map(|line| line.trim_end().to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_fits_is_left_alone() {
        assert_eq!(fit("China", 10.0, 60.0), "China");
        assert_eq!(fit("People's Republic of China", 10.0, 60.0), "People's…");
        assert_eq!(fit("中华人民共和国", 10.0, 60.0), "中华人民…");
        assert_eq!(wrap("of what was sampled", 10.0, 60.0), ["of what", "was", "sampled"]);
        assert_eq!(wrap("", 10.0, 60.0), [""]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_the_room_and_nothing_is_lost(text in "(\\PC|[a-z ]{1,9}|中|W)*", room in 20f64..200.0) {
            let lines = wrap(&text, 10.0, room);
            prop_assert!(lines.iter().all(|line| width(line, 10.0) <= room));
            let joined = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(joined(&lines.concat()), joined(&text));
            prop_assert!(width(&fit(&text, 10.0, room), 10.0) <= room);
        }
    }
}
