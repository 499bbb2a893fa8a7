//! Cursors: where the next page of an answer begins. The server keeps nothing between two pages.

use std::fmt;
use std::str::FromStr;

use crate::failure::Failure;

/// A cursor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cursor {
    /// The first unit of the page, from 0.
    pub at: usize,
    /// A hash of the tool and its arguments.
    pub call: u32,
    /// A hash of the commit of the page before.
    pub commit: u32,
}

impl fmt::Display for Cursor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{:08x}.{:08x}", self.at, self.call, self.commit)
    }
}

impl FromStr for Cursor {
    type Err = Failure;

    fn from_str(text: &str) -> Result<Self, Failure> {
        let parse = || {
            let (at, rest) = text.split_once('.')?;
            let (call, commit) = rest.split_once('.')?;
            let hash = |text: &str| u32::from_str_radix(text, 16).ok();
            Some(Self { at: at.parse().ok()?, call: hash(call)?, commit: hash(commit)? })
        };
        parse().ok_or_else(|| {
            let hint = "copy `page.cursor` of the page before, or omit it for the first page";
            Failure::message("cursor", format!("invalid cursor `{text}`"), hint)
        })
    }
}

impl Cursor {
    /// Returns an error if the cursor is of another call.
    pub fn check(self, call: u32) -> Result<Self, Failure> {
        if self.call == call {
            return Ok(self);
        }
        let hint = "repeat the arguments of the first page, and add its cursor; or omit `cursor`";
        Err(Failure::message("cursor", "the cursor is of a call with other arguments", hint))
    }
}
