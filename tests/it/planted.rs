//! Corpora with planted words: those are found, and hardly anything else.

use std::fmt::Write;

use digest_search::insight::{By, CountRequest, Series, TrendRequest};
use digest_search::model::Field;
use digest_search::query::{ParseOptions, Selection, TextQuery};
use fastrand::Rng;
use serde_json::Value;

use crate::env::TestEnv;

/// The shape of a corpus of two perspectives.
#[derive(Clone, Copy)]
struct Shape {
    days: u32,
    titles: usize,
    words: usize,
    vocabulary: usize,
}

const LARGE: Shape = Shape { days: 200, titles: 10, words: 10, vocabulary: 4000 };
const SMALL: Shape = Shape { days: 60, titles: 8, words: 8, vocabulary: 1500 };

/// A word that a perspective has in more titles than by chance.
struct Planted {
    word: &'static str,
    perspective: usize,
    uses: usize,
    /// The days on which it is used; all days if none.
    on: Option<u32>,
}

/// Word frequencies follow Zipf's law. Each perspective has its own sources, which use words like all others and repeat some
/// of their titles the day after.
fn write_corpus(env: &TestEnv, shape: Shape, planted: &[Planted], rng: &mut Rng) {
    let weights: Vec<f64> = (1..=shape.vocabulary).map(|rank| 1.0 / (rank as f64 + 2.7)).collect();
    let total: f64 = weights.iter().sum();
    let mut cumulative = weights;
    for i in 1..cumulative.len() {
        cumulative[i] += cumulative[i - 1];
    }
    let word = |rng: &mut Rng| format!("wort{}", cumulative.partition_point(|sum| *sum < rng.f64() * total));
    let mut titles: Vec<Vec<String>> = Vec::new();
    for _ in 0..shape.days * 2 {
        let of_perspective =
            (0..shape.titles).map(|_| (0..shape.words).map(|_| word(rng)).collect::<Vec<_>>().join(" "));
        titles.push(of_perspective.collect());
    }
    // A source often repeats its titles of the day before.
    for title in 2..titles.len() {
        if rng.f64() < 0.5 {
            let before: Vec<String> = titles[title - 2][1].split(' ').take(3).map(str::to_owned).collect();
            titles[title][0] = [before.join(" "), titles[title][0].clone()].join(" ");
        }
    }
    for Planted { word, perspective, uses, on } in planted {
        for n in 0..*uses {
            let day = on.unwrap_or_else(|| (n as u32 * shape.days) / *uses as u32) as usize;
            let title = &mut titles[day * 2 + perspective][n % shape.titles];
            let _ = write!(title, " {word}");
        }
    }
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for (day, titles) in titles.chunks(2).enumerate() {
        let date = first + chrono::Days::new(day as u64);
        let n = shape.titles;
        let mut text = format!(
            "---\ntopic: t\ntopicName: \"A vs B\"\ndate: {date}T04:00:00.000Z\narticleCount: {}\nperspectives:\n  - id: \"a\"\n    \
             name: \"A\"\n    count: {n}\n  - id: \"b\"\n    name: \"B\"\n    count: {n}\n---\n\n## Sources\n\n",
            2 * n
        );
        for (n, title) in titles.iter().flatten().enumerate() {
            let source = format!("{} {}", if n < shape.titles { "Ark" } else { "Bell" }, n % 3);
            let link = format!("https://example.com/{day}/{n}");
            let _ = writeln!(text, "{}. [en-US] [{title}]({link}) - {source} ({})", n + 1, date.format("%-m/%-d/%Y"));
        }
        env.write(&format!("corpus/t/{date}.md"), text);
    }
    env.ok(&["index", "corpus", "--rebuild"]);
}

fn terms(answer: &Value, perspective: usize) -> Vec<String> {
    let id = answer["groups"][perspective]["id"].clone();
    let terms = answer["terms"].as_array().unwrap().iter().filter(|term| term["group"] == id);
    terms.map(|term| term["term"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn planted_bursts_are_found() {
    let env = TestEnv::new();
    let planted = [
        Planted { word: "quartzite", perspective: 0, uses: 20, on: None },
        Planted { word: "quartzite", perspective: 0, uses: 8, on: Some(28) },
        Planted { word: "quartzite", perspective: 0, uses: 8, on: Some(29) },
        Planted { word: "quartzite", perspective: 0, uses: 8, on: Some(30) },
        Planted { word: "quartzite", perspective: 1, uses: 20, on: None },
    ];
    write_corpus(&env, SMALL, &planted, &mut Rng::with_seed(1));
    let reader = digest_search::index::open(&env.path("index")).unwrap();
    let text = TextQuery::parse("quartzite", ParseOptions::default()).unwrap();
    let mut selection = Selection { text, ..Selection::default() };
    selection.as_sampled();
    let counted = CountRequest::new(selection.clone(), vec![By::Week, By::Facet(Field::Perspective)], true, None);
    let counted = counted.answer(&reader).unwrap();
    let trend = TrendRequest { selection, by: By::Week, top: 5 }.answer(&reader).unwrap();
    let [a, b] = &trend.perspectives[..] else { panic!("{trend:?}") };
    // The same as `count --share`.
    for row in &counted.rows {
        let name = |field| counted.value(row, field).clone().map(|(value, _)| value).unwrap();
        let week = trend.spans.iter().position(|span| *span == name(0)).unwrap();
        let perspective = trend.perspectives.iter().find(|perspective| perspective.id == name(1)).unwrap();
        assert_eq!(perspective.points[week], row.sampled, "{} {}", name(0), name(1));
    }
    assert_eq!(counted.rows.len(), trend.spans.len() * 2);
    // 29 to 31 January 2025 are in the fifth week.
    let weeks =
        |perspective: &Series| perspective.bursts.iter().flatten().map(|b| (b.first, b.last)).collect::<Vec<_>>();
    assert_eq!((weeks(a), weeks(b)), (vec![(4, 4)], vec![]), "{:?}", a.bursts);
}

#[test]
fn compare_respects_filters() {
    let env = TestEnv::new();
    let planted = [Planted { word: "quartzite", perspective: 0, uses: 20, on: None }];
    write_corpus(&env, SMALL, &planted, &mut Rng::with_seed(1));
    let sampled = |args: &[&str]| {
        let answer = env.json(&[&["compare", "--q", "1", "--top", "1000"], args].concat());
        (answer["groups"][0]["distinct"].as_u64().unwrap(), terms(&answer, 0))
    };
    let (all, words) = sampled(&[]);
    let (without, others) = sampled(&["NOT quartzite"]);
    assert_eq!(
        (without, words.contains(&"quartzite".into()), others.contains(&"quartzite".into())),
        (all - 20, true, false)
    );
    let (with, words) = sampled(&["quartzite"]);
    assert_eq!((with, words.contains(&"quartzite".into())), (20, false), "searched words are not findings");
    // With one source, only one perspective is sampled: a note, not an error.
    let one = env.json(&["compare", "--source", "Ark 0"]);
    assert_eq!((one["groups"].as_array().unwrap().len(), &one["lang"]), (1, &Value::Null));
    assert!(one["notes"].to_string().contains("only A was sampled"), "{one}");
    // A word too long to be indexed does no harm.
    let long = format!("{} ends here", "x".repeat(70_000));
    let digest = std::fs::read_to_string(env.path("corpus/t/2025-01-01.md")).unwrap();
    env.write("corpus/t/2025-01-01.md", digest.replacen("](", &format!(" {long}]("), 1));
    env.ok(&["index"]);
    assert_eq!(sampled(&[]).0, all);
}

/// The number of corpora: few by default, or `PLANTED_RUNS`.
fn runs(few: u64) -> std::ops::Range<u64> {
    1..1 + std::env::var("PLANTED_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(few)
}

#[test]
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn planted_words_are_found_and_others_are_not() {
    for seed in runs(1) {
        let env = TestEnv::new();
        let planted = [
            Planted { word: "quartzite", perspective: 0, uses: 20, on: None },
            Planted { word: "zeppelin", perspective: 1, uses: 50, on: None },
            // All on one day: a story of that day, not a distinctive word.
            Planted { word: "flamingo", perspective: 1, uses: 20, on: Some(60) },
        ];
        write_corpus(&env, LARGE, &planted, &mut Rng::with_seed(seed));
        let answer = env.json(&["compare", "--ngrams", "1", "--top", "100"]);
        let (a, b) = (terms(&answer, 0), terms(&answer, 1));
        assert!(a.contains(&"quartzite".to_owned()) && b.contains(&"zeppelin".to_owned()), "{a:?} {b:?}");
        assert!(!b.contains(&"flamingo".to_owned()), "{b:?}");
        println!("seed {seed}: {} of {} terms found that were not planted", a.len() + b.len() - 2, answer["tested"]);
        assert!(a.len() + b.len() <= 4, "{a:?} {b:?}");
    }
}

#[test]
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn perspectives_that_differ_by_chance_have_no_distinctive_words() {
    let (mut found, mut rising, mut burst, runs) = (0, 0, 0, runs(4));
    for seed in runs.clone() {
        let env = TestEnv::new();
        write_corpus(&env, SMALL, &[], &mut Rng::with_seed(seed));
        let answer = env.json(&["compare", "--ngrams", "1-2"]);
        assert!(answer["tested"].as_u64() > Some(100), "{answer}");
        found += usize::from(!answer["terms"].as_array().unwrap().is_empty());
        let distance = |name: &str| answer["groups"][0]["distance"][name].as_f64().unwrap();
        assert!((distance("distance") - distance("expected")).abs() < 0.05, "{answer}");
        // One perspective and one word, neither rare nor common: one test each.
        let words = &env.json(&["trend", "--by", "month", "--until", "2025-02-28"])["perspectives"][0]["words"];
        assert!(words["enough"] == true, "{words}");
        rising += usize::from(!(is_empty(&words["rising"]) && is_empty(&words["falling"])));
        burst += usize::from(!is_empty(&env.json(&["trend", "wort20", "--by", "week"])["perspectives"][0]["bursts"]));
    }
    println!(
        "of {} corpora {found} with false words of a perspective, {rising} with false words of the \
         last month, {burst} with a false burst",
        runs.end - 1
    );
    // 5% of many corpora; one of few.
    let few = 1.max((runs.end - 1) / 10) as usize;
    assert!([found, rising, burst].iter().all(|false_ones| *false_ones <= few));
}

fn is_empty(list: &Value) -> bool {
    list.as_array().unwrap().is_empty()
}

#[test]
fn planted_rising_words_are_found() {
    for seed in runs(1) {
        let env = TestEnv::new();
        // From 1 January on, 181 days are six months; the last ones are those of July.
        let days = (182..200).map(|day| Planted { word: "quartzite", perspective: 0, uses: 1, on: Some(day) });
        let planted: Vec<Planted> =
            days.chain([Planted { word: "zeppelin", perspective: 1, uses: 50, on: None }]).collect();
        write_corpus(&env, LARGE, &planted, &mut Rng::with_seed(seed));
        let answer = env.json(&["trend"]);
        let rising = |perspective: usize| {
            let terms = answer["perspectives"][perspective]["words"]["rising"].as_array().unwrap();
            terms.iter().map(|term| term["term"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert!(rising(0).contains(&"quartzite".to_owned()) && rising(0).len() <= 2, "{:?}", rising(0));
        assert!(rising(1).len() <= 1, "{:?}", rising(1));
    }
}
