//! Rules of a corpus for parts of a digest that are elsewhere than usual: the sections `layouts` and `skip` of its settings.

mod corpus;
mod file_rules;
mod globs;
mod layout;
mod part;
mod pattern;
mod place;

pub use corpus::Rules;
pub use file_rules::FileRules;
pub use globs::Globs;
pub use layout::{LayoutRules, PartRules};
pub use part::Part;
pub use pattern::{Pattern, literal};
pub use place::{HeadingPattern, Place, PlaceKind};
