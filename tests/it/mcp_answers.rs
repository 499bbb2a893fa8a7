//! Answers to assistants: those of the command line, in pages within the byte budget.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use digest_search::options::{CountOptions, QueryOptions, Question, StoriesOptions};
use digest_search::{ask, index};
use serde_json::{Value, json};

use crate::env::{TestEnv, digest};
use crate::mcp_client::{Client, merged};

const HIT: &str = "id,kind,perspective,source,lang,date,text,description,url,section,score,copies";
const ENTRY: &str = "id,kind,perspective,source,lang,date,text,description,url,section";
const TITLE: &str = "story,id,perspective,source,date,text,url,copies,matches";

/// Calls, and commands with the same answers.
fn calls() -> Vec<(&'static str, Value, Vec<&'static str>)> {
    let topic = "china-japan";
    vec![
        ("search", json!({}), vec!["query", "--fields", HIT]),
        (
            "search",
            json!({ "text": "rare earths OR tariff", "perspective": ["japan", "us"], "limit": 60, "facets": ["source"] }),
            vec![
                "query",
                "rare earths OR tariff",
                "-p",
                "japan",
                "-p",
                "us",
                "-n",
                "60",
                "--facets",
                "source",
                "--fields",
                HIT,
            ],
        ),
        (
            "search",
            json!({ "text": "magent exports", "fuzzy": true, "explain": true, "fields": ["id", "explanation"] }),
            vec!["query", "magent exports", "--fuzzy", "--explain", "--fields", "id,explanation"],
        ),
        ("search", json!({ "text": "zzzz" }), vec!["query", "zzzz", "--fields", HIT]),
        (
            "search",
            json!({ "like": "china-japan/2026-02-09#t1", "limit": 3, "offset": 2 }),
            vec!["query", "--like", "china-japan/2026-02-09#t1", "-n", "3", "--offset", "2", "--fields", HIT],
        ),
        (
            "show",
            json!({ "id": ["2026-02-10", "china-japan/2026-02-09#t1", "china-japan/1999-01-01"] }),
            vec!["show", "2026-02-10", "china-japan/2026-02-09#t1", "china-japan/1999-01-01", "--fields", ENTRY],
        ),
        (
            "count",
            json!({ "text": "tariff", "by": ["perspective", "week"], "share": true }),
            vec!["count", "tariff", "--by", "perspective,week", "--share"],
        ),
        (
            "count",
            json!({ "by": "source", "since": "7d" }),
            vec!["count", "--by", "source", "--since", "7d", "--fields", "source,count"],
        ),
        ("count", json!({}), vec!["count", "--fields", "count"]),
        ("compare", json!({ "topic": topic }), vec!["compare", "-t", topic]),
        (
            "compare",
            json!({ "topic": topic, "text": "rare earths", "kind": "title", "ngrams": "1-3", "q": 1 }),
            vec!["compare", "-t", topic, "rare earths", "-k", "title", "--ngrams", "1-3", "--q", "1"],
        ),
        ("compare", json!({ "topic": topic, "matched": true }), vec!["compare", "-t", topic, "--matched"]),
        (
            "compare",
            json!({ "topic": topic, "perspective": "japan", "period": ["2026-02", "2026-03"] }),
            vec!["compare", "-t", topic, "-p", "japan", "--period", "2026-02", "2026-03"],
        ),
        ("trend", json!({ "topic": "us-mexico", "text": "tariff" }), vec!["trend", "-t", "us-mexico", "tariff"]),
        (
            "trend",
            json!({ "topic": "us-mexico", "by": "week", "top": 3 }),
            vec!["trend", "-t", "us-mexico", "--by", "week", "--top", "3"],
        ),
        ("stories", json!({}), vec!["stories", "--fields", TITLE]),
        (
            "stories",
            json!({ "one_sided": true, "limit": 2, "fields": ["id", "story_label"] }),
            vec!["stories", "--one-sided", "-n", "2", "--fields", "id,story_label"],
        ),
        (
            "stories",
            json!({ "missing": "japan", "min": 3 }),
            vec!["stories", "--missing", "japan", "--min", "3", "--fields", TITLE],
        ),
        ("stories", json!({ "gaps": true, "q": 1, "topic": topic }), vec!["gaps", "--q", "1", "-t", topic]),
        ("status", json!({}), vec!["status"]),
    ]
}

/// The answer of a command, but for the path of the index, which a server has from the root.
fn of_command(env: &TestEnv, args: &[&str]) -> Value {
    let index = std::fs::canonicalize(env.path("index")).unwrap();
    env.json(&[&["--index", index.to_str().unwrap()], args].concat())
}

#[test]
fn answers_equal_those_of_the_command_line() {
    let env = TestEnv::indexed();
    let mut client = Client::start(&env, &[]);
    for (tool, arguments, args) in calls() {
        let whole = client.whole(tool, &arguments);
        assert_eq!(whole, of_command(&env, &args), "{tool} {arguments}");
    }
    env.copy_reports();
    for spec in ["weekly", "two-perspectives"] {
        let path = format!("reports/{spec}.yaml");
        let text = std::fs::read_to_string(env.path(&path)).unwrap();
        let report = client.whole("report", &json!({ "spec": text }));
        assert_eq!(report, of_command(&env, &["report", &path]), "{spec}");
    }
}

#[test]
fn pages_are_within_the_budget_and_together_the_answer() {
    let env = TestEnv::indexed();
    let mut client = Client::start(&env, &["--budget", "4000"]);
    for (tool, arguments, args) in calls() {
        let mut arguments = arguments;
        let mut pages = Vec::new();
        loop {
            let answer = client.request("tools/call", json!({ "name": tool, "arguments": arguments }));
            let size = answer["result"].to_string().len();
            assert!(size <= 4_000, "{tool} {arguments}: {size}");
            let text = answer["result"]["content"][0]["text"].as_str().unwrap();
            let page: Value = serde_json::from_str(text).unwrap();
            assert!(pages.is_empty() || page["schema"].is_string(), "{page}");
            let cursor = page["page"]["cursor"].clone();
            pages.push(page);
            if cursor.is_null() {
                break;
            }
            arguments["cursor"] = cursor;
        }
        assert_eq!(merged(pages), of_command(&env, &args), "{tool} {arguments}");
    }
}

#[test]
fn a_cursor_is_stable_and_says_if_the_index_has_changed() {
    let env = TestEnv::with_digests(28);
    env.ok(&["index", "corpus"]);
    let mut client = Client::start(&env, &["--budget", "4000"]);
    let call = json!({ "text": "plain", "limit": "all", "sort": "oldest" });
    let first = client.page("search", &call);
    let cursor = first["page"]["cursor"].clone();
    let next = json!({ "text": "plain", "limit": "all", "sort": "oldest", "cursor": cursor });
    let second = client.page("search", &next);
    assert_eq!(second, client.page("search", &next), "the same page");
    assert_eq!(second["total_entries"], 140, "each page has the totals");
    // Another server continues, too, and names and null say the same.
    let mut other = Client::start(&env, &["--budget", "4000"]);
    assert_eq!(second, other.page("search", &next));
    let mut wrong = next.clone();
    wrong["limit"] = 3.into();
    assert!(client.fails("search", &wrong).contains("repeat the arguments of the first page"));
    env.write("corpus/t/2026-01-29.md", digest(29, "plain"));
    env.ok(&["index"]);
    let changed = client.page("search", &next);
    assert!(changed["warning"].as_str().unwrap().contains("the index has changed"), "{changed}");
}

/// Texts of any length are divided, never left out.
#[test]
fn a_text_longer_than_a_page_is_divided() {
    let env = TestEnv::new();
    let long = "wörd \\\"quoted\\\" ".repeat(2_000);
    env.write("corpus/t/1.md", digest(1, &long));
    env.ok(&["index", "corpus"]);
    let mut client = Client::start(&env, &["--budget", "4000"]);
    let pages = client.pages("show", &json!({ "id": "t/2026-01-01" }));
    assert!(pages.len() > 20 && pages[3]["page"]["continues"] == json!(["results", 0, "text"]), "{}", pages[3]["page"]);
    assert_eq!(merged(pages), of_command(&env, &["show", "t/2026-01-01", "--fields", ENTRY]));
}

#[test]
fn custom_fields_and_corpora_are_in_the_answers() {
    let env = TestEnv::with_sample();
    env.write("corpus/digest-search.yaml", "sources: { Potomac Wire: { country: [us, ca] } }\n");
    env.write("more/t/1.md", digest(1, "plain"));
    env.ok(&["index", "corpus", "more"]);
    let mut client = Client::start(&env, &[]);
    let page = client.page("search", &json!({ "where": "source.country=ca", "limit": 1 }));
    assert_eq!(page["results"][0]["fields"]["source.country"], json!(["us", "ca"]), "{page}");
    let answer = client.request("resources/list", json!({}));
    let uris: Vec<&str> =
        answer["result"]["resources"].as_array().unwrap().iter().map(|r| r["uri"].as_str().unwrap()).collect();
    let uri = *uris.iter().find(|uri| uri.starts_with("digest://more%3At/")).expect("a corpus before the topic");
    let read = client.request("resources/read", json!({ "uri": uri }));
    assert!(read["result"]["contents"][0]["text"].as_str().unwrap().contains("Here vs There"), "{read}");
}

#[test]
fn a_cancelled_answer_ends_at_its_next_read() {
    let env = TestEnv::indexed();
    let cancelled = Arc::<AtomicBool>::default();
    let reader = index::open(&env.path("index")).unwrap().with_cancellation(cancelled.clone());
    let questions = [
        Question::Query(QueryOptions::default()),
        Question::Count(CountOptions::default()),
        Question::Stories(StoriesOptions::default()),
    ];
    for question in &questions {
        assert!(ask::question(question, &reader).is_ok(), "{question:?}");
    }
    cancelled.store(true, Ordering::Relaxed);
    for question in &questions {
        let code = ask::question(question, &reader).err().map(|diagnostic| diagnostic.code);
        assert_eq!(code, Some("cancelled"), "{question:?}");
    }
}
