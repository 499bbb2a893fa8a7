//! Locale at the start of a source line.

use crate::digest::text;

/// Splits `[es-VE] [title…` into the locale and the rest. Any other bracket belongs to the title. If `before_bracket`
/// is false, the title needs no brackets, but the tag needs a region. The writer uses `unknown` for missing parts.
pub fn split_locale(text: &str, before_bracket: bool) -> (Option<String>, &str) {
    let split = || {
        let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
        let is_unknown = |part: &&str| matches!(*part, "unknown" | "undefined" | "null");
        let mut parts = tag.split(['-', '_']).filter(|part| !is_unknown(part));
        let letters = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_region = |part: &str| letters(part, 2) || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let rest = rest.trim_start_matches(text::is_blank);
        let is_before = rest.starts_with('[') || !before_bracket && !rest.is_empty() && tag.contains('-');
        if !is_before {
            return None;
        }
        if tag.split('-').next().is_some_and(|part| is_unknown(&part)) {
            return parts.all(is_region).then_some((None, rest));
        }
        let language = parts.next()?;
        let is_language = letters(language, 2) || letters(language, 3);
        // A language without a region must be in lower case: `[US] [Opinion] …` is a title.
        let has_more = tag.len() > language.len();
        let is_tag = is_language
            && parts.all(|part| is_region(part) || letters(part, 4))
            && (has_more || language.bytes().all(|b| b.is_ascii_lowercase()));
        let known = || tag.split(['-', '_']).filter(|part| !is_unknown(part)).count() == tag.split(['-', '_']).count();
        is_tag.then(|| (Some(if known() { tag } else { language }.to_owned()), rest))
    };
    split().unwrap_or((None, text))
}
