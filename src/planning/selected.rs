//! A selection with its words looked up.

use std::ops::Range;

use super::like::like;
use super::{Reader, names, plan};
use crate::backend::{Chosen, Counts, Error, Filter};
use crate::query::{Dimension, Selection, Spelling};

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

impl Reader {
    /// Counts the selected entries by each combination of values of the fields, entries without a value included.
    pub fn tally(&self, selection: &Selection, by: &[Dimension]) -> Result<Tally, Error> {
        let Selected { chosen, filters, spellings } = self.selected(selection)?;
        Ok(Tally { counts: self.snapshot().tally(&chosen, &filters, by)?, spellings })
    }

    /// Counts the selected entries.
    pub(super) fn count(&self, selection: &Selection) -> Result<usize, Error> {
        Ok(self.tally(selection, &[])?.counts.total())
    }

    pub(super) fn selected(&self, selection: &Selection) -> Result<Selected, Error> {
        let mut chosen = Chosen { known: selection.known.clone(), ..Chosen::default() };
        let mut spellings = Vec::new();
        if let Some(text) = &selection.text {
            let (tree, respelt) = plan::plan(&text.root, selection.fuzzy, self)?;
            chosen.trees.push(tree);
            let typed = |span: Range<usize>| text.text[span].to_owned();
            spellings.extend(respelt.into_iter().map(|(span, words)| Spelling { typed: typed(span), words }));
        }
        if let Some(id) = &selection.like {
            let (tree, copy) = like(id, selection.fuzzy, self)?;
            chosen.trees.push(tree);
            chosen.but_copies_of = Some(copy);
        }
        Ok(Selected { chosen, filters: names::resolve(&selection.filters, self)?, spellings })
    }
}
