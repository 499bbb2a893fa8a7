//! Hits and facets, as JSON.

use std::collections::BTreeMap;

use serde::Serialize;

use super::rows::Rows;
use super::selection::SelectionFields;
use crate::query::FacetValue;
use crate::render::QueryAnswer;

#[derive(Serialize)]
pub struct Query<'a> {
    #[serde(flatten)]
    selection: SelectionFields<'a>,
    sort: &'a str,
    offset: usize,
    limit: Option<usize>,
    total: usize,
    total_entries: usize,
    results: Rows<'a>,
    facets: BTreeMap<&'a str, Vec<Value<'a>>>,
}

#[derive(Serialize)]
struct Value<'a> {
    value: Option<&'a str>,
    name: Option<&'a str>,
    count: usize,
    /// The count without the filter on this field.
    lifted: usize,
    /// The count without any filter.
    unfiltered: usize,
}

impl<'a> Query<'a> {
    pub fn new(answer: &'a QueryAnswer, rows: Rows<'a>) -> Self {
        let QueryAnswer { request, response, .. } = answer;
        let facets = response.facets.iter().map(|facet| {
            let value = |v: &'a FacetValue| Value {
                value: v.value.as_deref(),
                name: v.name.as_deref(),
                count: v.count,
                lifted: v.lifted,
                unfiltered: v.unfiltered,
            };
            (facet.field.as_str(), facet.values.iter().map(value).collect())
        });
        Self {
            selection: SelectionFields::new(&request.selection, &response.spellings, response.suggestions.as_ref()),
            sort: request.sort.as_str(),
            offset: request.offset,
            limit: request.limit,
            total: response.total,
            total_entries: response.total_entries,
            results: rows,
            facets: facets.collect(),
        }
    }
}
