//! Marks of the site's own layout. A file with one of them is read by [`parse`](super::parse()), and what is wrong with
//! it is reported; any other file has the general layout (`general`).

use super::front_matter::is_own_key;
use super::{Layout, text};

/// Maximum number of lines in which the keys of front matter are searched.
const MAX_HEAD_LINES: usize = 60;

impl Layout {
    /// Returns the layout of a text: the site's own, if it has a mark of it or is empty.
    pub fn of(text: &str) -> Self {
        if Self::has_own_mark(text) || text.trim().is_empty() { Self::Own } else { Self::General }
    }

    /// Reports whether a text, or the first lines of one, has a mark of the site's own layout: a key of its front matter
    /// (`topicName`, `perspectives`, `articleCount`, `<id>Sources`), one of its headings, or a list line with the locale of its
    /// article.
    pub fn has_own_mark(text: &str) -> bool {
        let (mut is_head, mut number) = (true, 0);
        for line in text.split('\n') {
            number += 1;
            let line = line.trim_start_matches('\u{feff}');
            if is_head && number <= MAX_HEAD_LINES {
                if is_own_key(line) {
                    return true;
                }
                // The first line of a digest's body ends the front matter, even where its closing line is missing.
                is_head = !line.starts_with("##") && (number == 1 || !matches!(line.trim_end(), "---" | "+++" | "..."));
            }
            if is_own_line(line) {
                return true;
            }
        }
        false
    }
}

fn is_own_line(line: &str) -> bool {
    let line = line.trim_start_matches([' ', '\t', '>']);
    match line.as_bytes().first() {
        Some(b'#') => is_own_heading(line.trim_matches(|c: char| c == '#' || c == '*' || text::is_blank(c))),
        Some(b'0'..=b'9' | b'-' | b'*' | b'+') => has_locale(line),
        _ => false,
    }
}

fn is_own_heading(heading: &str) -> bool {
    let is = |own: &str| heading.eq_ignore_ascii_case(own);
    let names_sources = || heading.strip_suffix(" Sources)").is_some_and(|rest| rest.contains(" ("));
    is("Overall Highlights") || is("Overall Summary") || names_sources()
}

/// Reports whether a list line begins with a locale such as `[en-US]`.
fn has_locale(line: &str) -> bool {
    let line = line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ')' | '-' | '*' | '+' | ' '));
    let tag = line.strip_prefix('[').and_then(|rest| rest.split_once(']')).map(|(tag, _)| tag);
    tag.and_then(|tag| tag.split_once(['-', '_'])).is_some_and(|(language, region)| {
        matches!(language.len(), 2 | 3)
            && language.bytes().all(|b| b.is_ascii_lowercase())
            && region.len() == 2
            && region.bytes().all(|b| b.is_ascii_uppercase())
    })
}

#[cfg(test)]
mod tests {
    use super::Layout;

    #[test]
    fn one_mark_is_enough() {
        for text in [
            "---\ntopic: t\ntopicName: T\n---\n",
            "---\nperspectives:\n  - id: a\n---\n",
            "---\narticleCount: 3\n---\n",
            "---\nchinaSources: 3\n---\n",
            "\u{feff}topicName: T\n",
            "# Day\n\n## Overall Highlights\n",
            "x\n## **Overall Summary**\n",
            "### China Perspective (Chinese Sources)\n",
            "## Inside Peru (Peruvian Sources)\n",
            "1. [en-US] [Title](https://example.com)\n",
            "x\n- [es-VE] [Título](https://example.com)\n",
        ] {
            assert!(Layout::has_own_mark(text), "{text}");
        }
    }

    #[test]
    fn what_other_digests_have_is_no_mark() {
        for text in [
            "",
            "---\ntopic: t\ndate: 2026-01-07\nsources: [A]\ndraft: true\n---\n## Sources\n\n1. [A](https://example.com)\n",
            "---\ntitle: x\n---\n\nperspectives: these are many\n",
            "---\nresources: 3\ntotalSources: 4\n---\n",
            "* [video] [Title](https://example.com)\n* [e-mail] x\n* [EN] x\n",
            "Overall Highlights\n## Highlights\n## Sources (all)\n",
        ] {
            assert!(!Layout::has_own_mark(text), "{text}");
        }
    }
}
