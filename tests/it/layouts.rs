//! Digests in other layouts than the site's own: what depends on the whole folder, and the order of their entries.

use std::fs;

use digest_search::model::EntryId;

use crate::env::{TestEnv, mode};

/// Answers of a fresh index of the same folder.
fn fresh(env: &TestEnv) -> Vec<String> {
    let other = TestEnv::new();
    let (corpus, index) = (env.path("corpus"), other.path("index"));
    other.ok(&["index", corpus.to_str().unwrap(), "--index", index.to_str().unwrap()]);
    other.entries()
}

fn story(day: u32, front: &str) -> String {
    format!(
        "---\n{front}title: Day {day}\n---\n# Brief\n\nWritten for our readers.\n\n## 1. World\n\n## 2. Story {day}\n\nThe harbour opened \
         berth {day} on Monday, after a year of talks with the unions.\n\n- [Deal {day}](https://example.com/{day})\n"
    )
}

#[test]
fn an_update_equals_a_rebuild_whatever_it_changes_for_other_files() {
    let env = TestEnv::new();
    let write = |path: &str, text: String| env.write(&format!("corpus/{path}"), text);
    let step = |what: &str| {
        env.ok(&["index", "corpus"]);
        let entries = env.entries();
        assert_eq!(entries, fresh(&env), "{what}");
        let again = env.json(&["index", "corpus"]);
        assert_eq!((&again["wrote"], &again["changed"]), (&false.into(), &0.into()), "{what}: once only");
        entries.join("\n")
    };
    for day in 1..=4 {
        write(&format!("2026-03-0{day}.md"), story(day, ""));
    }
    let few = step("four files");
    assert!(few.contains("World") && few.contains("Written for our readers"), "nothing recurs yet: {few}");
    write("2026-03-05.md", story(5, ""));
    let many = step("a fifth file: a heading and a paragraph recur in many");
    assert!(!many.contains("\"World\"") && !many.contains("Written for our readers"), "{many}");
    fs::remove_file(env.path("corpus/2026-03-05.md")).unwrap();
    assert_eq!(step("the fifth file removed"), few);
    for day in 1..=4 {
        write(&format!("2026-03-0{day}.md"), story(day, "category: Trade\n"));
    }
    assert!(step("all share a category").contains("trade/2026-03-01"));
    for day in 6..=7 {
        write(&format!("2026-03-0{day}.md"), story(day, "category: Ports\n"));
    }
    assert!(step("most do not share it any more").contains("corpus/2026-03-01"));
    write("content/es/2026-03-08.md", "- una\n".to_owned());
    assert!(step("a folder that may be a language").contains("es/2026-03-08#b1"));
    write("content/fr/2026-03-08.md", "- une\n".to_owned());
    let both = step("a language beside it");
    assert!(both.contains("corpus/2026-03-08~es#b1") && both.contains("corpus/2026-03-08~fr#b1"), "{both}");
    fs::remove_dir_all(env.path("corpus/content/fr")).unwrap();
    step("the other language removed");
    write(
        "2026-03-01.md",
        "---\ntopic: corpus\ntopicName: Corpus\ndate: 2026-03-02\n---\n\n## Overall Highlights\n\n- own\n".to_owned(),
    );
    step("a digest of the site's own layout with the id of another");
    env.remove("corpus/2026-03-01.md");
    step("and without it");
}

/// A fifth file changes how the first would be read, which cannot be read now.
#[test]
fn an_unreadable_file_keeps_its_entries_whatever_is_decided() {
    let env = TestEnv::new();
    fs::create_dir(env.path("index")).unwrap();
    mode(&env, "index", 0o777);
    for day in 1..=4 {
        env.write(&format!("corpus/2026-03-0{day}.md"), story(day, ""));
    }
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    let of_first = || env.entries().into_iter().filter(|entry| entry.contains("2026-03-01#")).collect::<Vec<_>>();
    let before = of_first();
    assert!(before.concat().contains("Written for our readers"), "{before:?}");
    env.write("corpus/2026-03-05.md", story(5, ""));
    env.write("corpus/2026-03-01.md", story(1, "") + "\n");
    mode(&env, "corpus/2026-03-01.md", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(of_first(), before);
    let others = env.entries().into_iter().filter(|entry| entry.contains("2026-03-02#")).collect::<String>();
    assert!(!others.contains("Written for our readers"), "the others are read again: {others}");
    mode(&env, "corpus/2026-03-01.md", 0o644);
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    assert_eq!(env.entries(), fresh(&env));
}

#[test]
fn entries_of_a_day_are_sorted_by_their_digests() {
    let env = TestEnv::new();
    for (name, count) in [("b", 3), ("a-long-name-of-a-file-1", 12), ("a-long-name-of-a-file-2", 2), ("c", 11)] {
        let text: String =
            (1..=count).map(|n| format!("- port {name} {n}\n- [Port {name} {n}](https://example.com/{n})\n")).collect();
        env.write(&format!("corpus/2026-03-01-{name}.md"), text);
        env.ok(&["index", "corpus"]);
    }
    let ids = |args: &[&str]| -> Vec<EntryId> {
        let found = env.ok(&[&["query", "--limit", "all", "--format", "ids"], args].concat());
        found.lines().map(|id| id.parse().unwrap()).collect()
    };
    for args in [&["--sort", "oldest"][..], &["--kind", "bullet"], &["--kind", "title", "--sort", "newest"]] {
        let found = ids(args);
        assert!(found.len() >= 28 && found.is_sorted(), "{args:?}: {found:?}");
    }
    let first = env.ok(&["query", "--limit", "5", "--format", "ids", "--sort", "oldest"]);
    assert!(first.lines().all(|id| id.starts_with("corpus/2026-03-01~a-long-name-of-a-file-1#")), "{first}");
    assert_eq!(ids(&["--since", "2026-03-01"]).len(), 56);
}

#[test]
fn descriptions_are_searched_and_marked() {
    let env = TestEnv::new();
    env.write("corpus/2026-03-01.md", "- [Night pilots](https://example.com/1). A report from the coast.\n");
    env.write("corpus/2026-03-02.md", "- [Night pilots](https://example.com/1), read again on the coast.\n");
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["query", "coast"]);
    assert_eq!(answer["total"], 1, "descriptions do not distinguish copies: {answer}");
    assert_eq!((&answer["total_entries"], &answer["results"][0]["marks"]), (&2.into(), &serde_json::json!([])));
    let text = env.run(&["query", "coast", "--color", "always"]).stdout;
    assert!(text.contains("read again on the ") && !text.contains("on the coast."), "the word is marked: {text}");
    assert_eq!(env.json(&["query", "night coast"])["total"], 1);
    assert_eq!(env.json(&["query", "section", "--limit", "0"])["total"], 0);
}
