//! Location of the front matter. Like Hugo, allows white space, byte order marks and comments before it; a comment may
//! also enclose it.

use crate::digest::sign::is_sign;

/// A front-matter block.
pub struct Block<'a> {
    pub yaml: &'a str,
    /// Line of the opening `---`, from 1.
    pub line: usize,
    /// Offset of the body in the text.
    pub body: usize,
}

/// Reason why a text has no front matter, with the line where it should begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBlock {
    /// Other text.
    None(usize),
    /// TOML: `+++`.
    Toml(usize),
    /// JSON: `{`.
    Json(usize),
    /// Missing closing `---`.
    Unclosed(usize),
}

/// Finds the front matter at the start of a text.
pub fn block(text: &str) -> Result<Block<'_>, NoBlock> {
    let intro = intro(text);
    let line = 1 + text[..intro.end].matches('\n').count();
    let rest = &text[intro.end..];
    match rest.lines().next().unwrap_or_default().trim_end() {
        "---" => {}
        "+++" => return Err(NoBlock::Toml(line)),
        first if first.starts_with('{') => return Err(NoBlock::Json(line)),
        _ => return Err(NoBlock::None(line)),
    }
    let start = rest.find('\n').map_or(text.len(), |i| intro.end + i + 1);
    let mut at = start;
    for part in text[start..].split_inclusive('\n') {
        if part.trim_end() == "---" {
            let end = at + part.len();
            let comment = if intro.in_comment { text[end..].find("-->").map_or(0, |at| at + 3) } else { 0 };
            return Ok(Block { yaml: &text[start..at], line, body: end + comment });
        }
        // After a line of a digest's body, `---` is a rule and does not close the front matter.
        if is_sign(part) {
            break;
        }
        at += part.len();
    }
    Err(NoBlock::Unclosed(line))
}

/// Text before the front matter.
struct Intro {
    end: usize,
    /// True if it ends within a comment.
    in_comment: bool,
}

fn intro(text: &str) -> Intro {
    let is_skipped = |c: char| c.is_whitespace() || c == '\u{feff}';
    let mut rest = text.trim_start_matches(is_skipped);
    while let Some(comment) = rest.strip_prefix("<!--") {
        let (line, below) = comment.split_once('\n').unwrap_or((comment, ""));
        let below = below.trim_start_matches(is_skipped);
        if !line.contains("-->") && below.lines().next().is_some_and(|line| line.trim_end() == "---") {
            return Intro { end: text.len() - below.len(), in_comment: true };
        }
        let Some((_, after)) = comment.split_once("-->") else { break };
        rest = after.trim_start_matches(is_skipped);
    }
    Intro { end: text.len() - rest.len(), in_comment: false }
}
