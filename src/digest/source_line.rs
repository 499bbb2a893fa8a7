//! Source lines: `N. [es-VE] [title](url) - outlet (M/D/YYYY)`.
//!
//! The writer puts titles into this form as they are, with brackets, emphasis marks and line breaks, so Markdown would
//! misread them. The form itself is clear when it is read from both ends: the number, the locale and the first
//! bracket in front; the date, the outlet and the link behind; what stands between is the title.

use std::ops::Range;

use chrono::NaiveDate;

use super::front_matter::is_plausible;

/// A title may run over so many lines; a line that waits longer for its end is taken to be broken.
const MAX_LINES: usize = 20;

/// One source line, or what could be made out of a broken one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct SourceLine {
    pub locale: Option<String>,
    pub title: String,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Published,
}

/// The date at the end of a source line.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Published {
    /// There is none.
    #[default]
    Missing,
    /// There is no such day.
    Impossible(String),
    /// A day of the calendar.
    On(NaiveDate),
}

/// All whole source lines of a text and the bytes that each takes up, without its line end.
pub fn scan(text: &str) -> Vec<(Range<usize>, SourceLine)> {
    let mut found = Vec::new();
    let mut lines = Lines { text, at: 0 };
    while let Some(line) = lines.next() {
        if !unmarked(&text[line.clone()]).is_some_and(|l| l.starts_with('[')) {
            continue;
        }
        if let Some((end, source)) = whole(text, line.clone(), lines.clone()) {
            lines.at = end;
            found.push((line.start..end, source));
        }
    }
    found
}

/// What can be made out of a list item of the source list that is not in the writer's form.
pub fn salvage(item: &str) -> SourceLine {
    let text = item.trim_matches(is_blank);
    let (locale, rest) = split_locale(unmarked(text).unwrap_or(text));
    let (head, published) = match split_date(rest) {
        Some((head, date)) => (head.trim_end_matches(is_blank), read_date(date)),
        None => (rest, Published::Missing),
    };
    if let Some((title, url, outlet)) = split_link(head) {
        return SourceLine { locale, title, url, outlet, published };
    }
    // No outlet behind the link, another dash, or no whole link: the title goes up to where the link would begin.
    let (title, url, outlet) = match head.rsplit_once("](") {
        Some((title, behind)) => {
            let (link, outlet) = behind.split_once(") ").unwrap_or((behind.trim_end_matches(')'), ""));
            // Markdown allows a title behind the address.
            let url = link.split(" \"").next().unwrap_or_default().trim_matches(is_blank).replace(' ', "%20");
            (title, url, outlet.trim_matches(|c| is_blank(c) || matches!(c, '-' | '–' | '—')).to_owned())
        }
        None => (head.strip_suffix(']').unwrap_or(head), String::new(), String::new()),
    };
    let title = title.strip_prefix('[').unwrap_or(title).trim_matches(is_blank).to_owned();
    let filled = |text: String| Some(text).filter(|text| !text.is_empty());
    SourceLine { locale, title, url: filled(url), outlet: filled(outlet), published }
}

/// Tries to read the source line that begins with the line given. One with a number may run over several lines; any
/// other list item that begins with a bracket, such as `- [Analysis] Talks go on`, is most likely a sentence.
fn whole(text: &str, first: Range<usize>, rest: Lines<'_>) -> Option<(usize, SourceLine)> {
    let own = number(&text[first.clone()]);
    let lines = if own.is_some() { MAX_LINES } else { 1 };
    for line in std::iter::once(first.clone()).chain(rest).take(lines) {
        let line_text = &text[line.clone()];
        // Where the next item or section begins before this one ends, this one is broken.
        if line != first && (begins_item(line_text, own) || is_section(line_text)) {
            return None;
        }
        // The first date at a line's end closes the item.
        if split_date(line_text).is_none() {
            continue;
        }
        let body = unmarked(&text[first.start..line.end])?;
        return read(body).map(|source| (line.end, source));
    }
    None
}

/// Whether a line begins the item behind that with the given number, or is a numbered item by itself.
fn begins_item(line: &str, last: Option<u32>) -> bool {
    let (Some(mark), Some(body)) = (number(line), unmarked(line)) else { return false };
    Some(mark) == last.map(|n| n + 1) || read(body).is_some()
}

/// Reads a source line without its list mark.
fn read(text: &str) -> Option<SourceLine> {
    let (head, date) = split_date(text)?;
    let (locale, link) = split_locale(head);
    let (title, url, outlet) = split_link(link)?;
    Some(SourceLine { locale, title, url, outlet, published: read_date(date) })
}

/// The text behind a list mark (`3.`, `3)`, `-`, `*`, `+`).
fn unmarked(line: &str) -> Option<&str> {
    let line = line.trim_start_matches([' ', '\t']);
    let digits = line.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => line.strip_prefix(['-', '*', '+'])?,
        1..=9 => line[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    let body = rest.trim_start_matches([' ', '\t']);
    (body.len() < rest.len()).then_some(body)
}

/// A heading of a section, which no title runs into.
fn is_section(line: &str) -> bool {
    let text = line.trim_start_matches('#');
    line.starts_with("##") && text.starts_with(' ') && !text.contains("](")
}

/// The number in a list mark.
pub fn number(line: &str) -> Option<u32> {
    let line = line.trim_start_matches([' ', '\t']);
    line[..line.bytes().take_while(u8::is_ascii_digit).count()].parse().ok()
}

/// Splits `[es-VE] [title…` into locale and the rest; a bracket that is no locale belongs to the title.
fn split_locale(text: &str) -> (Option<String>, &str) {
    let split = || {
        let (tag, rest) = text.strip_prefix('[')?.split_once(']')?;
        let mut parts = tag.split(['-', '_']);
        let language = parts.next()?;
        let letters = |part: &str, n: usize| part.len() == n && part.bytes().all(|b| b.is_ascii_alphabetic());
        let is_region = |part: &str| letters(part, 2) || part.len() == 3 && part.bytes().all(|b| b.is_ascii_digit());
        let is_language = letters(language, 2) || letters(language, 3);
        // A language alone is a tag only in small letters: `[US] [Opinion] …` is a title.
        let has_more = tag.len() > language.len();
        let is_tag = is_language
            && parts.all(|part| is_region(part) || letters(part, 4))
            && (has_more || language.bytes().all(|b| b.is_ascii_lowercase()));
        let rest = rest.trim_start_matches([' ', '\t']);
        (is_tag && rest.starts_with('[')).then_some((tag.to_owned(), rest))
    };
    split().map_or((None, text), |(tag, rest)| (Some(tag), rest))
}

/// Splits off `(M/D/YYYY)` at the end.
fn split_date(text: &str) -> Option<(&str, &str)> {
    let (head, date) = text.trim_end_matches(is_blank).strip_suffix(')')?.rsplit_once('(')?;
    let parts = date.split('/').collect::<Vec<_>>();
    let is_date =
        matches!(parts[..], [m, d, y] if (1..=2).contains(&m.len()) && (1..=2).contains(&d.len()) && y.len() == 4);
    (is_date && date.bytes().all(|b| b.is_ascii_digit() || b == b'/')).then_some((head, date))
}

fn read_date(date: &str) -> Published {
    let day = NaiveDate::parse_from_str(date, "%m/%d/%Y").ok().filter(is_plausible);
    day.map_or_else(|| Published::Impossible(date.to_owned()), Published::On)
}

/// Splits `[title](url) - outlet` at its last `](`; the title may hold brackets, the URL parentheses but no space.
fn split_link(text: &str) -> Option<(String, Option<String>, Option<String>)> {
    let text = text.strip_prefix('[')?;
    let filled = |s: &str| Some(s.trim_matches(is_blank).to_owned()).filter(|s| !s.is_empty());
    // The first space behind the place looked at, which ends a URL that begins there. Each byte is looked at once.
    let (mut end, mut space) = (text.len(), text.len());
    while let Some(at) = text[..end].rfind("](") {
        let start = at + 2;
        if let Some(nearer) = text[start..end.max(start)].find(char::is_whitespace) {
            space = start + nearer;
        }
        let url = text[start..space].strip_suffix(')');
        if let (Some(url), Some(outlet)) = (url, text[space..].strip_prefix(" -")) {
            let url = url.strip_prefix('<').and_then(|url| url.strip_suffix('>')).unwrap_or(url);
            return Some((text[..at].trim_matches(is_blank).to_owned(), filled(url), filled(outlet)));
        }
        end = at;
    }
    None
}

/// White space that nobody means: not U+2029 and its like, which the publisher wrote.
fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

/// The lines of a text as byte ranges without their ends. Only `\n` ends a line: titles hold U+2029.
#[derive(Clone)]
struct Lines<'a> {
    text: &'a str,
    at: usize,
}

impl Iterator for Lines<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let start = self.at;
        if start >= self.text.len() {
            return None;
        }
        let end = memchr::memchr(b'\n', &self.text.as_bytes()[start..]).map_or(self.text.len(), |i| start + i);
        self.at = end + 1;
        Some(start..end)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn one(line: &str) -> SourceLine {
        let mut found = scan(line);
        assert_eq!(found.len(), 1, "{line}: {found:?}");
        let (range, source) = found.remove(0);
        assert_eq!(range, 0..line.trim_end_matches('\n').len());
        source
    }

    #[test]
    fn reads_the_writers_form() {
        let source = one("12. [es-VE] [Canciller: «no»](https://example.com/a) - El Diario (1/7/2026)\n");
        let published = Published::On(NaiveDate::from_ymd_opt(2026, 1, 7).expect("a date"));
        assert_eq!(source.locale.as_deref(), Some("es-VE"));
        assert_eq!(source.title, "Canciller: «no»");
        assert_eq!(source.url.as_deref(), Some("https://example.com/a"));
        assert_eq!(source.outlet.as_deref(), Some("El Diario"));
        assert_eq!(source.published, published);
    }

    #[test]
    fn titles_and_outlets_come_back_as_written() {
        for title in [
            "[Video] Talks *resume* | World",
            "A [b](c) d",
            "Ends with ]",
            "one\ntwo",
            "one\n# two\n- three",
            "[en] half (1/2/2026",
            "50% of \"all\" & _more_ \\ `x` <b>",
            "\u{2029}zero\u{200b}width\u{2029}",
            "新华网：标题",
            "](",
        ] {
            for outlet in ["The Nation (Somewhere )", "Wire -", "新华网", "a) - b"] {
                for locale in ["", "[en-US] "] {
                    let source =
                        one(&format!("3. {locale}[{title}](https://example.com/x_(y)) - {outlet} (12/31/2025)"));
                    assert_eq!((source.title.as_str(), source.outlet.as_deref()), (title, Some(outlet)));
                    assert_eq!(source.locale.is_some(), !locale.is_empty());
                    assert_eq!(source.url.as_deref(), Some("https://example.com/x_(y)"));
                }
            }
        }
    }

    #[test]
    fn locales_are_language_tags() {
        for tag in ["es-419", "zh-Hans", "zh-Hant-TW", "en-us", "en_US", "en", "sr-Latn"] {
            let source = one(&format!("1. [{tag}] [The title](<https://e.com/1>) - P (5/1/2026)"));
            assert_eq!((source.locale.as_deref(), source.title.as_str()), (Some(tag), "The title"));
            assert_eq!(source.url.as_deref(), Some("https://e.com/1"));
        }
        for tag in ["US", "Video", "en-", "en-1a2", "en-4190", "en-US1", "e-US", "engl-US"] {
            let source = one(&format!("1. [{tag}] [x](https://e.com/1) - P (5/1/2026)"));
            assert_eq!((source.locale, source.title), (None, format!("{tag}] [x")));
        }
        for title in ["[US] [Opinion] x", "[Video] [x] y", "[en-] [x"] {
            assert_eq!(one(&format!("1. [{title}](https://e.com/1) - P (5/1/2026)")).title, title);
        }
    }

    #[test]
    fn what_is_no_source_line() {
        let rest = "(https://e.com/1) - P";
        for line in [
            format!("3.[t]{rest} (1/2/2026)"),
            format!("3. [t]{rest} (111/2/2026)"),
            format!("3. [t]{rest} (1/222/2026)"),
            format!("3. [t]{rest} (1/2/26)"),
            format!("3. [t]{rest} (1/2/202a)"),
            format!("3. [cut\n## A section\nx]{rest} (1/2/2026)"),
            format!("3. [cut\n7. [another]{rest} (1/2/2026x)\n"),
        ] {
            assert_eq!(scan(&line), [], "{line}");
        }
        for title in ["one\n## two", "one\n7. [x]\ntwo", "one\n7. two", "one\n#two"] {
            assert_eq!(one(&format!("3. [{title}]{rest} (1/2/2026)")).title, title);
        }
    }

    #[test]
    fn parts_may_be_missing() {
        let source = one("- [t]() -  (13/45/2026)");
        assert_eq!(
            source,
            SourceLine {
                title: "t".into(),
                published: Published::Impossible("13/45/2026".into()),
                ..SourceLine::default()
            }
        );
    }

    #[test]
    fn a_broken_line_does_not_swallow_the_next() {
        let good = "2. [b](https://example.com/b) - B (1/1/2026)";
        let found = scan(&format!("1. [en-US] [a is cut\n{good}\n3. [c](https://exa\n"));
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].1.title, "b");
    }

    #[test]
    fn an_item_that_begins_with_a_bracket_is_no_source_line() {
        let good = "1. [b](https://example.com/b) - B (1/1/2026)";
        for before in
            ["- [Analysis] Tokyo weighs options.\n- Other.\n", "1. [Analysis] Tokyo weighs options.\n2. Other.\n"]
        {
            let found = scan(&format!("{before}\n## Sources\n\nProse.\n\n{good}\n"));
            assert_eq!(found.len(), 1, "{before}");
            assert_eq!(found[0].1.title, "b");
        }
    }

    #[test]
    fn many_brackets_take_no_long_time() {
        let line = format!("1. [{}(1/2/2026)", "](".repeat(1 << 20));
        assert!(scan(&line).is_empty(), "half a million tries over the whole line would not end today");
    }

    #[test]
    fn salvages_what_there_is() {
        let salvaged = |item: &str| {
            let s = salvage(item);
            (s.title, s.url, s.outlet)
        };
        let some = |s: &str| Some(s.to_owned());
        assert_eq!(salvaged("3. [en-US] [Cut in the mid"), ("Cut in the mid".into(), None, None));
        assert_eq!(salvaged("3. [en-US] [Cut](https://exa"), ("Cut".into(), some("https://exa"), None));
        assert_eq!(
            salvaged("[No outlet](https://example.com) (1/2/2026)"),
            ("No outlet".into(), some("https://example.com"), None)
        );
        assert_eq!(
            salvaged("[No date](https://example.com) - Wire"),
            ("No date".into(), some("https://example.com"), some("Wire"))
        );
        for line in [
            "[T](https://e.com/a b) - P",
            "[T](https://e.com/a%20b)  -  P",
            "[T](https://e.com/a%20b) – P",
            "[T](https://e.com/a%20b \"x\") - P",
        ] {
            assert_eq!(
                salvaged(&format!("1. [en-US] {line} (5/1/2026)")),
                ("T".into(), some("https://e.com/a%20b"), some("P")),
                "{line}"
            );
        }
        assert_eq!(salvaged("Plain words"), ("Plain words".into(), None, None));
    }

    proptest! {
        #[test]
        fn any_title_comes_back(title in "[^\r\n\t ]{1,20}( [^\r\n\t ]{1,9}){0,3}", outlet in "[\\p{L}()-]{1,9}( [\\p{L}-]{1,9}){0,2}") {
            // What would end the link early is the one thing that the form can't tell apart.
            prop_assume!(!outlet.contains("]("));
            let source = one(&format!("1. [en-US] [{title}](https://example.com/1) - {outlet} (1/2/2026)"));
            prop_assert_eq!(source.title, title);
            prop_assert_eq!(source.outlet, Some(outlet));
        }

        #[test]
        fn never_panics(text in "([0-9]{1,3}\\. |- |\\[|\\]|\\(|\\)|\n|[a-z]{2}-[A-Z]{2}|\\PC|1/2/2026)*") {
            for (range, _) in scan(&text) {
                salvage(&text[range]);
            }
            salvage(&text);
        }
    }
}
