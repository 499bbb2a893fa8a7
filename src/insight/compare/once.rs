//! The unit that counts once: a text, or between periods a story. Titles of one story have its words in common, so each of them says
//! little more than the first.

use std::collections::{BTreeMap, HashMap};

use super::partition::Partition;

/// The story of each title, by the number of its entry.
pub type StoryOf = HashMap<u64, usize>;

/// Returns the entries in sets that count once, in the order of the first of each. Without stories, and of entries that are in none, each is its own.
pub fn sets(entries: &[usize], partition: &Partition, stories: Option<&StoryOf>) -> Vec<Vec<usize>> {
    let Some(stories) = stories else { return entries.iter().map(|entry| vec![*entry]).collect() };
    let mut sets: Vec<Vec<usize>> = Vec::new();
    let mut places: BTreeMap<usize, usize> = BTreeMap::new();
    for &entry in entries {
        let place = match stories.get(&partition.sample.entries[entry]) {
            Some(story) => *places.entry(*story).or_insert(sets.len()),
            None => sets.len(),
        };
        if place == sets.len() {
            sets.push(Vec::new());
        }
        sets[place].push(entry);
    }
    sets
}
