//! What a digest is, once its text is parsed.

use chrono::NaiveDate;

use super::subject::Subject;
use super::warning::Warning;
use crate::model::Attribution;

/// One day's digest of one topic.
#[derive(Debug, Clone, PartialEq)]
pub struct Digest {
    /// The topic's id, as the front matter has it.
    pub topic: String,
    /// The topic's name for people; the id where the front matter has none.
    pub topic_name: String,
    /// The day of the digest, as written.
    pub date: NaiveDate,
    /// Whether the front matter says `draft: true`.
    pub draft: bool,
    /// The perspectives of the topic, in front-matter order.
    pub perspectives: Vec<Perspective>,
    /// Overall highlights, summaries and key differences, in file order.
    pub highlights: Vec<String>,
    /// The points of the perspectives, in file order.
    pub bullets: Vec<Bullet>,
    /// The article titles of the source list, in file order. One without a text only keeps its place.
    pub titles: Vec<Title>,
}

/// One perspective of a topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Perspective {
    /// The id, as in `--perspective japan`.
    pub id: String,
    /// The name for people, as in `Japan`.
    pub name: String,
    /// How many source lines the front matter says this perspective has.
    pub count: Option<usize>,
}

/// A point of one perspective; a paragraph under an early perspective heading is one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bullet {
    /// Index into [`Digest::perspectives`].
    pub perspective: usize,
    /// The text, without Markdown marks.
    pub text: String,
}

/// An article's title in the digest's source list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Title {
    /// The title as its publisher wrote it, a line break included.
    pub text: String,
    /// The link, where the line has one.
    pub url: Option<String>,
    /// The source as the line names it.
    pub source: Option<String>,
    /// The feed's locale, such as `es-VE`.
    pub locale: Option<String>,
    /// The day the article was published.
    pub published: Option<NaiveDate>,
    /// Its line in the file, from 1.
    pub line: usize,
    /// The perspective the article was collected for (index into [`Digest::perspectives`]) and how that is known.
    pub perspective: Option<(usize, Attribution)>,
}

/// What became of a file's text.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The digest, or why there is none.
    pub outcome: Outcome,
    /// What was odd, in file order, each with what it is about.
    pub warnings: Vec<(Subject, Warning)>,
}

/// A digest, or why there is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Outcome {
    /// A digest.
    Digest(Box<Digest>),
    /// Some other Markdown: no `topic` and no `date`. Not worth an alarm.
    NotADigest,
    /// Meant as a digest, but of no use as it stands.
    Unusable(Warning),
}
