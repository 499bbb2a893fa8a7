//! The sorts of findings. Their words are stable: scripts go by them.

use crate::digest::Subject;

/// A sort of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Code {
    /// A file of the index is not as it was written.
    Damaged,
    /// The index was made by a version that indexes differently.
    OtherVersion,
    /// A file of the index that nothing needs any more.
    LeftOver,
    /// A file whose content is not what is indexed of it.
    Stale,
    /// A file that can't be used.
    Unusable,
    /// A file or folder that can't be read.
    Unreadable,
    /// A folder without a digest.
    NoDigests,
    /// A second file for one topic and day.
    Duplicate,
    /// Bytes that are no UTF-8.
    Encoding,
    /// UTF-8 that was read as Windows-1252 or Latin-1 on its way.
    Mojibake,
    /// A digest of a day to come.
    Future,
    /// Days of a topic without a digest.
    MissingDay,
    /// A perspective without a point, where another has some.
    NoBullets,
    /// Titles without a link.
    NoLink,
    /// An entry of more words than are indexed.
    LongEntry,
    /// Names that are likely one source.
    Alias,
    /// What was odd when the digest was parsed.
    Digest(Subject),
}

impl Code {
    /// All there are.
    pub const ALL: [Self; 25] = [
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

    /// The word for it.
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
            Self::LongEntry => "long-entry",
            Self::Alias => "alias",
            Self::Digest(subject) => subject.as_str(),
        }
    }
}
