//! What commands answer, before it has a format.

use std::path::PathBuf;

use super::numbers::{counted, grouped, small};
use crate::engine::Catalog;
use crate::ingest::{Difference, Report};
use crate::insight::{
    CompareRequest, CompareResponse, CountRequest, CountResponse, MIN_DIGESTS, MIN_TEXTS, Sampled, SideResponse,
};
use crate::query::{SearchRequest, SearchResponse, Unit};
use crate::schema::Kind;

/// What a command answers.
pub enum Answer {
    /// What an index run did.
    Index(IndexAnswer),
    /// What matches a request.
    Query(Box<QueryAnswer>),
    /// How many units there are of what.
    Count(Box<CountAnswer>),
    /// How sides differ.
    Compare(Box<CompareAnswer>),
    /// A digest or a unit.
    Show(ShowAnswer),
    /// What is indexed.
    Status(Box<StatusAnswer>),
}

/// What an index run did.
pub struct IndexAnswer {
    /// What it did.
    pub report: Report,
    /// Where the index is.
    pub index: PathBuf,
    /// Whether it only said what it would do.
    pub dry_run: bool,
}

/// What matches a request.
pub struct QueryAnswer {
    /// What was asked.
    pub request: SearchRequest,
    /// What was found.
    pub response: SearchResponse,
    /// What else there is to know.
    pub warnings: Vec<String>,
}

/// How many units there are of what.
pub struct CountAnswer {
    /// What was asked.
    pub request: CountRequest,
    /// How many there are.
    pub response: CountResponse,
}

impl CountAnswer {
    /// What is not among the rows.
    pub fn left_out(&self) -> Option<String> {
        let left_out = &self.response.left_out;
        let values = left_out.values.iter().map(|(by, n)| format!("{} of {}", counted(*n, "value"), by.as_str()));
        let values = values.collect::<Vec<_>>().join(" and ");
        (!values.is_empty()).then(|| format!("{values} left out, with {}", counted(left_out.units, "unit")))
    }

    /// What must be known to read the counts rightly.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = Vec::new();
        if self.request.share {
            let kinds = &self.request.selection.filters.kinds;
            let of = match &kinds[..] {
                [] => "units".to_owned(),
                kinds => kinds.iter().map(|kind| format!("{kind}s")).collect::<Vec<_>>().join(" and "),
            };
            caveats.push(format!(
                "shares are of the different {of} that the digests took in there: a sample, from which no volume can be told"
            ));
            if self.response.sampled.as_ref().is_some_and(Sampled::is_mixed) {
                caveats
                    .push("units of several kinds are not samples of the same: shares are of one kind only".to_owned());
            }
        }
        if let Some((sampled, lang)) = self.response.sampled.as_ref().and_then(|s| Some((s, s.only_lang()?))) {
            let others: usize =
                sampled.langs.iter().filter(|(code, _)| code.as_deref() != Some(lang)).map(|l| l.1.1).sum();
            caveats.push(format!(
                "the words were found in one language only, {lang}; {} of the {} sampled are in others, which can't be \
                 compared by them",
                grouped(others),
                grouped(sampled.units)
            ));
        }
        if self.request.by.iter().any(|by| by.is_time()) {
            let day = if self.request.share { "their digest" } else { "publication" };
            caveats.push(format!("days are those of {day}; where there was no digest, there is no count"));
        }
        caveats
    }
}

/// How sides differ.
pub struct CompareAnswer {
    /// What was asked.
    pub request: CompareRequest,
    /// How they differ.
    pub response: CompareResponse,
}

impl CompareAnswer {
    /// What must be known to read it rightly.
    pub fn caveats(&self) -> Vec<String> {
        let CompareResponse { kind, sides, texts, .. } = &self.response;
        let Some(kind) = kind else { return Vec::new() };
        let mut caveats = vec![format!(
            "of the different {kind}s that the digests took in: a sample, from which no volume can be told"
        )];
        caveats.push("a side is a feed of outlets, which need not speak for a country".to_owned());
        if *kind != Kind::Title {
            caveats.push(format!("{kind}s are written by a model: their words are its own, not those of outlets"));
        }
        if let Some(sampled) = sides.iter().find(|side| side.sampled.only_lang().is_some()).map(|side| &side.sampled) {
            let lang = sampled.only_lang().unwrap_or_default();
            caveats.push(format!("the words were found in one language only, {lang}, and others are in the sample"));
        }
        match texts {
            None if sides.len() > 1 => caveats.push(self.not_comparable(*kind)),
            None => {}
            Some(texts) => {
                caveats.push(format!(
                    "words of {} texts in {}: {} in at least {} of {} digests were looked at",
                    grouped(sides.iter().map(|side| side.texts).sum()),
                    texts.lang,
                    counted(texts.terms, "term"),
                    MIN_DIGESTS,
                    grouped(texts.digests)
                ));
                if !texts.hidden.is_empty() {
                    let hidden = texts.hidden.join(", ");
                    caveats.push(format!("left out as names of the sides, with words made of them: {hidden}"));
                }
                if !texts.enough {
                    caveats.push("too few digests to tell differences from chance".to_owned());
                }
            }
        }
        caveats
    }

    /// How far apart the sides' words are, against chance.
    pub fn distance(&self) -> Option<String> {
        let sides = &self.response.sides;
        let told = |side: &SideResponse| {
            let distance = side.distance?;
            let chance =
                distance.chance.map_or_else(String::new, |(mean, p)| format!(" (by chance {mean:.2}, p {})", small(p)));
            Some(format!("{:.2}{chance}", distance.distance))
        };
        let all: Vec<String> = match &sides[..] {
            [one, _] => told(one).into_iter().collect(),
            _ => sides.iter().filter_map(|side| Some(format!("{} {}", side.name, told(side)?))).collect(),
        };
        (!all.is_empty()).then(|| format!("distance of their words, from 0 to 1: {}", all.join(", ")))
    }

    /// Why words can't be compared.
    fn not_comparable(&self, kind: Kind) -> String {
        let side = |side: &SideResponse| {
            let langs = side.sampled.langs.iter().filter(|(_, (found, _))| *found > 0);
            let langs =
                langs.map(|(lang, (found, _))| format!("{} {}", lang.as_deref().unwrap_or("?"), grouped(*found)));
            let langs: Vec<String> = langs.collect();
            format!("{} ({})", side.name, if langs.is_empty() { "none".to_owned() } else { langs.join(", ") })
        };
        let sides = self.response.sides.iter().map(side).collect::<Vec<_>>().join(" against ");
        let instead = if kind == Kind::Title { "; --kind bullet compares what the digests say of each" } else { "" };
        format!("words are not comparable, for want of {MIN_TEXTS} {kind}s of each in one language: {sides}{instead}")
    }
}

/// What there is of the ids asked for.
pub struct ShowAnswer {
    /// The ids asked for.
    pub ids: Vec<String>,
    /// Those that there are.
    pub shown: Vec<Shown>,
    /// What is to be said of the others.
    pub missing: Vec<String>,
}

/// A digest, or one unit of it.
pub struct Shown {
    /// All units of the digest, in file order.
    pub units: Vec<Unit>,
    /// Which of them was asked for; none for the digest as a whole.
    pub unit: Option<usize>,
}

/// What is indexed, and how far the folder has gone on since.
pub struct StatusAnswer {
    /// Where the index is.
    pub index: PathBuf,
    /// The summary.
    pub catalog: Catalog,
    /// Days between the first and the last digest of a topic that have none, by topic id.
    pub missing: Vec<(String, Vec<chrono::NaiveDate>)>,
    /// How the folder differs from what is indexed, or why that is not known.
    pub difference: Result<Difference, String>,
    /// How long ago the last change was indexed, in seconds.
    pub age: i64,
}
