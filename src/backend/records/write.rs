//! Encoding of the list of files.

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use super::DIGEST;
use super::DRAFT;
use super::DUPLICATE;
use super::HAS_FACTS;
use super::HAS_HASH;
use super::IS_DRAFT;
use super::NOT_A_DIGEST;
use super::UNREADABLE;
use super::UNUSABLE;
use crate::backend::DigestRecord;
use crate::backend::EntryCounts;
use crate::backend::FileFacts;
use crate::backend::FileRecord;
use crate::backend::Head;
use crate::backend::State;
use crate::digest::Facts;
use crate::digest::Warning;
use crate::model::DigestId;

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
        self.text(&head.corpus);
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
        let flag = |is_set: bool, flag: u8| if is_set { flag } else { 0 };
        let flags =
            flag(file.hash.is_some(), HAS_HASH) | flag(is_draft, IS_DRAFT) | flag(file.facts.is_some(), HAS_FACTS);
        self.0.push(state | flags);
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
            State::Duplicate { digest: DigestId { corpus, topic, date, variant }, of, .. } => {
                self.text(corpus);
                self.text(topic);
                self.date(*date);
                self.text(variant);
                self.text(of);
            }
        }
        if let Some(facts) = &file.facts {
            self.facts(facts);
        }
    }

    fn facts(&mut self, FileFacts { facts, reading }: &FileFacts) {
        let Facts { day, topic, category, lang, detected, guessed, parts, items } = facts;
        self.0.extend_from_slice(&reading.to_le_bytes());
        self.date(*day);
        for text in [topic, category, lang, detected, guessed] {
            self.number(u64::from(text.is_some()));
            text.iter().for_each(|text| self.text(text));
        }
        for keys in [parts, items] {
            self.number(keys.len() as u64);
            keys.iter().for_each(|key| self.0.extend_from_slice(&key.to_le_bytes()));
        }
    }

    fn digest(&mut self, digest: &DigestRecord, head: usize) {
        self.number(head as u64);
        self.date(digest.date);
        self.text(&digest.variant);
        let EntryCounts { highlights, bullets, titles } = digest.entries;
        [highlights, bullets, titles].into_iter().chain(digest.attribution).for_each(|count| self.number(count as u64));
        self.number(digest.words);
        self.number(digest.warnings.len() as u64);
        digest.warnings.iter().for_each(|warning| self.warning(warning));
        self.number(digest.repeated as u64);
        self.number(digest.loose_links.count as u64);
        self.number(digest.loose_links.examples.len() as u64);
        for (line, text) in &digest.loose_links.examples {
            self.number(*line as u64);
            self.text(text);
        }
    }
}
