//! Comparisons: too little data, and the words that are shown.

use std::fmt::Write;

use digest_search::text::{Language, stem};

use crate::env::TestEnv;

/// A digest with titles of one group only.
fn digest(date: &str, group: &str) -> String {
    let mut text = format!(
        "---\ntopic: t\ntopicName: \"Ark vs Bell\"\ndate: {date}T04:00:00.000Z\narticleCount: 12\nperspectives:\n  - id: \
         \"{group}\"\n    name: \"{group}\"\n    count: 12\n---\n\n## Sources\n\n"
    );
    for n in 1..=12 {
        let _ = writeln!(
            text,
            "{n}. [en-US] [Plain news {n} of {date}](https://example.com/{date}/{n}) - Source (1/5/2026)"
        );
    }
    text
}

#[test]
fn groups_without_a_common_digest_have_a_note() {
    let env = TestEnv::new();
    env.write("corpus/t/1.md", digest("2026-01-05", "Ark"));
    env.write("corpus/t/2.md", digest("2026-01-06", "Bell"));
    env.ok(&["index", "corpus"]);
    let note = "no digest has both Ark and Bell";
    assert!(env.json(&["compare"])["notes"].to_string().contains(note));
    assert!(
        !env.ok(&["compare", "--period", "2026-01-05", "2026-01-06", "--perspective", "Ark"])
            .contains("no digest has both")
    );
    let sample = TestEnv::indexed();
    assert!(!sample.ok(&["compare", "--topic", "arctic-shipping"]).contains("no digest has both"));
}

/// Titles of two groups in 30 digests. Ark alone has Hong Kong, seldom beside a word of either alone; it has *pier* more
/// often than Bell, but not by so much.
fn write_phrases(env: &TestEnv) {
    for day in 1..=30 {
        let date = format!("2026-01-{day:02}");
        let mut text = format!(
            "---\ntopic: t\ntopicName: \"Ark vs Bell\"\ndate: {date}T04:00:00.000Z\narticleCount: 12\nperspectives:\n  - id: \
             \"ark\"\n    name: \"Ark\"\n    count: 6\n  - id: \"bell\"\n    name: \"Bell\"\n    count: 6\n---\n\n## Sources\n\n"
        );
        for n in 1..=12 {
            let words = match (n, day) {
                (1, 15) => "opened in Hong",
                (1, _) => "opened in Hong Kong",
                (2..=4, _) | (7, _) => "pier repaired",
                _ => "the council met",
            };
            let outlet = ["Bay", "Cove"][n % 2];
            let source = if n <= 6 { format!("Ark {outlet}") } else { format!("Bell {outlet}") };
            let _ = writeln!(
                text,
                "{n}. [en-US] [Note {day:02}{n:02}: {words}](https://example.com/{day}/{n}) - {source} (1/5/2026)"
            );
        }
        env.write(&format!("corpus/t/{date}.md"), text);
    }
    env.ok(&["index", "corpus"]);
}

#[test]
fn a_phrase_stands_for_its_words() {
    let env = TestEnv::new();
    write_phrases(&env);
    let words = |args: &[&str]| {
        let answer = env.json(&[&["compare"], args].concat());
        let terms = answer["terms"].as_array().unwrap();
        let term = |term: &serde_json::Value| term["term"].as_str().unwrap().to_owned();
        terms.iter().filter(|term| term["group"] == "ark").map(term).collect::<Vec<_>>()
    };
    assert_eq!(words(&["--ngrams", "1"]), ["Hong", "opened", "Kong", "pier", "repaired"]);
    // In 29 of 30 titles with Hong Kong follows on Hong.
    assert_eq!(words(&["--ngrams", "1-2"]), ["opened", "Hong Kong", "pier repaired"]);
}

/// Recomputed from the counts: the ratio, rates and order.
#[test]
fn words_are_ordered_by_the_low_end_of_their_odds_ratio() {
    let env = TestEnv::new();
    write_phrases(&env);
    let answer = env.json(&["compare", "--ngrams", "1", "--top", "100"]);
    let terms = answer["terms"].as_array().unwrap();
    let number = |term: &serde_json::Value, key: &str| term[key].as_f64().unwrap();
    for pair in terms.windows(2).filter(|pair| pair[0]["group"] == pair[1]["group"]) {
        assert!(number(&pair[0], "log_odds_low") >= number(&pair[1], "log_odds_low"), "{pair:?}");
    }
    for term in terms {
        let odds = |used: &str, all: &str| {
            let (used, all) = (number(term, used), number(term, all));
            (used + 0.5) / (all - used + 0.5)
        };
        let ratio = (odds("count", "n") / odds("count_others", "n_others")).ln();
        assert!((ratio - number(term, "log_odds")).abs() < 0.001, "{term}");
        assert!(number(term, "log_odds_low") < ratio && ratio < number(term, "log_odds_high"), "{term}");
    }
    let of = |word: &str| terms.iter().find(|term| term["term"] == word).unwrap();
    assert_eq!(of("pier")["sources"], 2);
    assert_eq!(of("pier")["sources_others"], 1);
    assert_eq!(of("Kong")["sources_others"], 0);
}

/// Within stories, recomputed from the stories and titles that are given: the shares of each word, and which are shown.
#[test]
fn words_within_stories_are_those_of_their_titles() {
    let env = TestEnv::indexed();
    let args = ["compare", "--matched", "--ngrams", "1", "--top", "1000", "--topic", "arctic-shipping"];
    let answer = env.json(&args);
    let stories = answer["matched"]["stories"].as_array().unwrap();
    assert!(stories.len() > 3, "{answer}");
    let all = env.json(&["stories", "--limit", "all", "--topic", "arctic-shipping"]);
    let several = |story: &&serde_json::Value| {
        let of = story["perspectives"].as_array().unwrap();
        of.iter().filter(|of| !of["id"].is_null() && of["titles"].as_u64() > Some(0)).count() > 1
    };
    assert_eq!(stories.len(), all["stories"].as_array().unwrap().iter().filter(several).count());
    let terms = answer["terms"].as_array().unwrap();
    assert!(!terms.is_empty());
    for term in terms {
        let word = term["term"].as_str().unwrap();
        let found = env.json(&["query", "--words", word, "--kind", "title", "--all-copies", "--limit", "all"]);
        // The name of a title's source is not a term.
        let stem = |word: &str| stem(&word.to_lowercase(), Language::English);
        let is_name = |hit: &&serde_json::Value| {
            hit["source"].as_str().unwrap_or_default().split(' ').any(|name| stem(name) == stem(word))
        };
        let with: Vec<_> = found["results"].as_array().unwrap().iter().filter(|hit| !is_name(hit)).collect();
        let sides = stories.iter().map(|story| {
            [true, false].map(|is_here| {
                let titles = story["titles"].as_array().unwrap().iter();
                let its = titles.filter(|title| !title["perspective"].is_null());
                let its = its.filter(|title| (title["perspective"] == term["group"]) == is_here);
                let is_with = |title: &&serde_json::Value| with.iter().any(|hit| hit["id"] == title["id"]);
                (its.clone().filter(is_with).count(), its.count())
            })
        });
        // Of three perspectives, some stories are those of the two others.
        let sides: Vec<_> = sides.filter(|sides| sides.iter().all(|(_, all)| *all > 0)).collect();
        let counts = [0, 1].map(|side| sides.iter().map(|sides| sides[side].0).sum::<usize>());
        let share = |(with, all): (usize, usize)| with as f64 / all as f64 / sides.len() as f64;
        let shares = [0, 1].map(|side| sides.iter().map(|sides| share(sides[side])).sum::<f64>());
        let has = sides.iter().filter(|sides| sides[0].0 > 0).count();
        assert_eq!(term["count"], counts[0], "{term}");
        assert_eq!(term["count_others"], counts[1], "{term}");
        assert!((term["story_share"].as_f64().unwrap() - shares[0]).abs() < 1e-5, "{term}: {shares:?}");
        assert!((term["story_share_others"].as_f64().unwrap() - shares[1]).abs() < 1e-5, "{term}: {shares:?}");
        assert!(shares[0] > shares[1] && has >= 3, "{term}");
        assert!(term["p"].is_null() && term["z"].is_null() && term["log_odds"].is_null());
    }
}

#[test]
fn words_choose_stories_of_which_all_titles_count() {
    let env = TestEnv::indexed();
    let answer = env.json(&["compare", "icebreaker", "--matched", "--topic", "arctic-shipping", "--top", "100"]);
    let stories = answer["matched"]["stories"].as_array().unwrap();
    assert!(!stories.is_empty());
    let titles: usize = stories.iter().map(|story| story["titles"].as_array().unwrap().len()).sum();
    let found: u64 = answer["groups"].as_array().unwrap().iter().map(|group| group["distinct"].as_u64().unwrap()).sum();
    assert_eq!(titles as u64, found);
    let matching = env.json(&["stories", "icebreaker", "--topic", "arctic-shipping", "--limit", "all"]);
    let ids: Vec<&serde_json::Value> =
        matching["stories"].as_array().unwrap().iter().map(|story| &story["id"]).collect();
    assert!(stories.iter().all(|story| ids.contains(&&story["id"])));
    env.fails(&["compare", "--matched", "--kind", "bullet", "--topic", "arctic-shipping"]);
    env.fails(&["compare", "--matched", "--q", "0.1", "--topic", "arctic-shipping"]);
}
