//! Where the front matter stands in a text.

/// A front-matter block: its lines' text and where it starts.
pub struct Block<'a> {
    pub(super) yaml: &'a str,
    /// Offset of the body in the text.
    pub body: usize,
}

/// Why a text has no front matter to read.
#[derive(Debug, PartialEq, Eq)]
pub enum NoBlock {
    /// The text does not open with a `---` line.
    None,
    /// It opens with `+++`.
    Toml,
    /// It opens with `---` and the closing line is missing.
    Unclosed,
}

/// Finds the block at the start of the text.
pub fn block(text: &str) -> Result<Block<'_>, NoBlock> {
    let first = text.lines().next().unwrap_or_default().trim_end();
    if first == "+++" {
        return Err(NoBlock::Toml);
    }
    if first != "---" {
        return Err(NoBlock::None);
    }
    let start = text.find('\n').map_or(text.len(), |i| i + 1);
    let mut at = start;
    for line in text[start..].split_inclusive('\n') {
        if line.trim_end() == "---" {
            return Ok(Block { yaml: &text[start..at], body: at + line.len() });
        }
        at += line.len();
    }
    Err(NoBlock::Unclosed)
}
