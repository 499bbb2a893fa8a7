//! Indexed documents.

use chrono::NaiveDate;

use super::{Attribution, CustomValue, EntryId, Kind};

/// An entry with all its indexed and stored fields.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// Id of the entry.
    pub id: EntryId,
    /// Rank of the id within its digest, from 0.
    pub place: u64,
    /// Kind of the entry.
    pub kind: Kind,
    /// Name of the topic; its id is part of [`Document::id`].
    pub topic_name: String,
    /// Id and name of the perspective; none for highlights and for titles of unknown perspective.
    pub perspective: Option<(String, String)>,
    /// Evidence for the perspective of a title.
    pub attribution: Option<Attribution>,
    /// Canonical name of the source, and its name in the digest.
    pub source: Option<(String, String)>,
    /// Language code; `None` if unknown.
    pub lang: Option<String>,
    /// Locale of a title.
    pub locale: Option<String>,
    /// Day of publication of a title, or the day of the digest.
    pub date: NaiveDate,
    /// True if the title has a day of publication.
    pub is_dated: bool,
    /// Text for display.
    pub text: String,
    /// Text about the article of a title, searched with it.
    pub description: Option<String>,
    /// Path of the headings above the entry.
    pub section: Option<String>,
    /// Folded forms of the section: its path, and each path that it is at or below, with a slash.
    pub section_keys: Vec<String>,
    /// Link of a title.
    pub url: Option<String>,
    /// Key shared by all copies of an article.
    pub copy: u64,
    /// Key shared by all entries of equal content, at any position. Distinguishes new entries from moved ones.
    pub content: u64,
    /// Number of indexed words.
    pub words: u64,
    /// Number of words above the limit, which are not indexed.
    pub words_not_indexed: u64,
    /// Folded words in order, separated by spaces.
    pub exact: String,
    /// Stems of the words, separated by spaces.
    pub stem: String,
    /// Folded names of the source.
    pub source_keys: Vec<String>,
    /// Folded words of each name.
    pub source_words: Vec<String>,
    /// Values of custom fields, in the order of the fields; the values of a field are distinct, in the order of the digest.
    pub fields: Vec<CustomValue>,
}

impl Document {
    /// The largest number of keys of a section.
    pub const SECTION_KEYS: usize = 8;
}
