//! Names of sources: the displayed one of spellings that differ only in case or form, and likely aliases.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use crate::text::{likely_same_source, name_key};

/// Spellings and likely aliases of sources.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Sources {
    /// Spelling → displayed spelling.
    spellings: BTreeMap<String, String>,
    /// Groups of displayed names that are likely one source, with their numbers of entries; as JSON, since few queries need
    /// them.
    likely: String,
}

impl Sources {
    /// Groups the names of all entries, given with their numbers of entries.
    pub fn of(entries: BTreeMap<&str, usize>) -> Self {
        let mut spellings: BTreeMap<String, Vec<(&str, usize)>> = BTreeMap::new();
        entries.into_iter().for_each(|(name, count)| spellings.entry(name_key(name)).or_default().push((name, count)));
        let mut sources = Self::default();
        let mut shown = Vec::with_capacity(spellings.len());
        for names in spellings.values() {
            let most = names.iter().max_by_key(|(name, count)| (count, Reverse(name))).map_or("", |(name, _)| name);
            shown.push((most.to_owned(), names.iter().map(|(_, count)| count).sum()));
            let others = names.iter().filter(|(name, _)| *name != most);
            sources.spellings.extend(others.map(|(name, _)| ((*name).to_owned(), most.to_owned())));
        }
        sources.likely = serde_json::to_string(&likely_same_source(&shown)).unwrap_or_default();
        sources
    }

    /// Returns the displayed name of a source.
    pub fn shown<'a>(&'a self, name: &'a str) -> &'a str {
        self.spellings.get(name).map_or(name, String::as_str)
    }

    /// Returns the indices of names in a sorted list that are displayed as others, with the displayed names.
    pub fn renamed(&self, names: &[String]) -> Vec<(u64, &str)> {
        let place = |name: &String| names.binary_search(name).ok().map(|place| place as u64);
        self.spellings.iter().filter_map(|(name, shown)| Some((place(name)?, shown.as_str()))).collect()
    }

    /// Returns the likely aliases of a source, with their numbers of entries.
    pub fn likely(&self, name: &str) -> Vec<(String, usize)> {
        let key = name_key(name);
        let is_same = |other: &&(String, usize)| name_key(&other.0) == key;
        let groups: Vec<Vec<(String, usize)>> = serde_json::from_str(&self.likely).unwrap_or_default();
        let group = groups.into_iter().find(|group| group.iter().any(|other| is_same(&other)));
        group.into_iter().flatten().filter(|other| !is_same(&other)).collect()
    }

    /// Serializes the names as two lines of JSON.
    pub fn serialize(&self) -> String {
        format!("{}\n{}\n", serde_json::to_string(&self.spellings).unwrap_or_default(), self.likely)
    }

    /// Parses the serialized form; `None` if it is incomplete.
    pub fn parse(written: &str) -> Option<Self> {
        let (spellings, likely) = written.strip_suffix('\n')?.split_once('\n')?;
        Some(Self { spellings: serde_json::from_str(spellings).ok()?, likely: likely.to_owned() })
    }
}
