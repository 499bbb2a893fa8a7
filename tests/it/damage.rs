//! Missing, truncated or changed files of an index: they are reported, no answer is wrong, and nothing hangs.

use std::fs;
use std::path::{Path, PathBuf};

use crate::env::{Run, TestEnv, digest, mode};

/// A kind of damage.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Harm {
    Missing,
    Emptied,
    Cut,
    /// A flipped bit, at a position in thousandths.
    Flipped(usize),
}

/// Files made after a commit: answers do not depend on them.
const BEHIND: [&str; 2] = ["copies", "sources"];

const HARMS: [Harm; 5] = [Harm::Missing, Harm::Emptied, Harm::Cut, Harm::Flipped(0), Harm::Flipped(600)];

/// The number of commands that meet each damage, in turn.
const AT_A_TIME: usize = 3;

const COMMANDS: [&[&str]; 9] = [
    &["query", "highlight"],
    &["query", "\"title plain\" OR bull*", "--facets", "source,topic", "--explain"],
    &["query", "--sort", "oldest", "--limit", "all"],
    &["count", "--by", "source,month"],
    &["count", "plain", "--by", "perspective", "--share"],
    &["compare", "--topic", "t"],
    &["stories"],
    &["show", "t/2026-01-09"],
    &["status"],
];

impl Harm {
    /// Applies it; reports whether anything changed.
    fn on(self, path: &Path) -> bool {
        let mut bytes = fs::read(path).unwrap();
        let len = bytes.len();
        match self {
            Self::Missing => {
                fs::remove_file(path).unwrap();
                return true;
            }
            Self::Emptied => bytes.clear(),
            Self::Cut => bytes.truncate(len - len.div_ceil(10)),
            Self::Flipped(at) if len > 0 => bytes[len * at / 1000] ^= 1,
            Self::Flipped(_) => {}
        }
        fs::write(path, bytes).unwrap();
        len > 0
    }
}

/// Reports whether no answer depends on a file.
fn is_lock(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    name.ends_with(".lock") || name == "READERS"
}

#[test]
fn every_damaged_file_is_reported_and_no_answer_is_wrong() {
    let env = TestEnv::with_digests(12);
    env.ok(&["index", "corpus"]);
    let mut tried = 0;
    for (path, content) in env.snapshot("index/g1").into_iter().filter(|(path, _)| !is_lock(path)) {
        let name = path.file_name().unwrap().to_str().unwrap();
        // Answers do not depend on it.
        let matters = |harm: &Harm| !BEHIND.contains(&&*name) || *harm != Harm::Missing;
        for harm in HARMS.into_iter().filter(matters).filter(|harm| harm.on(&path)) {
            let run = env.run(&["query", "plain", "--verify"]);
            let is_named = run.code == 2 && run.stderr.contains("the index is damaged") && run.stderr.contains(name);
            // A damaged checksum names its file, or no file if another line has the same checksum.
            assert!(is_named || name == "sums" && matches!(harm, Harm::Flipped(_)), "{harm:?} {name}: {run:?}");
            let check = env.run(&["check", "--index-only"]);
            assert!((check.code == 1) == is_named && !check.stderr.contains("error:"), "{harm:?} {name}: {check:?}");
            for command in COMMANDS.iter().cycle().skip(tried * AT_A_TIME).take(AT_A_TIME) {
                let run = env.run(command);
                let names_it = !is_named || run.stderr.contains(name);
                assert!(
                    (0..=1).contains(&run.code) || run.code == 2 && names_it && run.stderr.contains("is damaged"),
                    "{harm:?} {name} {command:?}: {run:?}"
                );
                assert!(
                    !run.stderr.contains("panicked") && !run.stderr.contains("internal error"),
                    "{harm:?} {name} {command:?}: {run:?}"
                );
            }
            fs::write(&path, &content).unwrap();
            tried += 1;
        }
    }
    assert!(tried > 60, "{tried}");
    env.ok(&["query", "plain", "--verify"]);
}

/// The files of the current generation.
fn files(env: &TestEnv) -> Vec<PathBuf> {
    let current = fs::read_to_string(env.path("index/CURRENT")).unwrap();
    let files = env.snapshot(&format!("index/{}", current.trim())).into_iter().map(|(path, _)| path);
    files.filter(|path| !is_lock(path)).collect()
}

#[test]
fn index_repairs_missing_and_truncated_files() {
    let env = TestEnv::with_digests(4);
    env.ok(&["index", "corpus"]);
    let whole = env.entries();
    env.write("corpus/t/2026-01-09.md", digest(9, "new"));
    env.ok(&["index", "corpus"]);
    env.remove("corpus/t/2026-01-09.md");
    env.ok(&["index", "corpus", "--allow-shrink"]);
    let count = files(&env).len();
    for at in 0..count {
        for harm in [Harm::Missing, Harm::Emptied, Harm::Cut] {
            let Some(path) = files(&env).into_iter().nth(at) else { continue };
            if (harm != Harm::Missing || !BEHIND.iter().any(|name| path.ends_with(name))) && harm.on(&path) {
                let run = env.run(&["index", "corpus"]);
                assert_eq!(run.code, 0, "{harm:?} {path:?}: {run:?}");
                assert!(run.stderr.contains("rebuilt the index: the index was damaged"), "{harm:?} {path:?}: {run:?}");
                assert_eq!(env.entries(), whole, "{harm:?} {path:?}");
                env.ok(&["query", "--verify"]);
            }
        }
    }
}

/// One commit for each digest: as many as make Tantivy merge their segments in the next commit.
fn about_to_merge(index: impl Fn(&TestEnv) -> Run) -> TestEnv {
    let env = TestEnv::new();
    for (day, word) in (1..=7).map(|day| (day, "plain")).chain([(7, "edited")]) {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, word));
        assert_eq!(index(&env).code, 0);
    }
    env
}

#[test]
fn damage_is_not_copied_into_new_segments() {
    let env = about_to_merge(|env| env.run(&["index", "corpus"]));
    let sound = env.snapshot("index");
    env.write("corpus/t/2026-01-08.md", digest(8, "new"));
    env.write("corpus/t/2026-01-02.md", digest(2, "edited"));
    let (mut mended, mut tried) = (0, 0);
    let damaged = files(&env);
    env.ok(&["index", "corpus"]);
    let (expected, merged) = (env.entries(), files(&env).len());
    for path in &damaged {
        // Entries are looked up before they are removed.
        let finds = path.extension().is_some_and(|end| end == "term" || end == "idx");
        let more: &[usize] = if finds { &[20, 40, 60, 80, 120, 500, 700] } else { &[] };
        for harm in [350, 999].iter().chain(more).map(|at| Harm::Flipped(*at)) {
            fs::remove_dir_all(env.path("index")).unwrap();
            for (path, content) in &sound {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, content).unwrap();
            }
            if harm.on(path) {
                let harmed = fs::read(path).unwrap();
                let run = env.run(&["index", "corpus"]);
                assert_eq!(run.code, 0, "{harm:?} {path:?}: {run:?}");
                let is_rebuilt = run.stderr.contains("rebuilt the index: the index was damaged");
                // Under load there may be more new segments, so that other segments are merged than this one: then it
                // is unchanged, and nothing else is damaged.
                let verified = env.run(&["query", "--verify"]);
                if verified.code == 0 {
                    assert_eq!(env.entries(), expected, "{harm:?} {path:?}");
                } else {
                    let name = path.file_name().unwrap().to_string_lossy();
                    assert!(!is_rebuilt && verified.stderr.contains(&*name), "{harm:?} {path:?}: {verified:?}");
                    assert_eq!(fs::read(path).unwrap(), harmed, "{harm:?} {path:?}");
                }
                (tried, mended) = (tried + 1, mended + usize::from(is_rebuilt));
            }
        }
    }
    // Files that are not read need no repair: a segment without live entries, copies, some checksums.
    assert!(merged < damaged.len() / 3, "nothing was merged: {merged} files");
    assert!(tried > 150 && mended * 10 > tried * 8, "{mended} of {tried}");
}

#[test]
fn failed_repairs_are_reported_and_retried() {
    let index = |env: &TestEnv| env.as_nobody(&["index", "corpus"]);
    let env = about_to_merge(index);
    // Entries of an unreadable digest are kept, except in a rebuild.
    mode(&env, "corpus/t/2026-01-01.md", 0o000);
    env.write("corpus/t/2026-01-08.md", digest(8, "new"));
    env.write("corpus/t/2026-01-02.md", digest(2, "edited"));
    for path in files(&env).iter().filter(|path| path.extension().is_some_and(|end| end == "store")) {
        Harm::Flipped(350).on(path);
    }
    let run = index(&env);
    let message = "the changes are indexed, but the index is damaged and cannot be rebuilt";
    let is_reported =
        run.stderr.contains(message) && run.stderr.contains("2026-01-01.md") && run.stderr.contains("hint: run");
    assert!(run.code == 2 && is_reported, "{run:?}");
    assert!(env.fails(&["query", "--verify"]).contains("/sums: the file is missing"));
    assert!(env.ok(&["query", "edited"]).contains("2026-01-02"), "what has changed is indexed");
    mode(&env, "corpus/t/2026-01-01.md", 0o644);
    let run = index(&env);
    assert!(run.code == 0 && run.stderr.contains("rebuilt the index: the index was damaged"), "{run:?}");
    env.ok(&["query", "--verify"]);
    let mended = env.entries();
    fs::remove_dir_all(env.path("index")).unwrap();
    env.ok(&["index", "corpus"]);
    assert_eq!(env.entries(), mended);
}

#[test]
fn every_written_file_has_a_checksum() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    for (step, change) in ["corpus/t/2026-01-02.md", "corpus/t/2026-01-03.md"].into_iter().enumerate() {
        env.ok(&["query", "--verify"]);
        env.write(change, digest(2 + step as u32, "edited"));
        env.ok(&["index", "corpus"]);
    }
    env.ok(&["query", "--verify"]);
    env.ok(&["index", "corpus", "--rebuild"]);
    env.ok(&["query", "--verify"]);
    env.remove("index/g2/sums");
    let error = env.fails(&["query", "--verify"]);
    assert!(error.contains("index/g2/sums: the file is missing"), "{error}");
}
