//! The story of each title.

use std::collections::HashMap;

use super::cluster::COUNTED_CUT;
use super::select::Stories;
use super::titles::Titles;
use crate::insight::Error;
use crate::planning::Reader;

/// Returns the story of each title of some topics, by the number of its entry. Stories have numbers, too.
pub fn stories_of(topics: Vec<String>, reader: &Reader) -> Result<HashMap<u64, usize>, Error> {
    let titles = Titles::of(topics, reader)?;
    let (mut of, mut story) = (HashMap::new(), 0);
    for titled in &titles.groups {
        for group in &Stories::new(titled, COUNTED_CUT).groups {
            for title in group {
                of.extend(titled.titles[*title].entries.iter().map(|entry| (titles.sample.entries[*entry], story)));
            }
            story += 1;
        }
    }
    Ok(of)
}
