//! The engine against a naive scan: every unit analyzed and looked at, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::NaiveDate;
use digest_search::digest::{Conventions, Outcome, parse};
use digest_search::engine::{Error, Reader};
use digest_search::ingest::{self, Options, Progress};
use digest_search::query::{Days, FacetField, Filters, SearchRequest, SearchResponse, Sort, TextQuery};
use digest_search::schema::{Document, Kind, Language, documents, fold, stem};
use proptest::prelude::*;

struct Silent;

impl Progress for Silent {
    fn start(&self, _: usize) {}
    fn advance(&self) {}
    fn finish(&self) {}
}

struct Corpus {
    dir: tempfile::TempDir,
}

impl Corpus {
    fn index(&self, texts: &[String]) {
        let folder = self.dir.path().join("corpus");
        let _ = fs::remove_dir_all(&folder);
        fs::create_dir(&folder).unwrap();
        for (i, text) in texts.iter().enumerate() {
            fs::write(folder.join(format!("{i:02}.md")), text).unwrap();
        }
        let options = Options {
            corpus: folder,
            index: self.dir.path().join("index"),
            rebuild: false,
            dry_run: false,
            strict: false,
            drafts: false,
            allow_shrink: true,
            started: 0,
            today: NaiveDate::from_ymd_opt(2026, 12, 31).unwrap(),
        };
        ingest::run(&options, &Silent).unwrap();
    }

    fn reader(&self) -> Reader {
        Reader::open(&self.dir.path().join("index")).unwrap()
    }
}

fn units(texts: &[String]) -> Vec<Document> {
    let conventions = Conventions::default();
    let mut units = Vec::new();
    let mut seen = BTreeSet::new();
    for text in texts {
        if let Outcome::Digest(digest) = parse(text, &conventions).outcome
            && seen.insert((digest.topic.clone(), digest.date))
        {
            units.extend(documents(&digest, &conventions));
        }
    }
    units
}

/// Whether a unit matches, by looking at each of its words.
fn matches(unit: &Document, request: &SearchRequest) -> bool {
    let words: Vec<&str> = unit.exact.split(' ').collect();
    let language = Language::of(unit.lang.as_deref());
    let says = request.text.iter().flat_map(|text| &text.clauses).all(|clause| {
        if !clause.stemmed {
            return words.windows(clause.terms.len()).any(|window| window == clause.terms);
        }
        let term = &clause.terms[0];
        let forms = [Language::English, Language::Spanish, Language::Other].map(|l| stem(term, l).into_owned());
        words.iter().any(|word| forms.contains(&stem(word, language).into_owned()))
    });
    let any = |values: &[String], has: &[&str]| {
        values.is_empty() || values.iter().any(|v| has.iter().any(|h| fold(h) == fold(v)))
    };
    let side = unit.perspective.as_ref().map_or(vec![], |(id, name)| vec![id.as_str(), name.as_str()]);
    let source = unit.source.as_ref().map_or(vec![], |(name, _)| vec![name.as_str()]);
    let Filters { topics, perspectives, sources, kinds, langs, days } = &request.filters;
    says && any(topics, &[&unit.id.digest.topic, &unit.topic_name])
        && any(perspectives, &side)
        && any(sources, &source)
        && any(langs, &unit.lang.as_deref().map_or(vec![], |l| vec![l]))
        && (kinds.is_empty() || kinds.contains(&unit.kind))
        && (days.is_empty() || days.iter().any(|d| d.contains(unit.date)))
}

fn check(units: &[Document], request: &SearchRequest, response: &SearchResponse) {
    let expected: BTreeSet<String> = units.iter().filter(|u| matches(u, request)).map(|u| u.id.to_string()).collect();
    let distinct: BTreeSet<u64> = units.iter().filter(|u| matches(u, request)).map(|u| u.copy).collect();
    let mut got = BTreeSet::new();
    for hit in &response.hits {
        got.insert(hit.unit.id.clone());
        got.extend(hit.copies.iter().cloned());
    }
    assert_eq!(got, expected, "{request:?}");
    assert_eq!((response.total, response.total_units), (distinct.len(), expected.len()));
    for facet in &response.facets {
        let value = |u: &Document| match facet.field {
            FacetField::Topic => Some(u.id.digest.topic.clone()),
            FacetField::Perspective => u.perspective.as_ref().map(|(id, _)| id.clone()),
            FacetField::Source => u.source.as_ref().map(|(name, _)| name.clone()),
            FacetField::Kind => Some(u.kind.to_string()),
            FacetField::Lang => u.lang.clone(),
        };
        let mut counts: BTreeMap<Option<String>, usize> = BTreeMap::new();
        units.iter().filter(|u| matches(u, request)).for_each(|u| *counts.entry(value(u)).or_default() += 1);
        let got: BTreeMap<_, _> = facet.values.iter().map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(got, counts, "{request:?}");
    }
    let newest_first = response.hits.is_sorted_by(|a, b| a.unit.date >= b.unit.date);
    assert!(newest_first || request.sort == Sort::Oldest || request.sort == Sort::Relevance && request.text.is_some());
    assert!(response.hits.is_sorted_by(|a, b| a.score >= b.score) || request.sort != Sort::Relevance);
    for hit in &response.hits {
        assert_eq!(request.text.is_some(), !hit.marks.is_empty(), "every hit shows why: {request:?} {hit:?}");
    }
}

const WORDS: [&str; 14] = [
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
];

fn sentence() -> impl Strategy<Value = String> {
    prop::collection::vec(prop::sample::select(&WORDS[..]), 1..5).prop_map(|words| words.join(" "))
}

prop_compose! {
    fn digest()(
        topic in prop::sample::select(&["a", "b"][..]),
        day in 1u32..9,
        points in prop::collection::vec(sentence(), 0..4),
        titles in prop::collection::vec((sentence(), prop::bool::ANY, 1u32..9, 0usize..3), 0..6),
        split in 0usize..6,
    ) -> String {
        let split = split.min(titles.len());
        let counts = [split, titles.len() - split];
        let list: String = points.iter().map(|p| format!("- {p}\n")).collect();
        let sources: String = titles.iter().enumerate().map(|(i, (text, spanish, day, outlet))| {
            let locale = if *spanish { "es-MX" } else { "en-US" };
            format!("{}. [{locale}] [{text}](https://example.com/{i}) - Outlet {outlet} (1/{day}/2026)\n", i + 1)
        }).collect();
        format!(
            "---\ntopic: {topic}\ntopicName: Topic {topic}\ndate: 2026-01-{day:02}\nperspectives:\n  - id: x\n    name: Ex\n    \
             count: {}\n  - id: y\n    name: Why\n    count: {}\n---\n\n## Overall Highlights\n\n{list}\n\
             ## Ex Perspective (Ex Sources)\n\n{list}\n## Sources\n\n{sources}",
            counts[0], counts[1]
        )
    }
}

prop_compose! {
    fn request()(
        text in prop::option::of(prop::collection::vec((sentence(), prop::bool::ANY), 1..3)),
        topics in prop::collection::vec(prop::sample::select(&["a", "topic B", "b"][..]), 0..2),
        perspectives in prop::collection::vec(prop::sample::select(&["x", "WHY"][..]), 0..2),
        kinds in prop::collection::vec(prop::sample::select(&Kind::ALL[..]), 0..2),
        days in prop::option::of((1u32..9, 0u32..4)),
        sort in prop::sample::select(&[Sort::Relevance, Sort::Newest, Sort::Oldest][..]),
    ) -> SearchRequest {
        let text = text.map(|parts| parts.iter().map(|(words, quoted)| if *quoted { format!("\"{words}\"") } else { words.clone() })
            .collect::<Vec<_>>().join(" "));
        let day = |n: u32| NaiveDate::from_ymd_opt(2026, 1, n);
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        SearchRequest {
            text: text.and_then(|text| TextQuery::parse(&text).unwrap()),
            filters: Filters {
                topics: owned(topics),
                perspectives: owned(perspectives),
                kinds,
                days: days.map(|(from, more)| Days { first: day(from), last: day(from + more) }).into_iter().collect(),
                ..Filters::default()
            },
            sort,
            facets: FacetField::ALL.to_vec(),
            ..SearchRequest::default()
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, ..ProptestConfig::default() })]

    #[test]
    fn the_engine_finds_what_a_naive_scan_finds(
        texts in prop::collection::vec(digest(), 1..6),
        requests in prop::collection::vec(request(), 40),
    ) {
        let corpus = Corpus { dir: tempfile::tempdir().unwrap() };
        corpus.index(&texts);
        let (reader, units) = (corpus.reader(), units(&texts));
        for request in requests {
            match reader.search(&request) {
                Ok(response) => check(&units, &request, &response),
                // A topic that no digest has is refused; the scan would just find nothing.
                Err(Error::UnknownValue { .. }) => {}
                Err(error) => panic!("{error}"),
            }
        }
    }

    #[test]
    fn answers_do_not_depend_on_how_the_index_came_about(
        texts in prop::collection::vec(digest(), 2..7),
        others in prop::collection::vec(digest(), 0..4),
        requests in prop::collection::vec(request(), 20),
    ) {
        let (fresh, grown) = (Corpus { dir: tempfile::tempdir().unwrap() }, Corpus { dir: tempfile::tempdir().unwrap() });
        fresh.index(&texts);
        grown.index(&others);
        grown.index(&texts[..texts.len() / 2]);
        grown.index(&[&texts[texts.len() / 2..], &others[..]].concat());
        grown.index(&texts);
        let (fresh, grown) = (fresh.reader(), grown.reader());
        for request in requests {
            let answer = |reader: &Reader| reader.search(&request).map_err(|error| error.to_string());
            prop_assert_eq!(answer(&fresh), answer(&grown), "{:?}", request);
        }
    }
}
