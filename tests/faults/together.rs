//! Concurrency: readers during commits, two writers, and a corpus that changes while it is read.

use std::collections::BTreeSet;
use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering::Relaxed};
use std::thread;
use std::time::{Duration, Instant};

use crate::env::{Run, TestEnv, digest};
use crate::http::Server;
use crate::scene::{Scene, Set, fresh};
use crate::{moments, times};

const DAYS: u32 = 12;

/// The edit that all of these texts are of.
fn edit<'a>(texts: impl Iterator<Item = &'a str>) -> usize {
    let edits: BTreeSet<usize> =
        texts.map(|text| text.split("edit").nth(1).unwrap().split(' ').next().unwrap().parse().unwrap()).collect();
    assert_eq!(edits.len(), 1, "of more than one commit: {edits:?}");
    edits.into_iter().next().unwrap()
}

/// The edit of an answer, all of whose entries must be from one commit.
fn whole(answer: &serde_json::Value, entries: usize) -> usize {
    let results = answer["results"].as_array().unwrap();
    assert_eq!(results.len(), entries, "{answer}");
    edit(results.iter().map(|entry| entry["text"].as_str().unwrap()))
}

fn write_all(env: &TestEnv, edit: usize) {
    (1..=DAYS).for_each(|day| env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &format!("edit{edit}"))));
}

/// Asks the questions of readers in turns; returns the edit of the answer.
fn ask(env: &TestEnv, server: &Server, step: usize) -> usize {
    let all = DAYS as usize * 5;
    match step % 5 {
        0 => whole(&env.json(&["query", "--all-copies", "--limit", "all"]), all),
        1 => whole(&env.json(&["query", "--verify", "--all-copies", "--limit", "all", "--sort", "oldest"]), all),
        2 => {
            let day = format!("t/2026-01-{:02}", 1 + step as u32 % DAYS);
            let text = env.ok(&["show", &day, "--fields", "text", "--format", "jsonl"]);
            assert_eq!(text.lines().count(), 5, "{text}");
            edit(text.lines())
        }
        3 => {
            let stories = env.ok(&["query", "highlight", "--limit", "all", "--format", "tsv", "--fields", "text"]);
            assert_eq!(stories.lines().count(), 1 + DAYS as usize, "{stories}");
            edit(stories.lines().skip(1))
        }
        _ => {
            let answer = server.get("/api/v1/query?limit=100&all-copies");
            assert_eq!(answer.status, 200, "{}", answer.text());
            whole(&answer.json(), all)
        }
    }
}

/// Waits until a reader has seen a commit, so that the test does not depend on timing.
fn await_edit(newest: &AtomicUsize, edit: usize) {
    let end = Instant::now() + Duration::from_secs(60);
    while newest.load(Relaxed) < edit {
        assert!(Instant::now() < end, "no reader meets edit {edit}");
        thread::sleep(Duration::from_millis(1));
    }
}

#[test]
fn readers_see_whole_commits_in_order() {
    let env = TestEnv::new();
    write_all(&env, 0);
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let done = AtomicBool::new(false);
    let [requests, newest_of_all] = [0, 0].map(AtomicUsize::new);
    let rounds = times(8);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 1..=rounds {
                write_all(&env, round);
                let args: &[&str] =
                    if round % 3 == 0 { &["index", "corpus", "--rebuild"] } else { &["index", "corpus"] };
                env.ok(args);
                await_edit(&newest_of_all, round);
            }
        });
        for reader in 0..3 {
            let (env, server, done, requests, newest_of_all) = (&env, &server, &done, &requests, &newest_of_all);
            scope.spawn(move || {
                let mut newest = 0;
                for step in reader.. {
                    let is_done = done.load(Relaxed);
                    let edit = ask(env, server, step);
                    assert!(edit >= newest, "edit {edit} after {newest}");
                    newest = edit;
                    newest_of_all.fetch_max(edit, Relaxed);
                    requests.fetch_add(1, Relaxed);
                    if is_done {
                        assert_eq!(edit, rounds);
                        break;
                    }
                }
            });
        }
        let written = writer.join();
        done.store(true, Relaxed);
        written.unwrap();
    });
    eprintln!("{rounds} commits, every third a rebuild, each of them met by a reader: {requests:?} answers");
}

#[test]
fn readers_without_write_permission_do_not_block_writers() {
    let env = TestEnv::new();
    write_all(&env, 0);
    env.ok(&["index", "corpus"]);
    let (newest, mut requests) = (AtomicUsize::new(0), 0);
    let rounds = times(6);
    thread::scope(|scope| {
        let writer = scope.spawn(|| {
            for round in 1..=rounds {
                write_all(&env, round);
                env.ok(&["index", "corpus", "--rebuild"]);
                await_edit(&newest, round);
            }
        });
        while !writer.is_finished() {
            let run = env.as_nobody(&["query", "--all-copies", "--limit", "all", "--format", "json"]);
            assert_eq!(run.code, 0, "{run:?}");
            let edit = whole(&serde_json::from_str(&run.stdout).unwrap(), DAYS as usize * 5);
            let before = newest.fetch_max(edit, Relaxed);
            assert!(edit >= before, "edit {edit} after {before}");
            requests += 1;
        }
    });
    eprintln!("{rounds} rebuilds: {requests} answers for one who may only read");
    // Files in use until the end are removed by the next run.
    env.ok(&["index", "corpus"]);
    let generations = fs::read_dir(env.path("index")).unwrap().count();
    assert_eq!(generations, 3, "CURRENT, LOCK and one generation");
}

#[test]
fn one_of_two_writers_fails_cleanly() {
    let mut moments = moments();
    let [mut both, mut gave_way, mut killed] = [0; 3];
    for step in 0..times(8) {
        let set = Set::new([Scene::First, Scene::Update, Scene::Rebuild][step % 3]);
        let mut first = set.start();
        thread::sleep(Duration::from_millis(moments.u64(0..20)));
        let second = set.start();
        thread::sleep(Duration::from_millis(moments.u64(0..60)));
        let is_killed = step % 2 == 0;
        if is_killed {
            first.kill().unwrap();
        }
        let ends = [first.wait_with_output(), second.wait_with_output()].map(|run| Run::from(run.unwrap()));
        for run in &ends {
            let is_told = run.code == 2 && run.stderr.contains("is being written by process");
            assert!(run.code <= 0 || is_told, "{run:?}");
            gave_way += usize::from(is_told);
        }
        killed += usize::from(ends[0].code == -1);
        both += usize::from(ends.iter().all(|run| run.code == 0));
        set.check("two writers", ends.iter().any(|run| run.code == 0));
    }
    eprintln!(
        "{} pairs of writers: {killed} times one was killed, {gave_way} times one gave way, {both} times both wrote",
        times(8)
    );
}

#[test]
fn an_index_is_moved_and_copied() {
    let env = TestEnv::with_digests(6);
    env.ok(&["index", "corpus"]);
    let entries = env.entries();
    let server = Server::start(&env, &[]);
    fs::rename(env.path("index"), env.path("elsewhere")).unwrap();
    assert!(env.fails(&["query", "plain"]).contains("no index in"));
    assert_eq!(server.get("/api/v1/query").status, 503);
    for place in ["elsewhere", "copy"] {
        if place == "copy" {
            let mut copy = Command::new("cp");
            assert!(copy.args(["-r", "elsewhere", "copy"]).current_dir(env.path("")).status().unwrap().success());
        }
        env.ok(&["query", "plain", "--verify", "--index", place]);
        env.write("corpus/t/2026-01-09.md", digest(9, place));
        let error = env.run(&["index", "corpus", "--index", place]).stderr;
        assert_eq!(error, "", "it goes on where it was");
        assert_eq!(env.json(&["query", place, "--limit", "0", "--index", place])["total_entries"], 5);
    }
    env.remove("corpus/t/2026-01-09.md");
    env.ok(&["index", "corpus", "--index", "elsewhere"]);
    fs::rename(env.path("elsewhere"), env.path("index")).unwrap();
    assert_eq!(env.entries(), entries);
    let answer = server.get("/api/v1/query?limit=100&all-copies");
    assert_eq!(answer.json()["results"].as_array().unwrap().len(), entries.len(), "and a server finds it again");
}

/// Edits, removes and writes digests continuously: half of them atomically, by a new file in place
/// of the old one, half of them in place and in two steps.
fn disturb(env: &TestEnv, is_done: impl Fn() -> bool, mut moments: fastrand::Rng) -> usize {
    let mut edits = 0;
    while !is_done() {
        edits += 1;
        let day = moments.u32(1..=DAYS);
        let name = format!("corpus/t/2026-01-{day:02}.md");
        let text = digest(day, &format!("edit{edits}"));
        match (day % 2, moments.u8(..)) {
            (_, 0..20) => drop(fs::remove_file(env.path(&name))),
            (0, _) => {
                env.write("new", text);
                fs::rename(env.path("new"), env.path(&name)).unwrap();
            }
            _ => {
                env.write(&name, &text[..text.len() / 2]);
                env.write(&name, text);
            }
        }
        thread::sleep(Duration::from_micros(moments.u64(0..3_000)));
    }
    edits
}

#[test]
fn a_corpus_may_change_while_it_is_read() {
    let env = TestEnv::new();
    write_all(&env, 0);
    env.ok(&["index", "corpus"]);
    let began = Instant::now();
    let edits = thread::scope(|scope| {
        let indexed = scope.spawn(|| {
            for _ in 0..times(8) {
                let run = env.run(&["index", "corpus", "--allow-shrink"]);
                assert_eq!(run.code, 0, "{run:?}");
                let entries = env.entries();
                for day in (2..=DAYS).step_by(2) {
                    let of_day: Vec<_> =
                        entries.iter().filter(|entry| entry.contains(&format!("-{day:02}#"))).collect();
                    assert!(of_day.is_empty() || of_day.len() == 5, "{of_day:?}");
                    if !of_day.is_empty() {
                        edit(of_day.iter().map(|entry| entry.as_str()));
                    }
                }
            }
        });
        disturb(&env, || indexed.is_finished(), moments())
    });
    eprintln!("{} runs in {:?} while {edits} edits were made", times(8), began.elapsed());
    env.ok(&["index", "corpus", "--allow-shrink"]);
    assert_eq!(env.entries(), fresh(&env), "all is seen in the end");
    assert_eq!(env.json(&["index", "corpus"])["wrote"], false);
}

#[test]
fn a_watch_and_a_run_do_not_block_each_other() {
    let env = TestEnv::with_digests(4);
    let errors = fs::File::create(env.path("watch.err")).unwrap();
    let mut watch = env.command(&["index", "corpus", "--watch"]).stdout(Stdio::piped()).stderr(errors).spawn().unwrap();
    // A watch whose first run fails ends. This one reports its first run.
    let mut stdout = BufReader::new(watch.stdout.take().unwrap());
    stdout.read_line(&mut String::new()).unwrap();
    for step in 0..times(6) {
        let day = 1 + step as u32 % 4;
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &format!("edit{step}")));
        thread::sleep(Duration::from_millis(150 * (step as u64 % 3)));
        let run = env.run(&["index", "corpus"]);
        assert!(run.code == 0 || run.stderr.contains("is being written by process"), "{run:?}");
        let end = Instant::now() + Duration::from_secs(30);
        while env.json(&["query", &format!("edit{step}"), "--limit", "0"])["total_entries"] != 5 {
            assert!(Instant::now() < end, "edit {step} is not seen");
            thread::sleep(Duration::from_millis(20));
        }
        let errors = fs::read_to_string(env.path("watch.err")).unwrap();
        assert_eq!(watch.try_wait().unwrap(), None, "it goes on: {errors}");
    }
    watch.kill().unwrap();
    watch.wait().unwrap();
}
