//! A selection with its words looked up.

use std::ops::Range;

use super::like::like;
use super::{names, plan};
use crate::backend::{Chosen, Counts, Error, Filter, Snapshot};
use crate::query::{Selection, Spelling};

/// A selection with its words looked up.
pub struct Selected {
    pub chosen: Chosen,
    pub filters: Vec<Filter>,
    pub spellings: Vec<Spelling>,
}

/// How many of the selected entries there are.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By the values that they have.
    pub counts: Counts,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
}

impl Selected {
    /// Looks up the words and values of a selection.
    pub fn of(selection: &Selection, snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let mut chosen = Chosen { known: selection.known.clone(), ..Chosen::default() };
        let mut spellings = Vec::new();
        if let Some(text) = &selection.text {
            let (tree, respelt) = plan::plan(&text.root, selection.fuzzy, snapshot)?;
            chosen.trees.push(tree);
            let typed = |span: Range<usize>| text.text[span].to_owned();
            spellings.extend(respelt.into_iter().map(|(span, words)| Spelling { typed: typed(span), words }));
        }
        if let Some(id) = &selection.like {
            let (tree, copy) = like(id, selection.fuzzy, snapshot)?;
            chosen.trees.push(tree);
            chosen.but_copies_of = Some(copy);
        }
        Ok(Self { chosen, filters: names::resolve(&selection.filters, snapshot)?, spellings })
    }
}

/// Counts the selected entries.
pub fn count(selection: &Selection, snapshot: &dyn Snapshot) -> Result<usize, Error> {
    let Selected { chosen, filters, .. } = Selected::of(selection, snapshot)?;
    Ok(snapshot.tally(&chosen, &filters, &[])?.total())
}
