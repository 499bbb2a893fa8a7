//! Attribution of titles to perspectives. The file does not name the perspective line by line.
//!
//! Evidence, and its precedence where it is contradictory:
//!
//! 1. The settings (`digest-search.yaml`) take precedence over everything, since a person wrote them.
//! 2. Headings in the source list take precedence over the writer's order if each perspective has exactly as many lines
//!    below its headings as its count: only a list in sections has that. Otherwise a heading that contradicts the order
//!    leaves its lines unknown, as where the heading `Sources` is lost and all lines follow that of the last
//!    perspective.
//! 3. Locales decide between the order of the front matter and that of the body's headings where these differ and one
//!    of them contradicts the locales: the locale of a line comes from its feed.
//! 4. A line is attributed where all remaining orders agree, so that a disagreement affects only the lines concerned. A
//!    number, locale or date that contradicts leaves a line unknown, since either may be wrong.
//!
//! Contradictory counts are ignored. Lines left unknown are reported as warnings.

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
