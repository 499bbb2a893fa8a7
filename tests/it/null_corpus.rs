//! Generator of corpora whose perspectives differ by chance only.

use std::fmt::Write;

use fastrand::Rng;

use crate::env::TestEnv;

pub const DAYS: usize = 60;

/// A corpus of perspectives.
#[derive(Clone, Copy)]
pub struct Null {
    /// Titles of each perspective a day; 0 of one that there is not.
    pub titles: [usize; 3],
    /// The number of days of a story.
    pub lasts: usize,
    /// The share of titles of each perspective with the word `tariff`, independent of stories.
    pub tariff: [f64; 3],
    /// The number of sources of each perspective.
    pub sources: usize,
    /// Whether it has what real digests have: days without a digest and two weeks without any, words of weekdays, a few sources with
    /// most titles and words of their own, titles that are repeated or taken from an agency, names of sources in titles,
    /// and a second language.
    pub is_lifelike: bool,
    /// Whether the words of a source are its own; otherwise a source of each perspective has them. In lifelike corpora only.
    pub has_own_words: bool,
}

pub const EVEN: Null =
    Null { titles: [10, 10, 0], lasts: 1, tariff: [0.0; 3], sources: 3, is_lifelike: false, has_own_words: false };

/// A story: the words of most of its titles, its weight, and its last day.
struct Story {
    words: Vec<String>,
    weight: f64,
    last: usize,
}

/// The words of a language by Zipf's law.
struct Vocabulary(Vec<f64>);

impl Vocabulary {
    fn new() -> Self {
        let mut sums: Vec<f64> = (1..=2000).map(|rank| 1.0 / (f64::from(rank) + 2.7)).collect();
        for i in 1..sums.len() {
            sums[i] += sums[i - 1];
        }
        Self(sums)
    }

    fn word(&self, rng: &mut Rng) -> String {
        let total = self.0[self.0.len() - 1];
        format!("wort{}", self.0.partition_point(|sum| *sum < rng.f64() * total))
    }
}

/// Each perspective has random stories, at most as many as titles a day, with words of one vocabulary (Zipf); a few stories are
/// much larger than others (Pareto). A title has four of the six words of its story and four other words.
pub fn write_corpus(env: &TestEnv, null: Null, rng: &mut Rng) {
    let vocabulary = Vocabulary::new();
    let mut open: [Vec<Story>; 3] = Default::default();
    let mut before: Vec<(usize, String)> = Vec::new();
    let first = chrono::NaiveDate::from_ymd_opt(2025, 1, 1).unwrap();
    for day in 0..DAYS {
        let date = first + chrono::Days::new(day as u64);
        let mut lines: Vec<(usize, String)> = Vec::new();
        for (perspective, stories) in open.iter_mut().enumerate().filter(|(of, _)| null.titles[*of] > 0) {
            begin(stories, day, null.lasts, &vocabulary, rng);
            for n in 0..null.titles[perspective] {
                let words = title(stories, null.tariff[perspective], &vocabulary, rng);
                let source = if null.is_lifelike { pareto(null.sources, rng) } else { (day + n) % null.sources };
                let line = match null.is_lifelike {
                    true => lifelike((perspective, source), null, words, date, &before, &lines, rng),
                    false => line("en-US", &words.join(" "), (perspective, source), date),
                };
                lines.push((perspective, line));
            }
        }
        if null.is_lifelike && ((30..44).contains(&day) || rng.f64() < 0.05) {
            continue;
        }
        env.write(&format!("corpus/t/{date}.md"), digest(date, null.titles, &lines));
        before = lines;
    }
    env.ok(&["index", "corpus", "--rebuild"]);
}

/// Ends stories and begins others.
fn begin(stories: &mut Vec<Story>, day: usize, lasts: usize, vocabulary: &Vocabulary, rng: &mut Rng) {
    stories.retain(|story| story.last >= day);
    while stories.len() < 6 {
        let words = (0..6).map(|_| vocabulary.word(rng)).collect();
        // Stories of the first day began at different times.
        let left = if day == 0 { rng.usize(0..lasts) } else { lasts - 1 };
        stories.push(Story { words, weight: rng.f64().max(0.01).powf(-0.7), last: day + left });
    }
}

fn title(stories: &[Story], tariff: f64, vocabulary: &Vocabulary, rng: &mut Rng) -> Vec<String> {
    let mut at = rng.f64() * stories.iter().map(|story| story.weight).sum::<f64>();
    let story = stories.iter().find(|story| {
        at -= story.weight;
        at < 0.0
    });
    let mut words: Vec<String> = story.unwrap_or(&stories[0]).words.clone();
    rng.shuffle(&mut words);
    words.truncate(4);
    words.extend((0..4).map(|_| vocabulary.word(rng)));
    words.extend((rng.f64() < tariff).then(|| "tariff".to_owned()));
    words
}

/// A source, the first of which have most titles.
fn pareto(sources: usize, rng: &mut Rng) -> usize {
    let all: f64 = (1..=sources).map(|n| (n as f64).powf(-1.2)).sum();
    let mut at = rng.f64() * all;
    (0..sources)
        .find(|n| {
            at -= ((n + 1) as f64).powf(-1.2);
            at < 0.0
        })
        .unwrap_or(0)
}

const NAMES: [&str; 3] = ["Ark", "Bell", "Crow"];

/// A line of the list of titles, without its number. Some are repeated from the day before, or taken from an agency by another source.
fn lifelike(
    (perspective, source): (usize, usize),
    null: Null,
    mut words: Vec<String>,
    date: chrono::NaiveDate,
    before: &[(usize, String)],
    lines: &[(usize, String)],
    rng: &mut Rng,
) -> String {
    let text = |line: &(usize, String)| line.1.split(['[', ']']).nth(3).unwrap().to_owned();
    let own = before.iter().filter(|(of, _)| *of == perspective);
    let repeated = own.map(text).nth(rng.usize(0..10)).filter(|_| rng.f64() < 0.06);
    let agency = lines.get(rng.usize(0..30)).map(text).filter(|_| rng.f64() < 0.05);
    // With the same words in a source of each, perspectives differ by chance alone.
    let owner = if null.has_own_words { NAMES[perspective] } else { "house" };
    words.extend((rng.f64() < 0.3).then(|| format!("{owner}{source}")));
    words.extend((rng.f64() < 0.3).then(|| format!("on{}", date.format("%A"))));
    let name = if rng.f64() < 0.1 { format!(" - {} {source}", NAMES[perspective]) } else { String::new() };
    let text = repeated.or(agency).unwrap_or_else(|| words.join(" ") + &name);
    line(if rng.f64() < 0.2 { "es-MX" } else { "en-US" }, &text, (perspective, source), date)
}

fn line(locale: &str, text: &str, (perspective, source): (usize, usize), date: chrono::NaiveDate) -> String {
    let address = text.replace(' ', "-");
    let source = format!("{} {source}", NAMES[perspective]);
    format!("[{locale}] [{text}](https://example.com/{address}) - {source} ({})", date.format("%-m/%-d/%Y"))
}

/// A digest with some titles.
fn digest(date: chrono::NaiveDate, titles: [usize; 3], lines: &[(usize, String)]) -> String {
    let mut text = format!("---\ntopic: t\ntopicName: \"A vs B\"\ndate: {date}T04:00:00.000Z\nperspectives:\n");
    for ((id, name), count) in ["a", "b", "c"].iter().zip(["A", "B", "C"]).zip(titles).filter(|(_, count)| *count > 0) {
        let _ = writeln!(text, "  - id: \"{id}\"\n    name: \"{name}\"\n    count: {count}");
    }
    text.push_str("---\n\n## Sources\n\n");
    for (number, (_, line)) in lines.iter().enumerate() {
        let _ = writeln!(text, "{}. {line}", number + 1);
    }
    text
}
