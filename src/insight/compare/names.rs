//! Words that name the groups: that one group speaks of itself is no news.

use std::collections::BTreeSet;

use crate::backend::Catalog;
use crate::text::{Language, stem, tokens};

/// Words with so many first letters in common are of one name, such as `Japan` and `Japanese` …
const ROOT: usize = 4;

/// … where both end in one of these: what countries and people end in, in English and Spanish, whole and stemmed.
const ENDINGS: [&str; 17] =
    ["", "a", "an", "ana", "ano", "e", "es", "esa", "ese", "i", "ia", "ian", "is", "ish", "n", "o", "ean"];

/// The names of the groups of topics.
#[derive(Debug, Default)]
pub struct Names {
    words: BTreeSet<String>,
    /// Their stems, in each language.
    stems: BTreeSet<String>,
    /// Names of one word, of which others may be made.
    roots: BTreeSet<String>,
}

impl Names {
    pub fn of(topics: &[&str], catalog: &Catalog) -> Self {
        let mut names = Self::default();
        let groups = topics.iter().filter_map(|topic| catalog.topics.get(*topic)).flat_map(|topic| &topic.perspectives);
        for (id, group) in groups {
            for name in group.names.iter().chain([id]) {
                let words: Vec<String> = tokens(name).into_iter().map(|token| token.term).collect();
                if let [root] = &words[..] {
                    names.roots.insert(root.clone());
                }
                names.words.extend(words);
            }
        }
        let stems = names.words.iter().flat_map(|word| Language::ALL.map(|language| stem(word, language)));
        names.stems = stems.collect();
        names
    }

    /// The names' words, folded.
    pub fn words(&self) -> Vec<String> {
        self.words.iter().cloned().collect()
    }

    /// Reports whether a stem is one of a name, or of a word that is made of one.
    pub fn has(&self, stem: &str) -> bool {
        self.stems.contains(stem) || self.roots.iter().any(|root| is_made_of(root, stem.trim_start_matches(['+', '='])))
    }
}

fn is_made_of(root: &str, word: &str) -> bool {
    let common = root.char_indices().zip(word.chars()).take_while(|((_, a), b)| a == b).last();
    let common = common.map_or(0, |((at, c), _)| at + c.len_utf8());
    root[..common].chars().count() >= ROOT
        && [&root[common..], &word[common..]].iter().all(|rest| ENDINGS.contains(rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_made_of_names() {
        for (root, word) in [("china", "chines"), ("japanese", "japan"), ("mexican", "mexico"), ("korea", "korean")] {
            assert!(is_made_of(root, word), "{root} {word}");
        }
        for (root, word) in [("china", "chip"), ("us", "usa"), ("mexican", "mexicali-border"), ("india", "indict")] {
            assert!(!is_made_of(root, word), "{root} {word}");
        }
    }
}
