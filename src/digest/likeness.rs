//! What a file looks like that is meant as a digest and cannot be indexed: it is named, with its line and the reason.
//! Signs are the keys `topic` and `date` together, the writer's own headings and sentences, and its source list.

use super::Warning;
use super::front_matter::{NoBlock, names};
use super::{placeholder, source_line, text};

/// Front matter is not longer than this.
const MAX_HEAD_LINES: usize = 60;

/// Returns whether a line is one that only the writer of digests writes.
pub fn is_sign(line: &str) -> bool {
    let line = line.trim_matches(text::is_blank);
    match line.as_bytes().first() {
        Some(b'#') => line.ends_with(" Sources)") && (line.contains(" Perspective (") || line.contains(" Inside ")),
        Some(b'T' | b'N' | b'U' | b'-') => placeholder::is_placeholder(line.trim_start_matches(['-', ' '])),
        Some(b'0'..=b'9') => source_line::scan(line).iter().any(|(_, source)| source.locale.is_some()),
        _ => false,
    }
}

/// Returns the first line, from 1, that shows a digest below the given offset. What stands in fences is shown, not meant.
fn sign(text: &str, from: usize) -> Option<usize> {
    let first = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..from]).count();
    let (mut fence, mut in_sources) = (None, false);
    for (number, line) in (first..).zip(text[from..].lines()) {
        let trimmed = line.trim_start();
        let mark = ["```", "~~~"].into_iter().find(|mark| trimmed.starts_with(mark));
        match (fence, mark) {
            (None, Some(_)) => fence = mark,
            (Some(open), Some(mark)) if open == mark => fence = None,
            (None, None) => {
                if trimmed.starts_with('#') {
                    in_sources = trimmed.trim_matches(|c: char| c == '#' || text::is_blank(c)) == "Sources";
                }
                if is_sign(line) || in_sources && !source_line::scan(line).is_empty() {
                    return Some(number);
                }
            }
            _ => {}
        }
    }
    None
}

/// Says what is wrong with a text without front matter that looks like a digest.
pub fn without_front_matter(text: &str, found: NoBlock) -> Option<Warning> {
    let at = |line: usize, what: &str| Some(Warning::at(line, what));
    let head = |line: usize| text.lines().skip(line - 1).take(MAX_HEAD_LINES).collect::<Vec<_>>();
    let has = |lines: &[&str], keys: &[&str]| keys.iter().all(|key| names(key, &lines.join("\n")).is_some());
    match found {
        NoBlock::Unclosed(line) => at(line, "the front matter has no closing `---` line; is the file cut short?"),
        NoBlock::Toml(line) if has(&head(line), &["topic"]) || sign(text, 0).is_some() => {
            at(line, "the front matter is TOML (`+++`); a digest has YAML between `---` lines")
        }
        NoBlock::Json(line) if has(&head(line), &["topic", "date"]) || sign(text, 0).is_some() => {
            at(line, "the front matter is JSON (`{`); a digest has YAML between `---` lines")
        }
        NoBlock::None(line) => {
            let head = head(line);
            let rule = head.iter().position(|line| line.trim_end() == "---");
            let (above, below) = head.split_at(rule.unwrap_or(head.len()));
            let is_plain = |key: &&str| above.iter().any(|line| line.starts_with(*key));
            if ["topic:", "date:"].iter().all(is_plain) || rule.is_some() && has(above, &["topic", "date"]) {
                return at(line, "the front matter has no opening `---` line");
            }
            let block = below.iter().skip(1).take_while(|line| line.trim_end() != "---").copied().collect::<Vec<_>>();
            if has(&block, &["topic", "date"]) {
                return at(line, "text above the front matter; `---` must be the first line");
            }
            let message = "looks like a digest, but has no front matter with `topic` and `date`";
            sign(text, 0).map(|line| Warning::at(line, message))
        }
        NoBlock::Toml(_) | NoBlock::Json(_) => None,
    }
}

/// Says what is wrong with a text whose front matter has neither topic nor day and whose body looks like a digest.
pub fn without_identity(text: &str, body: usize) -> Option<Warning> {
    let message = "looks like a digest, but its front matter has no `topic` and `date`";
    sign(text, body).map(|line| Warning::at(line, message))
}
