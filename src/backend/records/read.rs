//! Decoding of the list of files. Invalid bytes are detected.

use std::sync::Arc;

use chrono::NaiveDate;

use super::DIGEST;
use super::DRAFT;
use super::DUPLICATE;
use super::HAS_FACTS;
use super::HAS_HASH;
use super::IS_DRAFT;
use super::NOT_A_DIGEST;
use super::STATE;
use super::UNREADABLE;
use super::UNUSABLE;
use crate::backend::DigestRecord;
use crate::backend::EntryCounts;
use crate::backend::FileFacts;
use crate::backend::FileRecord;
use crate::backend::Head;
use crate::backend::State;
use crate::corpus::Stat;
use crate::digest::{Facts, LooseLinks, Warning};
use crate::model::{Attribution, DigestId};

/// Minimum size of an encoded file: length of the path, state, size, times and inode.
const MIN_BYTES: usize = 20;

/// Decodes files; `None` for invalid bytes.
pub fn read(bytes: &[u8]) -> Option<Vec<FileRecord>> {
    let mut rest = Rest(bytes);
    let mut heads = Vec::new();
    for _ in 0..rest.count()? {
        heads.push(Arc::new(rest.head()?));
    }
    let count = rest.count()?;
    let mut files: Vec<FileRecord> = Vec::with_capacity(count.min(bytes.len() / MIN_BYTES));
    for _ in 0..count {
        let file = rest.file(&heads)?;
        // Readers rely on the order.
        if files.last().is_some_and(|last| last.path >= file.path) {
            return None;
        }
        files.push(file);
    }
    rest.0.is_empty().then_some(files)
}

/// The unread bytes.
struct Rest<'a>(&'a [u8]);

impl<'a> Rest<'a> {
    fn fixed<const N: usize>(&mut self) -> Option<[u8; N]> {
        let (fixed, rest) = self.0.split_first_chunk()?;
        self.0 = rest;
        Some(*fixed)
    }

    fn number(&mut self) -> Option<u64> {
        let mut number = 0;
        for shift in (0..u64::BITS).step_by(7) {
            let [byte] = self.fixed()?;
            number |= u64::from(byte & 0x7f) << shift;
            if byte < 0x80 {
                return Some(number);
            }
        }
        None
    }

    fn count(&mut self) -> Option<usize> {
        usize::try_from(self.number()?).ok()
    }

    fn text(&mut self) -> Option<String> {
        let length = self.count()?;
        let (text, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }

    fn date(&mut self) -> Option<NaiveDate> {
        NaiveDate::from_num_days_from_ce_opt(i32::from_le_bytes(self.fixed()?))
    }

    fn warning(&mut self) -> Option<Warning> {
        Some(Warning { line: self.count()?.checked_sub(1), message: self.text()? })
    }

    fn head(&mut self) -> Option<Head> {
        let (corpus, topic, name) = (self.text()?, self.text()?, self.text()?);
        let mut head = Head { corpus, topic, name, perspectives: Vec::new() };
        for _ in 0..self.count()? {
            head.perspectives.push((self.text()?, self.text()?));
        }
        Some(head)
    }

    fn file(&mut self, heads: &[Arc<Head>]) -> Option<FileRecord> {
        let path = self.text()?;
        let [marks] = self.fixed()?;
        let (size, mtime) = (self.number()?, i64::from_le_bytes(self.fixed()?));
        let (ctime, inode) = (i64::from_le_bytes(self.fixed()?), self.number()?);
        let stat = Stat { size, mtime, ctime, inode };
        let hash = if marks & HAS_HASH > 0 { Some(u64::from_le_bytes(self.fixed()?)) } else { None };
        let draft = marks & IS_DRAFT > 0;
        let state = match marks & STATE {
            DIGEST => State::Digest(self.digest(draft, heads)?),
            NOT_A_DIGEST => State::NotADigest,
            DRAFT => State::Draft,
            UNUSABLE => State::Unusable(self.warning()?),
            UNREADABLE => State::Unreadable(self.text()?),
            DUPLICATE => {
                let (corpus, topic) = (self.text()?, self.text()?);
                let digest = DigestId { corpus, topic, date: self.date()?, variant: self.text()? };
                State::Duplicate { digest, of: self.text()?, draft }
            }
            _ => return None,
        };
        let facts = if marks & HAS_FACTS > 0 { Some(Arc::new(self.facts()?)) } else { None };
        Some(FileRecord { path, stat, hash, state, facts })
    }

    fn facts(&mut self) -> Option<FileFacts> {
        let (reading, day) = (u64::from_le_bytes(self.fixed()?), self.date()?);
        let (topic, category) = (self.optional_text()?, self.optional_text()?);
        let (lang, detected, guessed) = (self.optional_text()?, self.optional_text()?, self.optional_text()?);
        let (parts, items) = (self.keys()?, self.keys()?);
        Some(FileFacts { facts: Facts { day, topic, category, lang, detected, guessed, parts, items }, reading })
    }

    fn optional_text(&mut self) -> Option<Option<String>> {
        match self.number()? {
            0 => Some(None),
            1 => self.text().map(Some),
            _ => None,
        }
    }

    fn keys(&mut self) -> Option<Vec<u64>> {
        let count = self.count()?;
        let mut keys = Vec::with_capacity(count.min(self.0.len() / 8));
        for _ in 0..count {
            keys.push(u64::from_le_bytes(self.fixed()?));
        }
        Some(keys)
    }

    fn digest(&mut self, draft: bool, heads: &[Arc<Head>]) -> Option<DigestRecord> {
        let head = Arc::clone(heads.get(self.count()?)?);
        let (date, variant) = (self.date()?, self.text()?);
        let entries = EntryCounts { highlights: self.count()?, bullets: self.count()?, titles: self.count()? };
        let mut attribution = [0; Attribution::ALL.len()];
        for count in &mut attribution {
            *count = self.count()?;
        }
        let words = self.number()?;
        let mut warnings = Vec::new();
        for _ in 0..self.count()? {
            warnings.push(self.warning()?);
        }
        let repeated = self.count()?;
        let mut loose_links = LooseLinks { count: self.count()?, examples: Vec::new() };
        for _ in 0..self.count()? {
            loose_links.examples.push((self.count()?, self.text()?));
        }
        Some(DigestRecord { head, date, variant, draft, entries, words, attribution, warnings, loose_links, repeated })
    }
}
