//! Notes on answers: how the question was understood, and the limits of the answer.

use crate::diagnostic::Message;

/// A note on an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The scope.
    pub scope: Scope,
    /// The text.
    pub text: Message,
}

/// A scope of a note, from the most specific to the least. People see one note with an answer, the first of the most
/// specific scope; JSON has all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Scope {
    /// The question: how a date or a name was understood that could mean something else, or what counts as seen.
    Question,
    /// This answer: a limit that other answers of the kind do not have.
    Answer,
    /// All answers of the kind: a limit that the help, the documentation and the end of a report state once.
    Standing,
}

impl Note {
    /// Returns a note on the question.
    pub fn question(text: impl Into<Message>) -> Self {
        Self { scope: Scope::Question, text: text.into() }
    }

    /// Returns a note on this answer.
    pub fn answer(text: impl Into<Message>) -> Self {
        Self { scope: Scope::Answer, text: text.into() }
    }

    /// Returns a note on all answers of the kind.
    pub fn standing(text: impl Into<Message>) -> Self {
        Self { scope: Scope::Standing, text: text.into() }
    }

    /// Returns the note to show with an answer; of an empty answer only the question is worth a note.
    pub fn to_show(notes: Vec<Self>, is_empty: bool) -> Option<Message> {
        let last = if is_empty { Scope::Question } else { Scope::Answer };
        notes.into_iter().filter(|note| note.scope <= last).min_by_key(|note| note.scope).map(|note| note.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_note_of_the_most_specific_scope_is_shown() {
        let notes = [Note::standing("a"), Note::answer("b"), Note::answer("c"), Note::question("d")];
        let shown = |notes: &[Note], is_empty| Note::to_show(notes.to_vec(), is_empty).map(|text| text.to_string());
        assert_eq!(shown(&notes, false).as_deref(), Some("d"));
        assert_eq!(shown(&notes[..3], false).as_deref(), Some("b"));
        assert_eq!(shown(&notes[..3], true), None);
        assert_eq!(shown(&notes[..1], false), None);
    }
}
