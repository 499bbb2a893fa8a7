//! Source lines: `N. [es-VE] [title](url) - source (M/D/YYYY)`.
//!
//! The writer puts titles into this form as they are, with brackets, emphasis marks and line breaks, so Markdown would
//! misread them. The form itself is clear when it is read from both ends: the number, the locale and the first
//! bracket in front; the date, the source and the link behind; what stands between is the title.
//!
//! What is not of this form is salvaged (`salvage`): links in all forms of Markdown (`link`), by reference (`definitions`)
//! or as HTML (`html`), behind marks that are none for Markdown (`mark`), with dates of any form (`date`).

mod begins;
mod date;
mod definitions;
mod form;
mod html;
mod lines;
mod link;
mod list_mark;
mod locale;
mod mark;
mod salvage;
mod sort;
mod source;
#[cfg(test)]
mod tests;

pub use begins::{begins_source, further_sources};
pub use definitions::{Definitions, is_address};
pub use form::scan;
pub use list_mark::number;
pub use mark::{Found, Mark, loose};
pub use salvage::salvage;
pub use sort::{Sort, sort};
pub use source::{Published, SourceLine};
