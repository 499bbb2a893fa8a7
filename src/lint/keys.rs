//! Keys of front matter that may be fields.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::found::FoundPart;

/// Number of keys, and of values of each, that are named.
const MOST: usize = 8;
const EXAMPLES: usize = 3;

/// Maximum number of characters of a value.
const MAX_CHARS: usize = 40;

/// Values of keys.
#[derive(Default)]
pub struct Keys(BTreeMap<String, Values>);

#[derive(Default)]
struct Values {
    digests: usize,
    /// Number of uses of each value.
    uses: BTreeMap<String, usize>,
}

impl Keys {
    /// Adds the values of a key in one digest.
    pub fn add(&mut self, key: String, values: Vec<String>) {
        let all = self.0.entry(key).or_default();
        all.digests += 1;
        values.into_iter().for_each(|value| *all.uses.entry(value).or_default() += 1);
    }

    /// Returns the keys that tell digests apart: most of the digests have them, with several values, some of them shared.
    pub fn useful(self, digests: usize) -> Vec<FoundPart> {
        let is_useful = |(_, values): &(String, Values)| {
            values.digests * 2 > digests && values.uses.len() > 1 && values.uses.values().any(|uses| *uses > 1)
        };
        let mut keys: Vec<FoundPart> = self.0.into_iter().filter(is_useful).map(found).collect();
        keys.sort_by_key(|key| Reverse(key.count));
        keys.truncate(MOST);
        keys
    }
}

fn found((key, values): (String, Values)) -> FoundPart {
    let mut uses: Vec<(String, usize)> = values.uses.into_iter().collect();
    uses.sort_by_key(|(_, uses)| Reverse(*uses));
    let examples = uses.into_iter().take(EXAMPLES).map(|(value, _)| value.chars().take(MAX_CHARS).collect());
    FoundPart { part: key, place: "front matter", count: values.digests, examples: examples.collect() }
}
