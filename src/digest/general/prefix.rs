//! Marks before a title: numbers, checkboxes, signs, tags such as `[video]`.

/// Maximum length of a tag in bytes.
const MAX_TAG: usize = 30;

/// Reports whether a text consists of such marks only.
pub fn is_prefix(text: &str) -> bool {
    text[length(text)..].is_empty()
}

/// Returns the length of the marks at the start of a text.
pub fn length(text: &str) -> usize {
    let mut rest = text;
    loop {
        let next = rest.trim_start_matches(is_sign);
        let next = number(next).or_else(|| tag(next)).unwrap_or(next);
        if next.len() == rest.len() {
            return text.len() - rest.len();
        }
        rest = next;
    }
}

/// Iterates over the tags with a word among the marks at the start of a text, without their brackets.
pub fn tags(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = &text[..length(text)];
    std::iter::from_fn(move || {
        loop {
            let start = rest.find(['[', '(', '【', '（'])?;
            rest = &rest[start..];
            let after = tag(rest)?;
            let inner = rest[..rest.len() - after.len()].trim_matches(|c: char| !c.is_alphanumeric());
            rest = after;
            // `[x]` is a checkbox.
            if inner.contains(char::is_alphabetic) && !inner.eq_ignore_ascii_case("x") {
                return Some(inner);
            }
        }
    })
}

/// Reports whether a character is a sign: neither part of a word nor an opening bracket or quotation mark.
fn is_sign(c: char) -> bool {
    !c.is_alphanumeric()
        && !matches!(
            c,
            '[' | '('
                | '【'
                | '（'
                | '"'
                | '“'
                | '‘'
                | '\''
                | '「'
                | '『'
                | '«'
                | '《'
                | '@'
                | '$'
                | '€'
                | '£'
                | '¿'
                | '¡'
                | '`'
        )
}

/// Returns the text after a number at its start: `3. `, `3)`, `3、`, `#3`, `3️⃣`.
pub fn number(text: &str) -> Option<&str> {
    let text = text.trim_start_matches(is_sign);
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let rest = &text[digits..];
    if let Some(rest) = rest.strip_prefix(['\u{fe0f}', '\u{20e3}']) {
        return Some(rest.trim_start_matches(['\u{fe0f}', '\u{20e3}']).trim_start());
    }
    let after = rest.strip_prefix(['.', ')', '、', '．', '）', ':', '：'])?;
    // `3.5 million` and `10:30` are no marks.
    (!after.starts_with(|c: char| c.is_ascii_digit())).then(|| after.trim_start())
}

/// Returns the text after a tag at its start: `[video]`, `(pdf)`, `【快讯】`.
fn tag(text: &str) -> Option<&str> {
    let close = match text.chars().next()? {
        '[' => ']',
        '(' => ')',
        '【' => '】',
        '（' => '）',
        _ => return None,
    };
    let end = text.find(close)?;
    let open = text.chars().next().map_or(0, char::len_utf8);
    let is_tag = end <= MAX_TAG && !text[open..end].contains(['[', '(', '\n']);
    is_tag.then(|| text[end + close.len_utf8()..].trim_start())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_are_skipped() {
        for (text, rest) in [
            ("1. Title", "Title"),
            ("🔥 3️⃣ Title", "Title"),
            ("[video] [audio] Title", "Title"),
            ("- [x] Title", "Title"),
            ("★ #12: Title", "Title"),
            ("【快讯】标题", "标题"),
            ("3.5 million", "3.5 million"),
            ("2026 Title", "2026 Title"),
            ("“Quoted” title", "“Quoted” title"),
            ("(1) Title", "Title"),
            ("", ""),
        ] {
            assert_eq!(&text[length(text)..], rest, "{text}");
        }
    }

    #[test]
    fn tags_with_words_are_found() {
        for (text, all) in [
            ("1. [video] [x] (pdf) 【快讯】 ", &["video", "pdf", "快讯"][..]),
            ("- [ ] 🔥 (1) Title [b]", &[]),
            ("[disposition: close] ", &["disposition: close"]),
        ] {
            assert_eq!(tags(text).collect::<Vec<_>>(), all, "{text}");
        }
    }
}
