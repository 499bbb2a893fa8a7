//! The filters, the same on every reading command.

use chrono::NaiveDate;
use clap::ValueEnum;
use digest_search::engine::Catalog;
use digest_search::query::{DateError, Days, Field, Filters};

use super::completions::values;

/// What a unit must be
#[derive(Debug, clap::Args)]
#[command(next_help_heading = "Filters (repeat for alternatives)")]
pub struct FilterArgs {
    /// Id or name of a topic
    #[arg(long, value_name = "TOPIC", add = values(Field::Topic))]
    topic: Vec<String>,
    /// Id or name of a perspective
    #[arg(long, value_name = "SIDE", add = values(Field::Perspective))]
    perspective: Vec<String>,
    /// Name of an outlet
    #[arg(long, value_name = "OUTLET", add = values(Field::Source))]
    source: Vec<String>,
    /// Kind of unit
    #[arg(long, value_enum, ignore_case = true)]
    kind: Vec<Kind>,
    /// Language, such as `es`
    #[arg(long, value_name = "CODE", add = values(Field::Lang))]
    lang: Vec<String>,
    /// First day: 2026-01-07, 2026-01, 7d (the last seven days), last month …
    #[arg(long, value_name = "DATE")]
    since: Option<String>,
    /// Last day
    #[arg(long, value_name = "DATE")]
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
    /// The day that relative dates count from.
    pub fn as_of(&self, catalog: &Catalog) -> Result<Option<NaiveDate>, DateError> {
        match &self.as_of {
            Some(day) => Ok(Days::parse_one(day, catalog.as_of)?.last),
            None => Ok(catalog.as_of),
        }
    }

    /// The filters, with relative dates counted from the catalog's newest day.
    pub fn filters(&self, catalog: &Catalog) -> Result<Filters, DateError> {
        let as_of = self.as_of(catalog)?;
        let end = |text: &Option<String>| text.as_ref().map(|text| Days::parse_one(text, as_of)).transpose();
        let first = end(&self.since)?.and_then(|days| days.first);
        let last = end(&self.until)?.and_then(|days| days.last);
        if let (Some(first), Some(last)) = (first, last)
            && first > last
        {
            return Err(DateError::Backwards { text: format!("{first}..{last}") });
        }
        let mut days = self.on.iter().map(|text| Days::parse(text, as_of)).collect::<Result<Vec<_>, _>>()?;
        if days.is_empty() && (first.is_some() || last.is_some()) {
            days.push(Days::default());
        }
        for span in &mut days {
            *span = span.within(&Days { first, last });
        }
        let kind = |kind: &Kind| match kind {
            Kind::Highlight => digest_search::schema::Kind::Highlight,
            Kind::Bullet => digest_search::schema::Kind::Bullet,
            Kind::Title => digest_search::schema::Kind::Title,
        };
        Ok(Filters {
            topics: self.topic.clone(),
            perspectives: self.perspective.clone(),
            sources: self.source.clone(),
            kinds: self.kind.iter().map(kind).collect(),
            langs: self.lang.clone(),
            days,
        })
    }
}
