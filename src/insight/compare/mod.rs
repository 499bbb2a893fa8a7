//! Comparison of the perspectives of a topic, or of one perspective in two periods: distinctive words and their significance.

mod answer;
mod chance;
mod distance;
mod findings;
mod fold;
mod least;
mod matched;
mod names;
mod once;
mod partition;
mod sources;
mod terms;
mod written;

use chrono::NaiveDate;

use super::count::{Sampled, ShareDifference};
use super::stories::Story;
use crate::model::Kind;
use crate::query::{Entry, Selection, Spelling, Suggestions};
use crate::statistics::LogOddsRatio;

pub use answer::MIN_TEXTS;
pub use distance::Distance;
pub use once::StoryOf;
pub use partition::Split;
pub use sources::MIN_REASSIGNED;
pub use terms::{MAX_WORDS, MIN_DIGESTS};

/// A request for a comparison.
#[derive(Debug, Clone)]
pub struct CompareRequest {
    /// Which entries.
    pub selection: Selection,
    /// The dimension of the groups.
    pub split: Split,
    /// Whether only titles of stories are compared that several groups have titles of, and of which a title matches.
    pub matched: bool,
    /// The range of words in a term; at most [`MAX_WORDS`].
    pub words: (usize, usize),
    /// Whether the groups' own names are terms.
    pub keep_names: bool,
    /// The weight of the prior, in texts; as many as are compared, without it.
    pub prior: Option<f64>,
    /// Terms with a greater q-value are no findings.
    pub q: f64,
    /// So many terms of each group at most.
    pub top: usize,
}

/// The result of a comparison.
#[derive(Debug, Clone, PartialEq)]
pub struct CompareResponse {
    /// The number of matching entries.
    pub total_entries: usize,
    /// Their kind; none where nothing was sampled.
    pub kind: Option<Kind>,
    /// The groups in the order of their ids, or the periods as asked for.
    pub groups: Vec<GroupResponse>,
    /// With words to look for, how much the share of each group differs from that of each other.
    pub differences: Vec<ShareDifference>,
    /// The number of entries that are in several groups; then nothing is tested.
    pub shared: usize,
    /// The sources that are in several groups, if any; between values of a field alone.
    pub shared_sources: Option<SharedSources>,
    /// Groups that are in no digest together, as places among the groups: they differ in their days, too.
    pub apart: Vec<(usize, usize)>,
    /// The compared texts; none if words cannot be compared.
    pub texts: Option<Texts>,
    /// The stories in which titles were compared, if only such titles were.
    pub matched: Option<Matched>,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// Suggestions for a query without matches.
    pub suggestions: Option<Suggestions>,
}

/// Sources that are in several groups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SharedSources {
    /// Their number.
    pub sources: usize,
    /// The number of entries that each group has of them.
    pub entries: Vec<usize>,
}

/// The texts that were compared, of one kind and language.
#[derive(Debug, Clone, PartialEq)]
pub struct Texts {
    /// Their language.
    pub lang: String,
    /// In how many digests they are.
    pub digests: usize,
    /// The number of terms in enough digests to be tested.
    pub terms: usize,
    /// Whether there are enough digests to tell differences from chance.
    pub power: TermPower,
    /// Words that were left out, since they name the groups, with those made of them.
    pub hidden: Vec<String>,
}

/// The statistical power to find significant terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum TermPower {
    /// None was tested.
    Untested,
    /// No term could be, however it is distributed: with few days of digests, the least possible p-value is too large for the
    /// number of terms tested.
    TooFewDays,
    /// A term could be shown, all others as they are.
    Enough,
}

/// Stories that several groups have titles of.
#[derive(Debug, Clone, PartialEq)]
pub struct Matched {
    /// Their number.
    pub total: usize,
    /// The first of them: those that match best, or are the largest.
    pub stories: Vec<Story>,
}

/// One group.
#[derive(Debug, Clone, PartialEq)]
pub struct GroupResponse {
    /// Its id, or the period.
    pub id: String,
    /// Its name for people.
    pub name: String,
    /// The matches, each article once, with the sample and its languages.
    pub sampled: Sampled,
    /// The number of compared texts; between periods, of stories.
    pub texts: usize,
    /// The number of their sources.
    pub total_sources: usize,
    /// The days of the first and the last digest with a match.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// The sources with the most matches, and how many.
    pub sources: Vec<(String, usize)>,
    /// The distance of its vocabulary from that of the others.
    pub distance: Option<Distance>,
    /// The terms that it prefers, those with the highest low end of the odds ratio first.
    pub terms: Vec<Term>,
    /// The number of further terms.
    pub more_terms: usize,
    /// Points of its own that match best.
    pub bullets: Vec<Entry>,
}

/// A term whose sources have a greater probability does not survive another choice of them.
const SURVIVES: f64 = 0.05;

/// The difference between the use of a term in a group and in the others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Effect {
    /// Among all texts.
    Odds {
        /// The odds ratio.
        ratio: LogOddsRatio,
        /// The difference of the log-odds with a prior, in standard deviations.
        z: f64,
    },
    /// Within stories: the share of a story's titles that have it, in the mean of all stories, in the group and in the others.
    InStories([f64; 2]),
}

/// A term that a group prefers.
#[derive(Debug, Clone, PartialEq)]
pub struct Term {
    /// As it is mostly written.
    pub term: String,
    /// The number of words.
    pub words: usize,
    /// The difference of its use.
    pub effect: Effect,
    /// The number of texts of the group with it.
    pub here: usize,
    /// The number of texts of the others with it.
    pub there: usize,
    /// The numbers of compared texts of the group and of the others.
    pub texts: [usize; 2],
    /// The number of sources of the group whose texts have it, and of the others.
    pub sources: [usize; 2],
    /// In how many digests it is.
    pub digests: usize,
    /// The probability that chance makes as much of a difference; none where there is too little to tell.
    pub p: Option<f64>,
    /// The false discovery rate: the expected proportion of false positives among this one and those with a smaller p.
    pub q: Option<f64>,
    /// The source without whose texts it would be no finding.
    pub source: Option<String>,
    /// The probability of as large a difference if each source is assigned to either side at random; none where a side has fewer
    /// than six.
    pub p_sources: Option<f64>,
    /// A text of the group that has it, the newest.
    pub example: Entry,
}

impl Term {
    /// The probability of as much of a difference with sources reassigned to the sides, where it is too great.
    pub fn fails_reassigned(&self) -> Option<f64> {
        self.p_sources.filter(|p| *p > SURVIVES)
    }
}
