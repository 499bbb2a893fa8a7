//! Reader of digests in any layout but the site's own: each part is found in one of several usual places.
//!
//! A file is read in two steps. [`Facts`] are what it says about its folder; a [`Folder`] decides from the facts of all
//! files how each of them is read ([`Reading`]), since a topic, a language or a recurring heading shows only there. Then
//! [`read`] returns the digest.
//!
//! Each part has a module with the places in which it is found: `date`, `topic`, `language`, `title`, `source`,
//! `section` (labelled lines) and `headings` (sections, highlights, perspectives). They work on `blocks`, the Markdown of
//! the file below its front matter (`header`).

mod accounts;
mod block;
mod blocks;
mod builder;
mod date;
mod days;
mod entries;
mod facts;
mod folder;
mod header;
mod headings;
mod html;
mod inline;
mod keys;
mod language;
mod page;
mod path;
mod prefix;
mod read;
mod reading;
mod ruled;
#[cfg(test)]
mod ruled_tests;
mod section;
mod source;
mod taken;
mod template;
#[cfg(test)]
mod tests;
mod title;
mod titles;
mod topic;
mod values;
mod words;

pub use facts::Facts;
pub use folder::{Folder, corpus_name};
pub use keys::{label_of, other_keys};
pub use read::read;
pub use reading::Reading;
#[cfg(test)]
pub use tests::SAMPLES;
pub use topic::slug;
