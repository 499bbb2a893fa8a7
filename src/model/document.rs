//! What is indexed and shown of an entry.

use chrono::NaiveDate;

use super::{Attribution, EntryId, Kind};

/// One entry with all that is indexed and shown of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Document {
    /// The id that people type.
    pub id: EntryId,
    /// Its place among the ids of its digest, from 0.
    pub place: u64,
    /// What it is.
    pub kind: Kind,
    /// The topic's name; its id is in [`Document::id`].
    pub topic_name: String,
    /// Id and name of the perspective; none for highlights and for titles whose perspective is open.
    pub perspective: Option<(String, String)>,
    /// How a title's perspective is known.
    pub attribution: Option<Attribution>,
    /// The source, as it is counted, and as the digest has it.
    pub source: Option<(String, String)>,
    /// The language's code; none where the digest does not say.
    pub lang: Option<String>,
    /// A title's locale.
    pub locale: Option<String>,
    /// A title's day of publication where it has one, else the digest's.
    pub date: NaiveDate,
    /// Whether the title has one.
    pub is_dated: bool,
    /// The text to show.
    pub text: String,
    /// A title's link.
    pub url: Option<String>,
    /// The same for all copies of an article.
    pub copy: u64,
    /// The same for all entries that say the same, wherever they stand: it tells what is new from what only moved.
    pub content: u64,
    /// How many words of the text are indexed.
    pub words: u64,
    /// How many are not, being too many.
    pub words_left_out: u64,
    /// The words, folded, in order, with a space between them.
    pub exact: String,
    /// Their stems, likewise.
    pub stem: String,
    /// Each of its source's names, folded.
    pub source_keys: Vec<String>,
    /// The words of each, like those of the text.
    pub source_words: Vec<String>,
}
