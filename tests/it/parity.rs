//! The engine against a naive scan of all entries.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::NaiveDate;
use digest_search::backend::{Catalog, Error, FileRecord};
use digest_search::corpus::Stat;
use digest_search::model::{Document, Field, Kind};
use digest_search::planning::Reader;
use digest_search::query::{
    Collapse, Days, Filters, ParseOptions, SearchRequest, SearchResponse, Selection, Sort, TextQuery,
};
use proptest::prelude::*;

use crate::corpus::{Corpus, custom_fields, entries};
use crate::env::sample;
use crate::scan::Scan;

pub fn check(scan: &Scan, request: &SearchRequest, response: &SearchResponse) {
    let entries = scan.search(&request.selection);
    let expected: BTreeSet<String> = entries.iter().map(|u| u.id.to_string()).collect();
    let distinct: BTreeSet<u64> = entries.iter().map(|u| u.copy).collect();
    let mut got = BTreeSet::new();
    for hit in &response.hits {
        got.insert(hit.entry.id.clone());
        got.extend(hit.copy_ids.iter().cloned());
        assert_eq!(hit.copies, hit.copy_ids.len());
    }
    assert_eq!(got.symmetric_difference(&expected).next(), None, "{request:?}");
    assert_eq!((response.total, response.total_entries), (distinct.len(), expected.len()));
    let sources: BTreeMap<String, Option<String>> =
        scan.entries.iter().map(|entry| (entry.document.id.to_string(), scan.source(&entry.document))).collect();
    for hit in &response.hits {
        assert_eq!(hit.entry.source, sources[&hit.entry.id], "one name for all spellings: {hit:?}");
    }
    let of = |filters: Filters| Selection { filters, ..request.selection.clone() };
    let unfiltered = of(Filters::default());
    for facet in &response.facets {
        let values = |u: &Document| {
            let values: Vec<Option<String>> = match facet.field {
                Field::Source => vec![scan.source(u)],
                field => field.values(u).map(|value| Some(value.to_owned())).collect(),
            };
            if values.is_empty() { vec![None] } else { values }
        };
        let lifted = of(request.selection.filters.clone().with(facet.field, Vec::new()));
        let mut counts: BTreeMap<Option<String>, [usize; 3]> = BTreeMap::new();
        for (i, selection) in [&request.selection, &lifted, &unfiltered].into_iter().enumerate() {
            let is_same = selection.filters == request.selection.filters;
            let entries = if is_same { entries.clone() } else { scan.search(selection) };
            entries.into_iter().flat_map(values).for_each(|value| counts.entry(value).or_default()[i] += 1);
        }
        let got: BTreeMap<_, _> =
            facet.values.iter().map(|v| (v.value.clone(), [v.count, v.lifted, v.unfiltered])).collect();
        assert_eq!(got, counts, "{request:?}");
    }
    let days: Vec<NaiveDate> = response.hits.iter().map(|hit| hit.entry.date).collect();
    let is_in_order = match request.sort {
        Sort::Relevance if request.selection.is_scored() => response.hits.is_sorted_by(|a, b| a.score >= b.score),
        Sort::Relevance | Sort::Newest => days.is_sorted_by(|a, b| a >= b),
        Sort::Oldest => days.is_sorted_by(|a, b| a <= b),
    };
    assert!(is_in_order, "{request:?}");
    for hit in &response.hits {
        // Fields and excluded words leave no mark.
        if let Some(text) = &request.selection.text
            && !text.text.contains("OR")
            && text.has_words()
        {
            assert!(hit.marks.len() + hit.source_marks.len() > 0, "every hit shows why: {request:?} {hit:?}");
        }
        let sum: f64 = hit.reasons.iter().map(|reason| reason.score).sum();
        let adds_up = (hit.score.unwrap_or_default() - sum).abs() < 1e-9;
        assert!(adds_up || !request.explain, "the reasons make up the score: {hit:?}");
    }
}

const WORDS: [&str; 19] = [
    "export",
    "exports",
    "control",
    "controls",
    "dual-use",
    "use",
    "Japón",
    "japon",
    "arancel",
    "aranceles",
    "U.S.",
    "新华网",
    "Trump’s",
    "10%",
    "EE.UU.",
    "EEUU",
    "นโยบาย",
    "កម្ពុជា",
    "1.200.000",
];

/// Values of custom fields, some of which differ only in case.
const TAGS: [&str; 5] = ["AI", "ai", "chips", "New York", "日本"];

/// Spellings of a few sources.
const OUTLETS: [&str; 5] = ["Outlet 0", "OUTLET 0", "Óutlet 0", "Outlet 1", "Outlet 2"];

pub fn words() -> Vec<String> {
    WORDS.map(str::to_owned).into()
}

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

prop_compose! {
    pub fn digest()(
        topic in prop::sample::select(&["a", "b"][..]),
        day in 1u32..9,
        points in prop::collection::vec(sentence(), 0..4),
        titles in prop::collection::vec((sentence(), prop::bool::ANY, 1u32..9, prop::sample::select(&OUTLETS[..])), 0..6),
        split in 0usize..6,
        tags in prop::option::of(prop::collection::vec(prop::sample::select(&TAGS[..]), 0..4)),
        feed in prop::option::of(prop::sample::select(&TAGS[..])),
    ) -> String {
        let split = split.min(titles.len());
        let counts = [split, titles.len() - split];
        let tags = match tags.as_deref() {
            None => String::new(),
            Some([tag]) => format!("tags: {tag}\n"),
            Some(tags) if tags.len() % 2 == 0 => format!("tags: [{}]\n", tags.join(", ")),
            Some(tags) => format!("tags:\n{}", tags.iter().map(|tag| format!("  - {tag}\n")).collect::<String>()),
        };
        let feed = feed.map(|feed| format!("source: {feed}\n")).unwrap_or_default();
        let list: String = points.iter().map(|p| format!("- {p}\n")).collect();
        let sources: String = titles.iter().enumerate().map(|(i, (text, spanish, day, outlet))| {
            let locale = if *spanish { "es-MX" } else { "en-US" };
            format!("{}. [{locale}] [{text}](https://example.com/{i}) - {outlet} (1/{day}/2026)\n", i + 1)
        }).collect();
        format!(
            "---\ntopic: {topic}\ntopicName: Topic {topic}\ndate: 2026-01-{day:02}\n{tags}{feed}perspectives:\n  - id: x\n    name: Ex\n    \
             count: {}\n  - id: y\n    name: Why\n    count: {}\n---\n\n## Overall Highlights\n\n{list}\n\
             ## Ex Perspective (Ex Sources)\n\n{list}\n## Sources\n\n{sources}",
            counts[0], counts[1]
        )
    }
}

/// A word without one of its letters.
fn edited(word: &str, at: usize) -> String {
    let letters = word.chars().filter(|c| c.is_alphanumeric());
    let kept: String = letters.clone().enumerate().filter(|(i, _)| *i != at).map(|(_, c)| c).collect();
    if kept.is_empty() { letters.collect() } else { kept }
}

/// A random part of a query.
fn part(words: Vec<String>) -> impl Strategy<Value = String> {
    let word = move || prop::sample::select(words.clone());
    let two = || (word(), word()).prop_map(|(a, b)| format!("{a} {b}"));
    let leaf = prop_oneof![
        6 => word(),
        2 => (two(), 0u32..4).prop_map(|(words, slop)| format!("\"{words}\"~{slop}")),
        1 => (two(), word(), 0u32..4).prop_map(|(a, b, slop)| format!("\"{a} {b}\"~{slop}")),
        1 => (word(), 0u32..4).prop_map(|(word, slop)| format!("\"{word} {word}\"~{slop}")),
        1 => word().prop_map(|word| format!("\"{word}\"")),
        1 => (word(), 1usize..5).prop_map(|(word, n)| format!("{}*", word.chars().filter(|c| c.is_alphanumeric()).take(n).collect::<String>())),
        1 => (word(), 1usize..9).prop_map(|(word, n)| {
            let edited = edited(&word, n);
            if edited.is_ascii() { format!("{edited}~") } else { word }
        }),
        1 => prop::sample::select(&["exp*", "c*", "dual-u*", "新*", "ar*", "新华*", "out*", "text:out*"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["contrl~", "us~1", "arancle~", "zzzz~", "outlt~", "text:outlt~"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["新华", "华网", "网", "โยบ", "บา*", "\"นโย\"", "ម្ពុ", "eeuu", "\"EE. UU.\"", "1200000", "outlet", "text:outlet", "outlet-1", "outlets"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["kind:title", "topic:a", "lang:es", "date:2026-01-04..", "source:\"Outlet 1\"", "source:\"outlet 0\"", "perspective:Why"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["tags:AI", "tags:aI", "Tags:\"new york\"", "feed:chips", "source.country:jp", "source.lean:\"far left\"", "tags:none"][..]).prop_map(str::to_owned),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        let many = || prop::collection::vec(inner.clone(), 2..4);
        prop_oneof![
            3 => many().prop_map(|parts| format!("({})", parts.join(" "))),
            2 => many().prop_map(|parts| format!("({})", parts.join(" OR "))),
            2 => inner.clone().prop_map(|part| format!("-{part}")),
        ]
    })
}

pub fn custom(name: &str) -> Field {
    Field::from_name(name, custom_fields()).unwrap()
}

prop_compose! {
    pub fn request(words: Vec<String>)(
        text in prop::option::weighted(0.9, prop::collection::vec(part(words), 1..3)),
        any in prop::bool::weighted(0.2),
        topics in prop::collection::vec(prop::sample::select(&["a", "topic B", "b"][..]), 0..2),
        perspectives in prop::collection::vec(prop::sample::select(&["x", "WHY"][..]), 0..2),
        kinds in prop::collection::vec(prop::sample::select(&Kind::ALL[..]), 0..2),
        tags in prop::option::weighted(0.2, prop::collection::vec(prop::sample::select(&["AI", "Ai", "chips", "日本"][..]), 1..3)),
        countries in prop::option::weighted(0.2, prop::collection::vec(prop::sample::select(&["jp", "US"][..]), 1..3)),
        days in prop::option::weighted(0.3, (1u32..9, 0u32..4)),
        sort in prop::sample::select(&[Sort::Relevance, Sort::Newest, Sort::Oldest][..]),
    ) -> SearchRequest {
        let text = text.map(|parts| parts.join(" ")).unwrap_or_default();
        let day = |n: u32| NaiveDate::from_ymd_opt(2026, 1, n);
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        SearchRequest {
            selection: Selection {
                text: TextQuery::parse(&text, ParseOptions { any, fields: custom_fields(), ..ParseOptions::default() }).unwrap(),
                filters: Filters {
                    days: days.map(|(from, more)| Days { first: day(from), last: day(from + more) }).into_iter().collect(),
                    ..Filters::default()
                }
                .with(Field::Topic, owned(topics))
                .with(Field::Perspective, owned(perspectives))
                .with(Field::Kind, kinds.iter().map(Kind::to_string).collect())
                .with(custom("tags"), owned(tags.unwrap_or_default()))
                .with(custom("source.country"), owned(countries.unwrap_or_default())),
                ..Selection::default()
            },
            explain: true,
            sort,
            facets: Field::all(custom_fields()).collect(),
            ..SearchRequest::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, ..ProptestConfig::default() })]

    #[test]
    fn answers_equal_a_naive_scan(
        texts in prop::collection::vec(digest(), 1..6),
        requests in prop::collection::vec(request(words()), 40),
    ) {
        let corpus = Corpus::new();
        corpus.index(&texts);
        let (reader, scan) = (corpus.reader(), Scan::new(entries(&texts)));
        for request in requests {
            match reader.search(&request) {
                Ok(response) => {
                    check(&scan, &request, &response);
                    check_pages(&reader, &request, &response);
                    check_copies(&reader, &request, &response);
                }
                Err(Error::UnknownValue { field, value, .. }) => {
                    assert!(!scan.has(field, &value), "{field:?} {value} is not unknown: {request:?}");
                }
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn answers_do_not_depend_on_the_history_of_the_index(
        texts in prop::collection::vec(digest(), 2..7),
        others in prop::collection::vec(digest(), 0..4),
        requests in prop::collection::vec(request(words()), 20),
    ) {
        let (fresh, grown) = (Corpus::new(), Corpus::new());
        fresh.index(&texts);
        grown.index(&others);
        grown.index(&texts[..texts.len() / 2]);
        grown.index(&[&texts[texts.len() / 2..], &others[..]].concat());
        grown.index(&texts);
        let (fresh, grown) = (fresh.reader(), grown.reader());
        prop_assert_eq!(listed(&fresh), listed(&grown));
        for request in requests {
            let answer = |reader: &Reader| reader.search(&request).map_err(|error| error.to_string());
            prop_assert_eq!(answer(&fresh), answer(&grown), "{:?}", request);
        }
    }
}

/// Compares pages of an answer with the whole.
fn check_pages(reader: &Reader, request: &SearchRequest, whole: &SearchResponse) {
    for (offset, limit) in [(0, 1), (0, 7), (2, 3)] {
        let facets = Vec::new();
        let mut request = SearchRequest { offset, limit: Some(limit), facets, ..request.clone() };
        let page = reader.search(&request).unwrap();
        let mut hits: Vec<_> = whole.hits.iter().skip(offset).take(limit).cloned().collect();
        assert_eq!((&page.hits, page.total), (&hits, whole.total), "{offset} and {limit} of {request:?}");
        if request.collapse == Collapse::Listed {
            request.collapse = Collapse::Counted;
            hits.iter_mut().for_each(|hit| hit.copy_ids.clear());
            assert_eq!(reader.search(&request).unwrap().hits, hits, "counted only: {request:?}");
        }
    }
}

/// Compares the answer with all copies with the answer of one hit for all copies.
fn check_copies(reader: &Reader, request: &SearchRequest, response: &SearchResponse) {
    let request = SearchRequest { collapse: Collapse::Never, facets: Vec::new(), ..request.clone() };
    let all = reader.search(&request).unwrap();
    check_pages(reader, &request, &all);
    let copies: BTreeSet<&String> = response.hits.iter().flat_map(|hit| &hit.copy_ids).collect();
    assert_eq!(all.hits.len(), response.hits.len() + copies.len(), "{request:?}");
    let first = all.hits.iter().filter(|hit| !copies.contains(&hit.entry.id)).map(|hit| &hit.entry.id);
    assert!(first.eq(response.hits.iter().map(|hit| &hit.entry.id)), "{request:?}");
}

/// The list of indexed files, without the folder and times.
pub fn listed(reader: &Reader) -> (Catalog, Vec<FileRecord>) {
    let commit = reader.commit().unwrap();
    let timeless = |file: &FileRecord| FileRecord { stat: Stat::default(), ..file.clone() };
    let mut catalog = Catalog { corpus: Default::default(), ..commit.catalog };
    catalog.corpora.iter_mut().for_each(|corpus| corpus.path = Default::default());
    (catalog, commit.files.iter().map(timeless).collect())
}

/// The files of the sample corpus in the order of the index.
pub fn sample_texts() -> Vec<String> {
    let files = walkdir::WalkDir::new(sample()).sort_by_file_name().into_iter().map(Result::unwrap);
    let markdown = files.filter(|file| file.path().extension().is_some_and(|ext| ext == "md"));
    markdown.map(|file| fs::read_to_string(file.path()).unwrap_or_default()).collect()
}

#[test]
fn answers_over_the_sample_equal_a_naive_scan() {
    use proptest::strategy::ValueTree;
    let texts = sample_texts();
    let corpus = Corpus::new();
    corpus.index(&texts);
    let (reader, scan) = (corpus.reader(), Scan::new(entries(&texts)));
    let spoken: BTreeSet<String> = scan
        .entries
        .iter()
        .flat_map(|entry| entry.document.text.split_whitespace())
        .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|word| !word.is_empty() && !word.contains(['"', '*', '(', ')', ':', '~', '“', '”', '„', '«', '»']))
        .collect();
    // Function words, too, so that conditions overlap.
    let common = ["the", "China", "Japan", "de", "acero", "of", "tariffs"].map(str::to_owned);
    let words: Vec<String> = spoken.into_iter().step_by(9).chain(common.into_iter().cycle().take(200)).collect();
    let mut runner = proptest::test_runner::TestRunner::deterministic();
    let (mut found, mut refused) = (0, 0);
    for round in 0..1200 {
        let mut request = request(words.clone()).new_tree(&mut runner).unwrap().current();
        request.selection.filters = Filters::default();
        request.explain = false;
        // The sample has no values of the custom fields.
        let text = request.selection.text.as_ref().map_or("", |text| &text.text);
        if ["ags:", "feed:", "source."].iter().any(|name| text.contains(name)) {
            continue;
        }
        match reader.search(&request) {
            Ok(response) => {
                found += usize::from(response.total > 0);
                check(&scan, &request, &response);
                if round % 5 == 0 {
                    check_pages(&reader, &request, &response);
                    check_copies(&reader, &request, &response);
                }
            }
            Err(Error::UnknownValue { field, value, .. }) => {
                assert!(!scan.has(field, &value), "{field:?} {value} is not unknown: {request:?}");
                refused += 1;
            }
            Err(Error::TooManyWords { .. }) => refused += 1,
            Err(error) => panic!("{error}"),
        }
    }
    assert!(found > 400 && refused < 200, "{found} found something, {refused} were refused");
}
