//! What a corpus says about itself in `digest-search.yaml`: names of one outlet, and what its digests leave open.
//!
//! ```yaml
//! sources:                      # an outlet's name, and the other names it goes by
//!   新华网: [xinhuanet.com]
//! topics:
//!   venezuela:
//!     locales: { es-VE: venezuelan, en-US: us }     # whose articles a locale's are
//!     perspectives: { international: us }            # two perspectives that are one
//! ```

mod places;

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::text::{fold, name_key};
use places::{Place, places};

/// The YAML parser takes a time that grows with the size times the depth of brackets.
const MAX_BRACKETS: usize = 10_000;
const MAX_BRACKETS_TIMES_BYTES: u64 = 1 << 31;

/// And one that grows with the square of how many of these lines there are.
const MAX_TAG_DIRECTIVES: usize = 100;

/// The conventions of a corpus. Names and ids count in any case, width and Unicode form.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// An outlet's name → the other names it goes by.
    #[serde(default)]
    pub sources: BTreeMap<String, Vec<String>>,
    /// By topic id.
    #[serde(default)]
    pub topics: BTreeMap<String, TopicConventions>,
    /// The key of each name → the name that the outlet is counted under.
    #[serde(skip)]
    outlets: BTreeMap<String, String>,
    /// What has no effect whatever the corpus holds.
    #[serde(skip)]
    notes: Vec<Note>,
    /// What has an effect where a digest has it, in the order of the file.
    #[serde(skip)]
    named: Vec<Named>,
}

/// The conventions of one topic.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TopicConventions {
    /// Locale → id of the perspective whose articles it marks. Wins over all other rules.
    #[serde(default)]
    pub locales: BTreeMap<String, String>,
    /// Perspective id → the id it is to be counted under.
    #[serde(default)]
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
    /// Another name of an outlet, and its key.
    Source(String, String),
    /// A topic's id, and the same folded.
    Topic(String, String),
}

/// A `digest-search.yaml` that can't be used. The text names the key and the line.
#[derive(Debug, thiserror::Error)]
pub enum ConventionsError {
    /// Not YAML, or not of the form above.
    #[error(transparent)]
    Yaml(#[from] serde_yaml::Error),
    /// More brackets than are read.
    #[error(
        "there are too many opening brackets, at most {MAX_BRACKETS} and fewer in a large file; lists can be written with dashes"
    )]
    Brackets,
    /// More directives than are read.
    #[error("`%TAG` stands in it more than {MAX_TAG_DIRECTIVES} times; no such line is needed")]
    TagDirectives,
    /// A key is repeated.
    #[error("{of}`{key}` is repeated at line {line}; put everything under one")]
    Repeated {
        /// The keys above it.
        of: String,
        /// The key.
        key: String,
        /// The line of the second one, from 1.
        line: usize,
    },
    /// One name is given to two outlets.
    #[error("sources: `{name}` is another name of both `{first}` and `{second}` at line {line}")]
    Ambiguous {
        /// The name given twice.
        name: String,
        /// The outlet that has it first.
        first: String,
        /// The other one.
        second: String,
        /// The line of the second one, from 1.
        line: usize,
    },
    /// Another name of one outlet has other names itself.
    #[error(
        "sources: `{name}`, another name of `{outlet}` at line {line}, has other names itself; put all names under one"
    )]
    Chain {
        /// The name.
        name: String,
        /// The outlet that it is given to.
        outlet: String,
        /// The line where it is, from 1.
        line: usize,
    },
}

impl Conventions {
    /// Reads the text of a `digest-search.yaml`. An empty one says nothing.
    pub fn from_yaml(yaml: &str) -> Result<Self, ConventionsError> {
        let brackets = yaml.bytes().filter(|byte| matches!(byte, b'[' | b'{')).count();
        if brackets > MAX_BRACKETS || brackets as u64 * yaml.len() as u64 > MAX_BRACKETS_TIMES_BYTES {
            return Err(ConventionsError::Brackets);
        }
        if yaml.matches("%TAG").count() > MAX_TAG_DIRECTIVES {
            return Err(ConventionsError::TagDirectives);
        }
        let conventions: Option<Self> = serde_yaml::from_str(yaml)?;
        let mut conventions = conventions.unwrap_or_default();
        let places = places(yaml).map_err(|place| repeated(&place))?;
        conventions.outlets(&places)?;
        conventions.topics(&places)?;
        Ok(conventions)
    }

    /// Notes which name stands for which outlet.
    fn outlets(&mut self, places: &[Place]) -> Result<(), ConventionsError> {
        let outlets = places.iter().filter(|place| place.is_key && place.path == ["sources"]);
        let mut own: BTreeMap<String, &str> = BTreeMap::new();
        for place in outlets {
            if own.insert(name_key(&place.text), &place.text).is_some() {
                return Err(repeated(place));
            }
        }
        let names = places.iter().filter_map(|place| match &place.path[..] {
            [sources, outlet] if sources == "sources" && !place.is_key => Some((outlet, place)),
            _ => None,
        });
        for (outlet, Place { text: name, line, .. }) in names {
            let key = name_key(name);
            if key == name_key(outlet) {
                let message = format!(
                    "sources: `{name}` is `{outlet}` in another case or form, which counts as the same without this"
                );
                self.notes.push(Note { line: *line, message });
            } else if own.contains_key(&key) {
                return Err(ConventionsError::Chain { name: name.clone(), outlet: outlet.clone(), line: *line });
            } else if let Some(first) = self.outlets.insert(key.clone(), outlet.clone()) {
                if first != *outlet {
                    let (name, second) = (name.clone(), outlet.clone());
                    return Err(ConventionsError::Ambiguous { name, first, second, line: *line });
                }
                self.notes.push(Note {
                    line: *line,
                    message: format!(
                        "sources: `{name}` is among the names of `{outlet}` already; case and form make no difference"
                    ),
                });
            } else {
                self.named.push(Named { line: *line, what: What::Source(name.clone(), key) });
            }
        }
        self.outlets.extend(own.into_iter().map(|(key, name)| (key, name.to_owned())));
        Ok(())
    }

    /// Notes which topics are named.
    fn topics(&mut self, places: &[Place]) -> Result<(), ConventionsError> {
        for place in places.iter().filter(|place| place.is_key && place.path == ["topics"]) {
            let folded = fold(&place.text);
            let is_same = |named: &Named| matches!(&named.what, What::Topic(_, other) if *other == folded);
            if self.named.iter().any(is_same) {
                return Err(repeated(place));
            }
            self.named.push(Named { line: place.line, what: What::Topic(place.text.clone(), folded) });
        }
        Ok(())
    }

    /// Returns the name that an outlet is counted under.
    pub fn source<'a>(&'a self, written: &'a str) -> &'a str {
        self.source_of_key(&name_key(written)).unwrap_or(written)
    }

    /// Returns the same for a name's key, if anything is said of it.
    pub fn source_of_key(&self, key: &str) -> Option<&str> {
        self.outlets.get(key).map(String::as_str)
    }

    /// Returns what is said of a topic.
    pub fn topic(&self, id: &str) -> Option<&TopicConventions> {
        of_id(&self.topics, id)
    }

    /// Returns what has no effect, whatever the corpus holds.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns the places of what a digest of a topic and with titles of some outlets has of what is named here.
    pub fn used<'a>(&self, topic: &str, outlets: impl Iterator<Item = &'a str>) -> Vec<usize> {
        if self.named.is_empty() {
            return Vec::new();
        }
        let (topic, keys) = (fold(topic), outlets.map(name_key).collect::<Vec<_>>());
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

fn repeated(place: &Place) -> ConventionsError {
    let of = place.path.iter().map(|key| format!("{key}: ")).collect();
    ConventionsError::Repeated { of, key: place.text.clone(), line: place.line }
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
        let outlets =
            |n: usize| format!("sources:\n{}", (0..n).map(|n| format!("  a{n}: [b{n}]\n")).collect::<String>());
        let many = Conventions::from_yaml(&outlets(MAX_BRACKETS)).expect("many outlets");
        assert_eq!((many.sources.len(), many.source("b9")), (MAX_BRACKETS, "a9"));
        let wide = "[".repeat(MAX_BRACKETS) + &"a,".repeat(150_000);
        for deep in [outlets(MAX_BRACKETS + 1), "{".repeat(MAX_BRACKETS + 1), "[']',".repeat(MAX_BRACKETS + 1), wide] {
            assert!(error(&deep).contains("too many opening brackets, at most 10000"), "{deep:.9}");
        }
        // So many brackets in so many bytes are as much as there may be.
        let padded = |bytes: usize| outlets(1 << 13) + "#" + &" ".repeat(bytes - outlets(1 << 13).len() - 1);
        Conventions::from_yaml(&padded(1 << 18)).expect("as long as it may be");
        assert!(error(&padded((1 << 18) + 1)).contains("too many opening brackets"));
        let tags = |n: usize| (0..n).map(|n| format!("%TAG !{n}! x\n")).collect::<String>() + "---\nsources: {}\n";
        Conventions::from_yaml(&tags(MAX_TAG_DIRECTIVES)).expect("no more than are read");
        assert!(error(&tags(MAX_TAG_DIRECTIVES + 1)).contains("`%TAG` stands in it more than 100 times"));
        for (yaml, said) in [
            ("sources: { A: [x], B: [x] }", "sources: `x` is another name of both `A` and `B` at line 1"),
            ("sources:\n  A: [Café]\n  B: [CAFÉ]", "sources: `CAFÉ` is another name of both `A` and `B` at line 3"),
            ("sources:\n  A: [x]\n  A: [y]", "sources: `A` is repeated at line 3; put everything under one"),
            ("sources:\n  Post: [x]\n  POST: [y]", "sources: `POST` is repeated at line 3; put everything under one"),
            ("topics:\n  t: {}\n  T: {}", "topics: `T` is repeated at line 3; put everything under one"),
            (
                "topics:\n  t:\n    locales: { a: b, a: c }",
                "topics: t: locales: `a` is repeated at line 3; put everything under one",
            ),
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
