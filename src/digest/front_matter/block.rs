//! Where the front matter is in a text. What may be above it is what Hugo skips: white space, byte order marks, a
//! comment; and a comment may be around it.

use crate::digest::sign::is_sign;

/// A front-matter block: its lines' text and where they are.
pub struct Block<'a> {
    pub(super) yaml: &'a str,
    /// The line of the `---` that opens it, from 1.
    pub line: usize,
    /// Offset of the body in the text.
    pub body: usize,
}

/// Why a text has no front matter to read. Each with the line that would open it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoBlock {
    /// Something else begins there.
    None(usize),
    /// It opens with `+++`.
    Toml(usize),
    /// It opens with `{`.
    Json(usize),
    /// It opens with `---`, and the closing line is missing.
    Unclosed(usize),
}

/// Finds the block at the start of the text.
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
        // A rule further on closes no front matter that the digest itself has interrupted.
        if is_sign(part) {
            break;
        }
        at += part.len();
    }
    Err(NoBlock::Unclosed(line))
}

/// What is above the front matter.
struct Intro {
    end: usize,
    /// Whether a comment is open at its end.
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
