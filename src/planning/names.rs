//! Filters by names: drafts, which collect lookups, and filters built from the results.

use std::collections::BTreeSet;

use super::called::Called;
use super::nearest::unknown_value;
use super::questions::{Question, Questions};
use crate::backend::ValueForm::{self, Counted, Folded};
use crate::backend::{Catalog, Error, Filter, Snapshot, Terms};
use crate::model::{Field, FieldValueKind};
use crate::query::Filters;
use crate::text::{bounded, bounded_name, fold, name_key, path_key, path_keys};

/// A filter with pending lookups.
pub enum FilterDraft {
    /// Values that need not exist, by the index of their lookup.
    Known(usize),
    /// Values that must exist.
    Required(Vec<Required>),
    /// A filter without lookups.
    Whole(Filter),
}

/// A value that must exist.
pub struct Required {
    field: Field,
    typed: String,
    /// The indices of the lookups of its forms, the closest first; the first with entries counts. None if the value is not a
    /// name.
    at: Vec<usize>,
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
    let mut ask = |form, values: BTreeSet<String>| questions.ask(Question::Values(field, form, values));
    let (forms, key): (&[ValueForm], fn(&str) -> String) = match field.spec().values {
        FieldValueKind::Ids => return Ok(FilterDraft::Known(ask(Counted, Called::of(field, catalog).ids(typed)?))),
        FieldValueKind::Words(_) => return Ok(FilterDraft::Known(ask(Counted, typed.iter().cloned().collect()))),
        FieldValueKind::Codes => (&[Counted], fold),
        FieldValueKind::Names => (&[Folded], name_key),
        FieldValueKind::Texts => (&[Counted, Folded], name_key),
        FieldValueKind::Paths => (&[Counted, Folded], path_key),
    };
    let required = |typed: &String| {
        let key = bounded(&key(typed)).into_owned();
        let forms = if key.is_empty() { &[][..] } else { forms };
        let value = |form| match form {
            Counted if forms.len() > 1 => bounded_name(typed.trim()).into_owned(),
            _ => key.clone(),
        };
        let at = forms.iter().map(|form| ask(*form, [value(*form)].into())).collect();
        Required { field, typed: typed.clone(), at }
    };
    Ok(FilterDraft::Required(typed.iter().map(required).collect()))
}

impl FilterDraft {
    /// Builds the filter from the lookup results.
    ///
    /// # Errors
    /// An unknown value.
    pub fn filter(self, answers: &[Terms], snapshot: &dyn Snapshot) -> Result<Filter, Error> {
        let found = |Required { field, typed, at }: Required| {
            let found = at.into_iter().map(|at| &answers[at]).find(|terms| terms.frequency > 0);
            found.cloned().ok_or_else(|| unknown(field, typed, &snapshot.names(field)))
        };
        Ok(match self {
            Self::Whole(filter) => filter,
            Self::Known(at) => Filter::Values(vec![answers[at].clone()]),
            Self::Required(values) => Filter::Values(values.into_iter().map(found).collect::<Result<_, _>>()?),
        })
    }
}

/// Returns the error for an unknown value. If it is a path with other paths below it, these are suggested as a whole.
fn unknown(field: Field, typed: String, names: &BTreeSet<String>) -> Error {
    let below = path_key(&typed) + "/";
    let is_above = field.spec().values == FieldValueKind::Paths && {
        names.iter().any(|name| path_keys(name, usize::MAX).contains(&below))
    };
    match unknown_value(field, &typed, names) {
        Error::UnknownValue { field, value, all, span, .. } if is_above => {
            Error::UnknownValue { field, value, nearest: vec![format!("{}/", typed.trim())], all, span }
        }
        error => error,
    }
}
