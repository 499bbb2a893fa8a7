//! Indexes that are damaged, read-only, locked or of another version: each is reported, and no commit is lost.

use std::fs;
use std::os::unix::fs::symlink;

use crate::env::{TestEnv, digest, mode};

#[test]
fn the_corpus_of_an_index_is_not_guessed() {
    let env = TestEnv::with_digests(2);
    env.write("news/a.md", digest(9, "other"));
    env.ok(&["index", "news"]);
    let entries = env.entries();
    for (harm, content, knows) in [
        ("index/CURRENT", "", true),
        ("index/CURRENT", "x", true),
        ("index/CURRENT", "g2\n", true),
        ("index/CURRENT", "g7\n", true),
        ("index/CURRENT", "g4294967295\n", true),
        ("index/g1/commit-1", "x", false),
    ] {
        let whole = fs::read(env.path(harm)).unwrap();
        env.write(harm, content);
        let check = env.run(&["check"]);
        let named = if content.starts_with('g') { content.trim() } else { harm };
        assert!(check.code == 1 && check.stdout.contains(named), "{check:?}");
        if knows {
            assert!(env.fails(&["index", "corpus"]).contains("is built from"), "{content}");
        }
        let run = env.run(&["index"]);
        if knows {
            assert_eq!((run.code, env.entries() == entries), (0, true), "{run:?}");
        } else {
            assert_eq!(run.code, 2, "{run:?}");
            assert!(
                run.stderr.contains("which folder it is built from") && run.stderr.contains("hint: give"),
                "{run:?}"
            );
            assert!(check.stdout.contains("was not checked; name it"), "{check:?}");
        }
        env.write(harm, whole);
        fs::remove_dir_all(env.path("index")).unwrap();
        env.ok(&["index", "news"]);
    }
    env.write("index/g1/commit-2", "");
    env.ok(&["index"]);
    assert_eq!(env.entries(), entries, "a run that could not write has left part of a file");
    env.remove("index/CURRENT");
    env.write("news/b.md", "---\ntopic: t\n---\n");
    for refused in [&["index", "--strict"][..], &["index", "corpus"]] {
        env.fails(refused);
    }
    let run = env.run(&["index"]);
    assert!(
        run.stderr.contains("rebuilt the index: CURRENT, which names the current generation, was missing"),
        "{run:?}"
    );
    assert!(run.stdout.contains("1 added"), "nothing counted: {run:?}");
    assert_eq!(env.entries(), entries, "what CURRENT named is still there");
    env.remove("index/g2/READERS");
    env.ok(&["index", "--rebuild"]);
    assert!(!env.path("index/g1").exists() && !env.path("index/g2").exists());
    assert_eq!(env.entries(), entries, "a generation without the file that readers lock");
    env.write("index/g3/@thumbs/.hidden", "as some systems put into each folder");
    env.ok(&["index", "--rebuild"]);
    fs::rename(env.path("index/g4"), env.path("elsewhere")).unwrap();
    symlink(env.path("elsewhere"), env.path("index/g4")).unwrap();
    let error = env.fails(&["index", "--rebuild"]);
    assert!(error.contains("index/g4") && error.contains("a symbolic link, which is not followed"), "{error}");
    let files = |folder| fs::read_dir(env.path(folder)).unwrap().count();
    assert!(files("elsewhere") > 5, "what a link led to");
    env.remove("index/g4");
    env.ok(&["index", "news", "--rebuild"]);
    assert_eq!(files("index"), ["LOCK", "CURRENT", "g1"].len(), "what was removed");
}

#[test]
fn an_index_on_a_read_only_folder_can_be_read_and_is_not_written() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.snapshot("index");
    let run = env.as_nobody(&["query", "plain", "--limit", "1"]);
    assert_eq!((run.code, run.stderr.as_str()), (0, ""));
    assert!(run.stdout.contains("of 15 hits"), "{}", run.stdout);
    env.write("corpus/t/2026-01-04.md", digest(4, "new"));
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("index") && run.stderr.contains("Permission denied"), "{}", run.stderr);
    assert_eq!(env.snapshot("index"), before);
}

#[test]
fn a_second_writer_gets_an_error_about_the_first() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let lock = fs::File::options().read(true).write(true).open(env.path("index/LOCK")).unwrap();
    lock.lock().unwrap();
    let error = env.fails(&["index", "corpus"]);
    assert!(error.contains("is being written by process") && error.contains("hint: try again"), "{error}");
    assert_eq!(env.run(&["query", "plain"]).code, 0, "readers don't wait");
    drop(lock);
    env.ok(&["index", "corpus"]);
}

#[test]
fn a_damaged_index_is_reported_and_repaired() {
    let good = TestEnv::with_digests(3);
    good.ok(&["index", "corpus"]);
    let entries = good.entries();
    let files: Vec<String> = good.snapshot("index").into_iter().map(|(path, _)| name_below(&good, &path)).collect();
    let segment = |end: &str| files.iter().find(|f| f.ends_with(end)).unwrap().clone();
    let damages = [
        ("index/CURRENT".to_owned(), Some(&b"x"[..])),
        ("index/CURRENT".to_owned(), Some(b"\xff")),
        ("index/g1/meta.json".to_owned(), Some(b"{")),
        ("index/g1/meta.json".to_owned(), Some(b"")),
        ("index/g1/meta.json".to_owned(), None),
        ("index/g1/commit-1".to_owned(), Some(b"")),
        ("index/g1/commit-1".to_owned(), Some(b"\xff\n")),
        ("index/g1/commit-1".to_owned(), None),
        (segment(".idx"), None),
        (segment(".store"), Some(b"")),
        (segment(".fast"), Some(b"xx")),
    ];
    for (name, content) in damages {
        for rebuild in [&["index", "corpus"][..], &["index", "corpus", "--rebuild"]] {
            let env = TestEnv::with_digests(3);
            for (path, bytes) in good.snapshot("index") {
                env.write(&name_below(&good, &path), bytes);
            }
            // The index is of this folder now.
            let corpus = |env: &TestEnv| env.path("corpus").canonicalize().unwrap().display().to_string();
            edit_catalog(&env, &corpus(&good), &corpus(&env));
            match content {
                Some(bytes) => env.write(&name, bytes),
                None => env.remove(&name),
            }
            let error = env.fails(&["query", "plain"]);
            assert!(error.contains("index") && error.contains("hint: run"), "{name}: {error}");
            let run = env.run(rebuild);
            assert_eq!(run.code, 0, "{name} {rebuild:?}: {}", run.stderr);
            assert!(run.stderr.contains("rebuilt the index: "), "{name}: {}", run.stderr);
            assert_eq!(env.entries(), entries, "{name}");
        }
    }
}

/// Changes the first line of the commit file.
fn edit_catalog(env: &TestEnv, from: &str, to: &str) {
    let commit = fs::read(env.path("index/g1/commit-1")).unwrap();
    let (line, list) = commit.split_at(commit.iter().position(|byte| *byte == b'\n').unwrap());
    let line = str::from_utf8(line).unwrap();
    assert!(line.contains(from), "{line}");
    env.write("index/g1/commit-1", [line.replace(from, to).as_bytes(), list].concat());
}

#[test]
fn a_damaged_list_of_files_is_reported_and_repaired() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let whole = fs::read(env.path("index/g1/commit-1")).unwrap();
    let line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let flipped = |at: usize| whole.iter().enumerate().map(|(i, byte)| byte ^ u8::from(i == at)).collect::<Vec<u8>>();
    let cuts = [line, line + 1, line + 5, line + 9, line + 30, whole.len() - 1].map(|at| whole[..at].to_vec());
    let flips = [line + 1, line + 9, line + 40, whole.len() - 1].map(flipped);
    for bytes in cuts.into_iter().chain(flips).chain([[&whole[..], b"x"].concat()]) {
        env.write("index/g1/commit-1", &bytes);
        assert_eq!(env.run(&["query", "plain"]).code, 0, "queries do not read the list");
        let error = env.fails(&["status"]);
        assert!(
            error.contains("commit-1: the list of files is damaged\n  caused by: the index is damaged: ")
                && error.contains("mismatch")
                && error.contains("\n  hint: run"),
            "{error}"
        );
        let run = env.run(&["index", "corpus", "--dry-run"]);
        assert!(run.stdout.contains("3 added"), "{}", run.stdout);
    }
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("rebuilt the index: the index was damaged"), "{}", run.stderr);
    assert_eq!(env.json(&["status"])["stale"], false);
}

fn name_below(env: &TestEnv, path: &std::path::Path) -> String {
    path.strip_prefix(env.path("")).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn guards_apply_to_an_index_of_another_version() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    edit_catalog(&env, &format!("\"version\":{},", digest_search::digest::VERSION), "\"version\":99,");
    assert!(env.fails(&["query", "plain"]).contains("is of another version"));
    env.write("other/a.md", digest(1, "plain"));
    assert!(env.fails(&["index", "other"]).contains("is built from"));
    fs::rename(env.path("corpus/t"), env.path("t")).unwrap();
    env.write("corpus/t/2026-01-01.md", digest(1, "plain"));
    assert!(env.fails(&["index", "corpus"]).contains("3 of 4 indexed digests are gone"));
    fs::remove_dir_all(env.path("corpus/t")).unwrap();
    fs::rename(env.path("t"), env.path("corpus/t")).unwrap();
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("rebuilt the index: the index was built by another version"), "{}", run.stderr);
    assert_eq!(env.run(&["query", "plain"]).code, 0);
}

#[test]
fn unreadable_files_are_not_reported_as_damaged() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    mode(&env, "index", 0o777);
    mode(&env, "index/LOCK", 0o666);
    for name in ["index/CURRENT", "index/g1", "index/g1/commit-1", "index/g1/meta.json", "index/g1/sums"] {
        let before = fs::metadata(env.path(name)).unwrap().permissions();
        mode(&env, name, 0o000);
        let commands = [&["index"][..], &["index", "corpus"], &["query", "plain", "--verify"], &["status"]];
        // Answers need no checksums unless the index is verified.
        for args in commands.into_iter().filter(|args| !(args[0] == "status" && name.ends_with("sums"))) {
            let run = env.as_nobody(args);
            let is_told = run.code == 2 && run.stderr.contains("Permission denied") && run.stderr.contains(name);
            assert!(is_told && !run.stderr.contains("damaged"), "{name} {args:?}: {run:?}");
        }
        fs::set_permissions(env.path(name), before).unwrap();
    }
}

#[test]
fn a_rebuild_does_not_treat_unreadable_files_as_removed() {
    let env = TestEnv::with_digests(3);
    fs::create_dir(env.path("index")).unwrap();
    mode(&env, "index", 0o777);
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    mode(&env, "corpus/t/2026-01-02.md", 0o000);
    let refused = |args: &[&str]| {
        let run = env.as_nobody(args);
        assert_eq!(run.code, 2, "{run:?}");
        assert!(run.stderr.contains("corpus/t/2026-01-02.md: cannot be read: Permission denied"), "{}", run.stderr);
    };
    refused(&["index", "corpus", "--rebuild"]);
    let gone = ["g1/sums", "g1/meta.json", "CURRENT", "g1/commit-1"].map(|name| (name, None));
    // Without the list of files, this file may have been indexed.
    for (name, left) in gone.into_iter().chain([("g1/commit-1", Some(0)), ("g1/commit-1", Some(400))]) {
        let name = format!("index/{name}");
        let whole = fs::read(env.path(&name)).unwrap();
        match left {
            Some(left) => env.write(&name, &whole[..left]),
            None => env.remove(&name),
        }
        refused(&["index", "corpus"]);
        env.write(&name, whole);
    }
    let [current, list] = ["index/CURRENT", "index/g1/commit-1"].map(|name| (name, fs::read(env.path(name)).unwrap()));
    env.remove(current.0);
    env.write(list.0, "");
    refused(&["index", "corpus"]);
    for (name, content) in [current, list] {
        env.write(name, content);
    }
    edit_catalog(&env, &format!("\"version\":{},", digest_search::digest::VERSION), "\"version\":99,");
    refused(&["index", "corpus"]);
    edit_catalog(&env, "\"version\":99,", &format!("\"version\":{},", digest_search::digest::VERSION));
    assert_eq!(env.as_nobody(&["index", "corpus", "--rebuild", "--allow-shrink"]).code, 0);
    assert_eq!(env.entries().len(), 10);
    let generations = ["g1", "g2", "g3"].map(|name| env.path("index").join(name).exists());
    assert_eq!(generations, [false, true, false], "the generation that was given up is cleared away");
}
