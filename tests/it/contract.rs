//! The contract of backends: answers equal those of the backend in memory, scores included.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::sync::atomic::Ordering;

use digest_search::model::{DigestId, Field};
use digest_search::planning::Reader;
use digest_search::query::{
    Collapse, Dimension, Filters, ParseOptions, Sample, SearchRequest, SeenHashes, Selection, Span, TextQuery,
};
use proptest::prelude::*;

use crate::corpus::{Corpus, custom_fields, entries};
use crate::memory::Memory;
use crate::parity::{custom, digest, request, sample_texts, words};

/// The fields of counts.
const BY: [Dimension; 4] = [
    Dimension::Facet(Field::Source),
    Dimension::Facet(Field::Perspective),
    Dimension::Date(Span::Week),
    Dimension::DigestDate(Span::Day),
];

/// Readers of the tested backend and of the backend in memory.
pub fn both(corpus: &Corpus, texts: &[String]) -> [Reader; 2] {
    let reader = corpus.reader();
    let memory = Memory::new(reader.commit().unwrap(), entries(texts));
    [reader, Reader::new(Box::new(memory))]
}

fn assert_same<T: PartialEq + std::fmt::Debug>(
    readers: &[Reader; 2],
    what: &dyn std::fmt::Debug,
    answer: impl Fn(&Reader) -> T,
) {
    let [backend, memory] = readers.each_ref().map(answer);
    if backend != memory {
        // Only the difference.
        let [backend, memory] = [backend, memory].map(|answer| format!("{answer:#?}"));
        let parts = backend.lines().zip(memory.lines()).filter(|(a, b)| a != b).take(20);
        panic!("{what:?}, backend and memory: {:#?}", parts.collect::<Vec<_>>());
    }
}

/// A sample with ids in place of the backend's own numbers.
fn named(reader: &Reader, sample: Sample) -> impl PartialEq + std::fmt::Debug + use<> {
    let ids: Vec<String> = reader.entries(&sample.entries).unwrap().into_iter().map(|entry| entry.id).collect();
    let stems = reader.stems(&sample.entries).unwrap();
    let stems: Vec<Vec<String>> = (0..ids.len())
        .map(|at| stems.of(at).iter().map(|code| stems.terms[*code as usize].clone()).collect())
        .collect();
    (ids, stems, Sample { entries: Vec::new(), ..sample })
}

/// Compares all answers to a request.
pub fn check(readers: &[Reader; 2], request: &SearchRequest) {
    let text = |error: digest_search::backend::Error| error.to_string();
    for (collapse, limit, explain) in
        [(Collapse::Listed, None, true), (Collapse::Counted, Some(3), false), (Collapse::Never, Some(5), true)]
    {
        let request = SearchRequest { collapse, limit, explain, offset: limit.map_or(0, |n| n / 2), ..request.clone() };
        assert_same(readers, &request, |reader| reader.search(&request).map_err(text));
    }
    let selection = &request.selection;
    assert_same(readers, &selection, |reader| reader.suggestions(selection).map_err(text));
    let [tags, lean, country] = ["tags", "source.lean", "source.country"].map(|name| Dimension::Facet(custom(name)));
    let [section, corpus] = [Field::Section, Field::Corpus].map(Dimension::Facet);
    for by in [
        &BY[..0],
        &BY[..1],
        &BY[1..3],
        &[section],
        &[section, tags],
        &[corpus],
        &[corpus, BY[3]],
        &[tags],
        &[lean, tags],
        &[tags, tags],
        &[country, BY[2]],
    ] {
        assert_same(readers, &(selection, by), |reader| {
            let tally = reader.tally(selection, by).map_err(text)?;
            Ok::<_, String>((tally.counts.keys, tally.counts.cells, tally.counts.entries, tally.spellings))
        });
    }
    assert_same(readers, &selection, |reader| {
        reader.sample(selection, &[&BY[..], &[tags, lean]].concat()).map(|sample| named(reader, sample)).map_err(text)
    });
}

/// Compares answers that need no request.
pub fn check_whole(readers: &[Reader; 2]) {
    let digests: BTreeSet<DigestId> = {
        let commit = readers[0].commit().unwrap();
        commit.files.iter().filter_map(|file| file.digest()).map(|digest| digest.id()).collect()
    };
    for id in &digests {
        assert_same(readers, id, |reader| reader.digest(id).unwrap());
    }
    assert_same(readers, &"contents", |reader| {
        let mut contents = reader.contents().unwrap();
        contents.sort_unstable();
        contents
    });
    for field in [Field::Source, Field::Lang, Field::Section, Field::Corpus, custom("tags"), custom("source.lean")] {
        // Only suggestions: a backend may still have stems of removed entries.
        let [backend, memory] = readers.each_ref().map(|reader| reader.values(field));
        assert!(backend.is_superset(&memory), "{backend:?} {memory:?}");
    }
}

/// Requests with `like`, and with seen entries.
pub fn others(readers: &[Reader; 2], request: &SearchRequest, at: usize) -> Vec<SearchRequest> {
    let all = readers[1].search(&SearchRequest::default()).unwrap().hits;
    let Some(hit) = all.get(at % all.len().max(1)) else { return Vec::new() };
    let like = Selection { like: Some(hit.entry.id.clone()), ..request.selection.clone() };
    let contents = readers[1].contents().unwrap();
    let known = SeenHashes::new(contents.into_iter().step_by(3).collect());
    let news = Selection { known: Some(known), ..request.selection.clone() };
    let fuzzy = Selection { fuzzy: true, ..request.selection.clone() };
    [like, news, fuzzy].map(|selection| SearchRequest { selection, ..request.clone() }).into()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 20, ..ProptestConfig::default() })]

    #[test]
    fn a_new_index_equals_the_backend_in_memory(
        texts in prop::collection::vec(digest(), 1..6),
        requests in prop::collection::vec(request(words()), 20),
        at in 0usize..100,
    ) {
        let corpus = Corpus::new();
        corpus.index(&texts);
        let readers = both(&corpus, &texts);
        check_whole(&readers);
        for request in requests {
            check(&readers, &request);
            others(&readers, &request, at).iter().for_each(|request| check(&readers, request));
        }
    }

    #[test]
    fn an_edited_index_equals_the_backend_in_memory(
        texts in prop::collection::vec(digest(), 2..7),
        before in prop::collection::vec(digest(), 0..4),
        requests in prop::collection::vec(request(words()), 10),
    ) {
        let corpus = Corpus::new();
        corpus.edit(&texts, &before);
        let readers = both(&corpus, &texts);
        check_whole(&readers);
        requests.iter().for_each(|request| check(&readers, request));
    }
}

#[test]
fn the_sample_equals_the_backend_in_memory() {
    // In the order of the files.
    let texts: Vec<String> = sample_texts().iter().map(|text| text.replace("\r\n", "\n")).collect();
    let corpus = Corpus::new();
    corpus.index(&texts);
    check_sample(&both(&corpus, &texts));
}

/// Compares answers about the sample corpus.
pub fn check_sample(readers: &[Reader; 2]) {
    check_whole(readers);
    for text in [
        "",
        "tariff",
        "export controls",
        "steel OR acero",
        "\"rare earths\"",
        "licen*",
        "tarif~",
        "the port of",
        "tariff -steel",
        "(export OR ban) controls",
        "source:\"Edo Bay Times\" chips",
        "\"export controls\"~3",
        "海港",
    ] {
        for filters in [Filters::default(), Filters::default().with(Field::Topic, vec!["china-japan".to_owned()])] {
            check(readers, &asked(text, filters));
        }
    }
}

/// Returns a request of the sample corpus with all facets.
pub fn asked(text: &str, filters: Filters) -> SearchRequest {
    let text = TextQuery::parse(text, ParseOptions::default()).unwrap();
    let selection = Selection { text, filters, ..Selection::default() };
    SearchRequest { selection, facets: Field::all(custom_fields()).collect(), ..SearchRequest::default() }
}

#[test]
fn word_orders_equal_the_backend_in_memory() {
    let texts = word_orders();
    let corpus = Corpus::new();
    corpus.index(&texts);
    check_word_orders(&both(&corpus, &texts));
}

/// A digest whose entries have two words in both orders at all small distances, and repeated.
pub fn word_orders() -> Vec<String> {
    let between = |gap: usize| " mill".repeat(gap);
    let apart = (0..6).flat_map(|gap| {
        [("steel", "quota"), ("quota", "steel")].map(|(first, second)| format!("{first}{} {second}", between(gap)))
    });
    let repeated = ["steel steel quota", "steel quota steel quota", "quota steel steel", "steel mill steel"];
    let points: String = apart.chain(repeated.map(str::to_owned)).map(|point| format!("- {point}\n")).collect();
    vec![format!("---\ntopic: a\ndate: 2026-01-01\nperspectives: []\n---\n\n## Overall Highlights\n\n{points}")]
}

/// Compares answers about word orders.
pub fn check_word_orders(readers: &[Reader; 2]) {
    let displaced = |words: &str| (0..6).map(|slop| format!("\"{words}\"~{slop}")).collect::<Vec<_>>();
    let phrases = ["steel quota", "quota steel", "steel steel", "steel quota steel"].map(displaced).concat();
    let texts = phrases.iter().map(String::as_str).chain(["steel quota", "\"steel quota\"", "steel OR quota"]);
    let found = texts.map(|text| {
        let request = asked(text, Filters::default());
        check(readers, &request);
        readers[1].search(&request).unwrap().hits.len()
    });
    // From no entry to all: each distance makes a difference.
    let found: BTreeSet<usize> = found.collect();
    assert!(found.len() > 8, "{found:?}");
}

#[test]
fn a_request_looks_up_terms_in_few_batches() {
    let texts = sample_texts();
    let corpus = Corpus::new();
    corpus.index(&texts);
    let memory = Memory::new(corpus.reader().commit().unwrap(), entries(&texts));
    let look_ups = Arc::clone(&memory.look_ups);
    let reader = Reader::new(Box::new(memory));
    let id = reader.search(&SearchRequest::default()).unwrap().hits[0].entry.id.clone();
    let sources = ["Edo Bay Times", "Nishiki Asia Review"].map(str::to_owned).to_vec();
    let filters = Filters::default().with(Field::Topic, vec!["china-japan".to_owned()]).with(Field::Source, sources);
    // In a remote store each look-up is a round trip.
    for (text, like, fuzzy, times) in [
        ("", None, false, 1),
        ("export controls", None, false, 1),
        ("(steel OR acero) \"rare earths\" licen* -source:\"Edo Bay Times\" topic:china-japan", None, false, 1),
        ("tarif~ steel~", None, false, 2),
        ("export controls", None, true, 2),
        ("exprt controls", None, true, 3),
        ("", Some(id), false, 2),
    ] {
        let selection = Selection {
            text: TextQuery::parse(text, ParseOptions::default()).unwrap(),
            filters: filters.clone(),
            like,
            fuzzy,
            ..Selection::default()
        };
        look_ups.store(0, Ordering::Relaxed);
        let tally = reader.tally(&selection, &[]);
        assert!(tally.is_ok(), "{text}: {tally:?}");
        assert_eq!(look_ups.load(Ordering::Relaxed), times, "{text}");
    }
}
