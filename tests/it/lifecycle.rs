//! Changes of a corpus: the closing line and the answers are right after each.

use std::fs;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::env::{TestEnv, digest};

/// Sets the times of a file back by an hour, so that they show that it is unchanged.
fn age(env: &TestEnv, name: &str) {
    let file = fs::File::options().write(true).open(env.path(name)).unwrap();
    file.set_modified(SystemTime::now() - Duration::from_secs(3600)).unwrap();
}

fn counts(env: &TestEnv, args: &[&str]) -> [u64; 5] {
    let answer = env.json(&[&["index", "corpus"], args].concat());
    ["added", "changed", "removed", "unchanged", "skipped"].map(|key| answer[key].as_u64().unwrap())
}

/// Answers of a fresh index of the same folder.
fn fresh(env: &TestEnv) -> Vec<String> {
    let other = TestEnv::new();
    let (corpus, index) = (env.path("corpus"), other.path("index"));
    other.ok(&["index", corpus.to_str().unwrap(), "--index", index.to_str().unwrap(), "--allow-shrink"]);
    other.entries()
}

#[test]
fn a_second_run_changes_nothing() {
    let env = TestEnv::with_digests(4);
    (1..=4).for_each(|day| age(&env, &format!("corpus/t/2026-01-{day:02}.md")));
    assert_eq!(counts(&env, &[]), [4, 0, 0, 0, 0]);
    let before = env.snapshot("index/g1");
    assert_eq!(counts(&env, &[]), [0, 0, 0, 4, 0]);
    assert_eq!(env.snapshot("index/g1"), before);
    assert_eq!(
        env.ok(&["index", "corpus"]),
        "./index: 4 digests; 4 unchanged; 4 highlights, 8 bullets, 8 titles; nothing to write\n"
    );
}

#[test]
fn every_change_of_the_corpus_is_indexed() {
    let env = TestEnv::with_digests(6);
    env.ok(&["index", "corpus"]);
    let step = |expect: [u64; 5]| {
        assert_eq!(counts(&env, &[]), expect);
        assert_eq!(env.entries(), fresh(&env));
        assert_eq!(counts(&env, &[])[..3], [0, 0, 0], "and once only");
    };
    age(&env, "corpus/t/2026-01-01.md");
    step([0, 0, 0, 6, 0]);
    env.write("corpus/t/2026-01-02.md", digest(2, "edited"));
    step([0, 1, 0, 5, 0]);
    env.remove("corpus/t/2026-01-03.md");
    step([0, 0, 1, 5, 0]);
    fs::rename(env.path("corpus/t/2026-01-04.md"), env.path("corpus/t/renamed.md")).unwrap();
    step([1, 0, 1, 4, 0]);
    env.write("corpus/t/2026-01-05.md", "---\ntopic: t\n");
    step([0, 0, 1, 4, 1]);
    env.write("corpus/t/2026-01-05.md", digest(5, "mended"));
    step([1, 0, 0, 4, 0]);
    env.write("corpus/t/2026-01-06.md", digest(16, "moved to another day"));
    step([0, 1, 0, 4, 0]);
    env.write("corpus/notes.md", "# notes\n");
    step([0, 0, 0, 5, 1]);
}

#[test]
fn a_change_within_the_same_tick_is_seen() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let path = env.path("corpus/t/2026-01-01.md");
    let time = fs::metadata(&path).unwrap().modified().unwrap();
    let text = fs::read_to_string(&path).unwrap().replace("plain", "pl4in");
    env.write("corpus/t/2026-01-01.md", text);
    fs::File::options().write(true).open(&path).unwrap().set_modified(time).unwrap();
    assert_eq!(counts(&env, &[]), [0, 1, 0, 1, 0], "size and time are the same, but the time is too new to tell");
}

#[test]
fn of_two_files_for_one_day_the_first_path_is_the_digest() {
    let env = TestEnv::with_digests(3);
    env.write("corpus/t/b.md", digest(9, "second"));
    env.ok(&["index", "corpus"]);
    env.write("corpus/t/a.md", digest(9, "first"));
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("skipped: t/b.md: t/a.md is already the digest of t on 2026-01-09"), "{}", run.stderr);
    assert_eq!(env.entries(), fresh(&env));
    assert_eq!(env.json(&["query", "first", "--limit", "0"])["total_entries"], 5);
    assert_eq!(counts(&env, &[]), [0, 0, 0, 4, 1]);
    assert!(env.fails(&["index", "corpus", "--strict"]).contains("t/b.md"));
    env.remove("corpus/t/a.md");
    assert_eq!(counts(&env, &[]), [1, 0, 1, 3, 0]);
    assert_eq!(env.json(&["query", "second", "--limit", "0"])["total_entries"], 5);
}

#[test]
fn of_many_files_for_one_day_the_first_path_is_the_digest_whatever_happens() {
    let env = TestEnv::with_digests(3);
    let claim = |name: &str, word: &str| env.write(&format!("corpus/t/{name}.md"), digest(9, word));
    let step = |expect: &str| {
        env.ok(&["index", "corpus"]);
        assert_eq!(env.entries(), fresh(&env));
        assert_eq!(env.json(&["query", expect, "--limit", "0"])["total_entries"], 5, "{expect}");
        assert_eq!(env.json(&["index", "corpus"])["wrote"], false, "{expect}");
    };
    ["m", "x", "c"].iter().for_each(|name| claim(name, name));
    step("c");
    claim("c", "cedited");
    step("cedited");
    claim("b", "b");
    claim("x", "xedited");
    step("b");
    env.remove("corpus/t/b.md");
    step("cedited");
    env.write("corpus/t/c.md", digest(8, "another day"));
    step("m");
    fs::rename(env.path("corpus/t/x.md"), env.path("corpus/t/a.md")).unwrap();
    step("xedited");
    env.remove("corpus/t/a.md");
    env.remove("corpus/t/m.md");
    env.ok(&["index", "corpus"]);
    assert_eq!(env.entries(), fresh(&env));
}

#[test]
fn a_killed_run_loses_nothing() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let mut killed = 0;
    for round in 0..12u32 {
        let name = "corpus/china-japan/2026-02-10.md";
        let text = fs::read_to_string(env.path(name)).unwrap();
        env.write(
            name,
            text.replacen("## Overall Highlights\n", &format!("## Overall Highlights\n\n- Round {round}.\n"), 1),
        );
        let before = env.entries();
        let args: &[&str] = if round % 2 == 0 { &["index", "corpus"] } else { &["index", "corpus", "--rebuild"] };
        let mut child = env.command(args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(u64::from(round) * 15));
        killed += u32::from(child.try_wait().unwrap().is_none());
        child.kill().unwrap();
        child.wait().unwrap();
        let after = env.entries();
        assert!(after == before || after == fresh(&env), "a whole state, the old or the new");
    }
    env.ok(&["index", "corpus"]);
    assert_eq!(env.entries(), fresh(&env));
    assert!(killed > 0, "no run was caught at work");
}

#[test]
fn readers_see_whole_commits_while_they_are_made() {
    let env = TestEnv::with_digests(20);
    env.ok(&["index", "corpus"]);
    std::thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 0..12 {
                (1..=20).for_each(|day| {
                    env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &format!("round{round}")))
                });
                env.ok(if round % 3 == 0 { &["index", "corpus", "--rebuild"] } else { &["index", "corpus"] });
            }
        });
        while !writer.is_finished() {
            let entries = env.entries();
            let word = entries[0].split(' ').find(|w| w.starts_with("round") || *w == "plain").unwrap().to_owned();
            assert_eq!(entries.len(), 100);
            assert!(entries.iter().all(|u| u.contains(&word)), "of one commit: {word}");
            assert_eq!(env.json(&["status"])["digests"], 20);
        }
        writer.join().unwrap();
    });
}

#[test]
fn an_unmounted_corpus_is_not_treated_as_removed() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    let before = env.entries();
    for day in 1..=3 {
        fs::rename(env.path(&format!("corpus/t/2026-01-{day:02}.md")), env.path(&format!("{day}.md"))).unwrap();
    }
    assert!(env.fails(&["index", "corpus"]).contains("3 of 4 indexed digests are gone"));
    assert!(env.fails(&["index"]).contains("3 of 4 indexed digests are gone"), "the folder is remembered");
    assert_eq!(env.entries(), before);
    fs::rename(env.path("corpus/t/2026-01-04.md"), env.path("4.md")).unwrap();
    assert!(env.fails(&["index", "corpus"]).contains("no digests in corpus"));
    assert_eq!(env.entries(), before);
    assert_eq!(counts(&env, &["--allow-shrink"]), [0, 0, 4, 0, 0]);
    assert!(env.entries().is_empty());
}

#[test]
fn a_dry_run_reports_changes_and_writes_nothing() {
    let env = TestEnv::with_digests(2);
    assert_eq!(counts(&env, &["--dry-run"]), [2, 0, 0, 0, 0]);
    assert!(!env.path("index").exists());
    env.ok(&["index", "corpus"]);
    env.write("corpus/t/2026-01-02.md", digest(2, "edited"));
    let before = env.snapshot("index");
    assert_eq!(counts(&env, &["--dry-run"]), [0, 1, 0, 1, 0]);
    assert_eq!(env.snapshot("index"), before);
}

#[test]
fn strict_refuses_to_skip_a_digest() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let before = env.entries();
    env.write("corpus/t/2026-01-01.md", "---\ntopic: t\ndate: never\n---\n");
    let error = env.fails(&["index", "corpus", "--strict"]);
    assert!(
        error.contains("1 digest would be skipped\n  caused by: t/2026-01-01.md: dated 2026-01-01, but has no titles"),
        "{error}"
    );
    assert_eq!(env.entries(), before);
    env.write("corpus/_index.md", "---\ntitle: all\n---\n");
    env.write("corpus/t/2026-01-01.md", digest(1, "plain"));
    env.ok(&["index", "corpus", "--strict"]);
}

#[test]
fn drafts_are_indexed_when_asked_for() {
    let env = TestEnv::with_digests(2);
    env.write("corpus/t/draft.md", digest(7, "plain").replace("draft: false", "draft: true"));
    assert_eq!(counts(&env, &[]), [2, 0, 0, 0, 1]);
    assert_eq!(counts(&env, &["--drafts"]), [1, 0, 0, 2, 0]);
    assert_eq!(counts(&env, &["--drafts"]), [0, 0, 0, 3, 0]);
    assert_eq!(counts(&env, &[]), [0, 0, 1, 2, 1]);
}

#[test]
fn changed_settings_are_applied() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let names = |env: &TestEnv| {
        let facets = env.json(&["query", "--facets", "source,perspective", "--kind", "title"])["facets"].take();
        let values = facets.as_object().unwrap().values().flat_map(|values| values.as_array().unwrap().clone());
        values.filter(|value| value["count"] != 0).map(|value| value.to_string()).collect::<String>()
    };
    env.write(
        "corpus/digest-search.yaml",
        "sources: { Here Post: [Here Times] }\ntopics: { t: { locales: { es-MX: here } } }\n",
    );
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("rebuilt the index: digest-search.yaml"), "{}", run.stderr);
    assert!(names(&env).contains("Here Post") && !names(&env).contains("there"), "{}", names(&env));
    assert_eq!(env.entries(), fresh(&env));
    assert_eq!(counts(&env, &[])[3], 2);
    env.write("corpus/digest-search.yaml", "sauces: {}\n");
    let error = env.fails(&["index", "corpus"]);
    assert!(error.contains("digest-search.yaml") && error.contains("`sauces`"), "{error}");
}

#[test]
fn an_index_is_of_one_folder() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    env.write("other/t/x.md", digest(1, "other"));
    let error = env.fails(&["index", "other"]);
    assert!(error.contains("is built from") && error.contains("--rebuild"), "{error}");
    env.ok(&["index", "other", "--rebuild"]);
    assert_eq!(env.entries().len(), 5);
}

#[test]
fn a_rebuild_replaces_the_generation() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.entries();
    env.ok(&["index", "corpus", "--rebuild"]);
    assert_eq!(env.entries(), before);
    assert!(env.path("index/g2").exists() && !env.path("index/g1").exists());
}

#[test]
fn a_killed_run_keeps_the_last_commit_and_is_cleaned_up() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.entries();
    // As left by a run that was killed while it built the next generation, or before it cleaned up.
    fs::create_dir(env.path("index/g7")).unwrap();
    env.write("index/g7/READERS", "");
    env.write("index/g7/meta.json", "{");
    env.write("index/g1/commit-9", "{}");
    env.write("index/.CURRENT.new", "g");
    assert_eq!(env.entries(), before);
    env.write("corpus/t/2026-01-01.md", digest(1, "edited"));
    env.ok(&["index", "corpus"]);
    assert_eq!(env.entries(), fresh(&env));
    assert!(!env.path("index/g7").exists() && !env.path("index/g1/commit-9").exists());
}

#[test]
fn a_first_run_that_cannot_commit_leaves_nothing() {
    let env = TestEnv::with_digests(3);
    // So that the replacement of `CURRENT` cannot be created.
    env.write("index/.CURRENT.new/x", "");
    for current in ["", "x"] {
        fs::write(env.path("index/CURRENT"), current).unwrap();
        env.fails(&["index", "corpus"]);
        fs::remove_file(env.path("index/CURRENT")).unwrap();
        env.fails(&["index", "corpus"]);
        assert!(!env.path("index/g1").exists() && !env.path("index/g2").exists());
    }
    fs::remove_dir_all(env.path("index/.CURRENT.new")).unwrap();
    env.ok(&["index", "corpus"]);
    fs::create_dir(env.path("index/.CURRENT.new")).unwrap();
    env.fails(&["index", "corpus", "--rebuild"]);
    assert!(env.path("index/g1").exists() && !env.path("index/g2").exists());
    assert_eq!(env.entries(), fresh(&env));
}

#[test]
fn status_reports_changes_since_the_last_run() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    assert_eq!(env.json(&["status"])["stale"], false);
    env.write("corpus/t/2026-01-01.md", digest(1, "edited"));
    env.write("corpus/t/2026-01-05.md", digest(5, "new"));
    env.remove("corpus/t/2026-01-02.md");
    let status = env.json(&["status"]);
    assert_eq!(status["stale"], true);
    assert_eq!(status["difference"].to_string(), r#"{"changed":1,"new":1,"removed":1,"settings":false}"#);
    env.ok(&["index", "corpus"]);
    let status = env.json(&["status"]);
    assert_eq!(
        (&status["stale"], &status["digests"], &status["as_of"]),
        (&false.into(), &3.into(), &"2026-01-05".into())
    );
    assert_eq!(status["topics"][0]["missing"].to_string(), r#"["2026-01-02","2026-01-04"]"#);
    fs::rename(env.path("corpus"), env.path("moved")).unwrap();
    assert!(env.ok(&["status"]).contains("unknown: no such folder"));
}

#[test]
fn refresh_updates_the_index_before_reading() {
    let env = TestEnv::with_digests(2);
    env.write("corpus/t/2026-01-09.md", digest(9, "draft").replace("draft: false", "draft: true"));
    let entries = |args: &[&str]| env.json(&[&["count"], args].concat())["total_entries"].as_u64().unwrap();
    assert!(env.fails(&["query", "--refresh"]).contains("index"), "there is no index, and no folder is known");
    env.ok(&["index", "corpus", "--drafts"]);
    env.write("corpus/t/2026-01-03.md", digest(3, "new"));
    assert_eq!((entries(&[]), entries(&["--refresh"]), entries(&[])), (15, 20, 20), "drafts stay in");
    assert_eq!(env.ok(&["show", "t/2026-01-03", "--refresh", "--format", "ids"]).lines().count(), 5);
    env.write("corpus/t/2026-01-03.md", digest(3, "newer"));
    assert!(env.ok(&["query", "newer", "--refresh"]).contains("5 hits"));
    fs::remove_dir_all(env.path("corpus")).unwrap();
    assert!(env.fails(&["query", "--refresh"]).contains("corpus"), "rather than to answer from what may be old");
    assert_eq!(entries(&[]), 20);
}
