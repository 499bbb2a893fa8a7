//! A selection with its words looked up, and everything that it selects.

use std::ops::Range;

use tantivy::collector::Collector;
use tantivy::query::{AllQuery, BooleanQuery, Occur, Query};

use super::like::like;
use super::passing::{Passing, numbers};
use super::plan::{Plan, Planner};
use super::tally::{Counts, Tallies};
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
        let mut counts = self.collect(&selected, &selection.filters, Tallies { tables: &tables })?;
        Ok(Tally { counts: counts.pop().unwrap_or_default(), spellings: selected.spellings })
    }

    /// The contents of all units, as [`Known`] takes them, in no order.
    pub fn contents(&self) -> Result<Vec<u64>, Error> {
        let mut contents = Vec::with_capacity(self.catalog.units.total());
        for segment in self.searcher.segment_readers() {
            let content = numbers(segment, "content").map_err(Error::tantivy(&self.held.path))?;
            contents.extend(segment.doc_ids_alive().map(|doc| content.get_val(doc)));
        }
        Ok(contents)
    }

    /// How many units are selected.
    pub(super) fn count(&self, selection: &Selection) -> Result<usize, Error> {
        self.collect(&self.selected(selection)?, &selection.filters, tantivy::collector::Count)
    }

    pub(super) fn selected(&self, selection: &Selection) -> Result<Selected, Error> {
        let mut planner = Planner {
            dictionary: self.dictionary(),
            catalog: &self.catalog,
            index: &self.held.path,
            fuzzy: selection.fuzzy,
            spellings: Vec::new(),
        };
        let mut selected = Selected { known: selection.known.clone(), ..Selected::default() };
        if let Some(text) = &selection.text {
            selected.plans.push(planner.plan(&text.root)?);
            let typed = |span: Range<usize>| text.text[span].to_owned();
            let spellings = std::mem::take(&mut planner.spellings).into_iter();
            selected.spellings.extend(spellings.map(|(span, words)| Spelling { typed: typed(span), words }));
        }
        if let Some(id) = &selection.like {
            let (plan, copy) = like(self, &mut planner, id)?;
            selected.plans.push(plan);
            selected.but_copies_of = Some(copy);
        }
        Ok(selected)
    }

    /// Collects what is selected and passes the filters.
    pub(super) fn collect<C: Collector>(
        &self,
        selected: &Selected,
        filters: &Filters,
        collector: C,
    ) -> Result<C::Fruit, Error> {
        let values = names::resolve(filters, &self.searcher, &self.catalog, &self.held.path)?;
        let queries = selected.plans.iter().map(Plan::query).chain(values.iter().map(|filter| filter.query()));
        let must: Vec<(Occur, Box<dyn Query>)> = queries.map(|query| (Occur::Must, query)).collect();
        let query: Box<dyn Query> =
            if must.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(must)) };
        let Selected { but_copies_of, known, .. } = selected;
        let Filters { days, of_digests, .. } = filters;
        let (but_copies_of, known) = (*but_copies_of, known.as_ref());
        let passing = Passing { days, of_digests: *of_digests, but_copies_of, known, collector };
        self.searcher.search(&query, &passing).map_err(Error::tantivy(&self.held.path))
    }
}
