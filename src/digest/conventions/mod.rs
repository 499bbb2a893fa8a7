//! Settings of a corpus in `digest-search.yaml`: names and attributes of sources, locales and perspectives of topics, custom
//! fields, rules for files whose parts are elsewhere than usual.
//!
//! ```yaml
//! sources:                      # name of a source, and its other names
//!   新华网: [xinhuanet.com]
//!   Edo Bay Times: { aliases: [edobay.example], country: jp }      # with attributes: the field source.country
//! fields: [tags]                # keys of front matter as fields
//! topics:
//!   venezuela:
//!     locales: { es-VE: venezuelan, en-US: us }     # perspective of each locale
//!     perspectives: { international: us }            # merges two perspectives
//! layouts:                      # places of parts that are elsewhere than usual
//!   - files: [_posts/**]
//!     perspective: { label: '.+' }
//! skip: { files: [drafts], sections: [Sponsors] }
//! ```

mod error;
mod fields;
mod form;
mod reading;
mod rules;

use std::collections::{BTreeMap, BTreeSet};

use crate::digest::Digest;
use crate::digest::rules::{FileRules, Part, Rules};
use crate::model::{CustomField, CustomFields, CustomValue};
use crate::text::{fold, name_key};
use fields::CustomSettings;

pub use error::ConventionsError;

/// Settings of a corpus. Names and ids match in any case, width and Unicode form.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Conventions {
    /// Name of a source → its other names.
    pub sources: BTreeMap<String, Vec<String>>,
    /// Topic id → settings of the topic.
    pub topics: BTreeMap<String, TopicConventions>,
    /// Custom fields.
    custom: CustomSettings,
    /// Rules for parts that are elsewhere than usual.
    rules: Rules,
    /// Key of each name → canonical name of the source.
    canonical_names: BTreeMap<String, String>,
    /// Notes on settings that never have an effect.
    notes: Vec<Note>,
    /// References to the corpus, in file order.
    references: Vec<Reference>,
}

/// Settings of a topic.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct TopicConventions {
    /// Locale → perspective id. Takes precedence over all other evidence.
    pub locales: BTreeMap<String, String>,
    /// Perspective id → id of the perspective that it is merged into.
    pub perspectives: BTreeMap<String, String>,
}

/// A note about a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Line, from 1.
    pub line: usize,
    /// Text of the note.
    pub message: String,
}

/// A reference to something in the corpus: a source, a topic, a key, files, headings, or a part in some place.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reference {
    line: usize,
    target: Target,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Target {
    /// Another name of a source, and its key.
    Source(String, String),
    /// Topic id, and the folded id.
    Topic(String, String),
    /// A source with attributes.
    Attributes(String),
    /// A key of front matter.
    Key(String),
    /// Glob of the files of a layout, by its number, or of skipped files.
    Glob(Option<usize>, String),
    /// Glob of the headings of skipped sections.
    Section(String),
    /// A part in a layout, by its number, and the key of its place.
    Rule(usize, Part, String),
}

impl Conventions {
    /// Returns the canonical name of a source.
    pub fn source<'a>(&'a self, written: &'a str) -> &'a str {
        self.source_of_key(&name_key(written)).unwrap_or(written)
    }

    /// Returns the canonical name for the key of a name; `None` if not configured.
    pub fn source_of_key(&self, key: &str) -> Option<&str> {
        self.canonical_names.get(key).map(String::as_str)
    }

    /// Returns the custom fields of the corpus.
    pub fn fields(&self) -> CustomFields {
        self.custom.fields
    }

    /// Returns the custom fields of several corpora, each name once in any case: those of front matter, then the attributes
    /// of sources; none if they are too many.
    pub fn united_fields(all: &[&Self]) -> Option<CustomFields> {
        fields::united(all.iter().map(|conventions| conventions.fields()))
    }

    /// Replaces the custom fields by those of several corpora, of which they are a part.
    pub fn set_fields(&mut self, fields: CustomFields) {
        self.custom.set_fields(fields);
    }

    /// Reports whether any custom field has its values in front matter.
    pub fn has_keys(&self) -> bool {
        !self.custom.keys.is_empty()
    }

    /// Returns the custom fields that have the values of a key of front matter, in any case.
    pub fn fields_of_key(&self, key: &str) -> impl Iterator<Item = CustomField> {
        let key = fold(key);
        self.custom.keys.iter().filter(move |(other, _)| *other == key).map(|(_, field)| *field)
    }

    /// Returns the attributes of a source by its canonical name.
    pub fn attributes(&self, source: &str) -> &[CustomValue] {
        match self.custom.sources.is_empty() {
            true => &[],
            false => self.custom.sources.get(&name_key(source)).map_or(&[], Vec::as_slice),
        }
    }

    /// Returns a text that differs for any two settings with different entries.
    pub fn fingerprint(&self) -> String {
        // The derived Debug text ignores comments.
        let own = format!("{:?}", (&self.sources, &self.topics));
        let own = if self.custom.fields.is_empty() { own } else { format!("{own}{:?}", self.custom) };
        if self.rules == Rules::default() { own } else { format!("{own}{:?}", self.rules) }
    }

    /// Returns the rules of a file, by its path below the corpus.
    pub fn rules_of(&self, path: &str) -> FileRules<'_> {
        self.rules.of_file(path)
    }

    /// Reports whether a file is skipped, by its path below the corpus.
    pub fn skips(&self, path: &str) -> bool {
        self.rules.skips(path)
    }

    /// Removes the skipped files from a list of paths with something else, and returns the indices of the globs
    /// that files have. Paths of the corpus begin with `prefix`.
    pub fn keep<T>(&self, files: &mut Vec<(String, T)>, prefix: &str) -> BTreeSet<usize> {
        if !self.rules.has_file_globs() {
            return BTreeSet::new();
        }
        let mut used = BTreeSet::new();
        files.retain(|(path, _)| {
            let Some(path) = path.strip_prefix(prefix) else { return true };
            let (glob, is_kept) = self.rules.glob_of(path);
            used.extend(glob);
            is_kept
        });
        used
    }

    /// Returns the settings of a topic.
    pub fn topic(&self, id: &str) -> Option<&TopicConventions> {
        get_folded(&self.topics, id)
    }

    /// Returns notes on settings that never have an effect.
    pub fn notes(&self) -> &[Note] {
        &self.notes
    }

    /// Returns the indices of the references that a digest uses.
    pub fn used(&self, digest: &Digest) -> Vec<usize> {
        if self.references.is_empty() {
            return Vec::new();
        }
        let sources = digest.titles.iter().filter_map(|title| title.source.as_deref());
        let (topic, keys) = (fold(&digest.topic), sources.map(name_key).collect::<Vec<_>>());
        let is_named = |name: &str, key: &String| self.source_of_key(key).is_some_and(|source| source == name);
        let is_used = |reference: &Reference| match &reference.target {
            Target::Source(_, key) => keys.contains(key),
            Target::Topic(_, folded) => *folded == topic,
            Target::Attributes(name) => keys.iter().any(|key| is_named(name, key)),
            Target::Key(key) => self.fields_of_key(key).any(|field| digest.fields.iter().any(|v| v.field == field)),
            Target::Glob(..) | Target::Section(_) | Target::Rule(..) => false,
        };
        let used = (0..).zip(&self.references).filter(|(_, reference)| is_used(reference)).map(|(at, _)| at);
        used.chain(digest.rules.iter().copied()).collect()
    }

    /// Returns notes on unused references, given the indices of the used ones.
    pub fn unused(&self, used: &BTreeSet<usize>) -> Vec<Note> {
        let unused = (0..).zip(&self.references).filter(|(at, _)| !used.contains(at));
        // Of a layout without files, only that is noted.
        let has_files = |layout: usize| {
            let globs = (0..)
                .zip(&self.references)
                .filter(|(_, reference)| matches!(reference.target, Target::Glob(Some(of), _) if of == layout));
            globs.into_iter().any(|(at, _)| used.contains(&at))
        };
        let unused =
            unused.filter(|(_, reference)| !matches!(reference.target, Target::Rule(layout, ..) if !has_files(layout)));
        let note = |(_, Reference { line, target }): (usize, &Reference)| {
            let message = match target {
                Target::Key(key) => format!("fields: no digest has a value of `{key}`"),
                Target::Source(name, _) | Target::Attributes(name) => {
                    format!("sources: no title has the source `{name}`")
                }
                Target::Topic(id, _) => format!("topics: no digest has the topic `{id}`"),
                Target::Glob(None, glob) => format!("skip: no file matches `{glob}`"),
                Target::Glob(Some(_), glob) => {
                    format!("layouts: `{glob}` matches no file, or only files of an earlier layout")
                }
                Target::Section(glob) => format!("skip: no heading matches `{glob}`"),
                Target::Rule(_, part, place) => format!("layouts: no digest has a {} at this `{place}`", part.as_str()),
            };
            Note { line: *line, message }
        };
        unused.map(note).collect()
    }
}

impl TopicConventions {
    /// Returns the perspective id of a locale.
    pub fn locale_perspective(&self, locale: &str) -> Option<&str> {
        let form = |locale: &str| locale.to_ascii_lowercase().replace('_', "-");
        let exact = self.locales.get(locale);
        let found = exact.or_else(|| {
            let locale = form(locale);
            self.locales.iter().find(|(other, _)| form(other) == locale).map(|(_, id)| id)
        });
        found.map(String::as_str)
    }

    /// Returns the id of the perspective that a perspective is merged into.
    pub fn merged_perspective(&self, id: &str) -> Option<&str> {
        get_folded(&self.perspectives, id).map(String::as_str)
    }
}

/// Looks up an id in any case and Unicode form.
fn get_folded<'a, T>(values: &'a BTreeMap<String, T>, id: &str) -> Option<&'a T> {
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
    use crate::digest::{Outcome, parse};

    #[test]
    fn the_documented_example_is_read() {
        let yaml = "sources:\n  新华网: [xinhuanet.com]\ntopics:\n  venezuela:\n    locales: { es-VE: venezuelan }\n    perspectives: { international: us }\n";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        assert_eq!(conventions.source("xinhuanet.com"), "新华网");
        assert_eq!(conventions.source("Other"), "Other");
        assert_eq!(conventions.topics["venezuela"].perspectives["international"], "us");
    }

    #[test]
    fn empty_files_are_defaults() {
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
        for (yaml, message) in [
            ("sources: [A]", "sources: expected a mapping at line 1, found a list"),
            ("sources:\n  A: x", "sources: A: expected a list at line 2, found one value"),
            (
                "topics: { t: { locales: { a: [b] } } }",
                "topics: t: locales: expected one value at line 1, found a list",
            ),
            (
                "topics:\n  t: { local: {} }",
                "topics: t: unknown key `local` at line 2; expected locales or perspectives",
            ),
            ("sources: { A: [x], B: [x] }", "sources: `x` at line 1 is a name of both `A` and `B`"),
            ("sources:\n  A: [Café]\n  B: [CAFÉ]", "sources: `CAFÉ` at line 3 is a name of both `A` and `B`"),
            ("sources:\n  A: [x]\n  A: [y]", "repeated key `A` at line 3; merge both"),
            ("sources:\n  Post: [x]\n  POST: [y]", "sources: repeated key `POST` at line 3; merge both"),
            ("topics:\n  t: {}\n  T: {}", "topics: repeated key `T` at line 3; merge both"),
            ("topics:\n  t:\n    locales: { a: b, a: c }", "repeated key `a` at line 3; merge both"),
        ] {
            assert_eq!(error(yaml), message);
        }
        for yaml in ["sources:\n  A: [B]\n  B: [C]", "sources:\n  A: [b]\n  B: [A]", "sources:\n  A: [B]\n  B: []"] {
            let chain = error(yaml);
            assert!(chain.contains("a name of `A` at line 2, is also a source"), "{chain}");
        }
    }

    #[test]
    fn names_match_in_any_case_and_form() {
        let yaml = "sources:\n  Harbour Daily: [Café Post]\ntopics:\n  Us-China: { locales: { es-ve: A }, perspectives: { CAFE: a } }";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        for name in ["HARBOUR DAILY", "harbour  daily", "Cafe\u{301} post", "CAFÉ POST"] {
            assert_eq!(conventions.source(name), "Harbour Daily", "{name}");
        }
        let topic = conventions.topic("us-china").expect("the topic");
        assert_eq!((topic.locale_perspective("es_VE"), topic.locale_perspective("es-MX")), (Some("A"), None));
        assert_eq!((topic.merged_perspective("Café"), topic.merged_perspective("b")), (Some("a"), None));
    }

    #[test]
    fn settings_without_effect_are_noted_with_their_line() {
        let yaml = "sources:\n  A: [a, x, X]\n  B:\n    - y\n  C: { lean: left }\n  D: { aliases: [d.example], lean: left }\ntopics:\n  t: {}\n  \
                    u: {}\nfields:\n  [tags, country]\n";
        let text = "---\ntopic: T\ndate: 2026-01-07\ntags: a\ncountry: ~\n---\n## Sources\n\n\
                    1. [A title](https://example.com/1) - y\n2. [Another](https://example.com/2) - D\n";
        let conventions = Conventions::from_yaml(yaml).expect("valid");
        let lines = |notes: &[Note]| notes.iter().map(|note| note.line).collect::<Vec<_>>();
        assert_eq!(lines(conventions.notes()), [2, 2]);
        let Outcome::Digest(digest) = parse(text, &conventions).outcome else { panic!("a digest") };
        let used = conventions.used(&digest).into_iter().collect();
        let unused: Vec<String> =
            conventions.unused(&used).into_iter().map(|Note { line, message }| format!("{line} {message}")).collect();
        let expect = [
            "2 sources: no title has the source `x`",
            "5 sources: no title has the source `C`",
            "6 sources: no title has the source `d.example`",
            "9 topics: no digest has the topic `u`",
            "11 fields: no digest has a value of `country`",
        ];
        assert_eq!(unused, expect);
    }
}
