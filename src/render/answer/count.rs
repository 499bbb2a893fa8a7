//! The answer of `count` and its notes.

use super::difference;
use crate::diagnostic::{message, option};
use crate::insight::{By, CountRequest, CountResponse, Sampled};
use crate::model::Field;
use crate::render::Note;
use crate::render::numbers::{counted, grouped};

/// The answer of `count`.
pub struct CountAnswer {
    /// The request.
    pub request: CountRequest,
    /// The response.
    pub response: CountResponse,
}

impl CountAnswer {
    /// Returns the values and entries that are not among the rows.
    pub fn left_out(&self) -> Option<String> {
        let left_out = &self.response.left_out;
        let values = left_out.values.iter().map(|(by, n)| format!("{} of {}", counted(*n, "value"), by.as_str()));
        let values = values.collect::<Vec<_>>().join(" and ");
        let entries = || match self.response.is_multiple {
            // One entry may have several of the values.
            true => String::new(),
            false => format!(", with {}", counted(left_out.entries, "entry")),
        };
        (!values.is_empty()).then(|| format!("{values} left out{}", entries()))
    }

    /// Returns the differences of the shares of two perspectives, a sentence each.
    pub fn differences(&self) -> impl Iterator<Item = String> + '_ {
        let response = &self.response;
        let name = |at: usize| response.value(&response.rows[at], 0).as_ref().map_or("", |(_, name)| name.as_str());
        response.differences.iter().map(move |share| difference::sentence(share, name))
    }

    /// Returns the notes.
    pub fn notes(&self) -> Vec<Note> {
        let mut notes: Vec<Note> = self.request.selection.notes.iter().map(Note::question).collect();
        if self.request.share {
            let kinds = self.request.selection.filters.kinds();
            let of = match &kinds[..] {
                [] => "entries".to_owned(),
                kinds => kinds.iter().map(|kind| format!("{kind}s")).collect::<Vec<_>>().join(" and "),
            };
            notes.push(Note::standing(format!(
                "shares of the distinct {of} sampled; they do not measure how much was published"
            )));
            if self.response.sampled.as_ref().is_some_and(Sampled::is_mixed) {
                let text = message!["no shares of several kinds together; choose one with ", option("kind")];
                notes.push(Note::answer(text));
            }
        }
        if let Some((sampled, lang)) = self.response.sampled.as_ref().and_then(|s| Some((s, s.only_lang()?))) {
            let others: usize =
                sampled.langs.iter().filter(|(code, _)| code.as_deref() != Some(lang)).map(|l| l.1.1).sum();
            notes.push(Note::answer(format!(
                "the words were found in {lang} only; {} of the {} sampled are in other languages",
                grouped(others),
                grouped(sampled.entries)
            )));
        }
        if self.response.is_multiple {
            let lists = self.request.by.iter().filter(|by| matches!(by, By::Facet(Field::Custom(_))));
            let lists = lists.map(|by| by.as_str()).collect::<Vec<_>>().join(" and ");
            let text = format!(
                "an entry counts once for each of its values of {lists}, so the rows add up to more than the total"
            );
            notes.push(Note::answer(text));
        }
        if self.request.by.iter().any(|by| by.is_time()) {
            let day = if self.request.share { "their digest" } else { "publication" };
            notes.push(Note::standing(format!("days are those of {day}; days without a digest have no count")));
        }
        notes
    }
}
