//! A request as a query of Tantivy's.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::fields::key;
use super::names::Filter;
use super::rounded::Rounded;
use crate::query::{Clause, TextQuery};
use crate::schema::stems;

/// How much the very form that was asked for counts beside its stem.
const EXACT_WEIGHT: f32 = 0.5;

/// What must match. Days are not part of it: the collector looks them up for what matches all else.
pub fn compile(text: Option<&TextQuery>, filters: Vec<Filter>) -> Box<dyn Query> {
    let words = text
        .iter()
        .flat_map(|text| &text.clauses)
        .map(|clause| Box::new(Rounded(word_or_phrase(clause))) as Box<dyn Query>);
    let must: Vec<(Occur, Box<dyn Query>)> =
        words.chain(filters.into_iter().map(filter)).map(|q| (Occur::Must, q)).collect();
    if must.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(must)) }
}

/// A word matches by its stem in any language, and scores more where it stands as typed; a phrase matches as typed.
fn word_or_phrase(clause: &Clause) -> Box<dyn Query> {
    let exact = |term: &String| key("exact", term);
    let with_freqs = IndexRecordOption::WithFreqs;
    let [word] = &clause.terms[..] else {
        return Box::new(PhraseQuery::new(clause.terms.iter().map(exact).collect()));
    };
    let exact: Box<dyn Query> = Box::new(TermQuery::new(exact(word), with_freqs));
    if !clause.stemmed {
        return exact;
    }
    let stems =
        stems(word).iter().map(|s| Box::new(TermQuery::new(key("stem", s), with_freqs)) as Box<dyn Query>).collect();
    Box::new(BooleanQuery::new(vec![
        (Occur::Must, Box::new(DisjunctionMaxQuery::new(stems))),
        (Occur::Should, Box::new(BoostQuery::new(exact, EXACT_WEIGHT))),
    ]))
}

/// Any of a field's values, without a say in the score.
fn filter(filter: Filter) -> Box<dyn Query> {
    let terms = filter.values.iter().map(|value| key(filter.field, value)).collect();
    Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new_multiterms_query(terms)), 0.0))
}
