//! Ids that can be typed: `china-japan/2026-01-07` is a digest, with `#h2` a highlight of it, with `#china.3` a
//! bullet, with `#t12` a title. Numbers count from 1 in file order and hold until the file is edited.

use std::fmt;
use std::str::FromStr;

use chrono::NaiveDate;

/// The id of a digest: `<topic>/<YYYY-MM-DD>`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct DigestId {
    /// The topic's id.
    pub topic: String,
    /// The day of the digest.
    pub date: NaiveDate,
}

/// The id of a unit: a digest's id, `#`, and which part of the digest. Ordered as its text, with numbers as numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitId {
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

impl UnitId {
    fn sort_key(&self) -> (&DigestId, &str, bool, usize) {
        let (mark, dotted) = match &self.section {
            Section::Highlights => ("h", false),
            Section::Titles => ("t", false),
            Section::Bullets(side) => (side.as_str(), true),
        };
        (&self.digest, mark, dotted, self.number)
    }
}

impl Ord for UnitId {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.sort_key().cmp(&other.sort_key())
    }
}

impl PartialOrd for UnitId {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl fmt::Display for DigestId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.topic, self.date)
    }
}

impl fmt::Display for UnitId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.section {
            Section::Highlights => write!(f, "{}#h{}", self.digest, self.number),
            Section::Titles => write!(f, "{}#t{}", self.digest, self.number),
            Section::Bullets(side) => write!(f, "{}#{side}.{}", self.digest, self.number),
        }
    }
}

impl FromStr for DigestId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let (topic, day) = s.rsplit_once('/').ok_or(())?;
        let date = NaiveDate::parse_from_str(day, "%Y-%m-%d").map_err(|_| ())?;
        // `%d` also takes `7` for `07`; an id has one spelling only.
        if topic.is_empty() || day.len() != 10 {
            return Err(());
        }
        Ok(Self { topic: topic.to_owned(), date })
    }
}

impl FromStr for UnitId {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        let (digest, part) = s.rsplit_once('#').ok_or(())?;
        let digest = digest.parse()?;
        let (section, number) = match part.rsplit_once('.') {
            Some((side, number)) if !side.is_empty() => (Section::Bullets(side.to_owned()), number),
            _ => match (part.strip_prefix('h'), part.strip_prefix('t')) {
                (Some(number), _) => (Section::Highlights, number),
                (_, Some(number)) => (Section::Titles, number),
                _ => return Err(()),
            },
        };
        let number = number.parse().map_err(|_| ())?;
        if number == 0 {
            return Err(());
        }
        Ok(Self { digest, section, number })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_come_back_as_typed() {
        for id in
            ["china-japan/2026-01-07#h2", "china-japan/2026-01-07#china.3", "a/b/2026-01-07#t12", "t/2026-01-07#a.b.1"]
        {
            assert_eq!(id.parse::<UnitId>().map(|u| u.to_string()), Ok(id.to_owned()));
        }
        assert_eq!(
            "us-china/2026-01-07".parse::<DigestId>().map(|d| d.to_string()),
            Ok("us-china/2026-01-07".to_owned())
        );
    }

    #[test]
    fn ids_sort_as_text_with_numbers_as_numbers() {
        let mut ids: Vec<UnitId> = [
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
        ] {
            assert!(id.parse::<UnitId>().is_err(), "{id}");
        }
    }
}
