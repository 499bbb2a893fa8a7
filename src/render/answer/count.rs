//! How many entries there are, and what must be known to read the numbers.

use crate::insight::{CountRequest, CountResponse, Sampled};
use crate::render::numbers::{counted, grouped};

/// How many entries there are of what.
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
        (!values.is_empty()).then(|| format!("{values} left out, with {}", counted(left_out.entries, "entry")))
    }

    /// What must be known to read the counts rightly.
    pub fn caveats(&self) -> Vec<String> {
        let mut caveats = self.request.selection.notes.clone();
        if self.request.share {
            let kinds = self.request.selection.filters.kinds();
            let of = match &kinds[..] {
                [] => "entries".to_owned(),
                kinds => kinds.iter().map(|kind| format!("{kind}s")).collect::<Vec<_>>().join(" and "),
            };
            caveats
                .push(format!("shares of the distinct {of} sampled there; they do not measure how much was published"));
            if self.response.sampled.as_ref().is_some_and(Sampled::is_mixed) {
                caveats.push(
                    "entries of several kinds are not samples of the same: shares are of one kind only".to_owned(),
                );
            }
        }
        if let Some((sampled, lang)) = self.response.sampled.as_ref().and_then(|s| Some((s, s.only_lang()?))) {
            let others: usize =
                sampled.langs.iter().filter(|(code, _)| code.as_deref() != Some(lang)).map(|l| l.1.1).sum();
            caveats.push(format!(
                "the words were found in one language only, {lang}; {} of the {} sampled are in others, which can't be \
                 compared by them",
                grouped(others),
                grouped(sampled.entries)
            ));
        }
        if self.request.by.iter().any(|by| by.is_time()) {
            let day = if self.request.share { "their digest" } else { "publication" };
            caveats.push(format!("days are those of {day}; where there was no digest, there is no count"));
        }
        caveats
    }
}
