//! The filters, the same on every reading command.

use clap::ValueEnum;
use digest_search::options::FilterOptions;
use digest_search::query::Field;

use super::completions::values;

/// What a unit must be
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters (repeat for alternatives)")]
pub struct FilterArgs {
    /// Id or name of a topic
    #[arg(short, long, value_name = "TOPIC", add = values(Field::Topic))]
    topic: Vec<String>,
    /// Id or name of a perspective
    #[arg(short, long, visible_alias = "side", value_name = "SIDE", add = values(Field::Perspective))]
    perspective: Vec<String>,
    /// Name of an outlet
    #[arg(short, long, visible_alias = "outlet", value_name = "OUTLET", add = values(Field::Source))]
    source: Vec<String>,
    /// Kind of unit
    #[arg(short, long, value_enum, ignore_case = true)]
    kind: Vec<Kind>,
    /// Language, such as `es`
    #[arg(short, long, value_name = "CODE", add = values(Field::Lang))]
    lang: Vec<String>,
    /// First day: 2026-01-07, 2026-01, 'Jan 7 2026', 12/25/2025, 7d (the last seven days), 'last month' …
    #[arg(long, visible_alias = "from", value_name = "DATE")]
    since: Option<String>,
    /// Last day
    #[arg(long, visible_alias = "to", value_name = "DATE")]
    until: Option<String>,
    /// A day, or days such as 2026-01 or 2026-01-05..2026-01-09
    #[arg(long, value_name = "DATE")]
    on: Vec<String>,
    /// Count relative dates from this day instead of the newest digest's
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    /// About a topic as a whole
    Highlight,
    /// A point of one side
    Bullet,
    /// An article's title
    Title,
}

impl FilterArgs {
    /// The filters as they were typed.
    pub fn options(&self) -> FilterOptions {
        let kind = |kind: &Kind| match kind {
            Kind::Highlight => digest_search::model::Kind::Highlight,
            Kind::Bullet => digest_search::model::Kind::Bullet,
            Kind::Title => digest_search::model::Kind::Title,
        };
        FilterOptions {
            topic: self.topic.clone(),
            perspective: self.perspective.clone(),
            source: self.source.clone(),
            kind: self.kind.iter().map(kind).collect(),
            lang: self.lang.clone(),
            since: self.since.clone(),
            until: self.until.clone(),
            on: self.on.clone(),
            as_of: self.as_of.clone(),
        }
    }
}
