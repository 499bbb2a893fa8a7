//! Headings in the writer's own words, in any Markdown form.
//!
//! Files are edited by hand and pass through other programs, which turn `## Sources` into `**Sources**`, `##Sources`,
//! `<h2>Sources</h2>` or a line above a rule. A line with exactly the words of a writer's heading is a heading. Without
//! a mark of a heading, it must also precede the content that the writer puts there.

use super::names::{self, Names};
use super::placeholder;

/// Maximum length of a heading in bytes. Real headings have at most 70.
const MAX_BYTES: usize = 600;

/// Last words of the writer's headings.
const LAST_WORDS: [&str; 6] = ["sources", "perspective", "highlights", "summary", "coverage", "points"];

/// A heading in the writer's own words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnHeading {
    /// Plain text.
    pub text: String,
    /// Level from 1 to 6; 2 where the form has none.
    pub level: u8,
    /// True if the next line is the underline of the heading.
    pub is_underlined: bool,
    pub is_source_list: bool,
}

/// Context of a line.
#[derive(Default)]
pub struct Around<'a> {
    /// True if the line is the first or follows a blank line.
    pub follows_blank: bool,
    /// Next line.
    pub below: &'a str,
    /// Next line that is not blank.
    pub next: &'a str,
}

/// Parses a line as a heading in the writer's own words. `declared` are the perspectives of the front matter.
pub fn parse<'a>(line: &str, declared: &Names, around: impl FnOnce() -> Around<'a>) -> Option<OwnHeading> {
    if !may_be_heading(line) {
        return None;
    }
    let bare = Bare::parse(line);
    let words = own_words(&bare.text, declared)?;
    let Around { follows_blank, below, next } = around();
    let is_underlined = bare.hashes == 0 && !bare.is_item && is_underline(below);
    let is_marked = !bare.is_item && (bare.hashes > 0 || bare.is_marked || is_underlined);
    let is_heading = match words {
        Words::Whole => true,
        Words::Sources => is_marked || placeholder::opens_source_list(next) || begins_source(next),
        Words::Differing => is_marked,
        Words::Short | Words::Other => is_marked || follows_blank && !bare.is_item && begins_item(next),
    };
    let is_source_list = words == Words::Sources;
    let text = if is_source_list { "Sources".to_owned() } else { bare.text };
    let level = match bare.hashes {
        0 if text.eq_ignore_ascii_case("Key Points") => 3,
        0 => 2,
        hashes => hashes.min(6) as u8,
    };
    is_heading.then_some(OwnHeading { text, level, is_underlined, is_source_list })
}

/// Form of a writer's heading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Words {
    /// `Sources`.
    Sources,
    /// `China Perspective (China Sources)`, `Inside Venezuela (Venezuelan Sources)`.
    Whole,
    /// As [`Words::Whole`], but with two different names, so that it needs a mark of a heading.
    Differing,
    /// `China Perspective`, where the front matter declares the perspective.
    Short,
    /// Headings without a perspective.
    Other,
}

/// Reports whether a line may be a heading. A cheap filter by the last word, which keeps lines with markup.
fn may_be_heading(line: &str) -> bool {
    let ends_with = |text: &str, word: &&str| {
        let at = text.len().checked_sub(word.len());
        at.and_then(|at| text.get(at..)).is_some_and(|end| end.eq_ignore_ascii_case(word))
    };
    let last = line.trim_end_matches(|c: char| !c.is_alphabetic());
    line.len() <= MAX_BYTES
        && (line.trim_start().starts_with('#')
            || line.contains('<') && line.contains("</")
            || !line.is_ascii() && line.len() <= MAX_BYTES / 4
            || LAST_WORDS.iter().any(|word| ends_with(last, word)))
}

fn own_words(text: &str, declared: &Names) -> Option<Words> {
    let text = text.to_lowercase();
    let counted = text.strip_suffix(')').and_then(|text| text.rsplit_once('('));
    let counted = counted.filter(|(_, n)| n.chars().all(|c| c.is_ascii_digit())).map_or(&*text, |(words, _)| words);
    match counted.trim_matches(|c: char| !c.is_alphanumeric()) {
        "sources" => return Some(Words::Sources),
        "overall highlights" | "overall summary" | "key differences in coverage" | "key points" => {
            return Some(Words::Other);
        }
        _ => {}
    }
    if let Some(text) = text.strip_suffix(" sources)") {
        let inside = text.strip_prefix("inside ").and_then(|text| text.split_once(" ("));
        let (name, aside) = inside.or_else(|| text.split_once(" perspective ("))?;
        let is_same = name == aside || names::contains(aside, name);
        let is_whole = !name.is_empty() && !aside.is_empty() && !name.contains('#');
        return is_whole.then_some(if is_same { Words::Whole } else { Words::Differing });
    }
    let name = text.strip_suffix(" perspective")?;
    declared.has(name).then_some(Words::Short)
}

/// A line without Markdown and HTML marks.
#[derive(Debug, Default, PartialEq, Eq)]
struct Bare {
    text: String,
    /// Number of leading `#`.
    hashes: usize,
    /// True if the line is a list item.
    is_item: bool,
    /// True if the line is emphasized or has HTML tags.
    is_marked: bool,
}

impl Bare {
    /// Parses a heading in its regular form, `## Words`. Fast path of [`Bare::parse`].
    fn plain(line: &str) -> Option<Self> {
        let text = line.trim_start_matches('#');
        let hashes = line.len() - text.len();
        let text = text.strip_prefix(' ').filter(|text| text.starts_with(|c: char| c.is_ascii_alphabetic()))?;
        let is_plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b' ' | b'(' | b')' | b'/'));
        (is_plain && hashes > 0 && !text.ends_with(' ') && !text.contains("  ")).then(|| Self {
            text: text.to_owned(),
            hashes,
            ..Self::default()
        })
    }

    fn parse(line: &str) -> Self {
        if let Some(bare) = Self::plain(line) {
            return bare;
        }
        let mut bare = Self::default();
        let is_html = line.contains('<');
        let line = if is_html || line.contains('&') { without_tags(&decoded(line)) } else { line.to_owned() };
        let line = names::clean(&line);
        let mut rest = line.trim();
        loop {
            let (before, hashes) = (rest.len(), rest.bytes().take_while(|b| *b == b'#').count());
            bare.hashes += hashes;
            rest = rest[hashes..].trim_start_matches(['>', '\\', '[', ' ']);
            if let Some(item) = after_mark(rest) {
                bare.is_item |= bare.hashes == 0 && !bare.is_marked;
                rest = item;
            } else if rest.starts_with(['*', '_']) {
                bare.is_marked = true;
                rest = rest.trim_start_matches(['*', '_', ' ']);
            }
            if rest.len() == before {
                break;
            }
        }
        // Removes a trailing anchor `{#name}`, or the address of a link.
        let rest = rest.strip_suffix('}').and_then(|rest| rest.rsplit_once('{')).map_or(rest, |(rest, _)| rest);
        let rest = rest.split_once("](").map_or(rest, |(rest, _)| rest);
        let rest = rest.trim_end_matches(['#', '*', '_', ':', '\\', '`', ' ', ']']);
        bare.is_marked |= is_html;
        bare.text = rest.replace(['*', '`'], "").replace("__", "");
        bare
    }
}

/// Removes leading marks of quotations and list items.
pub fn unmarked(text: &str) -> &str {
    let mut rest = text.trim_start();
    while let Some(text) = rest.strip_prefix('>').or_else(|| after_mark(rest)) {
        rest = text.trim_start();
    }
    rest
}

/// Returns the text after the mark of a list item.
fn after_mark(text: &str) -> Option<&str> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let rest = match digits {
        0 => text.strip_prefix(['-', '*', '+', '•', '·', '–'])?.strip_prefix(' ')?,
        1..=3 => text[digits..].strip_prefix(['.', ')'])?,
        _ => return None,
    };
    Some(rest.trim_start())
}

fn is_underline(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && (line.bytes().all(|b| b == b'=') || line.len() > 1 && line.bytes().all(|b| b == b'-'))
}

fn begins_item(line: &str) -> bool {
    after_mark(line.trim_start()).is_some()
}

/// Reports whether a line begins like a source line.
fn begins_source(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with(|c: char| c.is_ascii_digit()) && after_mark(line).is_some_and(|text| text.starts_with('['))
}

/// Decodes the entities that occur in headings.
fn decoded(text: &str) -> String {
    text.replace("&nbsp;", " ").replace("&#160;", " ").replace("&#35;", "#").replace("&amp;", "&")
}

fn without_tags(text: &str) -> String {
    let (mut out, mut rest) = (String::with_capacity(text.len()), text);
    while let Some((before, tag)) = rest.split_once('<') {
        let end =
            tag.find('>').filter(|_| tag.starts_with(|c: char| c.is_ascii_alphabetic() || matches!(c, '/' | '!')));
        let Some(end) = end else { break };
        out.push_str(before);
        rest = &tag[end + 1..];
    }
    out + rest
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::digest::Perspective;

    fn parsed(line: &str, around: Around<'_>) -> Option<(String, u8)> {
        let declared = ["China", "Korea (North)", "🇨🇳"].map(|name| Perspective {
            id: name.to_owned(),
            name: name.to_owned(),
            count: None,
        });
        parse(line, &Names::new(&declared), || around).map(|heading| (heading.text, heading.level))
    }

    #[test]
    fn headings_are_parsed_in_any_form() {
        for line in [
            "## Sources",
            "##Sources",
            "##\u{a0}Sources",
            "##\u{3000}Sources",
            "\u{200b}## Sources",
            "## Sources ##",
            "    ## Sources",
            "## SOURCES:",
            "## **Sources**",
            "**Sources**",
            "__Sources:__",
            "*Sources*",
            "<h2>Sources</h2>",
            "<h3 class=\"x\">Sources</h3>",
            "<b>Sources</b>",
            "## 4. Sources",
            "## Sources {#sources}",
            "## [Sources](#sources)",
            "> ## Sources",
            "## 📰 Sources",
            "\\## Sources",
            "＃＃ Ｓｏｕｒｃｅｓ",
            "##&nbsp;Sources",
            "## Sources (20)",
            "####### Sources",
        ] {
            let found = parsed(line, Around::default());
            assert_eq!(found.as_ref().map(|(text, _)| text.as_str()), Some("Sources"), "{line}");
        }
        for line in [
            "China Perspective (China Sources)",
            "Inside Venezuela (Venezuelan Sources)",
            "Korea (North) Perspective (Korea (North) Sources)",
            "🇨🇳 Perspective (🇨🇳 Sources)",
        ] {
            for (before, after) in [
                ("", ""),
                ("## ", ""),
                ("**", "**"),
                ("- ", ""),
                ("2. ", ""),
                ("<h2>", "</h2>"),
                ("- ## ", ""),
                ("  ", ":"),
            ] {
                let found = parsed(&format!("{before}{line}{after}"), Around::default());
                assert_eq!(found, Some((line.to_owned(), 2)), "{before}{line}{after}");
            }
        }
        assert_eq!(parsed("**Key Points**", Around::default()), Some(("Key Points".to_owned(), 3)));
        assert_eq!(parsed("#### China Perspective", Around::default()), Some(("China Perspective".to_owned(), 4)));
    }

    #[test]
    fn unmarked_headings_are_parsed_by_the_next_line() {
        let below = |below| Around { below, next: below, follows_blank: true };
        assert!(parsed("Sources", below("======")).is_some_and(|(_, level)| level == 2));
        for line in ["Sources", "Sources:", "- Sources", "4. Sources", "- ## Sources"] {
            assert_eq!(parsed(line, below("More.")), None, "{line}");
            for next in [
                "This summary is based on 2 articles from the following sources:",
                "1. [en-US] [a](https://example.com) - A (1/1/2026)",
            ] {
                assert!(parsed(line, below(next)).is_some(), "{line}");
            }
        }
        assert!(parsed("China Perspective", below("- c")).is_some());
        assert_eq!(parsed("China Perspective", below("A sentence.")), None);
        assert_eq!(parsed("- China Perspective", below("- c")), None);
        assert_eq!(parsed("China Perspective", Around { follows_blank: false, ..below("- c") }), None);
    }

    #[test]
    fn other_words_are_not_headings() {
        for line in [
            "",
            "##",
            "## What to Watch",
            "**Analysts cite sources**",
            "## More Sources",
            "## Japan Perspective",
            "Perspective (Sources)",
            "## Perspective",
            "- The view from Harbour sources",
            "**China**",
        ] {
            assert_eq!(parsed(line, Around { follows_blank: true, below: "---", next: "- x" }), None, "{line}");
        }
    }
}
