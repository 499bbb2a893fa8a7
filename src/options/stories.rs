//! Options of `stories` and `gaps`.

use super::{Error, Limit, Problem, SelectionOptions, fraction, limit, one_of_described, whole};
use crate::backend::Catalog;
use crate::insight::{Coverage, GAP_Q, StoriesRequest, StoriesView, StoryOrder};

const ORDERS: [(StoryOrder, &str); 5] = [
    (StoryOrder::Relevance, "Most and best matches of TEXT first"),
    (StoryOrder::Size, "Most sources first, then most titles"),
    (StoryOrder::Share, "Largest share of a perspective's sampled sources first"),
    (StoryOrder::Newest, "Latest start first"),
    (StoryOrder::Oldest, "Earliest start first"),
];

/// Options of `stories`.
#[derive(Debug, Clone, Default, clap::Args)]
// `gaps` offers the options that are its own.
#[command(mut_args(|arg| if arg.get_id() == "q" { arg.hide(true) } else { arg }))]
pub struct StoriesOptions {
    /// Show only one-sided stories: at least one perspective has a title of them, and at least one that was sampled in their digests has none
    #[arg(long)]
    pub one_sided: bool,
    /// Sort order [default: relevance with TEXT; without, size, and share of one-sided stories]
    #[arg(long, value_parser = one_of_described(ORDERS, StoryOrder::as_str), ignore_case = true)]
    pub sort: Option<StoryOrder>,
    /// Minimum number of titles in a story [default: 2]
    #[arg(long, value_name = "N", value_parser = whole)]
    pub min: Option<usize>,
    /// Show gaps, as the command `gaps` does
    #[arg(long, hide = true)]
    pub gaps: bool,
    /// Options shared with `gaps`.
    #[command(flatten)]
    pub shared: GapsOptions,
}

/// Options of `gaps`, a view of `stories`.
#[derive(Debug, Clone, clap::Args)]
pub struct GapsOptions {
    /// Number of stories to show, or `all`
    #[arg(short = 'n', long, value_name = "N|all", default_value = "10", value_parser = limit)]
    pub limit: Limit,
    /// Show only stories without a title of this perspective
    #[arg(long, value_name = "PERSPECTIVE")]
    pub missing: Option<String>,
    /// Maximum false discovery rate of the gaps shown: the expected proportion of false positives among them [default: 0.05]
    #[arg(long, value_name = "Q", value_parser = fraction)]
    pub q: Option<f64>,
    /// Filters on titles: a story must have a title that matches.
    #[command(flatten)]
    pub selection: SelectionOptions,
}

impl Default for GapsOptions {
    fn default() -> Self {
        Self { limit: Limit(Some(10)), missing: None, q: None, selection: SelectionOptions::default() }
    }
}

impl From<GapsOptions> for StoriesOptions {
    fn from(shared: GapsOptions) -> Self {
        Self { gaps: true, shared, ..Self::default() }
    }
}

impl StoriesOptions {
    /// The default minimum number of titles in a story.
    pub const MIN: usize = 2;

    /// Returns the request.
    pub fn request(&self, catalog: &Catalog) -> Result<StoriesRequest, Error> {
        let GapsOptions { limit, missing, q, selection } = &self.shared;
        let stories_only = [("sort", self.sort.is_some()), ("min", self.min.is_some()), ("one-sided", self.one_sided)];
        let selection = selection.selection(catalog)?;
        let view = match (self.gaps, stories_only.into_iter().find(|(_, is_set)| *is_set)) {
            (true, Some((option, _))) => return Err(Error::new(option, Problem::NotWithGaps)),
            (true, None) => StoriesView::Gaps { q: q.unwrap_or(GAP_Q), missing: missing.clone() },
            (false, _) if q.is_some() => return Err(Error::new("q", Problem::OnlyWithGaps)),
            (false, _) => {
                let min = self.min.unwrap_or(Self::MIN).max(1);
                let coverage = match missing {
                    Some(perspective) => Coverage::Missing(perspective.clone()),
                    None if self.one_sided => Coverage::OneSided,
                    None => Coverage::Any,
                };
                let default = match selection.is_scored() {
                    true => StoryOrder::Relevance,
                    false if coverage.is_one_sided() => StoryOrder::Share,
                    false => StoryOrder::Size,
                };
                StoriesView::Stories { coverage, min, order: self.sort.unwrap_or(default) }
            }
        };
        Ok(StoriesRequest { selection, limit: limit.0, view })
    }
}
