//! A selection, planned.

use std::ops::Range;

use super::like::Like;
use super::names::FilterDraft;
use super::plan::Spelled;
use super::questions::Questions;
use super::{names, plan};
use crate::backend::{Counts, Error, Filter, Predicate, Snapshot};
use crate::model::Field;
use crate::query::{Selection, Spelling};

/// A planned selection.
pub struct Selected {
    pub chosen: Predicate,
    pub filters: Vec<Filter>,
    /// The field of each filter; `None` for dates.
    pub fields: Vec<Option<Field>>,
    pub spellings: Vec<Spelling>,
}

/// Counts of the selected entries.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// Counts by value.
    pub counts: Counts,
    /// Typed words with other spellings.
    pub spellings: Vec<Spelling>,
}

impl Selected {
    /// Plans a selection: one batch of lookups, except those of spellings and of the words of a similar entry, which come
    /// before.
    pub fn of(selection: &Selection, snapshot: &dyn Snapshot) -> Result<Self, Error> {
        let (catalog, fuzzy) = (snapshot.catalog(), selection.fuzzy);
        let text = selection.text.as_ref();
        let words = text.map(|text| Spelled::of(&text.root, fuzzy, snapshot)).transpose()?;
        let like = selection.like.as_ref().map(|id| Like::of(id, snapshot)).transpose()?;
        let shared = like.as_ref().map(|like| Spelled::of(&like.root, fuzzy, snapshot)).transpose()?;
        let mut questions = Questions::default();
        let text_draft = words.as_ref().map(|words| words.draft(catalog, &mut questions)).transpose()?;
        let like_draft = shared.as_ref().map(|words| words.draft(catalog, &mut questions)).transpose()?;
        let filters = names::draft(&selection.filters, catalog, &mut questions);
        let answers = questions.answers(snapshot)?;
        let mut chosen = Predicate { known: selection.known.clone(), ..Predicate::default() };
        if let Some(draft) = text_draft {
            chosen.trees.push(plan::tree(draft, &answers, snapshot)?);
        }
        if let Some((draft, like)) = like_draft.zip(like.as_ref()) {
            chosen.trees.push(like.tree(plan::tree(draft, &answers, snapshot)?));
            chosen.exclude_copies_of = Some(like.copy);
        }
        let filter = |(field, draft): (Option<Field>, FilterDraft)| Ok((field, draft.filter(&answers, snapshot)?));
        let (fields, filters) =
            filters?.into_iter().map(filter).collect::<Result<Vec<_>, Error>>()?.into_iter().unzip();
        let typed = |span: Range<usize>| text.map(|text| text.text[span].to_owned()).unwrap_or_default();
        let respelt = words.into_iter().flat_map(|words| words.spellings);
        let spellings = respelt.map(|(span, words)| Spelling { typed: typed(span), words }).collect();
        Ok(Self { chosen, filters, fields, spellings })
    }
}

/// Counts the selected entries.
pub fn count(selection: &Selection, snapshot: &dyn Snapshot) -> Result<usize, Error> {
    let Selected { chosen, filters, .. } = Selected::of(selection, snapshot)?;
    Ok(snapshot.tally(&chosen, &filters, &[])?.entries)
}
