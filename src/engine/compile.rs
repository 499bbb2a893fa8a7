//! A request as a query of Tantivy's.

use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::fields::key;
use crate::query::{Clause, Filters, SearchRequest};
use crate::schema::{fold, stems};

/// How much the very form that was asked for counts beside its stem.
const EXACT_WEIGHT: f32 = 0.5;

/// What must match. Days are not part of it: the collector looks them up for what matches all else.
pub fn compile(request: &SearchRequest) -> Box<dyn Query> {
    let words = request.text.iter().flat_map(|text| &text.clauses).map(clause);
    let must: Vec<(Occur, Box<dyn Query>)> = words.chain(filters(&request.filters)).map(|q| (Occur::Must, q)).collect();
    if must.is_empty() { Box::new(AllQuery) } else { Box::new(BooleanQuery::new(must)) }
}

/// A word matches by its stem in any language, and scores more where it stands as typed; a phrase matches as typed.
fn clause(clause: &Clause) -> Box<dyn Query> {
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

/// One query a field that is filtered by: any of its values, without a say in the score.
fn filters(filters: &Filters) -> Vec<Box<dyn Query>> {
    let kinds: Vec<String> = filters.kinds.iter().map(|kind| kind.as_str().to_owned()).collect();
    let fields = [
        ("topic_key", &filters.topics),
        ("perspective_key", &filters.perspectives),
        ("source_key", &filters.sources),
        ("kind", &kinds),
        ("lang", &filters.langs),
    ];
    let any_of = |(field, values): (&'static str, &Vec<String>)| {
        let terms = values.iter().map(|value| key(field, &fold(value))).collect();
        Box::new(ConstScoreQuery::new(Box::new(BooleanQuery::new_multiterms_query(terms)), 0.0)) as Box<dyn Query>
    };
    fields.into_iter().filter(|(_, values)| !values.is_empty()).map(any_of).collect()
}
