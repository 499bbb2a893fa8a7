//! Encoding of the list of files.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::DIGEST;
use super::DRAFT;
use super::DUPLICATE;
use super::HAS_HASH;
use super::IS_DRAFT;
use super::NOT_A_DIGEST;
use super::UNREADABLE;
use super::UNUSABLE;
use crate::backend::DigestRecord;
use crate::backend::EntryCounts;
use crate::backend::FileRecord;
use crate::backend::Head;
use crate::backend::State;
use crate::digest::Warning;

/// Encodes files.
pub fn write(files: &[FileRecord]) -> Vec<u8> {
    let mut heads: Vec<&Head> = Vec::new();
    let mut numbers: BTreeMap<&Head, usize> = BTreeMap::new();
    let mut records = Bytes::default();
    records.number(files.len() as u64);
    let mut last = usize::MAX;
    for file in files {
        if let Some(digest) = file.digest() {
            // Most often the previous digest has the same head, which saves a lookup.
            if heads.get(last).is_none_or(|head| **head != *digest.head) {
                last = *numbers.entry(&digest.head).or_insert_with(|| {
                    heads.push(&digest.head);
                    heads.len() - 1
                });
            }
        }
        records.file(file, last);
    }
    let mut bytes = Bytes::default();
    bytes.number(heads.len() as u64);
    heads.into_iter().for_each(|head| bytes.head(head));
    bytes.0.extend(records.0);
    bytes.0
}

#[derive(Default)]
struct Bytes(Vec<u8>);

impl Bytes {
    fn number(&mut self, mut number: u64) {
        while number >= 0x80 {
            self.0.push(number as u8 | 0x80);
            number >>= 7;
        }
        self.0.push(number as u8);
    }

    fn text(&mut self, text: &str) {
        self.number(text.len() as u64);
        self.0.extend_from_slice(text.as_bytes());
    }

    fn date(&mut self, date: NaiveDate) {
        self.0.extend_from_slice(&date.num_days_from_ce().to_le_bytes());
    }

    fn warning(&mut self, warning: &Warning) {
        self.number(warning.line.map_or(0, |line| line as u64 + 1));
        self.text(&warning.message);
    }

    fn head(&mut self, head: &Head) {
        self.text(&head.topic);
        self.text(&head.name);
        self.number(head.perspectives.len() as u64);
        for (id, name) in &head.perspectives {
            self.text(id);
            self.text(name);
        }
    }

    fn file(&mut self, file: &FileRecord, head: usize) {
        let (state, is_draft) = match &file.state {
            State::Digest(digest) => (DIGEST, digest.draft),
            State::NotADigest => (NOT_A_DIGEST, false),
            State::Draft => (DRAFT, false),
            State::Unusable(_) => (UNUSABLE, false),
            State::Unreadable(_) => (UNREADABLE, false),
            State::Duplicate { draft, .. } => (DUPLICATE, *draft),
        };
        self.text(&file.path);
        self.0.push(state | if file.hash.is_some() { HAS_HASH } else { 0 } | if is_draft { IS_DRAFT } else { 0 });
        self.number(file.stat.size);
        self.0.extend_from_slice(&file.stat.mtime.to_le_bytes());
        self.0.extend_from_slice(&file.stat.ctime.to_le_bytes());
        self.number(file.stat.inode);
        if let Some(hash) = file.hash {
            self.0.extend_from_slice(&hash.to_le_bytes());
        }
        match &file.state {
            State::Digest(digest) => self.digest(digest, head),
            State::NotADigest | State::Draft => {}
            State::Unusable(warning) => self.warning(warning),
            State::Unreadable(why) => self.text(why),
            State::Duplicate { topic, date, of, .. } => {
                self.text(topic);
                self.date(*date);
                self.text(of);
            }
        }
    }

    fn digest(&mut self, digest: &DigestRecord, head: usize) {
        self.number(head as u64);
        self.date(digest.date);
        let EntryCounts { highlights, bullets, titles } = digest.entries;
        [highlights, bullets, titles].into_iter().chain(digest.attribution).for_each(|count| self.number(count as u64));
        self.number(digest.words);
        self.number(digest.warnings.len() as u64);
        digest.warnings.iter().for_each(|warning| self.warning(warning));
    }
}
