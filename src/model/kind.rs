//! Kinds of entries.

use std::fmt;
use std::str::FromStr;

/// Kind of an entry.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Highlight of the topic as a whole.
    Highlight,
    /// Bullet of a perspective.
    Bullet,
    /// Title of an article.
    Title,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Self::Highlight, Self::Bullet, Self::Title];

    /// Name and help text of each kind.
    pub const HELP: [(&'static str, &'static str); 3] = [
        (Self::Highlight.as_str(), "About a topic as a whole"),
        (Self::Bullet.as_str(), "A point of one perspective"),
        (Self::Title.as_str(), "An article's title"),
    ];

    /// Returns the name of the kind.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Highlight => "highlight",
            Self::Bullet => "bullet",
            Self::Title => "title",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == s).ok_or(())
    }
}
