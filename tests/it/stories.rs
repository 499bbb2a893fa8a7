//! Stories against an independent grouping, and their invariants.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use digest_search::text::{Language, function_words, stem, streams};
use serde_json::Value;

use crate::env::TestEnv;
use crate::story_views::of_perspectives;

/// A title of the naive grouping.
struct Title {
    ids: BTreeSet<String>,
    date: chrono::NaiveDate,
    words: Vec<String>,
    source: String,
    /// Its words, source and day.
    key: String,
}

/// Words of titles of all events.
const PASSING: [&str; 3] = [
    "all amid again down few further hers it may now off once out said say says up us vs who",
    "algo antes aun cada cuya cuyo dos era eso estaba estado estar esto hoy nada os otra otro sea sin son tanto tiene toda todo \
     todos uno",
    "",
];

/// The word vectors of texts.
type Vector = BTreeMap<String, f64>;

fn vectors(titles: &[Title], language: Language) -> Vec<Vector> {
    let place = Language::ALL.iter().position(|one| *one == language).unwrap();
    let passing: BTreeSet<String> = function_words(language)
        .into_iter()
        .chain(PASSING[place].split_whitespace())
        .map(|word| stem(word, language))
        .collect();
    let words = |words: &Vec<String>| -> BTreeSet<String> {
        let is_own = |word: &&String| {
            let bare = word.trim_start_matches(['+', '=']);
            bare.chars().count() > 1 || bare.chars().all(|c| c.is_ascii_digit())
        };
        words.iter().filter(is_own).filter(|word| !passing.contains(*word)).cloned().collect()
    };
    let wordings: BTreeSet<&Vec<String>> = titles.iter().map(|title| &title.words).collect();
    let uses = |word: &String| wordings.iter().filter(|wording| words(wording).contains(word)).count() as f64;
    let mut idf: BTreeMap<String, f64> = BTreeMap::new();
    for word in wordings.iter().flat_map(|wording| words(wording)) {
        idf.entry(word.clone()).or_insert_with(|| ((wordings.len() as f64 + 1.0) / (uses(&word) + 0.5)).ln());
    }
    let vector = |title: &Title| {
        let words = words(&title.words);
        let length = words.iter().map(|word| idf[word]).sum::<f64>().sqrt();
        words.into_iter().map(|word| (word.clone(), idf[&word].sqrt() / length)).collect()
    };
    titles.iter().map(vector).collect()
}

fn dot(a: &Vector, b: &Vector) -> f64 {
    a.iter().map(|(word, weight)| weight * b.get(word).copied().unwrap_or_default()).sum()
}

/// Average linkage by its definition: all pairs of clusters are compared anew at each step.
fn naive(titles: &mut [Title], language: Language) -> BTreeSet<BTreeSet<String>> {
    titles.sort_by(|a, b| (a.date, &a.words, &a.key).cmp(&(b.date, &b.words, &b.key)));
    let vectors = vectors(titles, language);
    let form = |title: usize| -> Vec<&String> {
        let number = |word: &&String| word.trim_start_matches(['+', '=']).starts_with(|c: char| c.is_ascii_digit());
        vectors[title].keys().filter(|word| !number(word)).collect()
    };
    let forms: Vec<Vec<&String>> = (0..titles.len()).map(form).collect();
    let is_standing = |title: usize| {
        let same = (0..titles.len()).filter(|other| forms[*other] == forms[title]);
        let days: BTreeSet<chrono::NaiveDate> = same.map(|other| titles[other].date).collect();
        days.len() >= 3 && (*days.last().unwrap() - *days.first().unwrap()).num_days() > 14
    };
    let days = |a: usize, b: usize| (titles[b].date - titles[a].date).num_days();
    // Titles with the same words within three days of each other, as one.
    let (mut runs, mut alone): (Vec<Vec<usize>>, Vec<Vec<usize>>) = (Vec::new(), Vec::new());
    for title in 0..titles.len() {
        let last = |run: &Vec<usize>| *run.last().unwrap();
        let is_same =
            |run: &&mut Vec<usize>| titles[last(run)].words == titles[title].words && days(last(run), title) <= 3;
        if is_standing(title) {
            alone.push(vec![title]);
        } else if let Some(run) = runs.iter_mut().find(is_same) {
            run.push(title);
        } else {
            runs.push(vec![title]);
        }
    }
    let likeness = |a: &[usize], b: &[usize]| {
        let gap = days(*a.last().unwrap(), b[0]).max(days(*b.last().unwrap(), a[0])).max(0);
        let like = (dot(&vectors[a[0]], &vectors[b[0]]) - 0.06 * gap as f64) * 1e6;
        if gap <= 3 && like.round() >= 50_000.0 { like.round() as u64 } else { 0 }
    };
    let sources = |run: &Vec<usize>| -> BTreeSet<&str> { run.iter().map(|title| &titles[*title].source[..]).collect() };
    let sources: Vec<BTreeSet<&str>> = runs.iter().map(sources).collect();
    // In halves: a pair of one known source counts half.
    let weight = |a: usize, b: usize| {
        let is_one = sources[a] == sources[b] && sources[a].len() == 1 && !sources[a].contains("");
        if is_one { 1 } else { 2 }
    };
    let table: Vec<Vec<u64>> = runs.iter().map(|a| runs.iter().map(|b| likeness(a, b)).collect()).collect();
    let mut clusters: Vec<Vec<usize>> = (0..runs.len()).map(|run| vec![run]).collect();
    loop {
        let mut best = (119_999, 0, 0);
        for a in 0..clusters.len() {
            for b in a + 1..clusters.len() {
                let pairs = || clusters[a].iter().flat_map(|x| clusters[b].iter().map(move |y| (*x, *y)));
                let sum: u64 = pairs().map(|(x, y)| table[x][y] * weight(x, y)).sum();
                let score = sum / (pairs().map(|(x, y)| weight(x, y)).sum::<u64>() + 3);
                best = if score > best.0 { (score, a, b) } else { best };
            }
        }
        let (_, a, b) = best;
        if b == 0 {
            break;
        }
        // The first run of a cluster is its least, so that clusters stay in order.
        let moved = clusters.remove(b);
        clusters[a].extend(moved);
    }
    let stories = clusters.into_iter().map(|story| story.into_iter().flat_map(|run| runs[run].clone()).collect());
    let ids = |story: Vec<usize>| story.into_iter().flat_map(|title| titles[title].ids.clone()).collect();
    stories.chain(alone).map(ids).collect()
}

/// All titles of the index, by topic and language.
fn titles(env: &TestEnv) -> BTreeMap<(String, String), Vec<Title>> {
    let answer = env.json(&["query", "--kind", "title", "--all-copies", "--limit", "all", "--sort", "oldest"]);
    let mut groups: BTreeMap<(String, String), Vec<Title>> = BTreeMap::new();
    for entry in answer["results"].as_array().unwrap() {
        let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
        let lang = entry["lang"].as_str().unwrap_or("en");
        let language = Language::of(Some(lang));
        let words = |tokens: Vec<digest_search::text::Token>| tokens.into_iter().map(|t| t.term).collect::<Vec<_>>();
        let streams = streams(&text("text"), language);
        let (exact, stems) = (words(streams.exact), words(streams.stem));
        let group = groups.entry((text("topic"), lang.to_owned())).or_default();
        let date: chrono::NaiveDate = text("date").parse().unwrap();
        // Copies are of one day: a later repetition is another article.
        let source = text("source").to_lowercase();
        let key = format!("{}\n{source}\n{date}", exact.join(" "));
        match group.iter_mut().find(|title| title.key == key) {
            Some(title) => _ = title.ids.insert(text("id")),
            None => group.push(Title { ids: [text("id")].into(), date, words: stems, source, key }),
        }
    }
    groups
}

/// The ids of all entries of each story.
fn stories(env: &TestEnv, args: &[&str]) -> BTreeMap<String, BTreeSet<String>> {
    let answer = env.json(&[&["stories", "--limit", "all", "--min", "1"], args].concat());
    let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for title in answer["titles"].as_array().unwrap() {
        let ids = stories.entry(title["story"].as_str().unwrap().to_owned()).or_default();
        let copies = title["copies"].as_array().unwrap();
        ids.extend(copies.iter().chain([&title["id"]]).map(|id| id.as_str().unwrap().to_owned()));
    }
    stories
}

#[test]
fn stories_equal_a_naive_grouping() {
    let env = TestEnv::indexed();
    let mut expected: BTreeSet<BTreeSet<String>> = BTreeSet::new();
    for ((_, lang), mut titles) in titles(&env) {
        expected.extend(naive(&mut titles, Language::of(Some(&lang))));
    }
    let got: BTreeSet<BTreeSet<String>> = stories(&env, &[]).into_values().collect();
    let differ: Vec<_> = got.symmetric_difference(&expected).collect();
    assert!(differ.is_empty() && got.len() > 300, "{differ:#?}");
}

#[test]
fn queries_do_not_change_stories() {
    let env = TestEnv::indexed();
    let all = stories(&env, &[]);
    for args in [
        &["tariff"][..],
        &["--topic", "china-japan"],
        &["--perspective", "japan", "--since", "2026-02-10", "--until", "2026-02-20"],
        &["--lang", "es"],
        &["export controls", "--source", "Edo Bay Times", "--sort", "oldest"],
    ] {
        let some = stories(&env, args);
        assert!(!some.is_empty() && some.len() < all.len(), "{args:?}");
        for (id, entries) in some {
            assert_eq!(all.get(&id), Some(&entries), "{args:?}");
        }
    }
    let marked = env.json(&["stories", "--perspective", "japan", "--limit", "all"]);
    for title in marked["titles"].as_array().unwrap() {
        assert_eq!(title["matches"], title["perspective"] == "japan", "{title}");
    }
}

#[test]
fn stories_do_not_depend_on_the_history_of_the_index() {
    let answers = |env: &TestEnv| {
        [
            &["stories", "--limit", "all"][..],
            &["stories", "tariff", "--format", "json"],
            &["stories", "--gaps", "--format", "json"],
        ]
        .map(|args| env.run(args).stdout)
    };
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus", "--threads", "2"]);
    let expected = answers(&env);
    env.ok(&["index", "corpus", "--rebuild", "--threads", "1"]);
    assert_eq!(answers(&env), expected);
    let other = TestEnv::with_sample();
    let files = walkdir::WalkDir::new(other.path("corpus")).sort_by_file_name().into_iter().map(Result::unwrap);
    let files: Vec<_> =
        files.map(walkdir::DirEntry::into_path).filter(|path| path.extension().is_some_and(|e| e == "md")).collect();
    for (i, file) in files.iter().enumerate() {
        fs::rename(file, other.path(&format!("corpus/{:03}-{i}.md", files.len() - i))).unwrap();
        if i % 20 == 0 {
            other.ok(&["index", "corpus"]);
        }
    }
    other.ok(&["index", "corpus"]);
    assert_eq!(answers(&other), expected);
}

#[test]
fn stories_have_the_usual_exit_codes() {
    let env = TestEnv::indexed();
    let code = |args: &[&str]| env.run(&[&["stories"], args].concat()).code;
    assert_eq!([code(&[]), code(&["zzzz"]), code(&["tariff", "--min", "1000"])], [0, 1, 1]);
    assert!(env.fails(&["stories", "--kind", "bullet"]).contains("hint: leave --kind out"));
    for args in
        [&["--q", "0.1"][..], &["--gaps", "--min", "3"], &["--gaps", "--sort", "newest"], &["--topic", "nowhere"]]
    {
        env.fails(&[&["stories"], args].concat());
    }
    assert_eq!([code(&["--gaps"]), code(&["--gaps", "--q", "0"]), code(&["--gaps", "zzzz"])], [0, 1, 1]);
    // JSON has gaps only; the nearest stories are in another key.
    assert_eq!(env.run(&["stories", "--gaps", "--q", "0", "--format", "jsonl"]).stdout, "");
    let none = env.json(&["stories", "--gaps", "--q", "0"]);
    assert_eq!((&none["gaps"], none["nearest"].as_array().map(Vec::len)), (&serde_json::json!([]), Some(3)));
    // The total in the topic does not depend on the limit.
    let [all, some] =
        [&["--topic", "china-japan"][..], &["phones", "--topic", "china-japan", "--perspective", "japan"]]
            .map(|args| env.json(&[&["stories", "--gaps"], args].concat()));
    assert_eq!((&all["gaps"], &all["tested"]), (&some["gaps"], &some["tested"]));
    let none = env.json(&["stories", "zzzz"]);
    assert_eq!((none["total"].as_u64(), none["stories"].as_array().map(Vec::len)), (Some(0), Some(0)));
}

#[test]
fn stories_do_not_depend_on_the_order_of_titles() {
    let mut rng = fastrand::Rng::with_seed(7);
    let about = |event: usize, rng: &mut fastrand::Rng| {
        let mut words: Vec<String> = (0..7).filter(|_| rng.f64() < 0.35).map(|n| format!("Event{event}x{n}")).collect();
        words.extend((0..3).map(|_| format!("other{}", rng.usize(0..60))));
        words.join(" ")
    };
    type Day = Vec<(&'static str, Vec<(String, &'static str)>)>;
    let day = |day: usize, rng: &mut fastrand::Rng| -> Day {
        let mut titles = || (0..9).map(|_| (about(day / 2 + rng.usize(0..6), rng), "en-US")).collect();
        vec![("a", titles()), ("b", titles())]
    };
    let mut days: Vec<Day> = (1..=12).map(|n| day(n, &mut rng)).collect();
    let mut answer = |shuffled: bool| {
        let env = TestEnv::new();
        let mut order: Vec<usize> = (0..days.len()).collect();
        if shuffled {
            rng.shuffle(&mut order);
            days.iter_mut().flatten().for_each(|(_, titles)| rng.shuffle(titles));
        }
        for n in order {
            // The source goes with the title.
            let text = of_perspectives(n as u32 + 1, &days[n]);
            let lines = text.lines().map(|line| match (line.split_once("] ["), line.split_once(" - Source ")) {
                (Some((_, title)), Some((start, end))) => {
                    let words = title.split(']').next().unwrap_or_default();
                    format!("{start} - Source {} {words} ({}", &end[..1], end.split_once('(').unwrap_or_default().1)
                }
                _ => line.to_owned(),
            });
            env.write(&format!("corpus/t/{n}.md"), lines.collect::<Vec<_>>().join("\n"));
            env.ok(&["index", "corpus"]);
        }
        let answer = env.json(&["stories", "--limit", "all", "--min", "1"]);
        let rows = answer["titles"].as_array().unwrap();
        let key = |title: &Value| format!("{} {} {}", title["digest_date"], title["source"], title["text"]);
        let of_id: BTreeMap<&str, String> =
            rows.iter().map(|title| (title["id"].as_str().unwrap(), key(title))).collect();
        let mut stories: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        for title in rows {
            // A story is called by its first title, whatever number that has.
            stories.entry(of_id[title["story"].as_str().unwrap()].clone()).or_default().insert(key(title));
        }
        stories
    };
    let expected = answer(false);
    let together = expected.values().filter(|story| story.len() > 1).count();
    assert!(together > 10 && expected.len() > together + 10, "{together} of {}", expected.len());
    assert_eq!(answer(true), expected);
    assert_eq!(answer(true), expected);
}
