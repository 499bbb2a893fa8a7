//! Trends with few or repeated titles.

use std::fmt::Write;

use serde_json::Value;

use crate::env::TestEnv;

fn numbers(answer: &Value, perspective: usize) -> (u64, u64) {
    let perspective = &answer["perspectives"][perspective];
    (perspective["distinct"].as_u64().unwrap(), perspective["n"].as_u64().unwrap())
}

#[test]
fn without_words_there_are_no_shares() {
    let env = TestEnv::indexed();
    let all = env.json(&["trend", "--topic", "us-mexico"]);
    let without = env.json(&["trend", "--topic", "us-mexico", "NOT tariff"]);
    let with = env.json(&["trend", "--topic", "us-mexico", "tariff"]);
    let ((found, sampled), (tariff, _)) = (numbers(&without, 1), numbers(&with, 1));
    assert_eq!(found, sampled);
    assert_eq!(found + tariff, numbers(&all, 1).1, "what is not about it");
    assert!(tariff > 0);
}

/// A digest of a topic with two perspectives of five titles each.
fn digest(date: &str, titles: &[String]) -> String {
    let mut text = format!(
        "---\ntopic: t\ntopicName: \"A vs B\"\ndate: {date}T04:00:00.000Z\narticleCount: 10\nperspectives:\n  - id: \"a\"\n    \
         name: \"A\"\n    count: 5\n  - id: \"b\"\n    name: \"B\"\n    count: 5\n---\n\n## Sources\n\n"
    );
    for (n, title) in titles.iter().enumerate() {
        let _ = writeln!(text, "{}. [en-US] [{title}](https://example.com/{date}/{n}) - Source {n} (1/5/2026)", n + 1);
    }
    text
}

/// A week with a burst also has articles of the first week: in the numbers of both, as they were sampled in both.
#[test]
fn a_burst_of_a_week_has_the_numbers_of_that_week() {
    let env = TestEnv::new();
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    for day in 0..70u64 {
        let date = (first + chrono::Days::new(day)).to_string();
        let title = |n: usize| match (day / 7, n) {
            (5, 0..4) => format!("Quartz number {day} and {n}"),
            (0, 4) => format!("Quartz once {day}"),
            (5, 4) => format!("Quartz once {}", day - 35),
            _ => format!("Plain news {day} of {n}"),
        };
        env.write(&format!("corpus/t/{date}.md"), digest(&date, &(0..10).map(title).collect::<Vec<_>>()));
    }
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["trend", "quartz", "--by", "week"]);
    let bursts = answer["perspectives"][0]["bursts"].as_array().unwrap();
    let burst = bursts.iter().find(|burst| burst["first"] == "2026-W07" && burst["last"] == "2026-W07").unwrap();
    let points = answer["points"].as_array().unwrap();
    let point = points.iter().find(|p| p["span"] == "2026-W07" && p["perspective"] == "a").unwrap();
    assert_eq!((&burst["distinct"], &burst["n"]), (&point["distinct"], &point["n"]));
    assert_eq!((&burst["distinct"], &burst["n"]), (&Value::from(35), &Value::from(35)), "{answer}");
}

#[test]
fn perspectives_that_are_not_tested_for_bursts_are_named() {
    let env = TestEnv::new();
    for day in 1..=9 {
        let date = format!("2026-01-0{day}");
        let title = |n: usize| format!("{} {day} of {n}", if n < 5 && n != day % 5 { "Quartz" } else { "Plain" });
        env.write(&format!("corpus/t/{date}.md"), digest(&date, &(0..10).map(title).collect::<Vec<_>>()));
    }
    env.ok(&["index", "corpus"]);
    let notes = |words: &str| env.json(&["trend", words])["notes"].to_string();
    assert!(notes("quartz").contains("\"A: not tested for bursts, since a quarter or more of its titles match\""));
    assert!(
        notes("quartz OR plain")
            .contains("\"A, B: not tested for bursts, since a quarter or more of their titles match\"")
    );
    assert!(!notes("zzz").contains("not tested"));
}

/// Ten weeks with a burst in the sixth; in the seventh the same articles are sampled again.
#[test]
fn repeated_articles_are_not_a_burst() {
    let env = TestEnv::new();
    let first = chrono::NaiveDate::from_ymd_opt(2026, 1, 5).unwrap();
    for day in 0..70u64 {
        let date = (first + chrono::Days::new(day)).to_string();
        let (week, weekday) = (day / 7, day % 7);
        let title = |n: usize| match week {
            5 | 6 if n < 5 => format!("Quartz number {weekday} and {n}"),
            _ => format!("Plain news {day} of {n}"),
        };
        env.write(&format!("corpus/t/{date}.md"), digest(&date, &(0..10).map(title).collect::<Vec<_>>()));
    }
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["trend", "quartz", "--by", "week"]);
    let bursts = answer["perspectives"][0]["bursts"].as_array().unwrap();
    let found: Vec<_> = bursts.iter().map(|burst| (&burst["first"], &burst["last"], &burst["distinct"])).collect();
    assert_eq!(found, [(&Value::from("2026-W07"), &Value::from("2026-W07"), &Value::from(35))]);
    assert_eq!(numbers(&answer, 0).0, 35);
    // They count in the share of both weeks, in which they were sampled.
    let found = |span: &str| {
        let mut points = answer["points"].as_array().unwrap().iter();
        points.find(|p| p["span"] == span && p["perspective"] == "a").unwrap()["distinct"].clone()
    };
    assert_eq!((found("2026-W07"), found("2026-W08")), (35.into(), 35.into()));
}
