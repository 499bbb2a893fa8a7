//! The sample corpus: all of it is indexed verbatim.

use serde_json::Value;

use crate::env::{TestEnv, sample};
use crate::naive;

fn entry(env: &TestEnv, id: &str) -> Value {
    env.json(&["show", id])["results"][0].clone()
}

#[test]
fn counts_equal_an_independent_count() {
    let env = TestEnv::with_sample();
    let answer = env.json(&["index", "corpus"]);
    let expected = naive::count(&sample());
    assert_eq!(answer["digests"], expected.digests);
    assert_eq!(answer["entries"]["titles"], expected.titles);
    let points = answer["entries"]["highlights"].as_u64().unwrap() + answer["entries"]["bullets"].as_u64().unwrap();
    assert_eq!(points, expected.points as u64);
    assert!(expected.digests >= 60 && expected.titles > 1000, "{expected:?}");
}

#[test]
fn every_title_of_a_digest_whose_counts_add_up_has_a_perspective() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let titles = env.json(&["query", "--kind", "title", "--all-copies", "--limit", "all"]);
    let mut open: Vec<&str> = Vec::new();
    for title in titles["results"].as_array().unwrap() {
        let (id, perspective) = (title["id"].as_str().unwrap(), &title["perspective"]);
        assert_eq!(perspective.is_null(), title["attribution"].is_null(), "{id}");
        if perspective.is_null() {
            open.push(id.split('#').next().unwrap());
        }
    }
    open.dedup();
    open.sort_unstable();
    open.dedup();
    // Without locale tags; the truncated digest has them, and the settings map them.
    assert_eq!(open, ["us-mexico/2026-02-02", "us-mexico/2026-02-03"]);
}

#[test]
fn hazards_are_indexed_verbatim() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let titles = env.json(&["query", "--kind", "title", "--all-copies", "--limit", "all"]);
    let titles: Vec<&str> = titles["results"].as_array().unwrap().iter().map(|t| t["text"].as_str().unwrap()).collect();
    let any =
        |name: &str, matches: &dyn Fn(&str) -> bool| assert!(titles.iter().any(|t| matches(t)), "no title with {name}");
    any("brackets", &|t| t.contains('[') && t.contains(']'));
    any("a line break", &|t| t.contains('\n'));
    for c in ['*', '_', '|', '"', '%', '&', '“', '\u{200b}', '\u{200c}', '\u{2060}', '\u{2029}', '\u{2011}', '：'] {
        any(&format!("U+{:04X}", c as u32), &|t| t.contains(c));
    }
    any("an emoji", &|t| t.chars().any(|c| ('\u{1f300}'..'\u{1fb00}').contains(&c)));
    for title in &titles {
        assert!(!title.contains("â€") && !title.contains("Ã"), "misread text in {title}");
        assert!(!title.contains("](http"), "{title}");
    }
}

#[test]
fn garbled_and_correct_text_is_found_alike() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let total = |query: &str| env.json(&["query", query, "--limit", "1"])["total"].as_u64().unwrap();
    assert!(total("Mexico's") > 0);
    assert_eq!(total("Mexico's"), total("Mexico’s"));
    let repaired = env.json(&["query", "--on", "2026-02-25", "--topic", "us-mexico", "--limit", "all"]);
    let text = repaired["results"].to_string();
    assert!(text.contains("México") && text.contains("’s"));
}

#[test]
fn export_controls_in_japanese_titles() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["query", "export controls", "--perspective", "japan", "--limit", "all", "--all-copies"]);
    let hits = answer["results"].as_array().unwrap();
    assert!(hits.len() > 20);
    for hit in hits {
        assert_eq!(hit["perspective"], "japan");
        let text = hit["text"].as_str().unwrap().to_lowercase();
        assert!(text.contains("export") && text.contains("control"), "{text}");
    }
}

#[test]
fn sources_with_several_names_are_one() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let total = |name: &str| env.json(&["query", "--source", name, "--limit", "1"])["total_entries"].as_u64().unwrap();
    assert!(total("海港网") > 0);
    let answer = env.json(&["query", "--source", "海港网", "--all-copies", "--limit", "all"]);
    assert!(answer["results"].as_array().unwrap().iter().all(|hit| hit["source"] == "海港网"));
    assert!(total("haigang.example") <= total("海港网"));
}

#[test]
fn early_digests_have_their_paragraphs_as_entries() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let first = entry(&env, "us-mexico/2026-02-06#h1");
    assert_eq!(first["kind"], "highlight");
    let digest = env.json(&["show", "us-mexico/2026-02-06"]);
    let bullets: Vec<&Value> = digest["results"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|u| u["kind"] == "bullet" && u["perspective"] == "mexican")
        .collect();
    assert!(
        bullets.last().unwrap()["text"].as_str().unwrap().split(' ').count() > 25,
        "the paragraph below the points"
    );
}
