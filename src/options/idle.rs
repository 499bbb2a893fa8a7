//! Rejects options without effect: an option that is silently ignored would let one answer pass for another.

use super::{Error, Problem};
use crate::diagnostic::Message;

/// Policy for options without effect.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Idle {
    /// All are errors.
    #[default]
    Refused,
    /// `--as-of` is allowed, since a report sets it for all its sections.
    AsOf,
    /// All are allowed: an HTML form sends its checkboxes even if the text is empty.
    Allowed,
}

/// Rejects an option that is set and has no effect. `why` returns the reason and the remedy.
pub fn refuse(
    idle: Idle,
    is_set: bool,
    option: &'static str,
    why: impl Fn() -> (Message, Message),
) -> Result<(), Error> {
    if !is_set || idle == Idle::Allowed {
        return Ok(());
    }
    let (reason, remedy) = why();
    Err(Error::new(option, Problem::NoEffect { reason, remedy }))
}
