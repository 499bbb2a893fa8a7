//! Readable ids: `china-japan/2026-01-07` is a digest, `news/2026-01-07~en` one of several of that day; with `#h2` a
//! highlight of it, with `#china.3` a bullet of a perspective, with `#b3` another bullet, with `#t12` a title. Numbers
//! count from 1 in file order and are stable until the file is edited. In an index of several corpora, the corpus comes
//! first: `papers:china-japan/2026-01-07`.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// Id of a digest: `<topic>/<YYYY-MM-DD>`, or `<topic>/<YYYY-MM-DD>~<variant>`; in an index of several corpora
/// `<corpus>:<topic>/…`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigestId {
    /// Id of the corpus; empty in an index of one.
    pub corpus: String,
    /// Id of the topic.
    pub topic: String,
    /// Day of the digest.
    pub date: NaiveDate,
    /// Distinguishes several digests of a topic and day; empty where one needs no distinction.
    pub variant: String,
}

/// Id of an entry: id of the digest, `#`, section and number. Ordered by text, with numbers in numeric order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryId {
    /// Digest of the entry.
    pub digest: DigestId,
    /// Section of the digest.
    pub section: Section,
    /// Position in the section, from 1.
    pub number: usize,
}

/// Section of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    /// Bullets of a perspective, or of none.
    Bullets(Option<String>),
    /// Highlights.
    Highlights,
    /// Titles of the source list.
    Titles,
}

impl EntryId {
    fn sort_key(&self) -> (&DigestId, &str, bool, usize) {
        let (mark, dotted) = match &self.section {
            Section::Highlights => ("h", false),
            Section::Titles => ("t", false),
            Section::Bullets(None) => ("b", false),
            Section::Bullets(Some(perspective)) => (perspective.as_str(), true),
        };
        (&self.digest, mark, dotted, self.number)
    }
}

impl Ord for EntryId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for EntryId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DigestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Part by part, since nested formatting takes twice as long, and every entry has its id written.
        if !self.corpus.is_empty() {
            f.write_str(&self.corpus)?;
            f.write_str(":")?;
        }
        f.write_str(&self.topic)?;
        f.write_str("/")?;
        self.date.fmt(f)?;
        if self.variant.is_empty() {
            return Ok(());
        }
        f.write_str("~")?;
        f.write_str(&self.variant)
    }
}

impl EntryId {
    /// Returns the part of the id behind that of the digest: `#t12`.
    pub fn part(&self) -> String {
        self.to_string().split_off(self.digest.to_string().len())
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digest.fmt(f)?;
        match &self.section {
            Section::Highlights => f.write_str("#h")?,
            Section::Titles => f.write_str("#t")?,
            Section::Bullets(None) => f.write_str("#b")?,
            Section::Bullets(Some(perspective)) => {
                ["#", perspective, "."].into_iter().try_for_each(|part| f.write_str(part))?
            }
        }
        self.number.fmt(f)
    }
}

/// Accepted spellings of an id.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// Only the canonical spelling.
    Canonical,
    /// Similar spellings, too.
    Lenient,
}

/// Parses an id without a corpus; see [`DigestId::with_corpus`].
impl FromStr for DigestId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::parse_as(s, Spelling::Canonical).ok_or(())
    }
}

impl DigestId {
    /// Returns an id that was parsed as in an index of several corpora: with the corpus apart from the topic. A topic may have
    /// a colon, so that a text alone does not say whether an id has a corpus.
    pub fn with_corpus(self) -> Self {
        match self.topic.split_once(':') {
            Some((corpus, topic)) if self.corpus.is_empty() => {
                Self { corpus: corpus.to_owned(), topic: topic.to_owned(), ..self }
            }
            _ => self,
        }
    }

    /// Returns the id in a sentence: `of china-japan on 2026-01-07`, or the whole id of one of several.
    pub fn described(&self) -> String {
        match self.variant.as_str() {
            "" if self.corpus.is_empty() => format!("of {} on {}", self.topic, self.date),
            _ => format!("`{self}`"),
        }
    }

    /// Parses an id leniently: with spaces around it, or without leading zeros in the date.
    pub fn parse_lenient(s: &str) -> Option<Self> {
        Self::parse_as(s.trim(), Spelling::Lenient)
    }

    fn parse_as(s: &str, spelling: Spelling) -> Option<Self> {
        let (topic, day) = s.rsplit_once('/')?;
        let (day, variant) = match day.split_once('~') {
            Some((_, "")) => return None,
            Some(parts) => parts,
            None => (day, ""),
        };
        let mut parts = day.split('-');
        let [year, month, number] = [parts.next()?, parts.next()?, parts.next()?];
        let is_padded = [year.len(), month.len(), number.len()] == [4, 2, 2];
        if topic.is_empty()
            || year.len() != 4
            || parts.next().is_some()
            || !is_padded && spelling == Spelling::Canonical
        {
            return None;
        }
        let year = i32::try_from(whole_number(year)?).ok()?;
        let date = NaiveDate::from_ymd_opt(year, whole_number(month)?, whole_number(number)?)?;
        Some(Self { corpus: String::new(), topic: topic.to_owned(), date, variant: variant.to_owned() })
    }
}

impl FromStr for EntryId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::parse_as(s, Spelling::Canonical).ok_or(())
    }
}

impl EntryId {
    /// Parses an id leniently: like that of a digest, with `T1` for `t1`, and with zeros or a sign before the number.
    pub fn parse_lenient(s: &str) -> Option<Self> {
        Self::parse_as(s.trim(), Spelling::Lenient)
    }

    fn parse_as(s: &str, spelling: Spelling) -> Option<Self> {
        let (digest, part) = s.rsplit_once('#')?;
        let digest = DigestId::parse_as(digest, spelling)?;
        let (section, number) = match part.rsplit_once('.') {
            Some((perspective, number)) if !perspective.is_empty() => {
                (Section::Bullets(Some(perspective.to_owned())), number)
            }
            _ => match part.split_at_checked(1)? {
                ("h", number) => (Section::Highlights, number),
                ("t", number) => (Section::Titles, number),
                ("b", number) => (Section::Bullets(None), number),
                ("H", number) if spelling == Spelling::Lenient => (Section::Highlights, number),
                ("T", number) if spelling == Spelling::Lenient => (Section::Titles, number),
                ("B", number) if spelling == Spelling::Lenient => (Section::Bullets(None), number),
                _ => return None,
            },
        };
        let number = match spelling {
            Spelling::Canonical if number.starts_with('0') => return None,
            Spelling::Canonical => number,
            Spelling::Lenient => number.strip_prefix('+').unwrap_or(number),
        };
        let number = whole_number(number).filter(|number| *number > 0)?;
        Some(Self { digest, section, number: number as usize })
    }
}

/// Parses a text of digits only.
fn whole_number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// Reports whether two texts are equal under Unicode normalization (NFC).
pub fn is_same_text(a: &str, b: &str) -> bool {
    a == b || a.nfc().eq(b.nfc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_round_trip() {
        for id in [
            "china-japan/2026-01-07#h2",
            "china-japan/2026-01-07#china.3",
            "a/b/2026-01-07#t12",
            "t/2026-01-07#a.b.1",
            "t/2026-01-07~en#b3",
        ] {
            assert_eq!(id.parse::<EntryId>().map(|u| u.to_string()), Ok(id.to_owned()));
        }
        assert_eq!(
            "us-china/2026-01-07".parse::<DigestId>().map(|d| d.to_string()),
            Ok("us-china/2026-01-07".to_owned())
        );
    }

    #[test]
    fn ids_sort_by_text_and_number() {
        let mut ids: Vec<EntryId> = [
            "t/2026-01-07~en#h1",
            "t/2026-01-07#b2",
            "t/2026-01-07#us.1",
            "t/2026-01-07#t10",
            "t/2026-01-07#t9",
            "t/2026-01-06#h1",
            "t/2026-01-07#china.2",
            "t/2026-01-07#h1",
        ]
        .iter()
        .map(|id| id.parse().expect(id))
        .collect();
        ids.sort();
        let ids: Vec<String> = ids.iter().map(|id| id.to_string().split_off(2)).collect();
        assert_eq!(
            ids,
            [
                "2026-01-06#h1",
                "2026-01-07#b2",
                "2026-01-07#china.2",
                "2026-01-07#h1",
                "2026-01-07#t9",
                "2026-01-07#t10",
                "2026-01-07#us.1",
                "2026-01-07~en#h1"
            ]
        );
    }

    #[test]
    fn invalid_ids_are_rejected() {
        for id in [
            "",
            "#",
            "x#t1",
            "t/2026-1-7#t1",
            "t/2026-02-30#t1",
            "/2026-01-07#t1",
            "t/2026-01-07#t0",
            "t/2026-01-07#x1",
            "t/2026-01-07~#t1",
            "t/2026-01-07#.1",
            "t/+2026-1-07#t1",
            "t/2026-01- 7#t1",
        ] {
            assert!(id.parse::<EntryId>().is_err(), "{id}");
        }
    }

    #[test]
    fn only_the_canonical_spelling_is_strict() {
        for (written, id) in [
            ("t/2026-01-07#t012", "t/2026-01-07#t12"),
            ("t/2026-01-07#T1", "t/2026-01-07#t1"),
            ("t/2026-01-07#H2", "t/2026-01-07#h2"),
            ("t/2026-01-07#t+1", "t/2026-01-07#t1"),
            ("t/2026-01-07#china.03", "t/2026-01-07#china.3"),
            ("t/2026-01-07#china.+3", "t/2026-01-07#china.3"),
            ("t/2026-1-7#t1", "t/2026-01-07#t1"),
            (" t/2026-01-07#t1 ", "t/2026-01-07#t1"),
        ] {
            assert!(written.parse::<EntryId>().is_err(), "{written}");
            assert_eq!(EntryId::parse_lenient(written).map(|id| id.to_string()).as_deref(), Some(id), "{written}");
        }
        assert!("t/2026-1-7".parse::<DigestId>().is_err());
        assert_eq!(DigestId::parse_lenient("t/2026-1-7").map(|id| id.to_string()).as_deref(), Some("t/2026-01-07"));
    }

    #[test]
    fn composed_and_decomposed_letters_are_equal() {
        assert!(is_same_text("me\u{301}xico", "m\u{e9}xico") && is_same_text("a", "a"));
        assert!(!is_same_text("mexico", "m\u{e9}xico") && !is_same_text("A", "a"));
    }
}
