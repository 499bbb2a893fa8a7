//! Options without effect on the question that they stand beside: each is an error, so that nobody takes an answer for
//! another one.

use super::{Error, Problem};
use crate::diagnostic::Message;

/// Which options without effect are let pass.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Idle {
    /// None.
    #[default]
    Refused,
    /// The day that relative dates count from, which a report has for all its sections.
    AsOf,
    /// All: a form sends its boxes whether or not there are words beside them.
    Allowed,
}

/// Refuses an option that is set and has no effect: why not, and what would give it one.
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
