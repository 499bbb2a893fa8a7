//! Corpora in which perspectives differ by chance only: hardly any finding may be reported. The table of `docs/insight.md`
//! has the rates over many corpora.

use fastrand::Rng;
use serde_json::Value;

use crate::env::TestEnv;
use crate::null_corpus::{DAYS, EVEN, Null, write_corpus};

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
            check(&what, Null { titles: [titles[0], titles[1], 0], lasts, ..EVEN }, 1, |env| has_words(env, &[]));
        }
    }
}

#[test]
fn words_next_to_a_five_times_as_frequent_one_are_chance() {
    for lasts in [1, 2, 5] {
        let null = Null { tariff: [0.75, 0.15, 0.0], lasts, ..EVEN };
        check(&format!("false words beside a TEXT five times as frequent, stories of {lasts} days"), null, 2, |env| {
            has_words(env, &["tariff"])
        });
    }
}

#[test]
fn words_of_perspectives_as_in_real_digests_are_chance() {
    for titles in [[10, 10, 0], [10, 4, 6]] {
        let what = format!("false words, lifelike, {titles:?} titles, stories of 2 days");
        check(&what, Null { titles, lasts: 2, sources: 8, is_lifelike: true, ..EVEN }, 2, |env| has_words(env, &[]));
    }
}

/// Sources that have words of their own, assigned to two perspectives at random: these differ, but would not with other
/// sources.
#[test]
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn words_of_sources_do_not_survive_other_sources() {
    let null = Null { lasts: 2, sources: 8, is_lifelike: true, has_own_words: true, ..EVEN };
    let runs = runs(2);
    let (mut any, mut of_several, mut surviving) = (0, 0, 0);
    for seed in 1..=runs {
        let env = TestEnv::new();
        write_corpus(&env, null, &mut Rng::with_seed(seed));
        let answer = env.json(&["compare"]);
        let terms = answer["terms"].as_array().unwrap();
        let of_several_sources = |term: &&Value| term["source"].is_null();
        any += usize::from(!terms.is_empty());
        of_several += usize::from(terms.iter().any(|term| of_several_sources(&term)));
        let survives = |term: &Value| of_several_sources(&term) && term["p_sources"].as_f64() <= Some(0.05);
        surviving += usize::from(terms.iter().any(survives));
    }
    println!("words of random sources: {any} of {runs}, of several sources {of_several}, surviving others {surviving}");
    assert!(any as u64 == runs, "{any} of {runs}");
    assert!(surviving as f64 <= most(runs), "{surviving} of {runs}");
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
        check(&what, Null { titles: [titles[0], titles[1], 0], lasts: 5, ..EVEN }, 2, |env| {
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
    assert!(text.contains("with sources reassigned, p"), "{text}");
}
