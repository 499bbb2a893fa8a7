//! Result of parsing a digest.

use chrono::NaiveDate;

use super::line_use::{LineUse, Places};
use super::subject::Subject;
use super::warning::Warning;
use crate::model::{Attribution, CustomValue, DigestId};

/// One day's digest of one topic.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Digest {
    /// Id of the corpus, which whoever reads several corpora sets; else empty.
    pub corpus: String,
    /// Topic id.
    pub topic: String,
    /// Display name of the topic; the id where the front matter has none.
    pub topic_name: String,
    /// Day of the digest.
    pub date: NaiveDate,
    /// Rest of the path, which distinguishes several digests of a topic and day; empty in the site's own layout.
    pub variant: String,
    /// Language of the digest, where its layout does not imply it.
    pub lang: Option<String>,
    /// Layout of the file.
    pub layout: Layout,
    /// True if the front matter has `draft: true`.
    pub draft: bool,
    /// Perspectives of the topic, in front-matter order.
    pub perspectives: Vec<Perspective>,
    /// Overall highlights, summaries and key differences, in file order.
    pub highlights: Vec<Highlight>,
    /// Bullets, in file order.
    pub bullets: Vec<Bullet>,
    /// Titles of the source list, in file order. One without a text only marks its position.
    pub titles: Vec<Title>,
    /// Values of custom fields, in the order of the fields.
    pub fields: Vec<CustomValue>,
    /// Line and text of each link that is part of no title.
    pub loose_links: Vec<(usize, String)>,
    /// Number of paragraphs not indexed because they recur in many files.
    pub repeated: usize,
    /// Numbers of the rules in the settings that matched.
    pub rules: Vec<usize>,
    /// Places where date, topic and language were found.
    pub places: Places,
}

impl Digest {
    /// Returns its id.
    pub fn id(&self) -> DigestId {
        DigestId {
            corpus: self.corpus.clone(),
            topic: self.topic.clone(),
            date: self.date,
            variant: self.variant.clone(),
        }
    }
}

/// Links of a digest that are part of no title, summed up: their number, and the first of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct LooseLinks {
    /// Number of links.
    pub count: usize,
    /// Line and text of the first links.
    pub examples: Vec<(usize, String)>,
}

impl LooseLinks {
    /// Number of examples.
    pub const EXAMPLES: usize = 3;

    /// Maximum number of characters of an example.
    const MAX_CHARS: usize = 60;

    /// Sums up links, each with its line and text.
    pub fn of(links: &[(usize, String)]) -> Self {
        let short = |(line, text): &(usize, String)| (*line, text.chars().take(Self::MAX_CHARS).collect());
        Self { count: links.len(), examples: links.iter().take(Self::EXAMPLES).map(short).collect() }
    }
}

/// Layout of a digest.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Layout {
    /// The site's own layout.
    #[default]
    Own,
    /// Any other.
    General,
}

/// Overall highlight of a digest.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Highlight {
    /// Plain text, without Markdown syntax.
    pub text: String,
    /// Path of the headings above it, where the layout has sections.
    pub section: Option<String>,
}

/// Perspective of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perspective {
    /// Id, as in `--perspective japan`.
    pub id: String,
    /// Display name, as in `Japan`.
    pub name: String,
    /// Number of source lines of the perspective, according to the front matter.
    pub count: Option<usize>,
}

/// Bullet of a perspective or of a section, or a paragraph below its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet {
    /// Index into [`Digest::perspectives`]; none outside of them, as only the general layout has.
    pub perspective: Option<usize>,
    /// Plain text, without Markdown syntax.
    pub text: String,
    /// Path of the headings above it, where the layout has sections.
    pub section: Option<String>,
}

/// Title of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Title {
    /// Text as published, including line breaks.
    pub text: String,
    /// Link, where the line has one.
    pub url: Option<String>,
    /// Name of the source in the line.
    pub source: Option<String>,
    /// Locale of the feed, such as `es-VE`.
    pub locale: Option<String>,
    /// Day of publication.
    pub published: Option<NaiveDate>,
    /// Line in the file, from 1.
    pub line: usize,
    /// Perspective whose feed has the article (index into [`Digest::perspectives`]), and the evidence for it.
    pub perspective: Option<(usize, Attribution)>,
    /// Text about the article, such as a summary below its title.
    pub description: Option<String>,
    /// Path of the headings above it, where the layout has sections.
    pub section: Option<String>,
    /// Kind of the place where its source was found.
    pub source_place: &'static str,
}

/// Result of parsing a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Digest, or the reason why the file has none.
    pub outcome: Outcome,
    /// Warnings in file order, each with its subject.
    pub warnings: Vec<(Subject, Warning)>,
    /// Uses of the lines with text, in file order.
    pub lines: Vec<LineUse>,
}

/// Digest, or the reason why a file has none.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A digest.
    Digest(Box<Digest>),
    /// Another Markdown file, without `topic` and `date`.
    NotADigest,
    /// A broken digest, with the reason.
    Unusable(Warning),
}
