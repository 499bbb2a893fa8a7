//! Evaluation of filters.

use tantivy::DocId;

use super::union::union;
use super::{Number, Segment, found};
use crate::backend::Filter;
use crate::query::Days;
use crate::tantivy::fields;

/// Returns the entries of a segment that pass a filter, dead ones included; with `within`, only of those.
pub fn docs(filter: &Filter, segment: &Segment, within: Option<&[DocId]>) -> tantivy::Result<Vec<DocId>> {
    let (days, of_digests) = match filter {
        Filter::Values(values) => {
            let list = |value| found(value).within(segment).list(within, false);
            return Ok(match &values[..] {
                [value] => list(value)?,
                values => union(1, values.iter().map(list).collect::<tantivy::Result<_>>()?),
            }
            .docs);
        }
        Filter::Days { days, of_digests } => (days, *of_digests),
    };
    let span = |days: &Days| (days.first.map_or(0, fields::number), days.last.map_or(u64::MAX, fields::number));
    let spans: Vec<(u64, u64)> = days.iter().map(span).collect();
    let which = if of_digests { Number::DigestDate } else { Number::Date };
    let numbers = segment.numbers(which)?;
    let (least, greatest) = (numbers.min_value(), numbers.max_value());
    if spans.iter().all(|(first, last)| *last < least || greatest < *first) {
        return Ok(Vec::new());
    }
    let mut docs = segment.docs(within);
    if spans.iter().any(|(first, last)| *first <= least && greatest <= *last) {
        return Ok(docs);
    }
    let mut days = segment.numbers_of(which, &docs)?.into_iter();
    docs.retain(|_| {
        let day = days.next().unwrap_or_default();
        spans.iter().any(|(first, last)| (*first..=*last).contains(&day))
    });
    Ok(docs)
}
