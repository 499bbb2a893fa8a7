//! Source lines: `N. [es-VE] [title](url) - source (M/D/YYYY)`.
//!
//! The writer inserts titles unescaped, with brackets, emphasis marks and line breaks, so Markdown would misread them.
//! The format is unambiguous when parsed from both ends: number, locale and first bracket at the start; date, source
//! and link at the end; the rest is the title.
//!
//! Other lines are salvaged (`salvage`): links in all forms of Markdown (`link`), by reference (`definitions`) or in
//! HTML (`html`), after marks unknown to Markdown (`mark`), with dates in any format (`date`).

mod begins;
mod date;
mod definitions;
mod form;
mod html;
mod item_kind;
mod lines;
mod link;
mod list_mark;
mod locale;
mod mark;
mod salvage;
mod source;
#[cfg(test)]
mod tests;

pub use begins::{begins_source, further_sources};
pub use definitions::{Definitions, is_address};
pub use form::scan;
pub use item_kind::{ItemKind, classify};
pub use list_mark::number;
pub use mark::{Found, Mark, loose};
pub use salvage::salvage;
pub use source::{Published, SourceLine};
