//! Which perspective each title of the source list belongs to. The file does not say it line by line.
//!
//! What says it, and which of them decide where they disagree:
//!
//! 1. The corpus (`digest-search.yaml`) over all else: a person says it who knows.
//! 2. Headings above the lines over the writer's order, where each perspective has as many lines below its headings as
//!    its count says: only a list in parts is like that. Else a heading that the order disagrees with leaves the lines
//!    open, as where the heading `Sources` is lost and all stand below that of the last perspective.
//! 3. Locales over the order of the front matter or that of the body's headings, where these differ and one of both has
//!    the perspectives the wrong way round for the locales: each line has its locale from the feed that it came from.
//! 4. Lines on which all orders that are left agree are credited, so that a disagreement costs only the lines that it
//!    concerns. Numbers, locales and days that say otherwise of a line leave it open: either may be the one that was
//!    changed.
//!
//! Counts that contradict each other decide nothing. Whatever stays open by this is warned of.

mod attribute;
mod by_headings;
mod by_list;
mod case;
mod configured;
mod counts;
mod dates;
mod doubt;
mod evidence;
mod locale;
mod order;
mod region;
#[cfg(test)]
mod tests;

pub use attribute::attribute;
pub use evidence::{Evidence, Listed};
