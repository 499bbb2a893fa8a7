//! Filters by names as they were typed: drafts, whose values are asked for, and filters made of the answers.

use std::collections::BTreeSet;

use super::called::Called;
use super::nearest::unknown_value;
use super::questions::{Question, Questions};
use crate::backend::{Catalog, Error, Filter, Snapshot, Terms};
use crate::model::Kind;
use crate::query::{FacetField, Field, Filters};
use crate::text::{bounded, fold, name_key};

/// A filter whose values are asked for.
pub enum FilterDraft {
    /// Values of a field, by the place of their answer, and those that some entry must have.
    Values(usize, Vec<Required>),
    /// Another one.
    Whole(Filter),
}

/// A value that some entry must have.
pub struct Required {
    /// The field as an error calls it, and as its names are listed.
    field: (&'static str, FacetField),
    typed: String,
    /// The place of its answer; none where the value is no name at all.
    at: Option<usize>,
}

/// Asks for the values of filters, each with the field that it is on; that of days is on none.
pub fn draft(
    filters: &Filters,
    catalog: &Catalog,
    questions: &mut Questions,
) -> Result<Vec<(Option<FacetField>, FilterDraft)>, Error> {
    let mut drafts = Vec::new();
    for (facet, field, values) in [
        (FacetField::Topic, Field::Topic, &filters.topics),
        (FacetField::Perspective, Field::Perspective, &filters.perspectives),
        (FacetField::Source, Field::Source, &filters.sources),
        (FacetField::Lang, Field::Lang, &filters.langs),
    ] {
        if !values.is_empty() {
            drafts.push((Some(facet), of_names(field, values, catalog, questions)?));
        }
    }
    if !filters.kinds.is_empty() {
        drafts.push((Some(FacetField::Kind), of_kinds(&filters.kinds, questions)));
    }
    if !filters.days.is_empty() {
        let filter = Filter::Days { days: filters.days.clone(), of_digests: filters.of_digests };
        drafts.push((None, FilterDraft::Whole(filter)));
    }
    Ok(drafts)
}

/// Asks for the values of some kinds.
pub fn of_kinds(kinds: &[Kind], questions: &mut Questions) -> FilterDraft {
    let kinds = kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    FilterDraft::Values(questions.ask(Question::Values("kind", kinds)), Vec::new())
}

/// Asks for values of a field as they were typed.
pub fn of_names(
    field: Field,
    typed: &[String],
    catalog: &Catalog,
    questions: &mut Questions,
) -> Result<FilterDraft, Error> {
    let mut of_ids = |field, ids| FilterDraft::Values(questions.ask(Question::Values(field, ids)), Vec::new());
    Ok(match field {
        Field::Topic => of_ids("topic", Called::topics(catalog).ids(typed)?),
        Field::Perspective => of_ids("perspective", Called::perspectives(catalog).ids(typed)?),
        Field::Lang => required("lang", ("language", FacetField::Lang), typed, fold, questions),
        Field::Source | Field::Kind | Field::Date | Field::Text => {
            required("source_key", ("source", FacetField::Source), typed, name_key, questions)
        }
    })
}

/// Asks for each value alone, and for all of them.
fn required(
    name: &'static str,
    field: (&'static str, FacetField),
    typed: &[String],
    key: fn(&str) -> String,
    questions: &mut Questions,
) -> FilterDraft {
    let mut keys = BTreeSet::new();
    let mut required = Vec::with_capacity(typed.len());
    for typed in typed {
        let key = bounded(&key(typed)).into_owned();
        let at = (!key.is_empty()).then(|| questions.ask(Question::Values(name, [key.clone()].into())));
        required.push(Required { field, typed: typed.clone(), at });
        keys.insert(key);
    }
    match required[..] {
        [Required { at: Some(at), .. }] => FilterDraft::Values(at, required),
        _ => FilterDraft::Values(questions.ask(Question::Values(name, keys)), required),
    }
}

impl FilterDraft {
    /// Makes the filter of the answers.
    ///
    /// # Errors
    /// A value that no entry has.
    pub fn filter(self, answers: &[Terms], snapshot: &dyn Snapshot) -> Result<Filter, Error> {
        let (at, required) = match self {
            Self::Whole(filter) => return Ok(filter),
            Self::Values(at, required) => (at, required),
        };
        for Required { field: (field, shown), typed, at } in required {
            if at.is_none_or(|at| answers[at].frequency == 0) {
                return Err(unknown_value(field, &typed, &snapshot.names(shown)));
            }
        }
        Ok(Filter::Values(answers[at].clone()))
    }
}
