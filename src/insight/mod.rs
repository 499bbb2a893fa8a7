//! Questions that need more than one search: how many entries there are of what, and which share of what was sampled.

mod compare;
mod count;
mod error;
mod stories;
mod trend;

pub use crate::statistics::{Difference, Interval, LogOddsRatio, Share};
pub use compare::{
    CompareRequest, CompareResponse, Distance, Effect, GroupResponse, MAX_WORDS, MIN_DIGESTS, MIN_REASSIGNED,
    MIN_TEXTS, Matched, SharedSources, Split, Term, TermPower, Texts,
};
pub use count::{By, CountRequest, CountResponse, LeftOut, Named, Row, Sampled, ShareDifference};
pub use error::Error;
pub use stories::{
    Chance, Coverage, GAP_Q, Gap, GapList, MIN_SOURCES, Missing, Nearest, Power, StoriesFound, StoriesRequest,
    StoriesResponse, StoriesView, Story, StoryList, StoryOrder, StoryPerspective, StoryTitle, WINDOW_DAYS,
};
pub use trend::{Bursting, Series, TrendRequest, TrendResponse, Words};
