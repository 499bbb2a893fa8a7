//! What can be chosen of `stories`.

use super::{Error, Limit, Problem, SelectionOptions, limit, one_of_described, part, whole};
use crate::backend::Catalog;
use crate::insight::{StoriesRequest, StoriesView, StoryOrder};

const ORDERS: [(StoryOrder, &str); 3] = [
    (StoryOrder::Size, "Those of the most sources first, then of the most titles"),
    (StoryOrder::Newest, "Those that began last first"),
    (StoryOrder::Oldest, "Those that began first"),
];

/// What can be chosen of `stories`.
#[derive(Debug, Clone, Default, clap::Args)]
// What is of gaps alone is offered by `gaps`.
#[command(mut_args(|arg| if arg.get_id() == "q" { arg.hide(true) } else { arg }))]
pub struct StoriesOptions {
    /// Which stories come first [default: size]
    #[arg(long, value_parser = one_of_described(ORDERS, StoryOrder::as_str), ignore_case = true)]
    pub sort: Option<StoryOrder>,
    /// How many titles a story has at least [default: 2]
    #[arg(long, value_name = "N", value_parser = whole)]
    pub min: Option<usize>,
    /// The same as the command `gaps`
    #[arg(long, hide = true)]
    pub gaps: bool,
    /// What can be chosen of gaps, too.
    #[command(flatten)]
    pub shared: GapsOptions,
}

/// What can be chosen of `gaps`, a view of `stories`.
#[derive(Debug, Clone, clap::Args)]
pub struct GapsOptions {
    /// How many stories to show, or `all`
    #[arg(short = 'n', long, value_name = "N|all", default_value = "10", value_parser = limit)]
    pub limit: Limit,
    /// Show gaps with a false discovery rate up to this: the expected proportion of false positives down to one [default: 0.05]
    #[arg(long, value_name = "Q", value_parser = part)]
    pub q: Option<f64>,
    /// Which titles a story must have one of.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl Default for GapsOptions {
    fn default() -> Self {
        Self { limit: Limit(Some(10)), q: None, selection: SelectionOptions::default() }
    }
}

impl From<GapsOptions> for StoriesOptions {
    fn from(shared: GapsOptions) -> Self {
        Self { gaps: true, shared, ..Self::default() }
    }
}

impl StoriesOptions {
    /// So many titles a story has at least, where nothing else is asked for: one alone is none.
    pub const MIN: usize = 2;

    /// The greatest q-value of gaps, where nothing else is asked for.
    pub const Q: f64 = 0.05;

    /// The request.
    pub fn request(&self, catalog: &Catalog) -> Result<StoriesRequest, Error> {
        let GapsOptions { limit, q, selection } = &self.shared;
        let of_stories = [("sort", self.sort.is_some()), ("min", self.min.is_some())];
        let selection = selection.selection(catalog)?;
        let view = match (self.gaps, of_stories.into_iter().find(|(_, is_there)| *is_there)) {
            (true, Some((option, _))) => return Err(Error::new(option, Problem::NotOfGaps)),
            (true, None) => StoriesView::Gaps { q: q.unwrap_or(Self::Q) },
            (false, _) if q.is_some() => return Err(Error::new("q", Problem::OfGapsOnly)),
            (false, _) => {
                let min = self.min.unwrap_or(Self::MIN).max(1);
                StoriesView::Stories { min, order: self.sort.unwrap_or_default() }
            }
        };
        Ok(StoriesRequest { selection, limit: limit.0, view })
    }
}
