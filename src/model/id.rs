//! Ids that can be typed: `china-japan/2026-01-07` is a digest, with `#h2` a highlight of it, with `#china.3` a
//! bullet, with `#t12` a title. Numbers count from 1 in file order and hold until the file is edited.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;
use unicode_normalization::UnicodeNormalization;

/// The id of a digest: `<topic>/<YYYY-MM-DD>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigestId {
    /// The topic's id.
    pub topic: String,
    /// The day of the digest.
    pub date: NaiveDate,
}

/// The id of an entry: a digest's id, `#`, and which part of the digest. Ordered as its text, with numbers as numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EntryId {
    /// The digest it is in.
    pub digest: DigestId,
    /// Which list of the digest it is in.
    pub section: Section,
    /// Its place in that list, from 1.
    pub number: usize,
}

/// A list of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Section {
    /// A perspective's bullets.
    Bullets(String),
    /// The overall highlights.
    Highlights,
    /// The titles of the source list.
    Titles,
}

impl EntryId {
    fn sort_key(&self) -> (&DigestId, &str, bool, usize) {
        let (mark, dotted) = match &self.section {
            Section::Highlights => ("h", false),
            Section::Titles => ("t", false),
            Section::Bullets(perspective) => (perspective.as_str(), true),
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
        // Piece by piece, since every entry has its id written, and formats within formats take twice as long.
        f.write_str(&self.topic)?;
        f.write_str("/")?;
        self.date.fmt(f)
    }
}

impl fmt::Display for EntryId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.digest.fmt(f)?;
        match &self.section {
            Section::Highlights => f.write_str("#h")?,
            Section::Titles => f.write_str("#t")?,
            Section::Bullets(perspective) => {
                ["#", perspective, "."].into_iter().try_for_each(|part| f.write_str(part))?
            }
        }
        self.number.fmt(f)
    }
}

/// Which spellings of an id are understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Spelling {
    /// The one that is shown.
    Own,
    /// That, and those that people mean by it.
    Any,
}

impl FromStr for DigestId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::spelled(s, Spelling::Own).ok_or(())
    }
}

impl DigestId {
    /// Parses an id in whatever spelling: with spaces around it, or without the zeros of its day.
    pub fn respelled(s: &str) -> Option<Self> {
        Self::spelled(s.trim(), Spelling::Any)
    }

    fn spelled(s: &str, spelling: Spelling) -> Option<Self> {
        let (topic, day) = s.rsplit_once('/')?;
        let mut parts = day.split('-');
        let [year, month, number] = [parts.next()?, parts.next()?, parts.next()?];
        let is_padded = [year.len(), month.len(), number.len()] == [4, 2, 2];
        if topic.is_empty() || year.len() != 4 || parts.next().is_some() || !is_padded && spelling == Spelling::Own {
            return None;
        }
        let year = i32::try_from(whole_number(year)?).ok()?;
        let date = NaiveDate::from_ymd_opt(year, whole_number(month)?, whole_number(number)?)?;
        Some(Self { topic: topic.to_owned(), date })
    }
}

impl FromStr for EntryId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::spelled(s, Spelling::Own).ok_or(())
    }
}

impl EntryId {
    /// Parses an id in whatever spelling: as a digest's, with `T1` for `t1`, and with zeros or a sign before the number.
    pub fn respelled(s: &str) -> Option<Self> {
        Self::spelled(s.trim(), Spelling::Any)
    }

    fn spelled(s: &str, spelling: Spelling) -> Option<Self> {
        let (digest, part) = s.rsplit_once('#')?;
        let digest = DigestId::spelled(digest, spelling)?;
        let (section, number) = match part.rsplit_once('.') {
            Some((perspective, number)) if !perspective.is_empty() => {
                (Section::Bullets(perspective.to_owned()), number)
            }
            _ => match part.split_at_checked(1)? {
                ("h", number) => (Section::Highlights, number),
                ("t", number) => (Section::Titles, number),
                ("H", number) if spelling == Spelling::Any => (Section::Highlights, number),
                ("T", number) if spelling == Spelling::Any => (Section::Titles, number),
                _ => return None,
            },
        };
        let number = match spelling {
            Spelling::Own if number.starts_with('0') => return None,
            Spelling::Own => number,
            Spelling::Any => number.strip_prefix('+').unwrap_or(number),
        };
        let number = whole_number(number).filter(|number| *number > 0)?;
        Some(Self { digest, section, number: number as usize })
    }
}

/// Parses digits alone.
fn whole_number(digits: &str) -> Option<u32> {
    let is_number = !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit());
    is_number.then(|| digits.parse().ok()).flatten()
}

/// Whether two texts are the same but for how Unicode composes their letters: as `é` is one character or two.
pub fn is_same_text(a: &str, b: &str) -> bool {
    a == b || a.nfc().eq(b.nfc())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_typed() {
        for id in
            ["china-japan/2026-01-07#h2", "china-japan/2026-01-07#china.3", "a/b/2026-01-07#t12", "t/2026-01-07#a.b.1"]
        {
            assert_eq!(id.parse::<EntryId>().map(|u| u.to_string()), Ok(id.to_owned()));
        }
        assert_eq!(
            "us-china/2026-01-07".parse::<DigestId>().map(|d| d.to_string()),
            Ok("us-china/2026-01-07".to_owned())
        );
    }

    #[test]
    fn ids_sort_as_text_with_numbers_as_numbers() {
        let mut ids: Vec<EntryId> = [
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
                "2026-01-07#china.2",
                "2026-01-07#h1",
                "2026-01-07#t9",
                "2026-01-07#t10",
                "2026-01-07#us.1"
            ]
        );
    }

    #[test]
    fn rubbish_is_no_id() {
        for id in [
            "",
            "#",
            "x#t1",
            "t/2026-1-7#t1",
            "t/2026-02-30#t1",
            "/2026-01-07#t1",
            "t/2026-01-07#t0",
            "t/2026-01-07#x1",
            "t/2026-01-07#.1",
            "t/+2026-1-07#t1",
            "t/2026-01- 7#t1",
        ] {
            assert!(id.parse::<EntryId>().is_err(), "{id}");
        }
    }

    #[test]
    fn an_id_has_one_spelling() {
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
            assert_eq!(EntryId::respelled(written).map(|id| id.to_string()).as_deref(), Some(id), "{written}");
        }
        assert!("t/2026-1-7".parse::<DigestId>().is_err());
        assert_eq!(DigestId::respelled("t/2026-1-7").map(|id| id.to_string()).as_deref(), Some("t/2026-01-07"));
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert!(is_same_text("me\u{301}xico", "m\u{e9}xico") && is_same_text("a", "a"));
        assert!(!is_same_text("mexico", "m\u{e9}xico") && !is_same_text("A", "a"));
    }
}
