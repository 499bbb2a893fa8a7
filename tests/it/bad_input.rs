//! Invalid input: a clear message with the path, the right exit code, and nothing lost.

use std::fs;
use std::os::unix::fs::symlink;
use std::process::Command;

use crate::env::{TestEnv, digest, mode};

#[test]
fn no_corpus() {
    let env = TestEnv::new();
    assert!(env.fails(&["index", "nowhere"]).contains("error: no such folder: nowhere\n"));
    env.write("file.md", "x");
    assert!(env.fails(&["index", "file.md"]).contains("error: file.md is not a folder\n"));
    fs::create_dir(env.path("empty")).unwrap();
    let error = env.fails(&["index", "empty"]);
    assert!(error.contains("error: no digests in empty\n") && error.contains("hint: "), "{error}");
    assert!(!env.path("index").exists(), "nothing is made for nothing");
}

#[test]
fn no_index() {
    let env = TestEnv::new();
    for command in [&["query", "x"][..], &["status"], &["show", "t/2026-01-01"]] {
        let error = env.fails(command);
        assert!(error.contains("no index in ./index") && error.contains("digest-search index"), "{error}");
    }
    env.write("index/thesis.txt", "years of work");
    for command in [&["query", "x"][..], &["index", "."]] {
        env.write("a.md", digest(1, "plain"));
        let error = env.fails(command);
        assert!(error.contains("is not an index of digest-search: it contains thesis.txt"), "{error}");
    }
    assert!(env.fails(&["query", "x", "--index", "a.md"]).contains("a.md is not a folder"));
    assert!(env.fails(&["index", ".", "--index", "a.md"]).contains("a.md is not a folder"));
}

#[test]
fn settings_outside_the_corpus_are_not_read() {
    let env = TestEnv::with_digests(2);
    env.write("secret", "root:*:19000:0:99999:7:::\n");
    let settings = env.path("corpus/digest-search.yaml");
    let make: [(&str, &dyn Fn()); 3] = [
        ("a symbolic link", &|| symlink("../secret", &settings).unwrap()),
        ("not a regular file", &|| assert!(Command::new("mkfifo").arg(&settings).status().unwrap().success())),
        ("not a regular file", &|| fs::create_dir(&settings).unwrap()),
    ];
    for (message, make) in make {
        make();
        let error = env.fails(&["index", "corpus"]);
        assert!(error.contains(message) && error.contains("digest-search.yaml") && !error.contains("root"), "{error}");
        let run = env.run(&["check", "corpus"]);
        assert!(run.code == 1 && run.stdout.contains(message) && !run.stdout.contains("root"), "{run:?}");
        let _ = fs::remove_file(&settings);
    }
}

#[test]
fn files_that_are_not_digests_are_skipped_with_a_reason() {
    let env = TestEnv::with_digests(2);
    env.write("corpus/empty.md", "");
    env.write("corpus/toml.md", "+++\ntopic = 't'\n+++\n");
    env.write("corpus/cut.md", "---\ntopic: t\ndate: 2026");
    env.write("corpus/day.md", digest(3, "x").replace("2026-01-03T04:00:00.000Z", "2026-02-30"));
    env.write("corpus/utf16.md", [0xFF, 0xFE, b'a', 0]);
    fs::File::create(env.path("corpus/huge.md")).unwrap().set_len(500 << 20).unwrap();
    symlink("corpus", env.path("corpus/loop")).unwrap();
    symlink(env.path("corpus"), env.path("corpus/t/up")).unwrap();
    symlink("nothing.md", env.path("corpus/broken.md")).unwrap();
    assert!(Command::new("mkfifo").arg(env.path("corpus/pipe.md")).status().unwrap().success());
    env.write("corpus/_index.md", "---\ntitle: all\n---\n");
    env.write("corpus/lost.md", "topic: t\ndate: 2026-01-09\n---\n");
    env.write("corpus/list.md", "---\ntopic: [a]\ndate: 2026-01-09\n---\n");
    let run = env.run(&["index", "corpus"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "skipped: empty.md: the file is empty",
        "skipped: toml.md:2: has a topic, but no date",
        "skipped: cut.md:1: missing `---` line after the front matter",
        "skipped: day.md:4: invalid `date: 2026-02-30`",
        "skipped: utf16.md: encoded as UTF-16",
        "skipped: huge.md: larger than 4 MiB",
        "skipped: broken.md: a symbolic link",
        "skipped: t/up: a symbolic link",
        "skipped: pipe.md: not a regular file",
        "skipped: lost.md: dated 2026-01-09, but has no titles, bullets or highlights",
        "skipped: list.md: dated 2026-01-09, but has no titles, bullets or highlights",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("_index.md"), "no warning for a file that is not a digest");
    assert!(run.stdout.starts_with("./index: 2 digests; 2 added; "), "{}", run.stdout);
    let answer = env.json(&["index", "corpus"]);
    assert_eq!((&answer["unchanged"], &answer["wrote"]), (&2.into(), &false.into()), "{answer}");
}

#[test]
fn the_same_problem_of_many_files_is_reported_once() {
    let env = TestEnv::with_digests(20);
    env.write("corpus/digest-search.yaml", "topics: { t: { locales: { en-US: nobody } } }\n");
    let run = env.run(&["index", "corpus"]);
    let message = "warning: t/2026-01-01.md: digest-search.yaml assigns a locale to the perspective `nobody`";
    let others = " (and 19 more files; see --format json)\n";
    assert!(
        run.stderr.starts_with(message) && run.stderr.ends_with(others) && run.stderr.lines().count() == 1,
        "{}",
        run.stderr
    );
    for day in 1..=60 {
        env.write(&format!("corpus/{day}.md"), format!("---\ntopic: t\ndate: {day}\n---\n"));
    }
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("\nskipped: 10 more; see --format json\n"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 51);
}

#[test]
fn a_pipe_as_settings_does_not_block() {
    let env = TestEnv::with_digests(1);
    assert!(Command::new("mkfifo").arg(env.path("corpus/digest-search.yaml")).status().unwrap().success());
    let error = env.fails(&["index", "corpus"]);
    assert!(error.contains("digest-search.yaml") && error.contains("not a regular file"), "{error}");
}

#[test]
fn a_full_disk_is_reported_and_loses_nothing() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.entries();
    let words: String = (0..20_000).map(|i| format!("w{i} ")).collect();
    env.write("corpus/t/2026-01-01.md", digest(1, &words));
    // Files are limited to 64 KiB: with the signal ignored, writes fail as on a full disk.
    let program = env!("CARGO_BIN_EXE_digest-search");
    let script = format!("trap '' XFSZ; ulimit -f 64; exec {program} index corpus");
    let output = Command::new("bash").args(["-c", &script]).current_dir(env.path("")).env_clear().output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("File too large") && error.contains("free disk space"), "{error}");
    assert_eq!(env.entries(), before);
    env.ok(&["index", "corpus"]);
    assert_ne!(env.entries(), before);
}

#[test]
fn odd_files_are_indexed_with_a_warning() {
    let env = TestEnv::with_digests(1);
    let mut invalid = digest(2, "inv\u{1}lid").into_bytes();
    invalid.iter_mut().filter(|b| **b == 1).for_each(|b| *b = 0xFF);
    env.write("corpus/t/2026-01-02.md", invalid);
    env.write("corpus/t/2026-01-03.md", digest(3, &"long ".repeat(100_000)));
    env.write("corpus/t/2026-01-04.md", digest(4, "quoted").replace("Here vs There", "Here \"vs\" There"));
    env.write("corpus/t/2150-01-01.md", digest(5, "future").replace("date: 2026", "date: 2150"));
    let run = env.run(&["index", "corpus"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for line in [
        "warning: t/2026-01-02.md:18: invalid UTF-8",
        "warning: t/2026-01-04.md:3: `topicName` is not valid YAML; read as plain text",
        "warning: t/2150-01-01.md: dated 2150-01-05, later than today",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    assert_eq!(env.json(&["status"])["as_of"], "2026-01-04");
    assert_eq!(env.json(&["query", "long", "--limit", "0"])["total_entries"], 5);
}

#[test]
fn unreadable_files_are_not_treated_as_removed() {
    let env = TestEnv::with_digests(3);
    fs::create_dir(env.path("index")).unwrap();
    mode(&env, "index", 0o777);
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    let before = env.entries();
    mode(&env, "corpus/t", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(
        (run.code, run.stderr.contains("corpus/t: cannot be read: Permission denied")),
        (2, true),
        "{}",
        run.stderr
    );
    mode(&env, "corpus/t", 0o755);
    env.write("corpus/t/2026-01-01.md", digest(1, "edited"));
    mode(&env, "corpus/t/2026-01-01.md", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning: t/2026-01-01.md: cannot be read: Permission denied"), "{}", run.stderr);
    assert_eq!(env.entries(), before);
    env.write("corpus/t/2026-01-09.md", digest(9, "new"));
    mode(&env, "corpus/t/2026-01-09.md", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert!(run.stderr.contains("skipped: t/2026-01-09.md: cannot be read: Permission denied"), "{}", run.stderr);
    mode(&env, "corpus/t/2026-01-09.md", 0o644);
    mode(&env, "corpus/t/2026-01-01.md", 0o644);
    let run = env.as_nobody(&["index", "corpus"]);
    assert!(run.stdout.contains("1 added, 1 changed, 2 unchanged"), "{}", run.stdout);
}
