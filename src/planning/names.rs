//! Filters by names: drafts, which collect lookups, and filters built from the results.

use std::collections::BTreeSet;

use super::called::Called;
use super::nearest::unknown_value;
use super::questions::{Question, Questions};
use crate::backend::{Catalog, Error, Filter, Snapshot, Terms};
use crate::model::{Field, FieldValueKind};
use crate::query::Filters;
use crate::text::{bounded, fold, name_key};

/// A filter with pending lookups.
pub enum FilterDraft {
    /// Values of a field, by the index of their lookup, and the values that must exist.
    Values(usize, Vec<Required>),
    /// A filter without lookups.
    Whole(Filter),
}

/// A value that must exist.
pub struct Required {
    field: Field,
    typed: String,
    /// The index of its lookup; `None` if the value is not a name.
    at: Option<usize>,
}

/// Collects the lookups of filters, each with its field; that of dates has none.
pub fn draft(
    filters: &Filters,
    catalog: &Catalog,
    questions: &mut Questions,
) -> Result<Vec<(Option<Field>, FilterDraft)>, Error> {
    let mut drafts = Vec::new();
    for (field, values) in filters.values.iter() {
        drafts.push((Some(field), of_field(field, values, catalog, questions)?));
    }
    if !filters.days.is_empty() {
        let filter = Filter::Days { days: filters.days.clone(), of_digests: filters.of_digests };
        drafts.push((None, FilterDraft::Whole(filter)));
    }
    Ok(drafts)
}

/// Collects the lookups of values of a field as typed.
pub fn of_field(
    field: Field,
    typed: &[String],
    catalog: &Catalog,
    questions: &mut Questions,
) -> Result<FilterDraft, Error> {
    Ok(match field.spec().values {
        FieldValueKind::Ids => {
            let ids = Called::of(field, catalog).ids(typed)?;
            FilterDraft::Values(questions.ask(Question::Values(field.as_str(), ids)), Vec::new())
        }
        FieldValueKind::Words(_) => {
            let words = typed.iter().cloned().collect();
            FilterDraft::Values(questions.ask(Question::Values(field.as_str(), words)), Vec::new())
        }
        FieldValueKind::Codes => required(field, field.as_str(), typed, fold, questions),
        FieldValueKind::Names => required(field, "source_key", typed, name_key, questions),
    })
}

/// Collects the lookups of each value alone, and of all of them.
fn required(
    field: Field,
    column: &'static str,
    typed: &[String],
    key: fn(&str) -> String,
    questions: &mut Questions,
) -> FilterDraft {
    let mut keys = BTreeSet::new();
    let mut required = Vec::with_capacity(typed.len());
    for typed in typed {
        let key = bounded(&key(typed)).into_owned();
        let at = (!key.is_empty()).then(|| questions.ask(Question::Values(column, [key.clone()].into())));
        required.push(Required { field, typed: typed.clone(), at });
        keys.insert(key);
    }
    match required[..] {
        [Required { at: Some(at), .. }] => FilterDraft::Values(at, required),
        _ => FilterDraft::Values(questions.ask(Question::Values(column, keys)), required),
    }
}

impl FilterDraft {
    /// Builds the filter from the lookup results.
    ///
    /// # Errors
    /// An unknown value.
    pub fn filter(self, answers: &[Terms], snapshot: &dyn Snapshot) -> Result<Filter, Error> {
        let (at, required) = match self {
            Self::Whole(filter) => return Ok(filter),
            Self::Values(at, required) => (at, required),
        };
        for Required { field, typed, at } in required {
            if at.is_none_or(|at| answers[at].frequency == 0) {
                return Err(unknown_value(field, &typed, &snapshot.names(field)));
            }
        }
        Ok(Filter::Values(answers[at].clone()))
    }
}
