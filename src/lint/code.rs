//! Codes of findings. Stable, since scripts depend on them.

use crate::digest::Subject;

/// Code of a finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A file of the index differs from its checksum.
    Damaged,
    /// Another version built the index.
    OtherVersion,
    /// An unused file in the folder of the index.
    LeftOver,
    /// The content of a file differs from the indexed content.
    Stale,
    /// A file that cannot be used as a digest.
    Unusable,
    /// A file or folder that cannot be read.
    Unreadable,
    /// A folder without digests.
    NoDigests,
    /// A second file for the same topic and day.
    Duplicate,
    /// Invalid UTF-8.
    Encoding,
    /// UTF-8 that was decoded as Windows-1252 or Latin-1.
    Mojibake,
    /// A digest dated in the future.
    Future,
    /// Missing days of a topic.
    MissingDay,
    /// A perspective without bullets, where another perspective has some.
    NoBullets,
    /// A title without a link.
    NoLink,
    /// Links that are part of no title.
    LooseLinks,
    /// An entry with more words than are indexed.
    LongEntry,
    /// Names that are likely the same source.
    Alias,
    /// A warning of the digest parser.
    Digest(Subject),
}

impl Code {
    /// All codes.
    pub const ALL: [Self; 26] = [
        Self::Damaged,
        Self::OtherVersion,
        Self::LeftOver,
        Self::Stale,
        Self::Unusable,
        Self::Unreadable,
        Self::NoDigests,
        Self::Duplicate,
        Self::Encoding,
        Self::Mojibake,
        Self::Future,
        Self::MissingDay,
        Self::NoBullets,
        Self::NoLink,
        Self::LooseLinks,
        Self::LongEntry,
        Self::Alias,
        Self::Digest(Subject::FrontMatter),
        Self::Digest(Subject::Perspective),
        Self::Digest(Subject::SourceLine),
        Self::Digest(Subject::List),
        Self::Digest(Subject::Date),
        Self::Digest(Subject::Count),
        Self::Digest(Subject::Empty),
        Self::Digest(Subject::Settings),
        Self::Digest(Subject::More),
    ];

    /// Returns the code as written in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Damaged => "damaged",
            Self::OtherVersion => "other-version",
            Self::LeftOver => "left-over",
            Self::Stale => "stale",
            Self::Unusable => "unusable",
            Self::Unreadable => "unreadable",
            Self::NoDigests => "no-digests",
            Self::Duplicate => "duplicate",
            Self::Encoding => "encoding",
            Self::Mojibake => "mojibake",
            Self::Future => "future",
            Self::MissingDay => "missing-day",
            Self::NoBullets => "no-bullets",
            Self::NoLink => "no-link",
            Self::LooseLinks => "loose-links",
            Self::LongEntry => "long-entry",
            Self::Alias => "alias",
            Self::Digest(subject) => subject.as_str(),
        }
    }
}
