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

use std::collections::BTreeMap;

use serde::Deserialize;

/// The YAML parser takes a time that grows with the size times the depth of brackets.
const MAX_BRACKETS: usize = 10_000;
const MAX_BRACKETS_TIMES_BYTES: u64 = 1 << 31;

/// And one that grows with the square of how many of these lines there are.
const MAX_TAG_DIRECTIVES: usize = 100;

/// The conventions of a corpus.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conventions {
    /// An outlet's name → the other names it goes by.
    #[serde(default)]
    pub sources: BTreeMap<String, Vec<String>>,
    /// By topic id.
    #[serde(default)]
    pub topics: BTreeMap<String, TopicConventions>,
    /// Another name → the outlet's.
    #[serde(skip)]
    outlets: BTreeMap<String, String>,
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
    /// One name is given to two outlets.
    #[error("sources: `{name}` is given as another name of both `{first}` and `{second}`")]
    Ambiguous {
        /// The name given twice.
        name: String,
        /// The outlet that has it first.
        first: String,
        /// The other one.
        second: String,
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
        for (outlet, names) in &conventions.sources {
            for name in names {
                let first = conventions.outlets.insert(name.clone(), outlet.clone());
                if let Some(first) = first.filter(|first| first != outlet) {
                    return Err(ConventionsError::Ambiguous { name: name.clone(), first, second: outlet.clone() });
                }
            }
        }
        Ok(conventions)
    }

    /// The name that an outlet is counted under.
    pub fn source<'a>(&'a self, written: &'a str) -> &'a str {
        self.outlets.get(written).map_or(written, String::as_str)
    }
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
        assert_eq!(error("sources: { A: [x], B: [x] }"), "sources: `x` is given as another name of both `A` and `B`");
    }
}
