//! Stemming.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use super::analyzer::{Token, are_adjacent, each_token};
use super::is_unspaced;

/// Language of an entry, as far as stemming depends on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, or unknown.
    English,
    /// Spanish.
    Spanish,
    /// Not stemmed.
    Other,
}

impl Language {
    /// All languages.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Other];

    /// Prefix of the stems of a language, which separates them from those of others. Otherwise a stem of one language
    /// may collide with a word of another: `area` and `plane` would match every `are` and `plan`. No word contains
    /// these characters. English, the most frequent language, has no prefix.
    fn prefix(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Spanish => "+",
            Self::Other => "=",
        }
    }

    /// Returns the language of a code, such as `es`.
    pub fn of(code: Option<&str>) -> Self {
        match code {
            None | Some("en") => Self::English,
            Some("es") => Self::Spanish,
            Some(_) => Self::Other,
        }
    }
}

/// Table of irregular forms, which the stemmer does not reduce to their base form.
struct Irregular {
    /// A sorted line for each form with its base form.
    lines: &'static str,
    /// Offset of each line.
    starts: &'static [u32],
}

const ENGLISH: Irregular = Irregular {
    lines: include_str!(concat!(env!("OUT_DIR"), "/en.txt")),
    starts: include!(concat!(env!("OUT_DIR"), "/en.rs")),
};

const SPANISH: Irregular = Irregular {
    lines: include_str!(concat!(env!("OUT_DIR"), "/es.txt")),
    starts: include!(concat!(env!("OUT_DIR"), "/es.rs")),
};

impl Irregular {
    /// Returns the base form of an irregular form.
    fn base(&self, form: &str) -> Option<&'static str> {
        let order = |start: &u32| {
            let line = &self.lines.as_bytes()[*start as usize..];
            // A proper prefix of a form sorts before it.
            let head = &line[..form.len().min(line.len())];
            head.cmp(form.as_bytes()).then_with(|| line[head.len()..].first().cmp(&Some(&b' ')))
        };
        let at = self.starts.binary_search_by(order).ok()?;
        let (line, _) = self.lines[self.starts[at] as usize..].split_once('\n')?;
        line.get(form.len() + 1..)
    }
}

static FUNCTION_WORDS: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let lines = include_str!("function_words.txt").lines().filter(|line| !line.starts_with('#'));
    lines.flat_map(str::split_whitespace).collect()
});

/// Reports whether a folded word is a function word (stop word).
pub fn is_function_word(term: &str) -> bool {
    FUNCTION_WORDS.contains(term)
}

/// Returns the function words of a language.
pub fn function_words(language: Language) -> Vec<&'static str> {
    let heading = match language {
        Language::English => "# English",
        Language::Spanish => "# Spanish",
        Language::Other => return Vec::new(),
    };
    let lines = include_str!("function_words.txt").lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Returns the stems of all function words in a language.
pub fn function_stems(language: Language) -> HashSet<String> {
    FUNCTION_WORDS.iter().map(|word| stem(word, language)).collect()
}

/// Returns the stem of a folded word, with the prefix of its language.
pub fn stem(term: &str, language: Language) -> String {
    let snowball = |algorithm, irregular: Irregular| {
        Stemmer::new(algorithm).stem(irregular.base(term).unwrap_or(term)).into_owned()
    };
    let stem = match language {
        Language::English => snowball(Algorithm::English, ENGLISH),
        Language::Spanish => snowball(Algorithm::Spanish, SPANISH),
        Language::Other => term.to_owned(),
    };
    format!("{}{stem}", language.prefix())
}

/// Returns the stems of a folded query word, one for each language, since a query has no language.
pub fn stems(term: &str) -> BTreeSet<String> {
    Language::ALL.map(|language| stem(term, language)).into()
}

/// Indexed token streams of a text, with the same positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streams {
    /// Folded words.
    pub exact: Vec<Token>,
    /// Stems. In scripts without spaces, pairs of a character and the next adjacent one, in any language.
    pub stem: Vec<Token>,
}

/// Maximum number of indexed words of an entry.
pub const MAX_WORDS: usize = 10_000;

/// Returns both streams of a text.
pub fn streams(text: &str, language: Language) -> Streams {
    let mut out = Streams { exact: Vec::new(), stem: Vec::new() };
    each_word(text, language, |word| {
        out.exact.push(Token { term: word.exact.to_owned(), span: word.span.clone() });
        out.stem.push(Token { term: word.stem.to_owned(), span: word.stem_span.clone() });
    });
    out
}

/// A word and its stem.
pub struct Word<'a> {
    /// Folded word.
    pub exact: &'a str,
    /// Byte range in the text.
    pub span: Range<usize>,
    /// Stem, or a pair of characters in scripts without spaces.
    pub stem: &'a str,
    /// Byte range of the stem.
    pub stem_span: Range<usize>,
}

/// Calls `with` for each word of a text, up to [`MAX_WORDS`]. Returns the total number of words.
pub fn each_word(text: &str, language: Language, mut with: impl FnMut(Word<'_>)) -> usize {
    let mut words = 0;
    let mut with = |word: Word<'_>| {
        words += 1;
        if words <= MAX_WORDS {
            with(word);
        }
    };
    CACHE.with_borrow_mut(|cache| {
        // Character of a script without spaces that waits for the next one.
        let mut pending: Option<(String, Range<usize>)> = None;
        each_token(text, |term, span| {
            let is_unspaced = term.starts_with(is_unspaced);
            if let Some((first, at)) = pending.take() {
                if is_unspaced && are_adjacent(&at, &span) {
                    let (stem, stem_span) = (format!("{first}{term}"), at.start..span.end);
                    with(Word { exact: &first, span: at, stem: &stem, stem_span });
                } else {
                    with(Word { exact: &first, span: at.clone(), stem: &first, stem_span: at });
                }
            }
            if is_unspaced {
                pending = Some((term.to_owned(), span));
            } else {
                with(Word { exact: term, span: span.clone(), stem: cache.stem(term, language), stem_span: span });
            }
        });
        if let Some((last, at)) = pending {
            with(Word { exact: &last, span: at.clone(), stem: &last, stem_span: at });
        }
    });
    words
}

thread_local! {
    /// Cache of stems, since most words are repeated.
    static CACHE: RefCell<StemCache> = RefCell::default();
}

/// Number of slots of a cache that has had many misses, and its initial number.
const MAX_SLOTS: usize = 1 << 13;
const INITIAL_SLOTS: usize = 1 << 8;

/// Bytes for a word and its stem in a slot, so that a slot fills a cache line.
const SLOT_BYTES: usize = 61;

/// Direct-mapped cache of stems.
#[derive(Default)]
struct StemCache {
    slots: Vec<Slot>,
    /// Number of misses.
    misses: usize,
    /// Stem of a word too long for a slot.
    long: String,
}

/// A word followed by its stem, with their lengths. An empty slot has the empty word.
#[derive(Clone)]
struct Slot {
    bytes: [u8; SLOT_BYTES],
    word: u8,
    stem: u8,
    language: Language,
}

impl StemCache {
    fn stem(&mut self, term: &str, language: Language) -> &str {
        if self.misses >= self.slots.len() && self.slots.len() < MAX_SLOTS {
            let slots = if self.slots.is_empty() { INITIAL_SLOTS } else { MAX_SLOTS };
            let empty = Slot { bytes: [0; SLOT_BYTES], word: 0, stem: 0, language: Language::Other };
            self.slots = vec![empty; slots];
        }
        let hash = xxh3_64(term.as_bytes()) as usize;
        let slots = self.slots.len();
        let slot = &mut self.slots[hash.wrapping_add(language as usize) % slots];
        let is_known = slot.language == language && &slot.bytes[..slot.word.into()] == term.as_bytes();
        if !is_known {
            self.misses += 1;
            let stem = stem(term, language);
            if term.len() + stem.len() > SLOT_BYTES {
                self.long = stem;
                return &self.long;
            }
            slot.bytes[..term.len()].copy_from_slice(term.as_bytes());
            slot.bytes[term.len()..][..stem.len()].copy_from_slice(stem.as_bytes());
            (slot.word, slot.stem, slot.language) = (term.len() as u8, stem.len() as u8, language);
        }
        let stem = &slot.bytes[slot.word.into()..][..slot.stem.into()];
        std::str::from_utf8(stem).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::tokens;

    fn check(text: &str, language: Language, expect: &str) {
        let streams = streams(text, language);
        assert_eq!(streams.exact.len(), streams.stem.len());
        let terms: Vec<&str> = streams.stem.iter().map(|t| t.term.as_str()).collect();
        assert_eq!(terms.join(" "), expect, "{text}");
    }

    #[test]
    fn endings_are_stemmed() {
        check("Controls controlled", Language::English, "control control");
        check("controles", Language::Spanish, "+control");
        check("controls", Language::Other, "=controls");
    }

    #[test]
    fn irregular_forms_are_stemmed() {
        check("caught catches FELL falling women", Language::English, "catch catch fall fall woman");
        check("dijo decir pidió pide", Language::Spanish, "+dec +dec +ped +ped");
        check("caught", Language::Other, "=caught");
    }

    #[test]
    fn query_words_match_only_stems_of_the_same_language() {
        let matches = |typed: &str, written: &str, language| stems(typed).contains(&stem(written, language));
        for (typed, written) in [("plane", "plan"), ("area", "are"), ("note", "not"), ("trumpo", "trump")] {
            assert!(!matches(typed, written, Language::English), "{typed} does not find {written}");
        }
        assert!(matches("planes", "plane", Language::English) && matches("areas", "area", Language::English));
        assert!(matches("catch", "caught", Language::English) && matches("pide", "pedir", Language::Spanish));
        assert!(Language::ALL.iter().all(|language| matches("maduro", "maduro", *language)));
    }

    #[test]
    fn function_words_are_listed_by_language() {
        let [english, spanish, other] = Language::ALL.map(function_words);
        assert!(english.contains(&"the") && !english.contains(&"un") && other.is_empty());
        assert!(spanish.contains(&"un") && !spanish.contains(&"the"));
        let all: HashSet<&str> = english.into_iter().chain(spanish).collect();
        assert_eq!(all, *FUNCTION_WORDS);
    }

    #[test]
    fn scripts_without_spaces_give_pairs_of_characters() {
        check("新华网 报 Kyodo通信", Language::English, "新华 华网 网 报 kyodo 通信 信");
        check("新华网 报 Kyodo通信", Language::Other, "新华 华网 网 报 =kyodo 通信 信");
        check("ไทย ລາວx", Language::Other, "ไท ทย ย ລາ າວ ວ =x");
        check("㍿", Language::English, "株式 式会 会社 社");
        let streams = streams("新华网", Language::Other);
        assert_eq!(streams.stem.iter().map(|t| t.span.clone()).collect::<Vec<_>>(), [0..6, 3..9, 6..9]);
    }

    #[test]
    fn words_above_the_limit_are_only_counted() {
        let mut indexed = 0;
        let words = each_word(&"word ".repeat(MAX_WORDS + 7), Language::English, |_| indexed += 1);
        assert_eq!((indexed, words), (MAX_WORDS, MAX_WORDS + 7));
    }

    #[test]
    fn cached_stems_equal_computed_ones() {
        let mut cache = StemCache::default();
        let long = "x".repeat(SLOT_BYTES);
        // Twice as many words as slots.
        for number in (0..MAX_SLOTS * 2).chain(0..100) {
            let word = format!("word{number}s");
            for (word, language) in Language::ALL.iter().flat_map(|language| [(&word, language), (&long, language)]) {
                assert_eq!(cache.stem(word, *language), stem(word, *language));
                assert_eq!(cache.stem(word, *language), stem(word, *language));
            }
        }
    }

    #[test]
    fn exactly_the_irregular_forms_are_found() {
        for (table, irregular) in
            [(include_str!("irregular/en.txt"), ENGLISH), (include_str!("irregular/es.txt"), SPANISH)]
        {
            let mut forms = 0;
            for line in table.lines().filter(|line| !line.starts_with('#')) {
                let mut words = line.split(' ');
                let base = words.next();
                words.for_each(|form| {
                    forms += 1;
                    assert_eq!(irregular.base(form), base);
                    assert_eq!(irregular.base(&format!("{form}zz")), None);
                });
                assert_eq!(base.and_then(|base| irregular.base(base)), None);
            }
            assert_eq!(forms, irregular.starts.len());
            assert_eq!(["", "a", "zzzz", " ", "\n", "x y"].map(|word| irregular.base(word)), [None; 6]);
        }
    }

    #[test]
    fn tables_are_valid() {
        for (table, language) in [
            (include_str!("irregular/en.txt"), Language::English),
            (include_str!("irregular/es.txt"), Language::Spanish),
        ] {
            let lines: Vec<&str> = table.lines().filter(|line| !line.starts_with('#')).collect();
            let mut seen = BTreeSet::new();
            for line in lines {
                let words: Vec<&str> = line.split(' ').collect();
                assert!(words.len() > 1, "{line}");
                for form in &words {
                    assert!(seen.insert(*form), "`{form}` is repeated");
                    assert_eq!(tokens(form)[0].term, *form, "folded");
                    assert_eq!(stem(form, language), stem(words[0], language), "{form}");
                }
            }
        }
    }
}
