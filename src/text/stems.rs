//! Which forms of a word are taken for one.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use frostem::{Algorithm, Stemmer};
use xxhash_rust::xxh3::xxh3_64;

use super::analyzer::{Token, each_token, touch};
use super::is_unspaced;

/// What the words of an entry are stemmed as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, and all that is not said to be something else.
    English,
    /// Spanish.
    Spanish,
    /// Not stemmed.
    Other,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::English, Self::Spanish, Self::Other];

    /// What stands before the stems of a language, so that its stems meet only their own. Without it a stem of one
    /// language is by accident a word of another: `area` and `plane` would find every `are` and `plan`. No word has
    /// these signs. English has none, being what most of a corpus is written in.
    fn sign(self) -> &'static str {
        match self {
            Self::English => "",
            Self::Spanish => "+",
            Self::Other => "=",
        }
    }

    /// By a language code, such as `es`.
    pub fn of(code: Option<&str>) -> Self {
        match code {
            None | Some("en") => Self::English,
            Some("es") => Self::Spanish,
            Some(_) => Self::Other,
        }
    }
}

/// Forms that no rule of endings leads to their base form.
struct Irregular {
    /// A line for each with its base form, sorted.
    lines: &'static str,
    /// Where each line begins.
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
    /// The base form of an irregular one.
    fn base(&self, form: &str) -> Option<&'static str> {
        let order = |start: &u32| {
            let line = &self.lines.as_bytes()[*start as usize..];
            // What begins a line and is shorter than its form stands before it.
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

/// Whether a folded word binds others together and says little of what a text is about.
pub fn is_function_word(term: &str) -> bool {
    FUNCTION_WORDS.contains(term)
}

/// The words that bind others together in a language alone, in whose part of the list they stand.
pub fn function_words(language: Language) -> Vec<&'static str> {
    let heading = match language {
        Language::English => "# English",
        Language::Spanish => "# Spanish",
        Language::Other => return Vec::new(),
    };
    let lines = include_str!("function_words.txt").lines().skip_while(|line| *line != heading).skip(1);
    lines.take_while(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// The stems of the words that bind others together.
pub fn function_stems(language: Language) -> HashSet<String> {
    FUNCTION_WORDS.iter().map(|word| stem(word, language)).collect()
}

/// The stem of a folded word, with the sign of its language.
pub fn stem(term: &str, language: Language) -> String {
    let snowball = |algorithm, irregular: Irregular| {
        Stemmer::new(algorithm).stem(irregular.base(term).unwrap_or(term)).into_owned()
    };
    let stem = match language {
        Language::English => snowball(Algorithm::English, ENGLISH),
        Language::Spanish => snowball(Algorithm::Spanish, SPANISH),
        Language::Other => term.to_owned(),
    };
    format!("{}{stem}", language.sign())
}

/// The stems that a folded word of a query stands for: a query has no language, so one in each.
pub fn stems(term: &str) -> BTreeSet<String> {
    Language::ALL.map(|language| stem(term, language)).into()
}

/// The words of a text as they are indexed: two streams with the same positions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Streams {
    /// The words, folded.
    pub exact: Vec<Token>,
    /// Their stems. A character of a script that does not part words stands with the one behind it, where there is one,
    /// in any language.
    pub stem: Vec<Token>,
}

/// An entry is indexed up to so many words.
pub const MAX_WORDS: usize = 10_000;

/// Both streams of a text.
pub fn streams(text: &str, language: Language) -> Streams {
    let mut out = Streams { exact: Vec::new(), stem: Vec::new() };
    each_word(text, language, |word| {
        out.exact.push(Token { term: word.exact.to_owned(), span: word.span.clone() });
        out.stem.push(Token { term: word.stem.to_owned(), span: word.stem_span.clone() });
    });
    out
}

/// A word of a text and what stands in its place among the stems.
pub struct Word<'a> {
    /// The word, folded.
    pub exact: &'a str,
    /// Its bytes in the text.
    pub span: Range<usize>,
    /// Its stem, or a character of a script that does not part words with the one behind it.
    pub stem: &'a str,
    /// The bytes of that.
    pub stem_span: Range<usize>,
}

/// Calls with each word of a text in order, as many as are indexed. Returns how many there are.
pub fn each_word(text: &str, language: Language, mut with: impl FnMut(Word<'_>)) -> usize {
    let mut words = 0;
    let mut with = |word: Word<'_>| {
        words += 1;
        if words <= MAX_WORDS {
            with(word);
        }
    };
    MEMO.with_borrow_mut(|memo| {
        // A character of a script that does not part words waits for the one behind it.
        let mut waiting: Option<(String, Range<usize>)> = None;
        each_token(text, |term, span| {
            let is_unspaced = term.starts_with(is_unspaced);
            if let Some((first, at)) = waiting.take() {
                if is_unspaced && touch(&at, &span) {
                    let (stem, stem_span) = (format!("{first}{term}"), at.start..span.end);
                    with(Word { exact: &first, span: at, stem: &stem, stem_span });
                } else {
                    with(Word { exact: &first, span: at.clone(), stem: &first, stem_span: at });
                }
            }
            if is_unspaced {
                waiting = Some((term.to_owned(), span));
            } else {
                with(Word { exact: term, span: span.clone(), stem: memo.stem(term, language), stem_span: span });
            }
        });
        if let Some((last, at)) = waiting {
            with(Word { exact: &last, span: at.clone(), stem: &last, stem_span: at });
        }
    });
    words
}

thread_local! {
    /// What stemming costs is saved for words that come again, as most do.
    static MEMO: RefCell<Memo> = RefCell::default();
}

/// So many words' stems are kept where there are many to stem, and so many before that shows.
const MEMO_SLOTS: usize = 1 << 13;
const FEW_SLOTS: usize = 1 << 8;

/// Room for a word and its stem in a slot, which makes a line of the processor's cache of it.
const MEMO_BYTES: usize = 61;

/// The stems of words met last. Each word has one slot, which it takes from the word that was there.
#[derive(Default)]
struct Memo {
    slots: Vec<Slot>,
    /// How many words were not in a slot.
    missed: usize,
    /// The stem of a word that fits no slot.
    long: String,
}

/// A word and behind it its stem. An empty slot has the empty word, which has no stem.
#[derive(Clone)]
struct Slot {
    bytes: [u8; MEMO_BYTES],
    word: u8,
    stem: u8,
    language: Language,
}

impl Memo {
    fn stem(&mut self, term: &str, language: Language) -> &str {
        if self.missed >= self.slots.len() && self.slots.len() < MEMO_SLOTS {
            let slots = if self.slots.is_empty() { FEW_SLOTS } else { MEMO_SLOTS };
            let empty = Slot { bytes: [0; MEMO_BYTES], word: 0, stem: 0, language: Language::Other };
            self.slots = vec![empty; slots];
        }
        let hash = xxh3_64(term.as_bytes()) as usize;
        let slots = self.slots.len();
        let slot = &mut self.slots[hash.wrapping_add(language as usize) % slots];
        let is_known = slot.language == language && &slot.bytes[..slot.word.into()] == term.as_bytes();
        if !is_known {
            self.missed += 1;
            let stem = stem(term, language);
            if term.len() + stem.len() > MEMO_BYTES {
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
    fn endings() {
        check("Controls controlled", Language::English, "control control");
        check("controles", Language::Spanish, "+control");
        check("controls", Language::Other, "=controls");
    }

    #[test]
    fn irregular_forms() {
        check("caught catches FELL falling women", Language::English, "catch catch fall fall woman");
        check("dijo decir pidió pide", Language::Spanish, "+dec +dec +ped +ped");
        check("caught", Language::Other, "=caught");
    }

    #[test]
    fn a_word_of_a_query_meets_each_language_in_its_own_way() {
        let meet = |typed: &str, written: &str, language| stems(typed).contains(&stem(written, language));
        for (typed, written) in [("plane", "plan"), ("area", "are"), ("note", "not"), ("trumpo", "trump")] {
            assert!(!meet(typed, written, Language::English), "{typed} does not find {written}");
        }
        assert!(meet("planes", "plane", Language::English) && meet("areas", "area", Language::English));
        assert!(meet("catch", "caught", Language::English) && meet("pide", "pedir", Language::Spanish));
        assert!(Language::ALL.iter().all(|language| meet("maduro", "maduro", *language)));
    }

    #[test]
    fn function_words_are_those_of_one_language() {
        let [english, spanish, other] = Language::ALL.map(function_words);
        assert!(english.contains(&"the") && !english.contains(&"un") && other.is_empty());
        assert!(spanish.contains(&"un") && !spanish.contains(&"the"));
        let all: HashSet<&str> = english.into_iter().chain(spanish).collect();
        assert_eq!(all, *FUNCTION_WORDS);
    }

    #[test]
    fn pairs_of_characters() {
        check("新华网 报 Kyodo通信", Language::English, "新华 华网 网 报 kyodo 通信 信");
        check("新华网 报 Kyodo通信", Language::Other, "新华 华网 网 报 =kyodo 通信 信");
        check("ไทย ລາວx", Language::Other, "ไท ทย ย ລາ າວ ວ =x");
        check("㍿", Language::English, "株式 式会 会社 社");
        let streams = streams("新华网", Language::Other);
        assert_eq!(streams.stem.iter().map(|t| t.span.clone()).collect::<Vec<_>>(), [0..6, 3..9, 6..9]);
    }

    #[test]
    fn words_beyond_the_limit_are_counted_and_left_out() {
        let mut indexed = 0;
        let words = each_word(&"word ".repeat(MAX_WORDS + 7), Language::English, |_| indexed += 1);
        assert_eq!((indexed, words), (MAX_WORDS, MAX_WORDS + 7));
    }

    #[test]
    fn what_is_remembered_is_what_would_be_found() {
        let mut memo = Memo::default();
        let long = "x".repeat(MEMO_BYTES);
        // Twice as many words as there are slots.
        for number in (0..MEMO_SLOTS * 2).chain(0..100) {
            let word = format!("word{number}s");
            for (word, language) in Language::ALL.iter().flat_map(|language| [(&word, language), (&long, language)]) {
                assert_eq!(memo.stem(word, *language), stem(word, *language));
                assert_eq!(memo.stem(word, *language), stem(word, *language));
            }
        }
    }

    #[test]
    fn all_irregular_forms_are_found_and_no_others() {
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
    fn tables_are_sound() {
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
                    assert!(seen.insert(*form), "`{form}` stands twice");
                    assert_eq!(tokens(form)[0].term, *form, "folded");
                    assert_eq!(stem(form, language), stem(words[0], language), "{form}");
                }
            }
        }
    }
}
