//! Input that is not as it should be: a clear message with the path, the right exit code, and nothing lost.

use std::fs;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::process::Command;

use crate::env::{TestEnv, digest};

fn mode(env: &TestEnv, name: &str, mode: u32) {
    fs::set_permissions(env.path(name), fs::Permissions::from_mode(mode)).unwrap();
}

#[test]
fn no_corpus() {
    let env = TestEnv::new();
    assert!(env.fails(&["index", "nowhere"]).contains("error: there is no folder nowhere\n"));
    env.write("file.md", "x");
    assert!(env.fails(&["index", "file.md"]).contains("error: file.md is not a folder\n"));
    fs::create_dir(env.path("empty")).unwrap();
    let error = env.fails(&["index", "empty"]);
    assert!(error.contains("error: there is no digest in empty\n") && error.contains("hint: "), "{error}");
    assert!(!env.path("index").exists(), "nothing is made for nothing");
}

#[test]
fn no_index() {
    let env = TestEnv::new();
    for command in [&["query", "x"][..], &["status"], &["show", "t/2026-01-01"]] {
        let error = env.fails(command);
        assert!(error.contains("there is no index in ./index") && error.contains("digest-search index"), "{error}");
    }
    env.write("index/thesis.txt", "years of work");
    for command in [&["query", "x"][..], &["index", "."]] {
        env.write("a.md", digest(1, "plain"));
        let error = env.fails(command);
        assert!(error.contains("is not an index of digest-search: it holds thesis.txt"), "{error}");
    }
    assert!(env.fails(&["query", "x", "--index", "a.md"]).contains("a.md is not a folder"));
    assert!(env.fails(&["index", ".", "--index", "a.md"]).contains("a.md is not a folder"));
}

#[test]
fn settings_that_are_no_file_of_the_folder_are_not_read() {
    let env = TestEnv::with_digests(2);
    env.write("secret", "root:*:19000:0:99999:7:::\n");
    let settings = env.path("corpus/digest-search.yaml");
    let make: [(&str, &dyn Fn()); 3] = [
        ("a symbolic link", &|| symlink("../secret", &settings).unwrap()),
        ("not a regular file", &|| assert!(Command::new("mkfifo").arg(&settings).status().unwrap().success())),
        ("not a regular file", &|| fs::create_dir(&settings).unwrap()),
    ];
    for (said, make) in make {
        make();
        let error = env.fails(&["index", "corpus"]);
        assert!(error.contains(said) && error.contains("digest-search.yaml") && !error.contains("root"), "{error}");
        let run = env.run(&["check", "corpus"]);
        assert!(run.code == 1 && run.stdout.contains(said) && !run.stdout.contains("root"), "{run:?}");
        let _ = fs::remove_file(&settings);
    }
}

#[test]
fn the_folder_of_an_index_is_not_guessed() {
    let env = TestEnv::with_digests(2);
    env.write("news/a.md", digest(9, "other"));
    env.ok(&["index", "news"]);
    let units = env.units();
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
            assert!(env.fails(&["index", "corpus"]).contains("is of the folder"), "{content}");
        }
        let run = env.run(&["index"]);
        if knows {
            assert_eq!((run.code, env.units() == units), (0, true), "{run:?}");
        } else {
            assert_eq!(run.code, 2, "{run:?}");
            assert!(run.stderr.contains("which folder it is of") && run.stderr.contains("hint: give"), "{run:?}");
            assert!(check.stdout.contains("was not checked; give it"), "{check:?}");
        }
        env.write(harm, whole);
        fs::remove_dir_all(env.path("index")).unwrap();
        env.ok(&["index", "news"]);
    }
    env.write("index/g1/commit-2", "");
    env.ok(&["index"]);
    assert_eq!(env.units(), units, "a run that could not write has left part of a file");
    env.remove("index/CURRENT");
    env.write("news/b.md", "+++\n");
    for refused in [&["index", "--strict"][..], &["index", "corpus"]] {
        env.fails(refused);
    }
    env.ok(&["index"]);
    assert_eq!(env.units(), units, "what CURRENT named is still there");
    env.remove("index/g2/READERS");
    env.ok(&["index", "--rebuild"]);
    assert!(!env.path("index/g1").exists() && !env.path("index/g2").exists());
    assert_eq!(env.units(), units, "a generation without the file that readers lock");
    env.write("index/g3/@thumbs/.hidden", "as some systems put into each folder");
    env.ok(&["index", "--rebuild"]);
    fs::rename(env.path("index/g4"), env.path("elsewhere")).unwrap();
    symlink(env.path("elsewhere"), env.path("index/g4")).unwrap();
    env.ok(&["index", "--rebuild"]);
    let files = |folder| fs::read_dir(env.path(folder)).unwrap().count();
    assert_eq!(files("index"), ["LOCK", "CURRENT", "g5"].len(), "what was removed");
    assert!(files("elsewhere") > 5, "what a link led to");
}

#[test]
fn files_that_are_no_digests_are_named_and_the_rest_goes_on() {
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
        "skipped: toml.md:1: the front matter is TOML",
        "skipped: cut.md:1: the front matter has no closing `---` line",
        "skipped: day.md:4: `date: 2026-02-30` is no date",
        "skipped: utf16.md: not UTF-8 but UTF-16",
        "skipped: huge.md: larger than 4 MiB",
        "skipped: broken.md: a symbolic link",
        "skipped: t/up: a symbolic link",
        "skipped: pipe.md: not a regular file",
        "skipped: lost.md:1: the front matter has no opening `---` line",
        "skipped: list.md:2: the front matter has no usable `topic`; write it at the start of a line",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    assert!(!run.stderr.contains("_index.md"), "no alarm for what is no digest");
    assert!(run.stdout.starts_with("./index: 2 digests; 2 added; "), "{}", run.stdout);
    let answer = env.json(&["index", "corpus"]);
    assert_eq!((&answer["unchanged"], &answer["wrote"]), (&2.into(), &false.into()), "{answer}");
}

#[test]
fn what_is_wrong_with_many_files_is_said_once() {
    let env = TestEnv::with_digests(20);
    env.write("corpus/digest-search.yaml", "topics: { t: { locales: { en-US: nobody } } }\n");
    let run = env.run(&["index", "corpus"]);
    let said = "warning: t/2026-01-01.md: digest-search.yaml gives a locale to the perspective `nobody`";
    let others = " (and of 19 more; --format json names them)\n";
    assert!(
        run.stderr.starts_with(said) && run.stderr.ends_with(others) && run.stderr.lines().count() == 1,
        "{}",
        run.stderr
    );
    for day in 1..=60 {
        env.write(&format!("corpus/{day}.md"), format!("---\ntopic: t\ndate: {day}\n---\n"));
    }
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("\nskipped: 10 more; --format json has all\n"), "{}", run.stderr);
    assert_eq!(run.stderr.lines().count(), 51);
}

#[test]
fn a_pipe_for_settings_is_not_waited_for() {
    let env = TestEnv::with_digests(1);
    assert!(Command::new("mkfifo").arg(env.path("corpus/digest-search.yaml")).status().unwrap().success());
    let error = env.fails(&["index", "corpus"]);
    assert!(error.contains("digest-search.yaml") && error.contains("not a regular file"), "{error}");
}

#[test]
fn a_full_disk_is_named_and_loses_nothing() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.units();
    let words: String = (0..20_000).map(|i| format!("w{i} ")).collect();
    env.write("corpus/t/2026-01-01.md", digest(1, &words));
    // No file may grow beyond 64 KiB: a write fails as it does on a full disk, if the signal for it is ignored.
    let program = env!("CARGO_BIN_EXE_digest-search");
    let script = format!("trap '' XFSZ; ulimit -f 64; exec {program} index corpus");
    let output = Command::new("bash").args(["-c", &script]).current_dir(env.path("")).env_clear().output().unwrap();
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(2), "{error}");
    assert!(error.contains("File too large") || error.contains("is the disk full?"), "{error}");
    assert_eq!(env.units(), before);
    env.ok(&["index", "corpus"]);
    assert_ne!(env.units(), before);
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
        "warning: t/2026-01-02.md:18: not valid UTF-8",
        "warning: t/2026-01-04.md:3: `topicName` is not valid YAML; read as plain text",
        "warning: t/2150-01-01.md: dated 2150-01-05, which is later than today",
    ] {
        assert!(run.stderr.contains(line), "{line}\n{}", run.stderr);
    }
    assert_eq!(env.json(&["status"])["as_of"], "2026-01-04");
    assert_eq!(env.json(&["query", "long", "--limit", "0"])["total_units"], 5);
}

#[test]
fn what_cannot_be_read_is_not_taken_for_gone() {
    let env = TestEnv::with_digests(3);
    fs::create_dir(env.path("index")).unwrap();
    mode(&env, "index", 0o777);
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    let before = env.units();
    mode(&env, "corpus/t", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(
        (run.code, run.stderr.contains("corpus/t: can't be read: Permission denied")),
        (2, true),
        "{}",
        run.stderr
    );
    mode(&env, "corpus/t", 0o755);
    env.write("corpus/t/2026-01-01.md", digest(1, "edited"));
    mode(&env, "corpus/t/2026-01-01.md", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("warning: t/2026-01-01.md: can't be read: Permission denied"), "{}", run.stderr);
    assert_eq!(env.units(), before);
    env.write("corpus/t/2026-01-09.md", digest(9, "new"));
    mode(&env, "corpus/t/2026-01-09.md", 0o000);
    let run = env.as_nobody(&["index", "corpus"]);
    assert!(run.stderr.contains("skipped: t/2026-01-09.md: can't be read: Permission denied"), "{}", run.stderr);
    mode(&env, "corpus/t/2026-01-09.md", 0o644);
    mode(&env, "corpus/t/2026-01-01.md", 0o644);
    let run = env.as_nobody(&["index", "corpus"]);
    assert!(run.stdout.contains("1 added, 1 changed, 2 unchanged"), "{}", run.stdout);
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
fn a_second_writer_is_told_of_the_first() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let lock = fs::File::options().read(true).write(true).open(env.path("index/LOCK")).unwrap();
    lock.lock().unwrap();
    let error = env.fails(&["index", "corpus"]);
    assert!(error.contains("is being written by process") && error.contains("hint: wait"), "{error}");
    assert_eq!(env.run(&["query", "plain"]).code, 0, "readers don't wait");
    drop(lock);
    env.ok(&["index", "corpus"]);
}

#[test]
fn a_damaged_index_is_named_and_mended() {
    let good = TestEnv::with_digests(3);
    good.ok(&["index", "corpus"]);
    let units = good.units();
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
            assert!(run.stderr.contains("indexed everything anew: "), "{name}: {}", run.stderr);
            assert_eq!(env.units(), units, "{name}");
        }
    }
}

/// Changes the first line of the commit file.
fn edit_catalog(env: &TestEnv, from: &str, to: &str) {
    let commit = fs::read(env.path("index/g1/commit-1")).unwrap();
    let (line, list) = commit.split_at(commit.iter().position(|byte| *byte == b'\n').unwrap());
    let line = str::from_utf8(line).unwrap();
    assert!(line.contains(from), "{line}");
    env.write("index/g1/commit-1", [line.replacen(from, to, 1).as_bytes(), list].concat());
}

#[test]
fn a_damaged_list_of_files_is_named_and_mended() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let whole = fs::read(env.path("index/g1/commit-1")).unwrap();
    let line = whole.iter().position(|byte| *byte == b'\n').unwrap();
    let flipped = |at: usize| whole.iter().enumerate().map(|(i, byte)| byte ^ u8::from(i == at)).collect::<Vec<u8>>();
    let cuts = [line, line + 1, line + 5, line + 9, line + 30, whole.len() - 1].map(|at| whole[..at].to_vec());
    let flips = [line + 1, line + 9, line + 40, whole.len() - 1].map(flipped);
    for bytes in cuts.into_iter().chain(flips).chain([[&whole[..], b"x"].concat()]) {
        env.write("index/g1/commit-1", &bytes);
        assert_eq!(env.run(&["query", "plain"]).code, 0, "whoever does not read the list does not miss it");
        let error = env.fails(&["status"]);
        assert!(error.contains("commit-1: it ") && error.contains("\n  hint: run"), "{error}");
        let run = env.run(&["index", "corpus", "--dry-run"]);
        assert!(run.stdout.contains("3 added"), "{}", run.stdout);
    }
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("indexed everything anew: the index was damaged"), "{}", run.stderr);
    assert_eq!(env.json(&["status"])["stale"], false);
}

fn name_below(env: &TestEnv, path: &std::path::Path) -> String {
    path.strip_prefix(env.path("")).unwrap().to_str().unwrap().to_owned()
}

#[test]
fn guards_hold_for_an_index_of_another_version() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    edit_catalog(&env, &format!("\"version\":{},", digest_search::schema::VERSION), "\"version\":99,");
    assert!(env.fails(&["query", "plain"]).contains("was made by another version"));
    env.write("other/a.md", digest(1, "plain"));
    assert!(env.fails(&["index", "other"]).contains("is of the folder"));
    fs::rename(env.path("corpus/t"), env.path("t")).unwrap();
    env.write("corpus/t/2026-01-01.md", digest(1, "plain"));
    assert!(env.fails(&["index", "corpus"]).contains("3 of 4 indexed digests are gone"));
    fs::remove_dir_all(env.path("corpus/t")).unwrap();
    fs::rename(env.path("t"), env.path("corpus/t")).unwrap();
    let run = env.run(&["index", "corpus"]);
    assert!(run.stderr.contains("indexed everything anew: the index was made by another version"), "{}", run.stderr);
    assert_eq!(env.run(&["query", "plain"]).code, 0);
}

#[test]
fn an_index_of_before_is_built_anew() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    let units = env.units();
    // As versions wrote it whose list of files was lines of JSON.
    fs::rename(env.path("index/g1/commit-1"), env.path("index/g1/commit-1.jsonl")).unwrap();
    assert!(env.fails(&["query", "plain"]).contains("was made by another version"));
    env.write("other/a.md", digest(1, "plain"));
    assert!(env.fails(&["index", "other"]).contains("is of the folder"), "which is still known");
    let current = fs::read(env.path("index/CURRENT")).unwrap();
    env.remove("index/CURRENT");
    assert!(env.fails(&["index", "other"]).contains("is of the folder"), "even so");
    env.write("index/CURRENT", current);
    let run = env.run(&["index"]);
    assert!(run.stderr.contains("indexed everything anew: the index was made by another version"), "{}", run.stderr);
    assert_eq!(env.units(), units);
    assert!(!env.path("index/g1").exists());
}

#[test]
fn a_rebuild_takes_nothing_unreadable_for_gone() {
    let env = TestEnv::with_digests(3);
    fs::create_dir(env.path("index")).unwrap();
    mode(&env, "index", 0o777);
    assert_eq!(env.as_nobody(&["index", "corpus"]).code, 0);
    mode(&env, "corpus/t/2026-01-02.md", 0o000);
    for damaged in [None, Some("g1/sums"), Some("g1/meta.json"), Some("CURRENT")] {
        if let Some(damaged) = damaged {
            fs::rename(env.path("index").join(damaged), env.path("kept")).unwrap();
        }
        let args = if damaged.is_some() { &["index", "corpus"][..] } else { &["index", "corpus", "--rebuild"] };
        let run = env.as_nobody(args);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains("corpus/t/2026-01-02.md: can't be read: Permission denied"), "{}", run.stderr);
        if let Some(damaged) = damaged {
            fs::rename(env.path("kept"), env.path("index").join(damaged)).unwrap();
        }
    }
    assert_eq!(env.as_nobody(&["index", "corpus", "--rebuild", "--allow-shrink"]).code, 0);
    assert_eq!(env.units().len(), 10);
    let generations = ["g1", "g2", "g3"].map(|name| env.path("index").join(name).exists());
    assert_eq!(generations, [false, true, false], "the generation that was given up is cleared away");
}
