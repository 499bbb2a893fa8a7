//! Corpora with planted stories: the stories and the gaps among them are found;
//! where perspectives are left out by chance, hardly any gap is reported.

use std::collections::BTreeSet;
use std::fmt::Write;

use fastrand::Rng;
use serde_json::Value;

use crate::env::TestEnv;

const DAYS: usize = 60;

/// Titles of a perspective in a digest.
const TITLES: usize = 10;

/// The unit that is of an event or not.
#[derive(Clone, Copy, Debug)]
enum Decides {
    /// Each title: sources with more titles have it more often.
    Titles,
    /// Each source, once a day.
    Sources,
}

/// An event: its words, its first day and perspectives, and the probability that a title or a source has it.
struct Event {
    day: usize,
    days: usize,
    perspectives: &'static [usize],
    rate: f64,
}

/// A title and its event.
struct Title {
    words: Vec<String>,
    source: String,
    event: Option<usize>,
}

/// Each perspective has the same number of sources, of which the first is the largest if there are few. A source often repeats
/// its titles the day after.
fn write_corpus(env: &TestEnv, sources: [usize; 2], decides: Decides, events: &[Event], rng: &mut Rng) -> Vec<Title> {
    let weights: Vec<f64> = (1..=2000).map(|rank| 1.0 / (f64::from(rank) + 2.7)).collect();
    let total: f64 = weights.iter().sum();
    let word = |rng: &mut Rng| {
        let mut left = rng.f64() * total;
        let rank = weights.iter().position(|weight| {
            left -= weight;
            left < 0.0
        });
        format!("wort{}", rank.unwrap_or_default())
    };
    let mut titles: Vec<Title> = Vec::new();
    let mut last: std::collections::HashMap<String, Vec<String>> = std::collections::HashMap::new();
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for day in 0..DAYS {
        let date = first + chrono::Days::new(day as u64);
        let mut text = format!(
            "---\ntopic: t\ntopicName: \"A vs B\"\ndate: {date}T04:00:00.000Z\nperspectives:\n  - id: \"a\"\n    name: \"A\"\n    \
             count: {TITLES}\n  - id: \"b\"\n    name: \"B\"\n    count: {TITLES}\n---\n\n## Sources\n\n"
        );
        let going: Vec<usize> = (0..events.len())
            .filter(|event| (events[*event].day..events[*event].day + events[*event].days).contains(&day))
            .collect();
        for perspective in 0..2 {
            let mut reported: BTreeSet<(String, usize)> = BTreeSet::new();
            let mut passed: BTreeSet<(String, usize)> = BTreeSet::new();
            for n in 0..TITLES {
                let source = format!("{} {}", ["Ark", "Bell"][perspective], n % sources[perspective]);
                let is_of = |event: &usize, rng: &mut Rng| {
                    let key = (source.clone(), *event);
                    let here = events[*event].perspectives.contains(&perspective);
                    match decides {
                        Decides::Titles => here && rng.f64() < events[*event].rate,
                        Decides::Sources if reported.contains(&key) || passed.contains(&key) => false,
                        Decides::Sources => here && rng.f64() < events[*event].rate,
                    }
                };
                let event = going.iter().copied().find(|event| is_of(event, rng));
                going.iter().for_each(|event| _ = passed.insert((source.clone(), *event)));
                let mut words: Vec<String> = match event {
                    Some(event) => {
                        reported.insert((source.clone(), event));
                        let left_out = rng.usize(0..6);
                        let core = (0..6).filter(|n| *n != left_out).map(|n| format!("event{event}x{n}"));
                        core.chain((0..3).map(|_| word(rng))).collect()
                    }
                    None => (0..8).map(|_| word(rng)).collect(),
                };
                if event.is_none() && rng.f64() < 0.5 {
                    words.extend(last.get(&source).into_iter().flatten().take(3).cloned());
                }
                if event.is_none() {
                    last.insert(source.clone(), words.clone());
                }
                let link = format!("https://example.com/{day}/{perspective}/{n}");
                let on = date.format("%-m/%-d/%Y");
                let number = perspective * TITLES + n + 1;
                let _ = writeln!(text, "{number}. [en-US] [{}]({link}) - {source} ({on})", words.join(" "));
                titles.push(Title { words, source, event });
            }
        }
        env.write(&format!("corpus/t/{date}.md"), text);
    }
    env.ok(&["index", "corpus", "--rebuild"]);
    titles
}

/// The number of corpora of each form: few by default, or `PLANTED_RUNS`.
fn runs(few: u64) -> std::ops::Range<u64> {
    1..1 + std::env::var("PLANTED_RUNS").ok().and_then(|runs| runs.parse().ok()).unwrap_or(few)
}

fn has_event(title: &Value) -> Option<usize> {
    title["text"].as_str()?.split("event").nth(1)?.split('x').next()?.parse().ok()
}

#[test]
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn planted_stories_and_gaps_are_found() {
    const BOTH: &[usize] = &[0, 1];
    let (mut whole, mut strangers, mut all, mut found, mut false_gaps) = (0, 0, 0, 0, 0);
    for seed in runs(2) {
        let env = TestEnv::new();
        let mut events: Vec<Event> =
            (0..10).map(|n| Event { day: 5 * n + 2, days: 2, perspectives: BOTH, rate: 0.5 }).collect();
        let silent = [10, 30, 50].map(|day| Event { day, days: 1, perspectives: &[0], rate: 0.9 });
        events.extend(silent);
        let titles = write_corpus(&env, [10, 10], Decides::Sources, &events, &mut Rng::with_seed(seed));
        let answer = env.json(&["stories", "--limit", "all"]);
        for event in 0..events.len() {
            let of_event = || titles.iter().filter(|title| title.event == Some(event));
            assert!(of_event().count() > 4 && of_event().all(|t| t.words.len() == 8 && !t.source.is_empty()));
            let rows = answer["titles"].as_array().unwrap();
            let rows: Vec<&Value> = rows.iter().filter(|title| has_event(title) == Some(event)).collect();
            let stories: BTreeSet<&str> = rows.iter().map(|title| title["story"].as_str().unwrap()).collect();
            all += 1;
            whole += usize::from(stories.len() == 1 && rows.len() == of_event().count());
            let others = answer["titles"].as_array().unwrap().iter();
            let others = others.filter(|title| title["story"] == rows[0]["story"] && has_event(title) != Some(event));
            strangers += others.count();
        }
        let answer = env.json(&["stories", "--gaps", "--limit", "all"]);
        let labels = answer["gaps"].as_array().unwrap().iter();
        for gap in labels {
            let event = gap["story_label"].as_str().unwrap().split("event").nth(1).and_then(|e| e.split('x').next());
            let is_planted =
                event.is_some_and(|event| event.parse::<usize>().unwrap() >= 10) && gap["perspective"] == "b";
            found += usize::from(is_planted);
            false_gaps += usize::from(!is_planted);
        }
    }
    let runs = runs(2).count();
    println!(
        "{whole} of {all} stories whole, with {strangers} titles of others; {found} of {} gaps, {false_gaps} false",
        3 * runs
    );
    assert!(whole * 20 >= all * 19 && strangers * 4 <= all, "{whole} of {all} whole, {strangers}");
    assert!(found * 10 >= 3 * runs * 9 && false_gaps * 20 <= found, "{found} of {} found, {false_gaps}", 3 * runs);
}

#[test]
#[expect(clippy::print_stdout, reason = "what a long run is for")]
fn perspectives_left_out_by_chance_are_not_gaps() {
    let (mut corpora, mut with_gaps, mut tested) = (0, 0, 0);
    for sources in [[10, 10], [2, 10], [10, 2], [4, 7]] {
        for decides in [Decides::Titles, Decides::Sources] {
            let mut of_form = 0;
            for seed in runs(2) {
                let env = TestEnv::new();
                let rates = [0.3, 0.5, 0.8];
                let events: Vec<Event> = (0..24)
                    .map(|n| Event { day: 2 * n + 3, days: 1 + n % 2, perspectives: &[0, 1], rate: rates[n % 3] })
                    .collect();
                write_corpus(&env, sources, decides, &events, &mut Rng::with_seed(seed));
                let answer = env.json(&["stories", "--gaps"]);
                corpora += 1;
                tested += answer["tested"].as_u64().unwrap();
                of_form += usize::from(answer["total"].as_u64().unwrap() > 0);
            }
            println!("sources {sources:?}, {decides:?} decide: {of_form} corpora with a false gap");
            with_gaps += of_form;
        }
    }
    println!("{with_gaps} of {corpora} corpora with a false gap; {tested} pairs looked at");
    assert!(tested > 10 * corpora && with_gaps * 20 <= corpora.max(20) as usize, "{with_gaps} of {corpora}");
}
