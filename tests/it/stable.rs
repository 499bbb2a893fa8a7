//! The same corpus gives the same bytes, whatever the history of its index.

use std::fs;
use std::path::PathBuf;

use crate::env::TestEnv;

const QUERIES: [&[&str]; 14] = [
    &[],
    &["tariff"],
    &["export controls", "--explain"],
    &["\"rare earths\"~3 OR licen*"],
    &["--any", "which ports lose ships to the ice in winter?", "--explain"],
    &["--any", "--fuzzy", "exprot contrls acreo"],
    &["arancel -acero", "--lang", "es"],
    &["the", "--all-copies"],
    &["japan -china kind:title date:2026-02"],
    &["海港"],
    &["tarif~"],
    &["--like", "china-japan/2026-02-09#t1"],
    &["steel", "--sort", "oldest", "--perspective", "us"],
    &["magent exports"],
];

fn answers(env: &TestEnv) -> Vec<String> {
    let query = |query: &&[&str]| {
        let facets = ["--limit", "all", "--facets", "topic,perspective,source,kind,lang", "--format", "json"];
        env.run(&[&["query"], *query, &facets].concat()).stdout
    };
    QUERIES.iter().map(query).collect()
}

/// The Markdown files of the sample.
fn files(env: &TestEnv) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(env.path("corpus")).sort_by_file_name().into_iter().map(Result::unwrap);
    entries.map(|entry| entry.into_path()).filter(|path| path.extension().is_some_and(|ext| ext == "md")).collect()
}

fn check(env: &TestEnv, expected: &[String]) {
    for ((query, got), expected) in QUERIES.iter().zip(answers(env)).zip(expected) {
        assert!(got == *expected, "{query:?}:\n{got}\n{expected}");
    }
}

fn fresh() -> (TestEnv, Vec<String>) {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus", "--threads", "2"]);
    let answers = answers(&env);
    assert!(answers.iter().all(|answer| answer.contains("\"total\"")));
    (env, answers)
}

#[test]
fn one_thread_or_several() {
    let (env, expected) = fresh();
    for threads in ["1", "5"] {
        env.ok(&["index", "corpus", "--rebuild", "--threads", threads]);
        check(&env, &expected);
    }
}

#[test]
fn another_order_of_files() {
    let (_, expected) = fresh();
    let other = TestEnv::with_sample();
    let files = files(&other);
    for (i, file) in files.iter().enumerate() {
        fs::rename(file, other.path(&format!("corpus/{:03}-{i}.md", files.len() - i))).unwrap();
    }
    other.ok(&["index", "corpus"]);
    check(&other, &expected);
}

#[test]
fn merged_and_a_tenth_replaced_and_restored() {
    let (env, expected) = fresh();
    let files = files(&env);
    let tenth: Vec<(&PathBuf, Vec<u8>)> = files.iter().step_by(10).map(|f| (f, fs::read(f).unwrap())).collect();
    for (i, (file, text)) in tenth.iter().enumerate() {
        let changed = String::from_utf8_lossy(text).replace("tariff", "zzyzx").replace("China", "Japan");
        fs::write(file, changed + &"\n".repeat(i + 1)).unwrap();
        env.ok(&["index"]);
    }
    assert_ne!(answers(&env), expected);
    for (file, text) in &tenth {
        fs::write(file, text).unwrap();
        env.ok(&["index"]);
    }
    check(&env, &expected);
}
