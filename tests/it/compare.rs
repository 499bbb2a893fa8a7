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

/// 30 digests are 11 blocks of three days: two days of them are one or two, and no p-value is below 2/55.
#[test]
fn where_no_word_could_be_shown_the_answer_says_so() {
    let env = TestEnv::new();
    write_phrases(&env);
    let compare = |periods: [&str; 2]| {
        let args = ["compare", "--perspective", "ark", "--period", periods[0], periods[1]];
        (env.json(&args), env.ok(&args))
    };
    let (answer, shown) = compare(["2026-01-29..2026-01-30", "2026-01-01..2026-01-28"]);
    assert_eq!(answer["enough"], false, "{answer}");
    assert!(answer["notes"].to_string().contains("too few days of digests to show any word"), "{answer}");
    assert!(
        shown.contains("too few days of digests to show any word") && !shown.contains("no word differs"),
        "{shown}"
    );
    let (answer, shown) = compare(["2026-01-16..2026-01-30", "2026-01-01..2026-01-15"]);
    assert_eq!(answer["enough"], true, "{answer}");
    assert!(shown.contains("no word differs more than by chance") && !shown.contains("too few days"), "{shown}");
    let trend = env.json(&["trend", "--by", "week"]);
    assert_eq!(trend["perspectives"][0]["words"]["enough"], false, "{trend}");
}

#[test]
fn between_periods_stories_are_counted() {
    let env = TestEnv::new();
    for day in 1..=30 {
        // A new story each day, and in the second half a word of all stories of Ark.
        let word = if day > 15 { "dredging" } else { "surveying" };
        let titles = (1..=12).map(|n| format!("{n}. [en-US] [Ship{day}x{n} plan{day}x{n} {word} berth{day}x{n}](https://example.com/{day}/{n}) - Source {n} (1/{day}/2026)\n"));
        let head = "perspectives:\n  - id: \"ark\"\n    name: \"Ark\"\n    count: 6\n  - id: \"bell\"\n    name: \"Bell\"\n    count: 6\n";
        let text =
            format!("---\ntopic: t\ndate: 2026-01-{day:02}\n{head}---\n\n## Sources\n\n{}", titles.collect::<String>());
        env.write(&format!("corpus/t/{day:02}.md"), text);
    }
    env.ok(&["index", "corpus"]);
    let periods = ["compare", "--perspective", "ark", "--period", "2026-01-16..2026-01-30", "2026-01-01..2026-01-15"];
    let shown = env.ok(&periods);
    assert!(shown.contains("dredging  90:0 stories") && shown.contains("1000.0:0.0 per 1,000 stories"), "{shown}");
    let table = env.ok(&[&periods[..], &["--format", "md"]].concat());
    assert!(table.contains("here per 1,000 stories") && table.contains("stories here"), "{table}");
    assert!(env.json(&periods)["notes"].to_string().contains("words of 180 stories in en"));
    assert!(!env.ok(&["compare", "--keep-names"]).contains("stories"));
}

#[test]
fn sources_of_both_perspectives_have_a_note() {
    let env = TestEnv::new();
    for day in 1..=3 {
        let title = |n: usize| {
            let source =
                if [1, 6, 7].contains(&n) { "Harbour Wire" } else { ["Ark Post", "Bell Post"][usize::from(n > 5)] };
            format!(
                "{n}. [en-US] [Note {day} {n} of the day](https://example.com/{day}/{n}) - {source} (1/{day}/2026)\n"
            )
        };
        let head = "perspectives:\n  - id: \"ark\"\n    name: \"Ark\"\n    count: 5\n  - id: \"bell\"\n    name: \"Bell\"\n    count: 7\n";
        let titles: String = (1..=12).map(title).collect();
        env.write(
            &format!("corpus/t/{day}.md"),
            format!("---\ntopic: t\ndate: 2026-01-{day:02}\n{head}---\n\n## Sources\n\n{titles}"),
        );
    }
    env.ok(&["index", "corpus"]);
    let note = "1 source is in both perspectives: 3 of 15 titles of Ark, 6 of 21 titles of Bell";
    assert!(env.json(&["compare"])["notes"].to_string().contains(note), "{}", env.json(&["compare"])["notes"]);
    let notes =
        env.json(&["compare", "--by", "source", "--group", "Ark Post", "--group", "Harbour Wire"])["notes"].to_string();
    assert!(!notes.contains("is in both"), "{notes}");
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

fn share(group: &serde_json::Value) -> (u64, u64) {
    (group["distinct"].as_u64().unwrap(), group["n"].as_u64().unwrap())
}

/// Sources in the same digests are compared like perspectives; topics never are in one digest.
#[test]
fn values_of_a_field_are_compared_as_groups() {
    let env = TestEnv::indexed();
    let args = ["compare", "rare", "--by", "source", "--group", "Pearl Coast Post", "--group", "Edo Bay Times"];
    let answer = env.json(&args);
    assert_eq!(answer["by"], "source");
    for group in answer["groups"].as_array().unwrap() {
        let count = ["count", "rare", "--share", "--source", group["id"].as_str().unwrap(), "--kind", "title"];
        assert_eq!(share(group), share(&env.json(&count)), "{group}");
    }
    assert!(answer["differences"][0]["p"].is_number() && answer["shared"] == 0, "{answer}");
    assert!(answer["terms"].as_array().unwrap().iter().all(|term| term["source"].is_null()));
    let topics = env.json(&["compare", "trade", "--by", "topic"]);
    assert_eq!(topics["groups"].as_array().unwrap().len(), 3);
    assert!(topics["differences"].as_array().unwrap().iter().all(|of| of["p"].is_null() && of["low"].is_number()));
    assert!(topics["terms"].as_array().unwrap().iter().all(|term| term["p"].is_null()), "{topics}");
    let two = env.json(&["compare", "--by", "topic", "--group", "china-japan", "--group", "us-mexico"]);
    assert!(two["notes"].to_string().contains("differences between the words are not tested"), "{}", two["notes"]);
    let many = env.fails(&["compare", "--by", "source"]);
    assert!(many.contains("choose two or more, such as --group 'Tōto Wire' --group "), "{many}");
    let one = env.fails(&["compare", "--by", "source", "--group", "Edo Bay Times"]);
    assert!(one.contains("name another one with --group"), "{one}");
}

#[test]
fn paths_that_are_asked_for_are_groups_with_all_below_them() {
    let env = TestEnv::new();
    for day in 10..22 {
        let item = |word: &str| format!("- [{word} story {day} of the day](https://a.example/{word}{day})\n");
        let text = format!(
            "# Day\n\n## News\n\n### Ports\n{}\n### Rail\n{}\n## Rest\n{}",
            item("Harbour"),
            item("Train"),
            item("Other")
        );
        env.write(&format!("corpus/2026-03-{day}.md"), &text);
    }
    env.ok(&["index", "corpus"]);
    let compared = env.json(&["compare", "--by", "section", "--group", "News/", "--group", "Rest"]);
    let groups = compared["groups"].as_array().unwrap().iter();
    let groups: Vec<(&str, u64)> =
        groups.map(|group| (group["id"].as_str().unwrap(), group["distinct"].as_u64().unwrap())).collect();
    assert_eq!(groups, [("News/", 24), ("Rest", 12)], "{compared:#}");
}

#[test]
fn what_two_queries_find_is_compared() {
    let env = TestEnv::indexed();
    let found = |text: &str| env.json(&["count", text, "--share", "--kind", "title", "--topic", "us-mexico"]);
    let answer = env.json(&["compare", "tariff OR arancel", "--against", "steel OR acero", "--topic", "us-mexico"]);
    assert_eq!(answer["by"], "query");
    let groups = answer["groups"].as_array().unwrap();
    assert_eq!(
        groups.iter().map(|group| group["id"].as_str().unwrap()).collect::<Vec<_>>(),
        ["tariff OR arancel", "steel OR acero"]
    );
    assert_eq!(share(&groups[0]), share(&found("tariff OR arancel")));
    assert_eq!(share(&groups[1]), share(&found("steel OR acero")));
    let both = found("(tariff OR arancel) (steel OR acero)")["distinct"].clone();
    assert!(both.as_u64() > Some(0) && answer["shared"] == both, "{both}");
    assert!(answer["notes"].to_string().contains("in several groups: differences are not tested"));
    assert!(
        answer["differences"][0]["p"].is_null()
            && answer["terms"].as_array().unwrap().iter().all(|term| term["p"].is_null())
    );
    let disjoint = env.json(&["compare", "tariff -steel", "--against", "steel -tariff", "--topic", "us-mexico"]);
    assert!(disjoint["shared"] == 0 && disjoint["differences"][0]["p"].is_number(), "{disjoint}");
    assert!(env.fails(&["compare", "--against", "steel"]).contains("missing: TEXT"));
    assert!(env.fails(&["compare", "a", "--against", "kind:title"]).contains("--against requires words"));
    let unclosed = env.fails(&["compare", "a", "--against", "steel \"b"]);
    assert!(unclosed.contains("    steel \"b\n          ^\n"), "{unclosed}");
}

/// An entry with several values of a custom field is in several groups.
#[test]
fn values_of_a_custom_field_are_compared_as_groups() {
    let env = TestEnv::new();
    env.write("corpus/digest-search.yaml", "fields: [tags]\n");
    for day in 1..=12 {
        let date = format!("2026-01-{day:02}");
        let tags = ["[ports, rail]", "[ports]", "[rail]", "[rail, air]"][day % 4];
        let text = digest(&date, "Ark").replacen("topic: t", &format!("tags: {tags}\ntopic: t"), 1);
        env.write(&format!("corpus/t/{date}.md"), text);
    }
    env.ok(&["index", "corpus"]);
    let ids = |answer: &serde_json::Value| {
        let groups = answer["groups"].as_array().unwrap();
        groups.iter().map(|group| (group["id"].as_str().unwrap().to_owned(), group["n"].clone())).collect::<Vec<_>>()
    };
    let two = env.json(&["compare", "--by", "tags", "--group", "Ports", "--group", "rail"]);
    assert_eq!(ids(&two), [("ports".to_owned(), 72.into()), ("rail".to_owned(), 108.into())]);
    assert_eq!(two["shared"], 36);
    let all = env.json(&["compare", "--by", "tags"]);
    assert_eq!(ids(&all).len(), 3);
    let error = env.fails(&["compare", "--by", "kind"]);
    assert!(error.contains("perspective") && error.contains("tags"), "{error}");
}
