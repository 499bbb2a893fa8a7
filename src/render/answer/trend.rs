//! How it went over time, and what must be known to read it.

use super::sampled;
use crate::insight::{Series, TrendRequest, TrendResponse, Words};
use crate::render::numbers::{grouped, small};

/// How it went over time.
pub struct TrendAnswer {
    /// What was asked.
    pub request: TrendRequest,
    /// How it went.
    pub response: TrendResponse,
}

impl TrendAnswer {
    /// What must be known to read it rightly.
    pub fn caveats(&self) -> Vec<String> {
        let TrendResponse { kind, perspectives, .. } = &self.response;
        let mut caveats = self.request.selection.notes.clone();
        let Some(kind) = kind else { return caveats };
        caveats.extend(sampled::caveats(*kind, perspectives.iter().map(|perspective| &perspective.all)));
        caveats.push("days are those of digests; where there was none, nothing is known, which is not zero".to_owned());
        if !self.request.selection.is_scored() {
            if perspectives.iter().any(|perspective| perspective.words.as_ref().is_some_and(|words| !words.enough)) {
                caveats.push("too few digests to tell what rises and falls from chance".to_owned());
            }
        } else if perspectives.iter().any(|perspective| perspective.bursts.is_none()) {
            caveats.push("what is most of a sample has no bursts".to_owned());
        }
        caveats
    }

    /// What the words are that rise, or fall.
    pub fn said(&self, how: &str, words: &Words) -> String {
        let since = words.days[0].first.map_or_else(String::new, |day| format!(", since {day}"));
        format!("said {how} in {} than before{since}", self.response.spans[words.last])
    }

    /// When a perspective had much more than usual, a sentence each.
    pub fn bursts<'a>(&'a self, perspective: &'a Series) -> impl Iterator<Item = String> + 'a {
        let spans = &self.response.spans;
        perspective.bursts.iter().flatten().map(|burst| {
            let (first, last) = (&spans[burst.first], &spans[burst.last]);
            let until = if first == last { String::new() } else { format!(" to {last}") };
            let found = format!("{} of {}", grouped(burst.found), grouped(burst.sampled));
            format!("much more in {first}{until}: {found}, weight {:.1}, p {}", burst.weight, small(burst.p))
        })
    }
}
