//! What a corpus says about itself in `digest-search.yaml`: names of one source, and what its digests leave open.
//!
//! ```yaml
//! sources:                      # a source's name, and the other names it goes by
//!   新华网: [xinhuanet.com]
//! topics:
//!   venezuela:
//!     locales: { es-VE: venezuelan, en-US: us }     # whose articles a locale's are
//!     perspectives: { international: us }            # two perspectives that are one
//! ```

mod error;
mod reading;

use std::collections::BTreeMap;

use crate::text::{fold, name_key};

pub use error::ConventionsError;

/// The conventions of a corpus. Names and ids count in any case, width and Unicode form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conventions {
    /// A source's name → the other names it goes by.
    pub sources: BTreeMap<String, Vec<String>>,
    /// By topic id.
    pub topics: BTreeMap<String, TopicConventions>,
    /// The key of each name → the name that the source is counted under.
    counted_under: BTreeMap<String, String>,
    /// What has no effect whatever the corpus holds.
    notes: Vec<Note>,
    /// What has an effect where a digest has it, in the order of the file.
    named: Vec<Named>,
}

/// The conventions of one topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicConventions {
    /// Locale → id of the perspective whose articles it marks. Wins over all other rules.
    pub locales: BTreeMap<String, String>,
    /// Perspective id → the id it is to be counted under.
    pub perspectives: BTreeMap<String, String>,
}

/// Something to know about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The line, from 1.
    pub line: usize,
    /// What there is to know.
    pub message: String,
}

/// Something that digests are expected to have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Named {
    line: usize,
    what: What,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum What {
    /// Another name of a source, and its key.
    Source(String, String),
    /// A topic's id, and the same folded.
    Topic(String, String),
}

impl Conventions {
    /// Returns the name that a source is counted under.
    pub fn source<'a>(&'a self, written: &'a str) -> &'a str {
        self.source_of_key(&name_key(written)).unwrap_or(written)
    }

    /// Returns the same for a name's key, if anything is said of it.
    pub fn source_of_key(&self, key: &str) -> Option<&str> {
        self.counted_under.get(key).map(String::as_str)
    }

    /// Returns what is said of a topic.
    pub fn topic(&self, id: &str) -> Option<&TopicConventions> {
        of_id(&self.topics, id)
    }

    /// Returns what has no effect, whatever the corpus holds.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns the places of what a digest of a topic and with titles of some sources has of what is named here.
    pub fn used<'a>(&self, topic: &str, sources: impl Iterator<Item = &'a str>) -> Vec<usize> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let (topic, keys) = (fold(topic), sources.map(name_key).collect::<Vec<_>>());
        let is_used = |named: &Named| match &named.what {
            What::Source(_, key) => keys.contains(key),
            What::Topic(_, folded) => *folded == topic,
        };
        (0..).zip(&self.named).filter(|(_, named)| is_used(named)).map(|(at, _)| at).collect()
    }

    /// Returns what is named and no digest has, given the places of what digests have.
    pub fn unused(&self, used: &std::collections::BTreeSet<usize>) -> Vec<Note> {
        let unused = (0..).zip(&self.named).filter(|(at, _)| !used.contains(at));
        let note = |(_, Named { line, what }): (usize, &Named)| {
            let message = match what {
                What::Source(name, _) => format!("sources: no title has the source `{name}`"),
                What::Topic(id, _) => format!("topics: no digest has the topic `{id}`"),
            };
            Note { line: *line, message }
        };
        unused.map(note).collect()
    }
}

impl TopicConventions {
    /// Returns the id of the perspective whose articles a locale marks.
    pub fn of_locale(&self, locale: &str) -> Option<&str> {
        let form = |locale: &str| locale.to_ascii_lowercase().replace('_', "-");
        let exact = self.locales.get(locale);
        let found = exact.or_else(|| {
            let locale = form(locale);
            self.locales.iter().find(|(other, _)| form(other) == locale).map(|(_, id)| id)
        });
        found.map(String::as_str)
    }

    /// Returns the id that a perspective is to be counted under.
    pub fn of_perspective(&self, id: &str) -> Option<&str> {
        of_id(&self.perspectives, id).map(String::as_str)
    }
}

/// Returns the value of an id in any case and form.
fn of_id<'a, T>(values: &'a BTreeMap<String, T>, id: &str) -> Option<&'a T> {
    if values.is_empty() {
        return None;
    }
    values.get(id).or_else(|| {
        let id = fold(id);
        values.iter().find(|(other, _)| fold(other) == id).map(|(_, value)| value)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_its_own_example() {
        let yaml = "sources:\n  新华网: [xinhuanet.com]\ntopics:\n  venezuela:\n    locales: { es-VE: venezuelan }\n    perspectives: { international: us }\n";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        assert_eq!(conventions.source("xinhuanet.com"), "新华网");
        assert_eq!(conventions.source("Other"), "Other");
        assert_eq!(conventions.topics["venezuela"].perspectives["international"], "us");
    }

    #[test]
    fn empty_files_say_nothing() {
        for yaml in ["", "# only a comment\n", "sources: {}\n"] {
            assert_eq!(Conventions::from_yaml(yaml).expect(yaml), Conventions::default());
        }
    }

    #[test]
    fn errors_name_key_and_line() {
        let error = |yaml: &str| Conventions::from_yaml(yaml).expect_err(yaml).to_string();
        let unknown = error("sources: {}\nsauces: {}\n");
        assert!(unknown.contains("`sauces`") && unknown.contains("line 2"), "{unknown}");
        let sources = |n: usize| (0..n).map(|n| format!("  a{n}: [b{n}]\n")).collect::<String>();
        let many = Conventions::from_yaml(&format!("sources:\n{}", sources(50_000))).expect("many sources");
        assert_eq!((many.sources.len(), many.source("b9")), (50_000, "a9"));
        for hostile in ["[".repeat(1 << 20), "{a: ".repeat(1 << 18), "a: &a [*a, *a]\n".repeat(1 << 16)] {
            error(&hostile);
        }
        let tags: String = (0..100_000).map(|n| format!("%TAG !{n}! x\n")).collect();
        let _ = Conventions::from_yaml(&tags);
        for (yaml, said) in [
            ("sources: [A]", "sources: expected a mapping at line 1, found a list"),
            ("sources:\n  A: x", "sources: A: expected a list at line 2, found one value"),
            (
                "topics: { t: { locales: { a: [b] } } }",
                "topics: t: locales: expected one value at line 1, found a list",
            ),
            (
                "topics:\n  t: { local: {} }",
                "topics: t: `local` at line 2 is unknown; keys here are locales and perspectives",
            ),
            ("sources: { A: [x], B: [x] }", "sources: `x` is another name of both `A` and `B` at line 1"),
            ("sources:\n  A: [Café]\n  B: [CAFÉ]", "sources: `CAFÉ` is another name of both `A` and `B` at line 3"),
            ("sources:\n  A: [x]\n  A: [y]", "`A` is repeated at line 3; put everything under one"),
            ("sources:\n  Post: [x]\n  POST: [y]", "sources: `POST` is repeated at line 3; put everything under one"),
            ("topics:\n  t: {}\n  T: {}", "topics: `T` is repeated at line 3; put everything under one"),
            ("topics:\n  t:\n    locales: { a: b, a: c }", "`a` is repeated at line 3; put everything under one"),
        ] {
            assert_eq!(error(yaml), said);
        }
        for yaml in ["sources:\n  A: [B]\n  B: [C]", "sources:\n  A: [b]\n  B: [A]", "sources:\n  A: [B]\n  B: []"] {
            let chain = error(yaml);
            assert!(chain.contains("another name of `A` at line 2, has other names itself"), "{chain}");
        }
    }

    #[test]
    fn names_count_in_any_case_and_form() {
        let yaml = "sources:\n  Harbour Daily: [Café Post]\ntopics:\n  Us-China: { locales: { es-ve: A }, perspectives: { CAFE: a } }";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        for name in ["HARBOUR DAILY", "harbour  daily", "Cafe\u{301} post", "CAFÉ POST"] {
            assert_eq!(conventions.source(name), "Harbour Daily", "{name}");
        }
        let topic = conventions.topic("us-china").expect("the topic");
        assert_eq!((topic.of_locale("es_VE"), topic.of_locale("es-MX")), (Some("A"), None));
        assert_eq!((topic.of_perspective("Café"), topic.of_perspective("b")), (Some("a"), None));
    }

    #[test]
    fn what_has_no_effect_is_known_with_its_line() {
        let yaml = "sources:\n  A: [a, x, X]\n  B:\n    - y\ntopics:\n  t: {}\n  u: {}\n";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        let lines = |notes: &[Note]| notes.iter().map(|note| note.line).collect::<Vec<_>>();
        assert_eq!(lines(conventions.notes()), [2, 2]);
        let used = conventions.used("T", ["y"].into_iter()).into_iter().collect();
        let unused = conventions.unused(&used);
        assert_eq!(lines(&unused), [2, 7], "{unused:?}");
        assert_eq!(unused[1].message, "topics: no digest has the topic `u`");
    }
}
