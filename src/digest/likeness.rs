//! Detection of broken digests: files that look like a digest but cannot be indexed, reported with line and reason.
//! Signs are the keys `topic` and `date` together, the writer's own headings and sentences (`sign`), and a source list.

use super::Warning;
use super::front_matter::{NoBlock, names};
use super::sign::is_sign;
use super::{source_line, text};

/// Maximum number of lines searched for front matter.
const MAX_HEAD_LINES: usize = 60;

/// Returns the lines of a text from a given one on, numbered from 1, without code fences, whose content is an example.
/// A fence in the first line is ignored, since it wraps the whole text.
fn unfenced(text: &str, from: usize) -> impl Iterator<Item = (usize, &str)> {
    let mark_of = |line: &str| ["```", "~~~"].into_iter().find(|mark| line.trim_start().starts_with(mark));
    let mut open = None;
    (1..).zip(text.lines()).skip(from - 1).filter(move |(number, line)| match (open, mark_of(line)) {
        (None, Some(mark)) => {
            open = (*number > from).then_some(mark);
            false
        }
        (Some(mark), Some(other)) if mark == other => {
            open = None;
            false
        }
        (open, _) => open.is_none(),
    })
}

/// Returns the number of the first line with a sign of a digest, from a given line on.
fn sign(text: &str, from: usize) -> Option<usize> {
    let mut in_sources = false;
    unfenced(text, from).find_map(|(number, line)| {
        if line.trim_start().starts_with('#') {
            in_sources = line.trim_matches(|c: char| c == '#' || text::is_blank(c)) == "Sources";
        }
        (is_sign(line) || in_sources && !source_line::scan(line).is_empty()).then_some(number)
    })
}

/// Returns the reason why a text that looks like a digest has no front matter; none for other texts.
pub fn without_front_matter(text: &str, found: NoBlock) -> Option<Warning> {
    let at = |line: usize, what: &str| Some(Warning::at(line, what));
    let head = |line: usize| unfenced(text, line).take(MAX_HEAD_LINES).map(|(_, line)| line).collect::<Vec<_>>();
    let has = |lines: &[&str], keys: &[&str]| keys.iter().all(|key| names(key, &lines.join("\n")).is_some());
    match found {
        NoBlock::Unclosed(line) => at(line, "missing `---` line after the front matter; the file may be truncated"),
        // Other pages have complete TOML without a topic.
        NoBlock::Toml(line)
            if has(&head(line), &["topic"])
                || text.lines().skip(line).all(|line| line.trim_end() != "+++")
                || sign(text, 1).is_some() =>
        {
            at(line, "the front matter is TOML (`+++`); expected YAML between `---` lines")
        }
        NoBlock::Json(line) if has(&head(line), &["topic", "date"]) || sign(text, 1).is_some() => {
            at(line, "the front matter is JSON (`{`); expected YAML between `---` lines")
        }
        NoBlock::None(line) => {
            let head = head(line);
            let rule = head.iter().position(|line| line.trim_end() == "---");
            let (above, below) = head.split_at(rule.unwrap_or(head.len()));
            let is_plain = |key: &&str| above.iter().any(|line| line.starts_with(*key));
            if ["topic:", "date:"].iter().all(is_plain) || rule.is_some() && has(above, &["topic", "date"]) {
                return at(line, "missing `---` line before the front matter");
            }
            let block = below.iter().skip(1).take_while(|line| line.trim_end() != "---").copied().collect::<Vec<_>>();
            if has(&block, &["topic", "date"]) {
                return at(line, "text before the front matter; `---` must be the first line");
            }
            let message = "looks like a digest, but front matter with `topic` and `date` is missing";
            sign(text, 1).map(|line| Warning::at(line, message))
        }
        NoBlock::Toml(_) | NoBlock::Json(_) => None,
    }
}

/// Returns a warning for a text whose front matter has neither topic nor date and whose body looks like a digest.
pub fn without_identity(text: &str, body: usize) -> Option<Warning> {
    let first = 1 + memchr::memchr_iter(b'\n', &text.as_bytes()[..body]).count();
    let message = "looks like a digest, but `topic` and `date` are missing from the front matter";
    sign(text, first).map(|line| Warning::at(line, message))
}
