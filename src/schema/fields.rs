//! The fields of a document, once. The engine's schema derives from this list.

use std::fmt;
use std::str::FromStr;

/// Goes up whenever an index made before could not answer as one made now: fields, terms, what is in them, or the
/// list of what is indexed.
pub const VERSION: u32 = 9;

/// A field and what it is for.
#[derive(Debug, Clone, Copy)]
pub struct FieldSpec {
    /// The name, as in the index.
    pub name: &'static str,
    /// How it is indexed.
    pub index: Index,
}

/// How a field is indexed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Index {
    /// Whole values to look up, several a document.
    Key,
    /// One value to count by and to look up.
    Facet,
    /// The same, and kept beside the text: to show a few hits, that is found faster than a column is opened.
    Name,
    /// An unsigned number a document, to compare and sort by.
    Number,
    /// Terms with their positions, for phrases.
    Positions,
    /// Not indexed; kept to be shown.
    Stored,
}

/// All fields. Days are counted from 1 January of the year 1.
pub const FIELDS: [FieldSpec; 20] = {
    const fn field(name: &'static str, index: Index) -> FieldSpec {
        FieldSpec { name, index }
    }
    [
        // The digest it is in, to delete and to show it by.
        field("digest", Index::Key),
        field("kind", Index::Facet),
        field("topic", Index::Facet),
        field("perspective", Index::Name),
        field("source", Index::Name),
        field("lang", Index::Name),
        // An outlet's names as people type them: folded. Topics and perspectives are few; a catalog has their names.
        field("source_key", Index::Key),
        // A title's own day, the digest's for all else.
        field("date", Index::Number),
        field("digest_date", Index::Number),
        // The place of a unit's id among those of its digest.
        field("place", Index::Number),
        // The same for all copies of an article.
        field("copy", Index::Number),
        // The same for all units that say the same, wherever they stand.
        field("content", Index::Number),
        field("exact", Index::Positions),
        field("stem", Index::Positions),
        // The words of an outlet's names.
        field("source_words", Index::Positions),
        // The id that people type: topic, digest's day and kind are in it.
        field("id", Index::Stored),
        field("text", Index::Stored),
        field("url", Index::Stored),
        field("locale", Index::Stored),
        field("attribution", Index::Stored),
    ]
};

/// What a unit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// About the topic as a whole.
    Highlight,
    /// A point of one perspective.
    Bullet,
    /// An article's title.
    Title,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 3] = [Self::Highlight, Self::Bullet, Self::Title];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Highlight => "highlight",
            Self::Bullet => "bullet",
            Self::Title => "title",
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl FromStr for Kind {
    type Err = ();

    fn from_str(s: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == s).ok_or(())
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write;
    use std::fs;

    use xxhash_rust::xxh3::xxh3_64;

    use super::*;
    use crate::digest::{Conventions, Outcome, parse};
    use crate::schema::{Document, documents};

    /// Hash of the parser's and analyzer's output over the sample corpus, for the [`VERSION`] beside it.
    const OUTPUT: (u32, u64) = (9, 10_669_051_217_496_165_337);

    /// Everything of a document that is indexed.
    fn write(out: &mut String, unit: Document) {
        let Document { id, place, kind, topic_name, perspective, attribution, source, lang, locale, date, .. } = &unit;
        let Document { text, url, copy, content, words, exact, stem, source_keys, source_words, .. } = &unit;
        writeln!(
            out,
            "{id} {place} {kind} {topic_name} {perspective:?} {attribution:?} {source:?} {lang:?} {locale:?}"
        )
        .expect("a string takes it");
        writeln!(out, "{date} {text} {url:?} {copy} {content} {words} {exact} {stem} {source_keys:?} {source_words:?}")
            .expect("a string takes it");
    }

    #[test]
    fn no_index_keeps_an_old_reading() {
        let corpus = concat!(env!("CARGO_MANIFEST_DIR"), "/corpus");
        let yaml = fs::read_to_string(format!("{corpus}/digest-search.yaml")).expect("the sample's settings");
        let conventions = Conventions::from_yaml(&yaml).expect("valid");
        let files = walkdir::WalkDir::new(corpus).sort_by_file_name().into_iter().map(|file| file.expect("readable"));
        let mut out = String::new();
        for file in files.filter(|file| file.path().extension().is_some_and(|extension| extension == "md")) {
            let bytes = fs::read(file.path()).expect("readable");
            let parsed = parse(&String::from_utf8_lossy(&bytes), &conventions);
            for (subject, warning) in parsed.warnings {
                writeln!(out, "{} {:?} {}", subject.as_str(), warning.line, warning.message)
                    .expect("a string takes it");
            }
            if let Outcome::Digest(digest) = parsed.outcome {
                documents(*digest, &conventions).into_iter().for_each(|unit| write(&mut out, unit));
            }
        }
        let output = (VERSION, xxh3_64(out.as_bytes()));
        assert_eq!(
            output, OUTPUT,
            "the parser or the analyzer gives something else: raise VERSION, then commit both here (where only corpus/ \
             has changed, the hash alone)"
        );
    }
}
