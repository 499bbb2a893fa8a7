//! Uses of the lines of a file.

/// A line of a file, and what became of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LineUse {
    /// Line, from 1.
    pub line: usize,
    /// Use of the line.
    pub becomes: Use,
    /// Kind of the place: a list item, a heading with a link.
    pub place: &'static str,
}

/// Use of a line. Numbers are indices of the entries of the digest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Use {
    /// Front matter.
    FrontMatter,
    /// A heading that names the digest or a section of it.
    Heading,
    /// A highlight, or a part of one.
    Highlight(usize),
    /// A bullet, or a part of one.
    Bullet(usize),
    /// The text of a title.
    Title(usize),
    /// The source of a title.
    Source(usize),
    /// The link of a title.
    Link(usize),
    /// Text about a title.
    Description(usize),
    /// Nothing, for a reason.
    Nothing(&'static str),
}

impl Use {
    /// Reports whether the line became an entry, or a part of its text.
    pub fn is_entry(self) -> bool {
        matches!(self, Self::Highlight(_) | Self::Bullet(_) | Self::Title(_))
    }

    /// Returns the name in JSON and tables.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontMatter => "front matter",
            Self::Heading => "heading",
            Self::Highlight(_) => "highlight",
            Self::Bullet(_) => "bullet",
            Self::Title(_) => "title",
            Self::Source(_) => "source",
            Self::Link(_) => "link",
            Self::Description(_) => "description",
            Self::Nothing(_) => "not indexed",
        }
    }
}

/// Kinds of the places where the parts of a whole digest were found; empty for a part that it does not have.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Places {
    /// Place of the date.
    pub date: &'static str,
    /// Place of the topic.
    pub topic: &'static str,
    /// Place of the language.
    pub lang: &'static str,
}

/// Adds the lines of the front matter, which ends before an offset of a text.
pub fn add_front_matter(text: &str, end: usize, lines: &mut Vec<LineUse>) {
    let numbered = (1..).zip(text[..end].lines()).filter(|(_, line)| !line.trim().is_empty());
    lines.extend(numbered.map(|(line, _)| LineUse { line, becomes: Use::FrontMatter, place: "front matter" }));
}
