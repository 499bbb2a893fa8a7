//! Corpora in which perspectives differ by chance only: hardly any finding may be reported. The table of `docs/insight.md`
//! has the rates over many corpora.

use std::fmt::Write;

use fastrand::Rng;
use serde_json::Value;

use crate::env::TestEnv;

const DAYS: usize = 60;

/// A corpus of two perspectives.
#[derive(Clone, Copy)]
struct Null {
    /// Titles of each perspective a day.
    titles: [usize; 2],
    /// The number of days of a story.
    lasts: usize,
    /// The share of titles of each perspective with the word `tariff`, independent of stories.
    tariff: [f64; 2],
    /// The number of sources of each perspective.
    sources: usize,
}

const EVEN: Null = Null { titles: [10, 10], lasts: 1, tariff: [0.0, 0.0], sources: 3 };

/// A story: the words of most of its titles, its weight, and its last day.
struct Story {
    words: Vec<String>,
    weight: f64,
    last: usize,
}

/// Each perspective has random stories, at most as many as titles a day, with words of one vocabulary (Zipf); a few stories are
/// much larger than others (Pareto). A title has four of the six words of its story and four other words.
fn write_corpus(env: &TestEnv, null: Null, rng: &mut Rng) {
    let mut sums: Vec<f64> = (1..=2000).map(|rank| 1.0 / (f64::from(rank) + 2.7)).collect();
    for i in 1..sums.len() {
        sums[i] += sums[i - 1];
    }
    let total = sums[sums.len() - 1];
    let word = |rng: &mut Rng| format!("wort{}", sums.partition_point(|sum| *sum < rng.f64() * total));
    let mut open: [Vec<Story>; 2] = [Vec::new(), Vec::new()];
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for day in 0..DAYS {
        let date = first + chrono::Days::new(day as u64);
        let mut text = format!(
            "---\ntopic: t\ntopicName: \"A vs B\"\ndate: {date}T04:00:00.000Z\nperspectives:\n  - id: \"a\"\n    name: \"A\"\n    \
             count: {}\n  - id: \"b\"\n    name: \"B\"\n    count: {}\n---\n\n## Sources\n\n",
            null.titles[0], null.titles[1]
        );
        let mut line = 0;
        for (perspective, stories) in open.iter_mut().enumerate() {
            stories.retain(|story| story.last >= day);
            while stories.len() < 6 {
                let words = (0..6).map(|_| word(rng)).collect();
                // Stories of the first day began at different times.
                let left = if day == 0 { rng.usize(0..null.lasts) } else { null.lasts - 1 };
                stories.push(Story { words, weight: rng.f64().max(0.01).powf(-0.7), last: day + left });
            }
            for n in 0..null.titles[perspective] {
                let mut at = rng.f64() * stories.iter().map(|story| story.weight).sum::<f64>();
                let story = stories.iter().find(|story| {
                    at -= story.weight;
                    at < 0.0
                });
                let mut words: Vec<String> = story.unwrap_or(&stories[0]).words.clone();
                rng.shuffle(&mut words);
                words.truncate(4);
                words.extend((0..4).map(|_| word(rng)));
                words.extend((rng.f64() < null.tariff[perspective]).then(|| "tariff".to_owned()));
                let source = format!("{} {}", ["Ark", "Bell"][perspective], (day + n) % null.sources);
                line += 1;
                let _ = writeln!(
                    text,
                    "{line}. [en-US] [{}](https://example.com/{day}/{line}) - {source} ({})",
                    words.join(" "),
                    date.format("%-m/%-d/%Y")
                );
            }
        }
        env.write(&format!("corpus/t/{date}.md"), text);
    }
    env.ok(&["index", "corpus", "--rebuild"]);
}

/// The number of corpora: few by default, or `PLANTED_RUNS`.
fn runs(few: u64) -> u64 {
    std::env::var("PLANTED_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(few)
}

/// Returns the greatest number of false findings: 5% of the corpora and 2.5 standard deviations: none of 2, 1 of 5, 14 of 150.
fn most(runs: u64) -> f64 {
    let runs = runs as f64;
    runs * 0.05 + 2.5 * (runs * 0.0475).sqrt()
}

/// Makes corpora, and checks the number of those with a finding.
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn check(what: &str, null: Null, few: u64, is_found: impl Fn(&TestEnv) -> bool) {
    let runs = runs(few);
    let found = (1..=runs).filter(|seed| {
        let env = TestEnv::new();
        write_corpus(&env, null, &mut Rng::with_seed(*seed));
        is_found(&env)
    });
    let found = found.count();
    println!("{what}: {found} of {runs}");
    assert!(found as f64 <= most(runs), "{what}: {found} of {runs}");
}

fn is_empty(list: &Value) -> bool {
    list.as_array().unwrap().is_empty()
}

fn has_words(env: &TestEnv, args: &[&str]) -> bool {
    let answer = env.json(&[&["compare", "--ngrams", "1-2"], args].concat());
    assert!(answer["tested"].as_u64() > Some(50), "{answer}");
    !is_empty(&answer["terms"])
}

#[test]
fn words_of_perspectives_of_any_size_are_chance() {
    for titles in [[10, 10], [10, 4], [10, 2]] {
        for lasts in [1, 2, 5] {
            let what = format!("false words, {} v {} titles, stories of {lasts} days", titles[0], titles[1]);
            check(&what, Null { titles, lasts, ..EVEN }, 1, |env| has_words(env, &[]));
        }
    }
}

#[test]
fn words_next_to_a_five_times_as_frequent_one_are_chance() {
    for lasts in [1, 2, 5] {
        let null = Null { tariff: [0.75, 0.15], lasts, ..EVEN };
        check(&format!("false words beside a TEXT five times as frequent, stories of {lasts} days"), null, 2, |env| {
            has_words(env, &["tariff"])
        });
    }
}

#[test]
fn words_rise_and_fall_by_chance() {
    for lasts in [1, 2, 5] {
        check(&format!("false rising or falling words, stories of {lasts} days"), Null { lasts, ..EVEN }, 5, |env| {
            let words = &env.json(&["trend", "--by", "month", "--until", "2025-02-28"])["perspectives"][0]["words"];
            assert!(words["enough"] == true, "{words}");
            !(is_empty(&words["rising"]) && is_empty(&words["falling"]))
        });
    }
}

#[test]
fn shares_differ_by_chance() {
    for titles in [[10, 10], [10, 2]] {
        let what = format!("false difference of shares, {} v {} titles, stories of 5 days", titles[0], titles[1]);
        check(&what, Null { titles, lasts: 5, ..EVEN }, 2, |env| {
            let answer = env.json(&["compare", "wort3 OR wort4"]);
            answer["differences"][0]["p"].as_f64().is_some_and(|p| p <= 0.05)
        });
    }
}

/// Checks that words of a few sources are marked if each perspective has enough sources.
#[test]
fn words_of_few_sources_do_not_survive_others() {
    let env = TestEnv::new();
    write_corpus(&env, Null { sources: 8, ..EVEN }, &mut Rng::with_seed(3));
    for day in 0..DAYS {
        let date = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap() + chrono::Days::new(day as u64);
        let name = format!("corpus/t/{date}.md");
        let mut digest = std::fs::read_to_string(env.path(&name)).unwrap();
        // A word of two sources of one perspective, and one of all of them.
        for (source, word) in (0..8).flat_map(|n| [(n, "quartzite"), (n, "zeppelin")]) {
            let is_its = word == "zeppelin" || source < 2;
            if is_its && day % 2 == 0 {
                let lines = digest.lines().map(|line| match line.contains(&format!(" - Ark {source} (")) {
                    true => line.replacen("](", &format!(" {word}]("), 1),
                    false => line.to_owned(),
                });
                digest = lines.collect::<Vec<_>>().join("\n") + "\n";
            }
        }
        env.write(&name, digest);
    }
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["compare", "--ngrams", "1"]);
    let p_sources = |word: &str| {
        let term = answer["terms"].as_array().unwrap().iter().find(|term| term["term"] == word).unwrap();
        term["p_sources"].as_f64().unwrap()
    };
    assert!(p_sources("zeppelin") < 0.001 && p_sources("quartzite") > 0.05, "{answer}");
    let text = env.ok(&["compare", "--ngrams", "1"]);
    assert!(text.contains("! not significant with sources"), "{text}");
}
