//! A selection with its words looked up, and everything that it selects.

use std::ops::Range;

use super::counts::Counts;
use super::filter::Filter;
use super::like::like;
use super::matching::{List, Number, Scoring, Segment, list_all};
use super::plan::{Plan, Planner};
use super::{Error, Reader, names};
use crate::query::{Dimension, Filters, Known, Selection, Spelling};

/// A selection with its words looked up. The filters are not in it.
#[derive(Default)]
pub struct Selected {
    /// What the text asks for, and the unit that others should be like.
    pub plans: Vec<Plan>,
    pub spellings: Vec<Spelling>,
    /// The copies of the unit that others should be like.
    but_copies_of: Option<u64>,
    known: Option<Known>,
}

/// How many of the selected units there are.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By the values that they have.
    pub counts: Counts,
    /// Typed words that stood for other spellings.
    pub spellings: Vec<Spelling>,
}

impl Reader {
    /// How many of the selected units there are of each combination of values of the fields, units without a value
    /// included.
    pub fn tally(&self, selection: &Selection, by: &[Dimension]) -> Result<Tally, Error> {
        let tables = [by.to_vec()];
        let selected = self.selected(selection)?;
        let lists = self.lists(&selected, &selection.filters, Scoring::Never)?;
        let mut counts = self.counts(&lists, &tables)?;
        Ok(Tally { counts: counts.pop().unwrap_or_default(), spellings: selected.spellings })
    }

    /// The contents of all units, as [`Known`] takes them, in no order.
    pub fn contents(&self) -> Result<Vec<u64>, Error> {
        let mut contents = Vec::with_capacity(self.catalog.units.total());
        for segment in &self.segments {
            let content = segment.numbers(Number::Content).map_err(Error::tantivy(&self.held.path))?;
            contents.extend(segment.reader.doc_ids_alive().map(|doc| content.get_val(doc)));
        }
        Ok(contents)
    }

    /// How many units are selected.
    pub(super) fn count(&self, selection: &Selection) -> Result<usize, Error> {
        let lists = self.lists(&self.selected(selection)?, &selection.filters, Scoring::Never)?;
        Ok(lists.iter().map(|list| list.docs.len()).sum())
    }

    pub(super) fn selected(&self, selection: &Selection) -> Result<Selected, Error> {
        let mut planner = Planner { reader: self, fuzzy: selection.fuzzy, spellings: Vec::new() };
        let mut selected = Selected { known: selection.known.clone(), ..Selected::default() };
        if let Some(text) = &selection.text {
            selected.plans.push(planner.plan(&text.root)?);
            let typed = |span: Range<usize>| text.text[span].to_owned();
            let spellings = std::mem::take(&mut planner.spellings).into_iter();
            selected.spellings.extend(spellings.map(|(span, words)| Spelling { typed: typed(span), words }));
        }
        if let Some(id) = &selection.like {
            let (plan, copy) = like(&mut planner, id)?;
            selected.plans.push(plan);
            selected.but_copies_of = Some(copy);
        }
        Ok(selected)
    }

    /// What is selected and passes the filters, for each segment.
    pub(super) fn lists(&self, selected: &Selected, filters: &Filters, scoring: Scoring) -> Result<Vec<List>, Error> {
        self.each_list(selected, filters, scoring, |list, _| Ok(list))
    }

    /// Makes something of what is selected and passes the filters, for each segment.
    pub(super) fn each_list<T: Send>(
        &self,
        selected: &Selected,
        filters: &Filters,
        scoring: Scoring,
        make: impl Fn(List, &Segment) -> tantivy::Result<T> + Sync,
    ) -> Result<Vec<T>, Error> {
        let passes = self.passes(filters)?;
        let plans = || selected.plans.iter().chain(&passes);
        let most = plans().map(Plan::frequency).min().unwrap_or(usize::MAX);
        self.each_segment(most, |segment| {
            let mut list = list_all(plans(), segment, None, scoring)?;
            segment.keep_alive(&mut list);
            selected.hold_back(&mut list, segment)?;
            make(list, segment)
        })
    }

    /// Those of some units, for each segment, that pass filters.
    pub(super) fn narrowed(&self, lists: &[List], filters: &Filters) -> Result<Vec<List>, Error> {
        let passes = self.passes(filters)?;
        let units = lists.iter().map(|list| list.docs.len()).sum();
        self.each_segment(units, |segment| {
            list_all(passes.iter(), segment, Some(&lists[segment.ordinal].docs), Scoring::Never)
        })
    }

    fn passes(&self, filters: &Filters) -> Result<Vec<Plan>, Error> {
        let mut passes = names::resolve(filters, self)?;
        if !filters.days.is_empty() {
            passes.push(Filter::days(&filters.days, filters.of_digests));
        }
        Ok(passes.into_iter().map(Plan::Filter).collect())
    }
}

impl Selected {
    /// Takes out what is a copy of the unit that others should be like, and what is known.
    fn hold_back(&self, list: &mut List, segment: &Segment) -> tantivy::Result<()> {
        if let Some(copy) = self.but_copies_of {
            let copies = segment.numbers(Number::Copy)?;
            list.retain(|doc| copies.get_val(doc) != copy);
        }
        if let Some(known) = &self.known {
            let contents = segment.numbers(Number::Content)?;
            list.retain(|doc| !known.has(contents.get_val(doc)));
        }
        Ok(())
    }
}
