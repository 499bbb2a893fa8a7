//! Which letters and signs count as one: in words, in names and in ids.

mod base;
mod class;
mod fold;

pub use class::{is_apostrophe, is_invisible, is_mark, is_sign, is_unspaced, joins_next, stands_apart};
pub use fold::{fold, name_key};
