//! Stories: titles of one event, whoever has them, and which perspective has none.
//!
//! A topic is grouped as a whole, each of its languages apart, whatever is asked for ([`titles`], [`cluster`]); then the
//! stories are chosen that have a title that matches ([`select`]).

mod answer;
mod chance;
mod chosen;
mod cluster;
mod coverage;
mod gaps;
mod linkage;
mod membership;
mod nearest;
mod neighbours;
mod passing;
mod select;
mod similarity;
mod standing;
mod story;
mod titles;
mod weight;

use chrono::NaiveDate;

use crate::query::{Entry, Named, Selection, Spelling, Suggestions};

pub use chance::{Chance, MIN_SOURCES};
pub(super) use chosen::ChosenStories;
pub(super) use membership::stories_of;
pub use neighbours::WINDOW_DAYS;

/// The greatest q-value of a gap, where nothing else is asked for.
pub const GAP_Q: f64 = 0.05;

/// Which stories are sought.
#[derive(Debug, Clone)]
pub struct StoriesRequest {
    /// Which titles one of them must match.
    pub selection: Selection,
    /// The maximum number to return; all without it.
    pub limit: Option<usize>,
    /// The view.
    pub view: StoriesView,
}

/// A view of stories.
#[derive(Debug, Clone, PartialEq)]
pub enum StoriesView {
    /// The stories.
    Stories {
        /// Which of them, by the perspectives that have titles.
        coverage: Coverage,
        /// The minimum number of different titles in a story.
        min: usize,
        /// Which come first.
        order: StoryOrder,
    },
    /// Those that a perspective has no title of, where chance would hardly leave it so.
    Gaps {
        /// The greatest q-value of a gap.
        q: f64,
        /// The perspective that has no title, by id or name; any without it.
        missing: Option<String>,
    },
}

/// Stories by the perspectives of their topic that have titles of them. Titles of unknown perspective count for none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum Coverage {
    /// All stories.
    #[default]
    Any,
    /// One-sided stories: at least one perspective has a title, and at least one that was sampled beside it has none.
    OneSided,
    /// One-sided stories that a perspective, given by id or name, has no title of.
    Missing(String),
}

impl Coverage {
    /// Reports whether all of them are one-sided.
    pub fn is_one_sided(&self) -> bool {
        *self != Self::Any
    }
}

/// Which stories come first. Ties go to the newest, then to the first id. [`Self::default`] is that of all stories.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum StoryOrder {
    /// Those whose matching titles have the highest scores, all added up.
    Relevance,
    /// Those of the most sources; then those of the most titles.
    #[default]
    Size,
    /// Those that the largest share of a perspective's sampled sources has; then as by size. The number of sources alone would
    /// put the perspective with more sources first.
    Share,
    /// Those that began last.
    Newest,
    /// Those that began first.
    Oldest,
}

impl StoryOrder {
    /// All orders.
    pub const ALL: [Self; 5] = [Self::Relevance, Self::Size, Self::Share, Self::Newest, Self::Oldest];

    /// The word for it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Relevance => "relevance",
            Self::Size => "size",
            Self::Share => "share",
            Self::Newest => "newest",
            Self::Oldest => "oldest",
        }
    }
}

/// The stories with a title that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct StoriesResponse {
    /// The total number of stories or gaps, including those not returned.
    pub total: usize,
    /// The number of matching entries.
    pub total_entries: usize,
    /// The stories or gaps.
    pub found: StoriesFound,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
    /// Suggestions for a query without matches.
    pub suggestions: Option<Suggestions>,
}

/// The content of a view of stories.
#[derive(Debug, Clone, PartialEq)]
pub enum StoriesFound {
    /// Stories.
    Stories(StoryList),
    /// Gaps.
    Gaps(GapList),
}

/// The stories that are given.
#[derive(Debug, Clone, PartialEq)]
pub struct StoryList {
    /// Those asked for, in order.
    pub stories: Vec<Story>,
    /// The minimum number of different titles in a story.
    pub min: usize,
    /// The number of matching entries in all of them, including those not returned.
    pub entries: usize,
    /// The number of different matching titles in no story.
    pub titles_in_no_story: usize,
    /// The number of stories that are not given since the perspectives without a title cannot be compared.
    pub not_comparable: usize,
    /// Whether a one-sided story could be shown to be a gap; none where all stories are given.
    pub power: Option<Power>,
}

/// A story: titles of one topic and language that tell of one event.
#[derive(Debug, Clone, PartialEq)]
pub struct Story {
    /// The id of its first title: the same as long as the corpus is.
    pub id: String,
    /// The topic.
    pub topic: Named,
    /// The language of all its titles.
    pub lang: String,
    /// The day on which the first of its titles was published …
    pub first: NaiveDate,
    /// … and the last of them; that one comes back later does not count.
    pub last: NaiveDate,
    /// Whether it may have begun before the digests do.
    pub may_begin_before: bool,
    /// Whether it may have gone on after they end.
    pub may_go_on: bool,
    /// The number of different titles, each article once per source.
    pub total_titles: usize,
    /// Of how many sources.
    pub total_sources: usize,
    /// The titles by perspective; last those of unknown perspective, if any.
    pub perspectives: Vec<StoryPerspective>,
    /// Its titles, by day.
    pub titles: Vec<StoryTitle>,
    /// Which of them says best what it is about: the place of the one most like all of them.
    pub label: usize,
    /// The perspectives of the topic that have no title of it, where at least one has; only those sampled in its digests.
    pub missing: Vec<Missing>,
}

/// A perspective without a title of a story.
#[derive(Debug, Clone, PartialEq)]
pub struct Missing {
    /// The perspective.
    pub perspective: Named,
    /// The p-value and the q-value, where chance would rarely leave it without one; sought for one-sided stories alone.
    pub gap: Option<(f64, f64)>,
    /// The title of it that is most like one of the story, in the digests of the story; none where none is much alike.
    pub nearest: Option<Nearest>,
}

/// A title that may report a story in other words.
#[derive(Debug, Clone, PartialEq)]
pub struct Nearest {
    /// The title.
    pub entry: Entry,
    /// The cosine of its words and those of the most similar title of the story.
    pub likeness: f64,
}

/// Whether any story could be shown to be a gap.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Power {
    /// The greatest q-value of a gap.
    pub q: f64,
    /// Whether a pair of a story and a perspective would be a gap if the perspective had no title of it, all others as they are.
    pub can_show: bool,
    /// The most sources that a perspective has in the digests of a story that can be tested; 0 without one.
    pub most_sources: usize,
    /// The most sources that report such a story.
    pub most_carrying: usize,
}

/// The titles of a perspective in a story.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryPerspective {
    /// The perspective; none for titles of no known one.
    pub perspective: Option<Named>,
    /// The number of different titles.
    pub titles: usize,
    /// The sources that have them, in order.
    pub sources: Vec<String>,
    /// The number of its sources sampled in the digests of the story, in the story's language.
    pub sampled: usize,
}

/// A title of a story, on a perspective.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StoryTitle {
    /// The entry that was published first.
    pub entry: Entry,
    /// The ids of the other entries of the perspective that say the same.
    pub copies: Vec<String>,
    /// Whether it, or a copy, is what was asked for.
    pub matches: bool,
}

/// The stories that a perspective has no title of.
#[derive(Debug, Clone, PartialEq)]
pub struct GapList {
    /// Those asked for, the least probable first.
    pub gaps: Vec<Gap>,
    /// Where there are none, those that come nearest to one.
    pub nearest: Vec<Gap>,
    /// The greatest q-value of a gap.
    pub q: f64,
    /// The number of tested pairs of story and perspective in the topics, whatever matches.
    pub tested: usize,
    /// In how many pairs a perspective has nothing of a story of too few sources to say more.
    pub too_few: usize,
    /// Whether there could be any.
    pub power: Power,
    /// Perspectives of a topic that nothing can be said of in a language, since they have no title in it: topic, perspective, language.
    pub not_comparable: Vec<(String, Named, String)>,
}

/// A story that a perspective has no title of.
#[derive(Debug, Clone, PartialEq)]
pub struct Gap {
    /// The story.
    pub story: Story,
    /// The perspective.
    pub perspective: Named,
    /// The chance that it had.
    pub chance: Chance,
    /// The probability of having no title.
    pub p: f64,
    /// The false discovery rate: the expected proportion of false positives among this one and those before it.
    pub q: f64,
}
