//! Several corpora in one index: answers, updates, guards and settings.

use std::collections::BTreeSet;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use digest_search::digest::{Conventions, Digest, Outcome, documents, parse};
use digest_search::model::{Document, Field};
use digest_search::planning::Reader;
use digest_search::query::{SearchRequest, Selection, TextQuery};
use proptest::prelude::*;

use crate::contract::{check as check_backends, check_whole};
use crate::corpus::{Corpus, SETTINGS};
use crate::env::{TestEnv, digest as plain};
use crate::memory::Memory;
use crate::parity::{check, digest, listed, request, words};
use crate::scan::Scan;
use crate::sections::{file, general};

type Files = Vec<(String, String)>;

/// The names of the corpora, in an order in which the text of ids differs: `a:` comes after `a-b:`.
const NAMES: [&str; 2] = ["a", "a-b"];

fn documents_of(corpus: &str, files: &[(String, String)]) -> Vec<Document> {
    let conventions = Conventions::from_yaml(SETTINGS).unwrap();
    let (own, other): (Files, Files) = files.iter().cloned().partition(|(path, _)| path.starts_with("own"));
    let mut all = Vec::new();
    let mut seen = BTreeSet::new();
    for (_, text) in &own {
        if let Outcome::Digest(digest) = parse(text, &conventions).outcome
            && seen.insert((digest.topic.clone(), digest.date))
        {
            all.extend(documents(Digest { corpus: corpus.to_owned(), ..*digest }, &conventions));
        }
    }
    // In the order of the digests.
    all.extend(general(corpus, &other));
    all.sort_by_key(|document| document.id.digest.clone());
    all
}

/// Files in both layouts, among them equal ones in both corpora.
fn corpora() -> impl Strategy<Value = [Files; 2]> {
    let texts = (prop::collection::vec((digest(), 0..3usize), 1..5), prop::collection::vec((file(), 0..3usize), 1..4));
    texts.prop_map(|(own, other)| {
        let named = |start: &'static str, texts: Vec<(String, usize)>| {
            (1..).zip(texts).map(move |(day, (text, of))| (format!("{start}2026-02-{day:02}.md"), text, of))
        };
        let files: Vec<_> = named("own-", own).chain(named("", other)).collect();
        [0, 1].map(|at| {
            let of = files.iter().filter(|(.., of)| *of == at || *of == 2);
            of.map(|(path, text, _)| (path.clone(), text.clone())).collect()
        })
    })
}

fn index(corpus: &Corpus, files: &[Files; 2]) {
    corpus.index_folders(&[(NAMES[0], &files[0]), (NAMES[1], &files[1])]);
}

prop_compose! {
    fn request_of_corpora()(
        request in request(words()),
        corpora in prop::option::weighted(0.3, prop::sample::select(&["a", "A-B"][..])),
        text in prop::option::weighted(0.2, prop::sample::select(&["corpus:a", "-corpus:a-b export", "berth", "pilots"][..])),
    ) -> SearchRequest {
        let filters = request.selection.filters.clone().with(Field::Corpus, corpora.into_iter().map(str::to_owned).collect());
        let text = text.map(|text| TextQuery::parse(text, Default::default()).unwrap().unwrap()).or(request.selection.text.clone());
        SearchRequest { selection: Selection { text, filters, ..request.selection.clone() }, ..request }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases / 15, ..ProptestConfig::default() })]

    #[test]
    fn answers_of_several_corpora_equal_a_naive_scan(
        files in corpora(),
        requests in prop::collection::vec(request_of_corpora(), 15),
    ) {
        let corpus = Corpus::new();
        index(&corpus, &files);
        let documents = || NAMES.iter().zip(&files).flat_map(|(name, files)| documents_of(name, files)).collect::<Vec<_>>();
        let (scan, reader) = (Scan::new(documents()), corpus.reader());
        let memory = Memory::new(reader.commit().unwrap(), documents());
        let readers = [reader, Reader::new(Box::new(memory))];
        check_whole(&readers);
        for request in requests {
            match readers[0].search(&request) {
                Ok(response) => check(&scan, &request, &response),
                Err(digest_search::backend::Error::UnknownValue { field, value, .. }) => {
                    // The catalog has a corpus without entries, too.
                    prop_assert!(!scan.has(field, &value) , "{field:?} {value} is not unknown: {request:?}");
                }
                Err(error) => panic!("{error}"),
            }
            check_backends(&readers, &request);
        }
    }

    #[test]
    fn an_update_of_several_corpora_equals_a_rebuild(
        steps in prop::collection::vec(corpora(), 2..4),
        requests in prop::collection::vec(request_of_corpora(), 10),
    ) {
        let (fresh, grown) = (Corpus::new(), Corpus::new());
        steps.iter().for_each(|files| index(&grown, files));
        index(&fresh, steps.last().unwrap());
        let (fresh, grown) = (fresh.reader(), grown.reader());
        prop_assert_eq!(listed(&fresh), listed(&grown));
        for request in requests {
            let answer = |reader: &Reader| reader.search(&request).map_err(|error| error.to_string());
            prop_assert_eq!(answer(&fresh), answer(&grown), "{:?}", request);
        }
    }
}

/// Two corpora with a digest of the topic `t` on each of some days.
fn env(days: [u32; 2]) -> TestEnv {
    let env = TestEnv::new();
    for (name, days) in ["news", "papers"].into_iter().zip(days) {
        for day in 1..=days {
            env.write(&format!("{name}/t/2026-01-{day:02}.md"), plain(day, name));
        }
    }
    env.ok(&["index", "news", "papers"]);
    env
}

/// Answers of a fresh index of the same folders.
fn fresh(env: &TestEnv) -> Vec<String> {
    let other = TestEnv::new();
    let [news, papers] = ["news", "papers"].map(|name| env.path(name).to_str().unwrap().to_owned());
    let index = other.path("index");
    other.ok(&["index", &papers, &news, "--index", index.to_str().unwrap(), "--allow-shrink"]);
    other.entries()
}

#[test]
fn each_corpus_is_guarded_by_itself() {
    let env = env([20, 4]);
    let before = env.entries();
    let gone = |days: std::ops::RangeInclusive<u32>| {
        days.for_each(|day| env.remove(&format!("papers/t/2026-01-{day:02}.md")));
    };
    gone(1..=3);
    let error = env.fails(&["index"]);
    assert!(error.contains("3 of 4 indexed digests in") && error.contains("papers are gone"), "{error}");
    gone(4..=4);
    let error = env.fails(&["index", "news", "papers"]);
    assert!(error.contains("no digests in papers"), "{error}");
    env.write("papers/README.md", "About.\n");
    let error = env.fails(&["index", "news", "papers"]);
    assert!(error.contains("no digests in papers: 1 Markdown file has no date (README.md)"), "{error}");
    fs::rename(env.path("papers"), env.path("away")).unwrap();
    assert!(env.fails(&["index"]).contains("no such folder"), "a folder that is not mounted");
    assert!(env.ok(&["status"]).contains("no such folder"));
    assert_eq!(env.entries(), before);
    fs::rename(env.path("away"), env.path("papers")).unwrap();
    env.ok(&["index", "--allow-shrink"]);
    assert_eq!(env.entries(), fresh(&env));
    assert_eq!(env.entries().len(), 100);
}

#[test]
fn what_one_corpus_loses_does_not_count_for_another() {
    let env = env([20, 4]);
    (1..=5).for_each(|day| env.remove(&format!("news/t/2026-01-{day:02}.md")));
    env.ok(&["index"]);
    assert_eq!(env.entries(), fresh(&env));
}

/// Languages of folders, shared categories and recurring paragraphs are decided for each corpus.
#[test]
fn each_corpus_is_read_as_if_it_were_alone() {
    let env = TestEnv::new();
    for day in 1..=6 {
        let text = |n: u32| {
            let front = if n == 0 { "category: Ports\n" } else { "" };
            format!(
                "---\n{front}---\n# Brief\n\nFor our readers.\n\n## Berths\n\n- [Deal {day}](https://a.example/{n}/{day})\n"
            )
        };
        env.write(&format!("news/2026-03-0{day}.md"), text(0));
        env.write(&format!("papers/content/en/2026-03-0{day}.md"), text(1));
        if day < 3 {
            env.write(&format!("papers/content/es/2026-03-0{day}.md"), text(2));
            env.write(&format!("few/2026-03-0{day}.md"), text(3));
        }
    }
    let names = ["few", "news", "papers"];
    let entries = |folders: &[&str]| -> Vec<String> {
        env.ok(&[&["index", "--rebuild"], folders].concat());
        let found = env.ok(&[
            "query",
            "--limit",
            "all",
            "--all-copies",
            "--format",
            "jsonl",
            "--fields",
            "id,text,lang,section",
        ]);
        found.lines().map(str::to_owned).collect()
    };
    let mut alone: Vec<String> = Vec::new();
    for name in names {
        let with_corpus = |line: &String| line.replacen("{\"id\":\"", &format!("{{\"id\":\"{name}:"), 1);
        alone.extend(entries(&[name]).iter().map(with_corpus));
    }
    let mut together = entries(&names);
    assert!(together.iter().any(|line| line.contains("papers:papers/2026-03-01~es#t1")), "{together:#?}");
    assert_eq!(together.iter().filter(|line| line.contains("For our readers")).count(), 2, "{together:#?}");
    together.sort();
    alone.sort();
    assert_eq!(together, alone);
}

#[test]
fn an_index_keeps_its_corpora() {
    let env = env([2, 2]);
    env.write("papers/t/2026-01-03.md", plain(3, "added"));
    assert!(env.json(&["status"])["difference"]["new"] == 1);
    let answer = env.json(&["index"]);
    assert_eq!((&answer["added"], &answer["unchanged"]), (&1.into(), &4.into()), "without names: the same");
    let answer = env.json(&["index", "papers", "news"]);
    assert_eq!(answer["unchanged"], 5, "in any order");
    env.write("more/t/2026-01-04.md", plain(4, "more"));
    for other in [&["index", "news"][..], &["index", "news", "papers", "more"], &["index", "x=news", "papers"]] {
        assert!(env.fails(other).contains("is built from"), "{other:?}");
    }
    for within in [&["index", "news", "papers", "papers/t"][..], &["index", "news", "x=news"]] {
        assert!(env.fails(within).contains("its digests would be indexed twice"), "{within:?}");
    }
    env.ok(&["index", "daily=news", "papers", "--rebuild"]);
    let corpora = &env.json(&["status"])["corpora"];
    assert_eq!((&corpora[0]["id"], &corpora[1]["name"]), (&"daily".into(), &"papers".into()));
    env.ok(&["index", "Daily=news", "papers"]);
    assert_eq!(env.json(&["status"])["corpora"][0]["name"], "Daily");
    env.ok(&["index", "news", "--rebuild"]);
    assert!(env.entries()[0].contains("\"t/2026-01-"), "one corpus has no mark: {}", env.entries()[0]);
}

#[test]
fn corpora_of_one_name_need_other_names() {
    let env = TestEnv::new();
    env.write("a/posts/2026-01-01.md", "- one\n");
    env.write("b/a/2026-01-01.md", "- two\n");
    let error = env.fails(&["index", "a/posts", "b/a"]);
    assert!(error.contains("two corpora have the id `a`: a/posts and b/a"), "{error}");
    assert!(error.contains("name them: `digest-search index one=a/posts two=b/a`"), "{error}");
    env.ok(&["index", "one=a/posts", "The Papers=b/a"]);
    let ids = env.ok(&["query", "--format", "ids", "--sort", "oldest"]);
    assert_eq!(ids, "one:one/2026-01-01#b1\nthe-papers:the-papers/2026-01-01#b1\n", "the name is the topic, too");
    assert_eq!(env.json(&["query", "--corpus", "the papers"])["total"], 1);
}

#[test]
fn a_corpus_is_a_field_and_part_of_ids() {
    let env = env([3, 2]);
    let total = |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total_entries"].clone();
    assert_eq!(
        [total(&[]), total(&["--corpus", "NEWS"]), total(&["corpus:papers"]), total(&["--topic", "t"])],
        [25, 15, 10, 25]
    );
    let rows = env.ok(&["count", "--by", "corpus", "--format", "csv"]);
    assert!(rows.contains("news,15") && rows.contains("papers,10"), "{rows}");
    let rows = env.ok(&["count", "--by", "corpus,day", "--format", "csv"]);
    assert!(
        rows.contains("news,2026-01-03,5") && !rows.contains("papers,2026-01-03,0"),
        "no digest is not zero: {rows}"
    );
    let shown = |id: &str| env.json(&["show", id])["results"].as_array().unwrap().len();
    assert_eq!([shown("news:t/2026-01-01"), shown("t/2026-01-01"), shown("papers:t/2026-01-01#h1")], [5, 10, 1]);
    assert!(env.run(&["show", "nws:t/2026-01-01"]).stderr.contains("did you mean `news:t/2026-01-01`"));
    let entry = &env.json(&["show", "papers:t/2026-01-02#t1"])["results"][0];
    assert_eq!((&entry["corpus"], &entry["topic"]), (&"papers".into(), &"t".into()));
    assert_eq!(env.run(&["query", "--like", "papers:t/2026-01-02#t1"]).code, 0);
    let note = env.json(&["check"]);
    assert_eq!(note["folders"].as_array().unwrap().len(), 2);
    env.write("papers/t/2026-01-02.md", plain(2, "edited"));
    let check = env.json(&["check"]);
    let stale = check["findings"].as_array().unwrap().iter().find(|finding| finding["code"] == "stale").unwrap();
    assert!(stale["path"].as_str().unwrap().ends_with("papers/t/2026-01-02.md"), "{stale}");
    env.write("papers/t/2026-01-09.md", "---\ntopic: t\n");
    let skipped = env.run(&["index"]).stderr;
    assert!(skipped.contains("skipped: papers/t/2026-01-09.md"), "the corpus comes before the path: {skipped}");
}

#[test]
fn copies_are_found_across_corpora_but_entries_of_one_place_are_none() {
    let env = TestEnv::new();
    for name in ["news", "papers"] {
        env.write(&format!("{name}/t/2026-01-01.md"), format!("- [Berths](https://a.example/1)\n- {name}\n"));
    }
    env.ok(&["index", "news", "papers"]);
    let found = env.json(&["query", "--sort", "oldest"]);
    assert_eq!((&found["total"], &found["total_entries"]), (&3.into(), &4.into()));
    let title = found["results"].as_array().unwrap().iter().find(|hit| hit["kind"] == "title").unwrap();
    assert_eq!((&title["id"], &title["copies"][0]), (&"news:t/2026-01-01#t1".into(), &"papers:t/2026-01-01#t1".into()));
}

#[test]
fn custom_fields_of_corpora_are_united() {
    let env = TestEnv::new();
    env.write("news/digest-search.yaml", "fields: [country, Tags]\nsources: { A: { lean: left } }\n");
    env.write("papers/digest-search.yaml", "fields: { tags: topics, mood: mood }\nsources: { A: { owner: us } }\n");
    let text = |keys: &str| {
        format!(
            "---\ntopic: t\ntopicName: T\ndate: 2026-01-01\n{keys}perspectives:\n  - id: x\n    name: X\n    count: 1\n---\n\n\
             ## Overall Highlights\n\n- One.\n\n## Sources\n\n1. [en-US] [Berths](https://a.example/1) - A (1/1/2026)\n"
        )
    };
    env.write("news/1.md", text("country: jp\nTags: ports\n"));
    env.write("papers/1.md", text("topics: [ports, rails]\nmood: calm\n"));
    env.ok(&["index", "news", "papers"]);
    let fields = &env.json(&["status"])["fields"];
    assert_eq!(*fields, serde_json::json!(["country", "Tags", "mood", "source.lean", "source.owner"]));
    let total = |condition: &str| env.json(&["query", "--where", condition, "--all-copies"])["total"].clone();
    let conditions = ["tags=ports", "tags=rails", "country=jp", "mood=calm", "source.lean=left", "source.owner=us"];
    assert_eq!(conditions.map(total), [4, 2, 2, 2, 1, 1]);
    let title = &env.json(&["show", "papers:t/2026-01-01#t1"])["results"][0]["fields"];
    assert_eq!(title["source.owner"], serde_json::json!(["us"]));
    env.write("papers/digest-search.yaml", "fields: { tags: topics }\n");
    env.ok(&["index"]);
    assert!(env.fails(&["query", "--where", "mood=calm"]).contains("unknown field `mood`"));
}

#[test]
fn a_killed_run_of_several_corpora_loses_nothing() {
    let env = env([20, 20]);
    let mut killed = 0;
    for round in 0..10u32 {
        for name in ["news", "papers"] {
            (1..=20).for_each(|day| {
                env.write(&format!("{name}/t/2026-01-{day:02}.md"), plain(day, &format!("round{round}")))
            });
        }
        let before = env.entries();
        let args: &[&str] = if round % 2 == 0 { &["index"] } else { &["index", "--rebuild"] };
        let mut child = env.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(round) * 15));
        // At once, a run is always alive.
        killed += u32::from(round > 0 && child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let after = env.entries();
        assert!(after == before || after == fresh(&env), "a whole state, the old or the new");
    }
    env.ok(&["index"]);
    assert_eq!(env.entries(), fresh(&env));
    assert!(killed > 0, "no run was caught at work");
}
