//! Result of parsing a digest.

use chrono::NaiveDate;

use super::subject::Subject;
use super::warning::Warning;
use crate::model::{Attribution, CustomValue};

/// One day's digest of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// Topic id in the front matter.
    pub topic: String,
    /// Display name of the topic; the id where the front matter has none.
    pub topic_name: String,
    /// Day of the digest.
    pub date: NaiveDate,
    /// True if the front matter has `draft: true`.
    pub draft: bool,
    /// Perspectives of the topic, in front-matter order.
    pub perspectives: Vec<Perspective>,
    /// Overall highlights, summaries and key differences, in file order.
    pub highlights: Vec<String>,
    /// Bullets of the perspectives, in file order.
    pub bullets: Vec<Bullet>,
    /// Titles of the source list, in file order. One without a text only marks its position.
    pub titles: Vec<Title>,
    /// Values of custom fields, in the order of the fields.
    pub fields: Vec<CustomValue>,
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

/// Bullet of a perspective, or a paragraph below its heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet {
    /// Index into [`Digest::perspectives`].
    pub perspective: usize,
    /// Plain text, without Markdown syntax.
    pub text: String,
}

/// Title of an article in the source list.
#[derive(Debug, Clone, PartialEq, Eq)]
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
}

/// Result of parsing a file.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Digest, or the reason why the file has none.
    pub outcome: Outcome,
    /// Warnings in file order, each with its subject.
    pub warnings: Vec<(Subject, Warning)>,
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
