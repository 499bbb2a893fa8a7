//! The engine against a naive scan: every unit analyzed and looked at, one by one.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use chrono::NaiveDate;
use digest_search::digest::{Conventions, Outcome, parse};
use digest_search::engine::{Error, Reader};
use digest_search::ingest::{self, Options, Progress};
use digest_search::query::{
    Days, FacetField, Field, Filters, Form, Node, Reading, SearchRequest, SearchResponse, Sort, TextQuery, What, Words,
};
use digest_search::schema::{Document, Kind, Language, Token, documents, fold, stem, tokens};
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
fn matches(unit: &Document, units: &[Document], request: &SearchRequest) -> bool {
    let any = |values: &[String], has: &[&str]| {
        values.is_empty() || values.iter().any(|v| has.iter().any(|h| fold(h) == fold(v)))
    };
    let Filters { topics, perspectives, sources, kinds, langs, days } = &request.filters;
    let node = request.text.as_ref().is_none_or(|text| says(unit, units, &text.root));
    node && any(topics, &values(unit, Field::Topic))
        && any(perspectives, &values(unit, Field::Perspective))
        && any(sources, &values(unit, Field::Source))
        && any(langs, &values(unit, Field::Lang))
        && (kinds.is_empty() || kinds.contains(&unit.kind))
        && (days.is_empty() || days.iter().any(|d| d.contains(unit.date)))
}

/// Ids and names that a unit has in a field.
fn values(unit: &Document, field: Field) -> Vec<&str> {
    match field {
        Field::Topic => vec![&unit.id.digest.topic, &unit.topic_name],
        Field::Perspective => unit.perspective.as_ref().map_or(vec![], |(id, name)| vec![id, name]),
        Field::Source => unit.source.as_ref().map_or(vec![], |(name, written)| vec![name, written]),
        Field::Lang => unit.lang.as_deref().map_or(vec![], |l| vec![l]),
        Field::Kind | Field::Date | Field::Text => unreachable!("other nodes"),
    }
}

fn says(unit: &Document, units: &[Document], node: &Node) -> bool {
    match &node.what {
        What::All(nodes) => nodes.iter().all(|node| says(unit, units, node)),
        What::Any(nodes) => nodes.iter().any(|node| says(unit, units, node)),
        What::Not(node) => !says(unit, units, node),
        What::Kind(kind) => unit.kind == *kind,
        What::Days(days) => days.contains(unit.date),
        What::Value(field, value) => values(unit, *field).iter().any(|has| fold(has) == fold(value)),
        What::Words(words) => has_words(unit, units, words),
    }
}

fn has_words(unit: &Document, units: &[Document], words: &Words) -> bool {
    let terms: Vec<&str> = words.tokens.iter().map(|token| token.term.as_str()).collect();
    let text = tokens(&unit.text);
    let text: Vec<&str> = text.iter().map(|token| token.term.as_str()).collect();
    let names: Vec<Vec<String>> = unit.source.as_ref().map_or(vec![], |(name, written)| {
        [name, written].map(|name| tokens(name).into_iter().map(|t| t.term).collect()).into()
    });
    let language = Language::of(unit.lang.as_deref());
    let forms = |typed: &str| Language::ALL.map(|l| stem(typed, l).into_owned());
    let in_names = |fits: &dyn Fn(usize, &str) -> bool| {
        let side_by_side =
            |name: &Vec<String>| name.windows(terms.len()).any(|w| w.iter().enumerate().all(|(i, w)| fits(i, w)));
        !words.only_text && names.iter().any(side_by_side)
    };
    let in_text = |fits: &dyn Fn(usize, &str) -> bool| {
        text.windows(terms.len()).any(|w| w.iter().enumerate().all(|(i, w)| fits(i, w)))
    };
    match words.form {
        Form::Exact { slop } => {
            let mut ways: Vec<Vec<i64>> = vec![vec![]];
            for (i, term) in terms.iter().enumerate() {
                let places: Vec<i64> =
                    (0..).zip(&text).filter(|(_, w)| *w == term).map(|(p, _): (i64, _)| p - i as i64).collect();
                ways = ways.iter().flat_map(|way| places.iter().map(move |p| [&way[..], &[*p]].concat())).collect();
            }
            ways.iter().any(|way| way.iter().max().unwrap() - way.iter().min().unwrap() <= i64::from(slop))
        }
        Form::Prefix => {
            let last = terms.len() - 1;
            let fits = |i: usize, word: &str| if i == last { word.starts_with(terms[i]) } else { word == terms[i] };
            in_text(&fits) || in_names(&fits)
        }
        Form::Any if words.tokens.iter().any(Token::is_ideograph) => {
            // Characters side by side; the corpus of this test has no marks between them.
            in_text(&|i, word| word == terms[i]) || in_names(&|i, word| word == terms[i])
        }
        Form::Any => {
            in_text(&|i, word| forms(terms[i]).contains(&stem(word, language).into_owned()))
                || in_names(&|i, word| word == terms[i])
        }
        Form::Fuzzy => {
            let near = |word: &str| strsim::osa_distance(word, terms[0]) <= 1;
            let mut variants: BTreeSet<String> = BTreeSet::new();
            for unit in units {
                let names = unit.source.iter().flat_map(|(name, written)| [name, written]);
                for text in names.filter(|_| !words.only_text).chain([&unit.text]) {
                    variants.extend(tokens(text).into_iter().map(|t| t.term).filter(|word| near(word)));
                }
            }
            if variants.is_empty() {
                variants.insert(terms[0].to_owned());
            }
            let stems: BTreeSet<String> = variants.iter().flat_map(|word| forms(word)).collect();
            in_text(&|_, word| stems.contains(&*stem(word, language))) || in_names(&|_, word| variants.contains(word))
        }
    }
}

fn check(units: &[Document], request: &SearchRequest, response: &SearchResponse) {
    let expected: BTreeSet<String> =
        units.iter().filter(|u| matches(u, units, request)).map(|u| u.id.to_string()).collect();
    let distinct: BTreeSet<u64> = units.iter().filter(|u| matches(u, units, request)).map(|u| u.copy).collect();
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
        units.iter().filter(|u| matches(u, units, request)).for_each(|u| *counts.entry(value(u)).or_default() += 1);
        let got: BTreeMap<_, _> = facet.values.iter().map(|v| (v.value.clone(), v.count)).collect();
        assert_eq!(got, counts, "{request:?}");
    }
    let newest_first = response.hits.is_sorted_by(|a, b| a.unit.date >= b.unit.date);
    assert!(newest_first || request.sort == Sort::Oldest || request.sort == Sort::Relevance && request.is_scored());
    assert!(response.hits.is_sorted_by(|a, b| a.score >= b.score) || request.sort != Sort::Relevance);
    for hit in &response.hits {
        // A part of a query that a unit matches by what it is, or by what it does not say, leaves no mark.
        if let Some(text) = &request.text
            && !text.text.contains("OR")
            && text.has_words()
        {
            assert!(hit.marks.len() + hit.source_marks.len() > 0, "every hit shows why: {request:?} {hit:?}");
        }
        let sum: f64 = hit.reasons.iter().map(|reason| reason.score).sum();
        assert!((hit.score.unwrap_or_default() - sum).abs() < 1e-3, "the reasons make up the score: {hit:?}");
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

/// A part of a query of any construct.
fn part() -> impl Strategy<Value = String> {
    let word = || prop::sample::select(&WORDS[..]).prop_map(str::to_owned);
    let two = || (word(), word()).prop_map(|(a, b)| format!("{a} {b}"));
    let leaf = prop_oneof![
        6 => word(),
        2 => (two(), 0u32..4).prop_map(|(words, slop)| format!("\"{words}\"~{slop}")),
        1 => (two(), word(), 0u32..4).prop_map(|(a, b, slop)| format!("\"{a} {b}\"~{slop}")),
        1 => sentence().prop_map(|words| format!("\"{words}\"")),
        1 => prop::sample::select(&["exp*", "c*", "dual-u*", "新*", "ar*", "新华*", "out*", "text:out*"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["contrl~", "us~1", "arancle~", "zzzz~", "outlt~", "text:outlt~"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["新华", "华网", "网", "outlet", "text:outlet", "outlet-1", "outlets"][..]).prop_map(str::to_owned),
        1 => prop::sample::select(&["kind:title", "topic:a", "lang:es", "date:2026-01-04..", "source:\"Outlet 1\"", "perspective:Why"][..]).prop_map(str::to_owned),
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

prop_compose! {
    fn request()(
        text in prop::option::weighted(0.9, prop::collection::vec(part(), 1..3)),
        any in prop::bool::weighted(0.2),
        topics in prop::collection::vec(prop::sample::select(&["a", "topic B", "b"][..]), 0..2),
        perspectives in prop::collection::vec(prop::sample::select(&["x", "WHY"][..]), 0..2),
        kinds in prop::collection::vec(prop::sample::select(&Kind::ALL[..]), 0..2),
        days in prop::option::weighted(0.3, (1u32..9, 0u32..4)),
        sort in prop::sample::select(&[Sort::Relevance, Sort::Newest, Sort::Oldest][..]),
    ) -> SearchRequest {
        let text = text.map(|parts| parts.join(" ")).unwrap_or_default();
        let day = |n: u32| NaiveDate::from_ymd_opt(2026, 1, n);
        let owned = |values: Vec<&str>| values.into_iter().map(str::to_owned).collect();
        SearchRequest {
            text: TextQuery::parse(&text, Reading { any, as_of: None }).unwrap(),
            explain: true,
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
