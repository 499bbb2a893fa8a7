//! The kinds of entries.

use std::fmt;
use std::str::FromStr;

/// What an entry is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// About the topic as a whole.
    Highlight,
    /// A point of one perspective.
    Bullet,
    /// An article's title.
    Title,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Self::Highlight, Self::Bullet, Self::Title];

    /// The word for each, with its help text.
    pub const HELP: [(&'static str, &'static str); 3] = [
        (Self::Highlight.as_str(), "About a topic as a whole"),
        (Self::Bullet.as_str(), "A point of one perspective"),
        (Self::Title.as_str(), "An article's title"),
    ];

    /// The word for it.
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
