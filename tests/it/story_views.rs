//! Answers on stories: days and sources, perspectives without a title, gaps, and the order.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::env::{TestEnv, digest};

/// A perspective of a story, as JSON.
fn perspective<'a>(story: &'a Value, id: &str) -> &'a Value {
    story["perspectives"].as_array().unwrap().iter().find(|perspective| perspective["id"] == id).unwrap()
}

#[test]
fn a_story_has_its_first_and_last_day_and_sources() {
    let env = TestEnv::new();
    for day in 1..=9 {
        let text = digest(day, "plain");
        // One story of both perspectives for two days, in the middle.
        let text = if (4..=5).contains(&day) {
            let title = |word: &str| format!("Volcano erupts near {word} capital");
            text.replace(&format!("Title plain one {day}"), &title("island"))
                // Sampled on both days, published on the first.
                .replace(&format!("(1/{day}/2026)"), "(1/4/2026)")
                .replace(&format!("[es-MX] [Título plain dos {day}]"), &format!("[en-US] [{}]", title("the island")))
        } else {
            text.replace("Title plain one", &format!("Ottercup{day} weaver{day}"))
                .replace("Título plain dos", &format!("Molinos{day} varados{day}"))
        };
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), text);
    }
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["stories", "volcano"]);
    let story = &answer["stories"][0];
    assert_eq!((answer["total"].as_u64(), story["id"].as_str()), (Some(1), Some("t/2026-01-04#t1")));
    assert_eq!([&story["first"], &story["last"]], ["2026-01-04", "2026-01-04"]);
    assert_eq!([&story["truncated_start"], &story["truncated_end"]], [true, false].map(Value::from).each_ref());
    assert_eq!(story["total_titles"], 2, "a title that comes back is one");
    assert_eq!(
        [&perspective(story, "here")["titles"], &perspective(story, "there")["titles"]],
        [1, 1].map(Value::from).each_ref()
    );
    let first: Vec<&Value> = story["first_sources"].as_array().unwrap().iter().map(|first| &first["source"]).collect();
    assert_eq!(first, ["Here Times", "Diario Allá"], "all of that day");
    let gaps = env.json(&["stories", "--gaps"]);
    let languages = &gaps["not_comparable"];
    assert_eq!(languages, &serde_json::json!([{ "topic": "t", "perspective": "here", "lang": "es" }]), "{gaps}");
    assert!(gaps["notes"].to_string().contains("does not mean not covered"));
}

/// A digest of perspectives, each with titles in a language, of distinct sources.
pub fn of_perspectives(day: u32, perspectives: &[(&str, Vec<(String, &str)>)]) -> String {
    let mut text = format!("---\ntopic: t\ndate: 2026-01-{day:02}\nperspectives:\n");
    for (perspective, titles) in perspectives {
        text += &format!("  - id: \"{perspective}\"\n    name: \"{perspective}\"\n    count: {}\n", titles.len());
    }
    text += "---\n\n## Sources\n\n";
    let titles = perspectives
        .iter()
        .flat_map(|(perspective, titles)| titles.iter().enumerate().map(move |title| (perspective, title)));
    for (n, (perspective, (place, (title, locale)))) in (1..).zip(titles) {
        let link = format!("https://example.com/{day}/{n}");
        text += &format!("{n}. [{locale}] [{title}]({link}) - Source {perspective} {place} (1/{day}/2026)\n");
    }
    text
}

/// Titles of one story, each with a distinct word.
fn of_event(titles: usize, day: usize) -> Vec<(String, &'static str)> {
    (0..titles).map(|n| (format!("Volcano erupts near island capital word{day}x{n}"), "en-US")).collect()
}

/// Titles without common words.
fn other(titles: usize, day: usize, lang: &'static str) -> Vec<(String, &'static str)> {
    (0..titles).map(|n| (format!("Other{day}x{n} matter{day}x{n} here{day}x{n}"), lang)).collect()
}

#[test]
fn only_digests_that_sample_a_perspective_count_for_gaps() {
    let env = TestEnv::new();
    let gap = |days: [String; 2]| {
        for (day, text) in (1..).zip(days) {
            env.write(&format!("corpus/t/{day}.md"), text);
        }
        env.ok(&["index", "corpus"]);
        let answer = env.json(&["stories", "--gaps", "--q", "1", "--topic", "t"]);
        let gaps = answer["gaps"].as_array().unwrap().iter().filter(|gap| gap["perspective"] == "b");
        let numbers = |gap: &Value| {
            ["digests", "carrying", "sampled_sources", "perspective_sources"].map(|key| gap[key].as_u64().unwrap())
        };
        gaps.map(numbers).collect::<Vec<_>>()
    };
    let (a, b) = (|day: usize| ("a", of_event(6, day)), |day: usize| ("b", other(6, day, "en-US")));
    assert_eq!(gap([of_perspectives(1, &[a(1), b(1)]), of_perspectives(2, &[a(2), b(2)])]), [[2, 6, 12, 6]]);
    // A day without the perspective does not count.
    assert_eq!(gap([of_perspectives(1, &[a(1), b(1)]), of_perspectives(2, &[a(2)])]), [[1, 6, 12, 6]]);
    // Neither does a day with titles in two languages: its title may be in the other one.
    let two = ("b", [other(6, 2, "en-US"), other(2, 9, "es-MX")].concat());
    assert_eq!(gap([of_perspectives(1, &[a(1), b(1)]), of_perspectives(2, &[a(2), two.clone()])]), [[1, 6, 12, 6]]);
    assert!(gap([of_perspectives(1, &[a(1)]), of_perspectives(2, &[a(2), two])]).is_empty());
    // One title is enough.
    let once = ("b", [other(5, 2, "en-US"), of_event(1, 8)].concat());
    assert!(gap([of_perspectives(1, &[a(1), b(1)]), of_perspectives(2, &[a(2), once])]).is_empty());
    // Titles with unknown perspective may be of it.
    let open = of_perspectives(2, &[a(2), b(2)]).replace("count: 6", "count: 9");
    assert!(gap([of_perspectives(1, &[a(1), b(1)]), open]).is_empty());
}

#[test]
fn gaps_of_a_perspective_are_those_it_is_missing_from() {
    let env = TestEnv::indexed();
    let gaps = |args: &[&str]| {
        let answer = env.json(&[&["gaps", "--q", "1", "--limit", "all"], args].concat());
        assert_eq!(answer["total"].as_u64().unwrap() as usize, answer["gaps"].as_array().unwrap().len());
        answer
    };
    let all = gaps(&[]);
    for perspective in ["china", "japan", "asia"] {
        let of = all["gaps"].as_array().unwrap().iter().filter(|gap| gap["perspective"] == perspective);
        let answer = gaps(&["--missing", perspective]);
        assert_eq!(answer["gaps"], Value::Array(of.cloned().collect()));
        assert_eq!((&answer["tested"], &answer["missing"]), (&all["tested"], &Value::from(perspective)));
    }
    assert!(!gaps(&["--missing", "china"])["gaps"].as_array().unwrap().is_empty());
    let note = "for stories without one, use --missing china";
    assert!(env.json(&["gaps", "--perspective", "china"])["notes"].to_string().contains(note));
    assert!(env.fails(&["gaps", "--missing", "nobody"]).contains("nobody"));
}

#[test]
fn one_sided_stories_are_those_that_a_perspective_has_no_title_of() {
    let env = TestEnv::indexed();
    let all = env.json(&["stories", "--limit", "all"]);
    let list = |answer: &Value| answer["stories"].as_array().unwrap().clone();
    // By the numbers of titles of each perspective; titles of no known perspective count for none.
    let without = |story: &Value| -> BTreeSet<String> {
        let known = story["perspectives"].as_array().unwrap().iter().filter(|one| !one["id"].is_null());
        let (has, none): (Vec<&Value>, Vec<&Value>) = known.partition(|one| one["titles"] != 0);
        let is_there = |one: &&Value| !has.is_empty() && one["sampled_sources"] != 0;
        none.into_iter().filter(is_there).map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let ids = |stories: Vec<Value>, test: &dyn Fn(&BTreeSet<String>) -> bool| -> Vec<String> {
        let stories = stories.into_iter().filter(|story| test(&without(story)));
        stories.map(|story| story["id"].as_str().unwrap().to_owned()).collect()
    };
    let answer = env.json(&["stories", "--one-sided", "--limit", "all"]);
    let sorted = |mut ids: Vec<String>| {
        ids.sort();
        ids
    };
    assert_eq!(sorted(ids(list(&answer), &|_| true)), sorted(ids(list(&all), &|without| !without.is_empty())));
    assert!(answer["total"].as_u64().unwrap() > 20 && answer["total"].as_u64() < all["total"].as_u64());
    assert_eq!((&answer["one_sided"], &answer["missing"]), (&Value::from(true), &Value::Null));
    for typed in ["china", "China"] {
        let answer = env.json(&["stories", "--missing", typed, "--limit", "all"]);
        let with_missing = sorted(ids(list(&all), &|without| without.contains("china")));
        assert_eq!(sorted(ids(list(&answer), &|_| true)), with_missing);
        assert!(answer["total"].as_u64().unwrap() > 5);
    }
    for story in list(&answer) {
        let missing: BTreeSet<String> = story["missing"]
            .as_array()
            .unwrap()
            .iter()
            .map(|one| one["perspective"].as_str().unwrap().to_owned())
            .collect();
        assert_eq!(missing, without(&story));
    }
    // A gap is a badge on those that pass the test.
    let gaps = env.json(&["gaps", "--limit", "all"]);
    let badges = list(&answer).into_iter().flat_map(|story| {
        let missing = story["missing"].as_array().unwrap().clone().into_iter();
        missing
            .filter(|one| !one["gap"].is_null())
            .map(move |one| (story["id"].clone(), one["perspective"].clone(), one["gap"]["q"].clone()))
    });
    let badges: Vec<(Value, Value, Value)> = badges.collect();
    let gaps: Vec<(Value, Value, Value)> = gaps["gaps"]
        .as_array()
        .unwrap()
        .iter()
        .map(|gap| (gap["story"].clone(), gap["perspective"].clone(), gap["q"].clone()))
        .collect();
    assert!(
        !gaps.is_empty() && gaps.iter().all(|gap| badges.contains(gap)) && badges.len() == gaps.len(),
        "{badges:?}"
    );
    assert!(
        env.ok(&["stories", "--missing", "china", "--limit", "all"]).contains("gap: chance would rarely leave China")
    );
    assert!(env.ok(&["stories", "--one-sided"]).contains("none in these words ("));
    // Where no story could pass, the answer says so.
    let one = env.json(&["gaps", "--topic", "us-mexico"]);
    assert_eq!((&one["total"], &one["can_show_gaps"]), (&Value::from(0), &Value::from(false)), "{one}");
    assert!(env.run(&["gaps", "--topic", "us-mexico"]).stdout.contains(": cannot be shown with"));
    assert_eq!(env.json(&["gaps", "--topic", "china-japan"])["can_show_gaps"], true);
    let table = ["--format", "md", "--fields", "perspective,sampled_sources,perspective_titles,sources"];
    let table = env.ok(&[&["gaps", "--topic", "china-japan"], &table[..]].concat());
    assert!(table.contains("| --- | ---: | ---: | --- |"), "numbers are to the right: {table}");
    assert!(env.fails(&["stories", "--missing", "nowhere"]).contains("nowhere"));
    assert!(env.fails(&["stories", "--gaps", "--one-sided"]).contains("cannot be combined with --gaps"));
}

/// Perspective `b` has titles in Spanish only on the first day, and none on the second.
#[test]
fn a_perspective_that_cannot_be_compared_is_not_missing() {
    let env = TestEnv::new();
    let two = |day| {
        vec![
            (format!("Quake shakes harbour of town{day}"), "en-US"),
            (format!("Quake shakes town{day} harbour"), "en-US"),
        ]
    };
    env.write("corpus/t/1.md", of_perspectives(1, &[("a", of_event(4, 1)), ("b", other(4, 1, "es-MX"))]));
    env.write("corpus/t/2.md", of_perspectives(9, &[("a", of_event(4, 9))]));
    env.write("corpus/t/3.md", of_perspectives(17, &[("a", two(17)), ("b", other(4, 17, "en-US"))]));
    env.ok(&["index", "corpus"]);
    assert_eq!(env.json(&["stories"])["total"], 3);
    for args in [&["--one-sided"][..], &["--missing", "b"]] {
        let answer = env.json(&[&["stories"], args].concat());
        let stories = answer["stories"].as_array().unwrap();
        assert_eq!((&answer["total"], stories.len()), (&Value::from(1), 1), "{answer}");
        assert_eq!(stories[0]["first"], "2026-01-17");
        assert!(answer["notes"].to_string().contains("2 stories are left out: "), "{}", answer["notes"]);
        assert_eq!(stories[0]["missing"][0]["perspective"], "b");
    }
    let all = env.json(&["stories"]);
    let missing = all["stories"].as_array().unwrap().iter().filter(|story| story["missing"] != serde_json::json!([]));
    assert_eq!(missing.count(), 1);
}

/// The larger story is of 6 of 10 sources, the smaller one of 4 of 4.
#[test]
fn one_sided_stories_are_ordered_by_the_share_of_sources() {
    let env = TestEnv::new();
    let large = [of_event(6, 1), other(4, 1, "en-US")].concat();
    env.write("corpus/t/1.md", of_perspectives(1, &[("a", large), ("b", other(4, 2, "en-US"))]));
    let quake: Vec<(String, &str)> = (0..4).map(|n| (format!("Quake shakes harbour town word{n}"), "en-US")).collect();
    // One source of one has a story of its own.
    let once = |day: usize| (format!("Ferry strike halts crossings day{day}"), "en-US");
    env.write("corpus/t/2.md", of_perspectives(9, &[("a", other(10, 9, "en-US")), ("b", quake)]));
    env.write("corpus/t/3.md", of_perspectives(17, &[("a", other(10, 17, "en-US")), ("b", vec![once(17)])]));
    env.write("corpus/t/4.md", of_perspectives(18, &[("a", other(10, 18, "en-US")), ("b", vec![once(18)])]));
    env.ok(&["index", "corpus"]);
    let first = |args: &[&str]| -> Vec<String> {
        let answer = env.json(&[&["stories", "--one-sided"], args].concat());
        let stories = answer["stories"].as_array().unwrap().iter();
        stories.map(|story| story["label"].as_str().unwrap()[..5].to_owned()).collect()
    };
    assert_eq!(first(&[]), ["Quake", "Volca", "Ferry"]);
    assert_eq!(first(&["--sort", "size"]), ["Volca", "Quake", "Ferry"]);
    assert_eq!(env.json(&["stories", "--one-sided"])["sort"], "share");
}

#[test]
fn the_nearest_title_of_the_other_perspective_is_given() {
    let env = TestEnv::new();
    // Like one title of the story only.
    let near = ("Harbour ferries cancelled, schools shut".to_owned(), "en-US");
    let there = [vec![near.clone()], other(5, 1, "en-US")].concat();
    let one = ("Volcano erupts near island capital: schools shut, ferries cancelled".to_owned(), "en-US");
    let here = || [vec![one.clone()], of_event(5, 1)].concat();
    env.write("corpus/t/1.md", of_perspectives(1, &[("a", here()), ("b", there)]));
    // As near, but of another day.
    let later =
        [vec![("Volcano erupts: island capital looks back".to_owned(), "en-US")], other(5, 20, "en-US")].concat();
    env.write("corpus/t/2.md", of_perspectives(20, &[("a", other(6, 21, "en-US")), ("b", later)]));
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["stories", "volcano", "--one-sided"]);
    let nearest = &answer["stories"][0]["missing"][0]["nearest"];
    assert_eq!((&nearest["text"], &nearest["date"]), (&near.0.clone().into(), &"2026-01-01".into()), "{answer}");
    assert!(nearest["likeness"].as_f64() >= Some(0.25) && nearest["likeness"].as_f64() < Some(0.8), "{nearest}");
    assert_eq!(nearest["id"].as_str().unwrap().split('#').next(), Some("t/2026-01-01"));
    let shown = env.ok(&["stories", "volcano", "--one-sided"]);
    assert!(
        shown.contains("(6 sources sampled in those digests); nearest title:\n    2026-01-01  Harbour ferries"),
        "{shown}"
    );
    let gaps = env.ok(&["gaps", "volcano", "--q", "1"]);
    assert!(gaps.contains("nearest title of b:\n    2026-01-01  Harbour ferries"), "{gaps}");
    // What has no word in common is not near.
    env.write("corpus/t/1.md", of_perspectives(1, &[("a", here()), ("b", other(6, 1, "en-US"))]));
    env.ok(&["index", "corpus"]);
    assert!(env.json(&["stories", "volcano", "--one-sided"])["stories"][0]["missing"][0]["nearest"].is_null());
}

#[test]
fn the_total_counts_the_entries_of_the_stories() {
    let env = TestEnv::indexed();
    for args in [&[][..], &["--one-sided"], &["--missing", "china"], &["tariff OR arancel", "--min", "3"]] {
        let answer = env.json(&[&["stories", "--limit", "all"], args].concat());
        let titles = answer["titles"].as_array().unwrap().iter().filter(|title| title["matches"] == true);
        let entries = |title: &Value| 1 + title["copies"].as_array().unwrap().len();
        let few = env.json(&[&["stories", "--limit", "1"], args].concat());
        assert_eq!(few["entries_in_stories"], answer["entries_in_stories"]);
        if !args.contains(&"--min") {
            // All copies of a title match the same filters.
            assert_eq!(answer["entries_in_stories"].as_u64().unwrap() as usize, titles.map(entries).sum::<usize>());
        }
        let entries = answer["entries_in_stories"].as_u64().unwrap();
        assert!(entries > 0 && Some(entries) < answer["total_entries"].as_u64(), "{args:?}");
        let shown = env.ok(&[&["stories", "--limit", "1"], args].concat());
        assert!(shown.contains(&format!(" with {entries} matching entries")), "{shown}");
    }
}

#[test]
fn stories_of_the_words_come_before_larger_ones() {
    let env = TestEnv::new();
    let large = (0..6).map(|n| (format!("Volcano erupts near island capital as ferry halts word{n}"), "en-US"));
    let small = ["Ferry strike halts ferry crossings", "Ferry strike ends, ferry crossings resume"];
    let titles: Vec<(String, &str)> = large.chain(small.map(|title| (title.to_owned(), "en-US"))).collect();
    env.write("corpus/t/1.md", of_perspectives(1, &[("a", titles), ("b", other(3, 1, "en-US"))]));
    env.write("corpus/t/2.md", of_perspectives(2, &[("a", other(4, 2, "en-US")), ("b", of_event(2, 2))]));
    env.ok(&["index", "corpus"]);
    let labels = |args: &[&str]| -> Vec<bool> {
        let answer = env.json(&[&["stories"], args].concat());
        answer["stories"]
            .as_array()
            .unwrap()
            .iter()
            .map(|story| story["label"].as_str().unwrap().contains("strike"))
            .collect()
    };
    assert_eq!(labels(&[]), [false, true], "without words, the largest");
    assert_eq!(labels(&["ferry strike", "--any"]), [true, false]);
    assert_eq!(labels(&["ferry strike", "--any", "--sort", "size"]), [false, true]);
}
