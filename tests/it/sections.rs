//! Sections: paths of headings as a field, against a naive scan and the backend in memory.

use std::collections::BTreeSet;

use digest_search::digest::{Conventions, Digest, Facts, Folder, Layout, Outcome, documents, read};
use digest_search::model::{Document, Field};
use digest_search::planning::Reader;
use digest_search::query::{Filters, ParseOptions, SearchRequest, Selection, TextQuery};
use proptest::prelude::*;

use crate::contract::check as check_backends;
use crate::corpus::{Corpus, SETTINGS, custom_fields};
use crate::env::TestEnv;
use crate::memory::Memory;
use crate::parity::check;
use crate::scan::Scan;

/// Headings, some of which differ only in case or form.
const HEADINGS: [&str; 5] = ["News", "NEWS", "Ports & rails", "Café", "摘要"];

/// Sections as typed.
const TYPED: [&str; 10] = [
    "News",
    "news",
    "NEWS /",
    "News/",
    "news / ports & rails",
    "news/ports & rails/",
    "cafe",
    "Cafe/",
    "摘要/",
    "Nowhere",
];

/// The documents of files in the general layout.
pub fn general(corpus: &str, files: &[(String, String)]) -> Vec<Document> {
    let conventions = Conventions::from_yaml(SETTINGS).unwrap();
    let facts: Vec<(&str, &str, Facts)> = files
        .iter()
        .filter_map(|(path, text)| Some((&**path, &**text, Facts::of(text, path, &Conventions::default())?)))
        .collect();
    let folder = Folder::decide(
        if corpus.is_empty() { "corpus" } else { corpus },
        facts.iter().map(|(path, _, facts)| (*path, facts)),
    );
    let of = |(path, text, facts): &(&str, &str, Facts)| {
        let reading = folder.reading(path, facts);
        match read(text, Layout::General, path, Some(&reading), &conventions).outcome {
            Outcome::Digest(digest) => documents(Digest { corpus: corpus.to_owned(), ..*digest }, &conventions),
            _ => Vec::new(),
        }
    };
    facts.iter().flat_map(of).collect()
}

prop_compose! {
    pub fn file()(parts in prop::collection::vec((2usize..5, prop::sample::select(&HEADINGS[..]), 0usize..3), 0..6)) -> String {
        let part = |(at, (level, heading, items)): (usize, &(usize, &str, usize))| {
            let item = |n: usize| format!("- [Berth {at}{n}](https://a.example/{at}/{n})\n- pilots {at}{n}\n");
            format!("{} {heading}\n\n{}\n", "#".repeat(*level), (0..*items).map(item).collect::<String>())
        };
        format!("- quays\n\n{}", parts.iter().enumerate().map(part).collect::<String>())
    }
}

prop_compose! {
    fn request()(
        text in prop::sample::select(&["", "berth", "pilots OR section:news", "section:\"News/\"", "-section:CAFE", "section:摘要"][..]),
        sections in prop::collection::vec(prop::sample::select(&TYPED[..]), 0..3),
    ) -> SearchRequest {
        let text = TextQuery::parse(text, ParseOptions { fields: custom_fields(), ..ParseOptions::default() }).unwrap();
        let filters = Filters::default().with(Field::Section, sections.into_iter().map(str::to_owned).collect());
        let selection = Selection { text, filters, ..Selection::default() };
        SearchRequest { selection, facets: Field::all(custom_fields()).collect(), explain: true, ..SearchRequest::default() }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 10, ..ProptestConfig::default() })]

    #[test]
    fn sections_are_filtered_and_counted(
        before in prop::collection::vec(file(), 0..3),
        texts in prop::collection::vec(file(), 1..5),
        requests in prop::collection::vec(request(), 20),
    ) {
        let named = |texts: Vec<String>| -> Vec<(String, String)> {
            (1..).zip(texts).map(|(day, text)| (format!("2026-01-{day:02}.md"), text)).collect()
        };
        let (corpus, files) = (Corpus::new(), named(texts));
        corpus.index_files(&named(before));
        corpus.index_files(&files);
        let (scan, reader) = (Scan::new(general("", &files)), corpus.reader());
        let memory = Memory::new(reader.commit().unwrap(), general("", &files));
        let readers = [reader, Reader::new(Box::new(memory))];
        for request in requests {
            match readers[0].search(&request) {
                Ok(response) => check(&scan, &request, &response),
                Err(digest_search::backend::Error::UnknownValue { value, .. }) => {
                    prop_assert!(!scan.has(Field::Section, &value), "{value} is not unknown: {request:?}");
                }
                Err(error) => panic!("{error}"),
            }
            check_backends(&readers, &request);
        }
        let [backend, memory] = readers.each_ref().map(|reader| reader.values(Field::Section));
        prop_assert!(backend.is_superset(&memory), "{backend:?} {memory:?}");
    }
}

fn env() -> TestEnv {
    let env = TestEnv::new();
    for day in 1..=3 {
        let item = |n: usize| format!("- [Berth {day}{n} opens](https://a.example/{day}/{n})\n");
        let items = |range: std::ops::Range<usize>| range.map(item).collect::<String>();
        let text =
            format!("# Brief\n\n## News\n\n{}\n### Ports\n\n{}\n## Jobs\n\n{}", items(0..1), items(1..6), items(6..8));
        env.write(&format!("corpus/2026-03-0{day}.md"), text);
    }
    env.ok(&["index", "corpus"]);
    env
}

#[test]
fn a_section_is_a_field_as_others_are() {
    let env = env();
    let total =
        |args: &[&str]| env.json(&[&["query", "--limit", "0", "--format", "json"], args].concat())["total"].clone();
    for (args, expect) in [
        (&["--section", "news"][..], 3),
        (&["--section", "News/"], 18),
        (&["--section", "news/ports"], 15),
        (&["section:\"News / Ports\""], 15),
        (&["section:news/ -section:news"], 15),
        (&["--section", "Jobs", "--section", "News"], 9),
    ] {
        assert_eq!(total(args), expect, "{args:?}");
    }
    let counted = env.json(&["count", "--by", "section", "--format", "json"]);
    let rows = counted["rows"].as_array().unwrap().iter();
    let rows: BTreeSet<(&str, i64)> =
        rows.map(|row| (row["section"].as_str().unwrap(), row["count"].as_i64().unwrap())).collect();
    assert_eq!(rows, [("News", 3), ("News / Ports", 15), ("Jobs", 6)].into());
    let hit = env.json(&["query", "--section", "Jobs", "--facets", "section", "--limit", "1", "--format", "json"]);
    assert_eq!((&hit["results"][0]["section"], &hit["filters"]["section"][0]), (&"Jobs".into(), &"Jobs".into()));
    assert_eq!(hit["facets"]["section"][0]["value"], "Jobs");
    let compared =
        env.json(&["compare", "--by", "section", "--group", "Jobs", "--group", "News / Ports", "--format", "json"]);
    let groups: Vec<&str> = compared["groups"].as_array().unwrap().iter().map(|g| g["id"].as_str().unwrap()).collect();
    assert_eq!(groups, ["Jobs", "News / Ports"]);
    env.write("corpus/2026-03-01.md", "# Brief\n\n## Rails\n\n### Bridges\n\n- one\n");
    env.ok(&["index"]);
    let error = env.fails(&["query", "--section", "rails"]);
    assert!(error.contains("unknown section `rails`") && error.contains("did you mean `rails/`"), "{error}");
    let error = env.fails(&["query", "--section", "Job"]);
    assert!(error.contains("unknown section `Job`") && error.contains("did you mean `Jobs`"), "{error}");
}
