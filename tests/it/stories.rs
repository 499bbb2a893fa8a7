//! Stories against an independent grouping, and their invariants.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use digest_search::text::{Language, function_words, stem, streams};
use serde_json::Value;

use crate::env::{TestEnv, digest};

/// A title of the naive grouping.
struct Title {
    ids: BTreeSet<String>,
    date: chrono::NaiveDate,
    words: Vec<String>,
    source: String,
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
    titles.sort_by(|a, b| (a.date, &a.words, &a.source).cmp(&(b.date, &b.words, &b.source)));
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
        let like = (dot(&vectors[a[0]], &vectors[b[0]]) - 0.02 * gap as f64) * 1e6;
        if gap <= 3 && like.round() >= 50_000.0 { like.round() as u64 } else { 0 }
    };
    let table: Vec<Vec<u64>> = runs.iter().map(|a| runs.iter().map(|b| likeness(a, b)).collect()).collect();
    let mut clusters: Vec<Vec<usize>> = (0..runs.len()).map(|run| vec![run]).collect();
    loop {
        let mut best = (139_999, 0, 0);
        for a in 0..clusters.len() {
            for b in a + 1..clusters.len() {
                let pairs = clusters[a].iter().flat_map(|x| clusters[b].iter().map(|y| table[*x][*y]));
                let score = pairs.sum::<u64>() / (clusters[a].len() * clusters[b].len() + 1) as u64;
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
        let key = format!("{}\n{}\n{date}", exact.join(" "), text("source").to_lowercase());
        match group.iter_mut().find(|title| title.source == key) {
            Some(title) => _ = title.ids.insert(text("id")),
            None => group.push(Title { ids: [text("id")].into(), date, words: stems, source: key }),
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
fn of_perspectives(day: u32, perspectives: &[(&str, Vec<(String, &str)>)]) -> String {
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
fn one_sided_stories_are_those_that_a_perspective_has_no_title_of() {
    let env = TestEnv::indexed();
    let all = env.json(&["stories", "--limit", "all"]);
    let list = |answer: &Value| answer["stories"].as_array().unwrap().clone();
    // By the numbers of titles of each perspective; titles of no known perspective count for none.
    let without = |story: &Value| -> BTreeSet<String> {
        let known = story["perspectives"].as_array().unwrap().iter().filter(|one| !one["id"].is_null());
        let (has, none): (Vec<&Value>, Vec<&Value>) = known.partition(|one| one["titles"] != 0);
        none.into_iter().filter(|_| !has.is_empty()).map(|one| one["id"].as_str().unwrap().to_owned()).collect()
    };
    let ids = |stories: Vec<Value>, test: &dyn Fn(&BTreeSet<String>) -> bool| -> Vec<String> {
        let stories = stories.into_iter().filter(|story| test(&without(story)));
        stories.map(|story| story["id"].as_str().unwrap().to_owned()).collect()
    };
    let answer = env.json(&["stories", "--one-sided", "--limit", "all"]);
    assert_eq!(ids(list(&answer), &|_| true), ids(list(&all), &|without| !without.is_empty()));
    assert!(answer["total"].as_u64().unwrap() > 20 && answer["total"].as_u64() < all["total"].as_u64());
    assert_eq!((&answer["one_sided"], &answer["missing"]), (&Value::from(true), &Value::Null));
    for typed in ["china", "China"] {
        let answer = env.json(&["stories", "--missing", typed, "--limit", "all"]);
        assert_eq!(ids(list(&answer), &|_| true), ids(list(&all), &|without| without.contains("china")));
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
    assert!(env.fails(&["stories", "--missing", "nowhere"]).contains("nowhere"));
    assert!(env.fails(&["stories", "--gaps", "--one-sided"]).contains("cannot be combined with --gaps"));
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
