//! The answer of `trend` and its notes.

use super::sampled;
use crate::diagnostic::Message;
use crate::insight::{Series, TermPower, TrendRequest, TrendResponse, Words};
use crate::model::Kind;
use crate::query::Days;
use crate::render::Note;
use crate::render::numbers::{grouped, small};

/// The answer of `trend`.
pub struct TrendAnswer {
    /// The request.
    pub request: TrendRequest,
    /// The response.
    pub response: TrendResponse,
}

impl TrendAnswer {
    /// Returns the notes, those on this answer in the order of how much of it they concern.
    pub fn notes(&self) -> Vec<Note> {
        let TrendResponse { kind, perspectives, .. } = &self.response;
        let mut notes: Vec<Note> = self.request.selection.notes.iter().map(Note::question).collect();
        let Some(kind) = kind else { return notes };
        if !self.request.selection.is_scored() {
            let words = || perspectives.iter().filter_map(|perspective| perspective.words.as_ref());
            if words().any(|words| words.power == TermPower::Untested) {
                notes.push(Note::answer("too few digests to test which words rise and fall"));
            }
            if let Some(words) = words().find(|words| words.power == TermPower::TooFewDays) {
                let span = &self.response.spans[words.last];
                let what = if words.rising.len() + words.falling.len() > 0 { "further words" } else { "any word" };
                notes.push(Note::answer(format!(
                    "too few days of digests in {span} to show {what}: no p-value can be small enough among so many words"
                )));
            }
        } else {
            notes.extend(self.not_tested(*kind).map(Note::answer));
        }
        notes.extend(sampled::notes(*kind, perspectives.iter().map(|perspective| &perspective.all)));
        notes.push(Note::standing("days are those of digests; a day without a digest is unknown, not zero"));
        notes
    }

    /// Returns which perspectives were not tested for bursts, and why.
    fn not_tested(&self, kind: Kind) -> Option<String> {
        let untested = self.response.perspectives.iter().filter(|perspective| perspective.bursts.is_none());
        let names: Vec<&str> = untested.map(|perspective| perspective.name.as_str()).collect();
        let (names, their) = (names.join(", "), if names.len() == 1 { "its" } else { "their" });
        let why = format!("not tested for bursts, since a quarter or more of {their} {kind}s match");
        (!names.is_empty()).then(|| format!("{names}: {why}"))
    }

    /// Returns the note that people see with it.
    pub fn note(&self) -> Option<Message> {
        Note::to_show(self.notes(), self.response.total_entries == 0)
    }

    /// Returns the heading of rising or falling words.
    pub fn said(&self, how: &str, words: &Words) -> String {
        let earlier = match words.days[0] {
            Days { first: Some(first), last: Some(last) } => format!("from {first} to {last}"),
            _ => "earlier".to_owned(),
        };
        format!("words used {how} in {} than {earlier}", self.response.spans[words.last])
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
