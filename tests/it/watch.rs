//! `index --watch`: an index that follows its corpus.

use std::fs;
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use crate::env::{TestEnv, digest};
use crate::http::Server;

/// A running process, killed on drop.
struct Running(Child);

impl Drop for Running {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn watching(env: &TestEnv, args: &[&str]) -> Running {
    let mut command: Command = env.command(&[&["index", "corpus", "--watch"], args].concat());
    let to = |name: &str| Stdio::from(fs::File::create(env.path(name)).unwrap());
    Running(command.stdout(to("out.txt")).stderr(to("err.txt")).spawn().unwrap())
}

/// Waits until the index has a number of entries.
fn await_entries(env: &TestEnv, entries: u64) {
    let end = Instant::now() + Duration::from_secs(60);
    let mut last = None;
    while last != Some(entries) {
        assert!(
            Instant::now() < end,
            "{last:?} instead of {entries}: {}",
            fs::read_to_string(env.path("err.txt")).unwrap()
        );
        sleep(Duration::from_millis(50));
        let run = env.run(&["count", "--format", "jsonl", "--fields", "count"]);
        last = serde_json::from_str::<serde_json::Value>(&run.stdout).ok().and_then(|answer| answer["count"].as_u64());
    }
}

#[test]
fn changes_are_indexed() {
    let env = TestEnv::with_digests(3);
    let _running = watching(&env, &[]);
    await_entries(&env, 15);
    env.write("corpus/t/2026-01-04.md", digest(4, "new"));
    await_entries(&env, 20);
    env.remove("corpus/t/2026-01-01.md");
    await_entries(&env, 15);
    fs::rename(env.path("corpus/t"), env.path("corpus/u")).unwrap();
    env.write("corpus/u/deep/er/2026-01-05.md", digest(5, "new"));
    await_entries(&env, 20);
    // A line is written after the commit.
    let lines = || fs::read_to_string(env.path("out.txt")).unwrap().lines().count();
    let end = Instant::now() + Duration::from_secs(60);
    while lines() < 4 {
        assert!(Instant::now() < end, "{} lines", lines());
        sleep(Duration::from_millis(20));
    }
    assert_eq!(fs::read_to_string(env.path("err.txt")).unwrap(), "watching corpus; press Ctrl-C to stop\n");
}

#[test]
fn changes_of_each_corpus_are_indexed() {
    let env = TestEnv::with_digests(2);
    env.write("papers/t/2026-01-01.md", digest(1, "paper"));
    let _running = watching(&env, &["papers"]);
    await_entries(&env, 15);
    env.write("papers/t/2026-01-02.md", digest(2, "paper"));
    await_entries(&env, 20);
    env.write("corpus/t/2026-01-03.md", digest(3, "new"));
    await_entries(&env, 25);
}

#[test]
fn a_folder_may_disappear_for_a_while() {
    let env = TestEnv::with_digests(3);
    let _running = watching(&env, &["--format", "json"]);
    await_entries(&env, 15);
    fs::rename(env.path("corpus"), env.path("away")).unwrap();
    let stderr = || fs::read_to_string(env.path("err.txt")).unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while stderr().is_empty() {
        assert!(Instant::now() < end, "no message");
        sleep(Duration::from_millis(50));
    }
    await_entries(&env, 15);
    env.write("away/t/2026-01-04.md", digest(4, "new"));
    fs::rename(env.path("away"), env.path("corpus")).unwrap();
    await_entries(&env, 20);
    // The new folder is watched.
    env.write("corpus/t/2026-01-05.md", digest(5, "new"));
    await_entries(&env, 25);
    assert_eq!(stderr().lines().count(), 1, "reported once: {}", stderr());
    for line in fs::read_to_string(env.path("out.txt")).unwrap().lines() {
        let answer: serde_json::Value = serde_json::from_str(line).unwrap();
        assert_eq!(answer["schema"], "digest-search/index");
    }
}

#[test]
fn a_removed_index_is_rebuilt_from_the_same_folder() {
    let env = TestEnv::with_digests(3);
    env.write("news/a.md", digest(9, "other"));
    env.ok(&["index", "news"]);
    let to = |name: &str| Stdio::from(fs::File::create(env.path(name)).unwrap());
    let mut command: Command = env.command(&["index", "--watch"]);
    let _running = Running(command.stdout(to("out.txt")).stderr(to("err.txt")).spawn().unwrap());
    // The line "watching" comes after the first run.
    let end = Instant::now() + Duration::from_secs(60);
    while !fs::read_to_string(env.path("err.txt")).unwrap().starts_with("watching ") {
        assert!(Instant::now() < end, "it does not watch");
        sleep(Duration::from_millis(10));
    }
    fs::remove_dir_all(env.path("index")).unwrap();
    env.write("news/b.md", digest(8, "more"));
    await_entries(&env, 10);
    let folder = env.json(&["status"])["corpus"].to_string();
    assert!(folder.ends_with("/news\""), "{folder}");
}

#[test]
fn an_error_after_a_success_is_reported_again() {
    let env = TestEnv::with_digests(3);
    let _running = watching(&env, &[]);
    await_entries(&env, 15);
    let reports = || fs::read_to_string(env.path("err.txt")).unwrap().matches("no such folder").count();
    for time in 1..=2 {
        fs::rename(env.path("corpus"), env.path("away")).unwrap();
        let end = Instant::now() + Duration::from_secs(60);
        while reports() < time {
            assert!(Instant::now() < end, "reported {} times", reports());
            sleep(Duration::from_millis(50));
        }
        env.write(&format!("away/t/2026-01-{:02}.md", time + 3), digest(time as u32 + 3, "new"));
        fs::rename(env.path("away"), env.path("corpus")).unwrap();
        await_entries(&env, 15 + 5 * time as u64);
    }
}

#[test]
fn a_disk_that_stays_full_is_reported_once() {
    let env = TestEnv::with_digests(3);
    // Files are limited to 64 KiB.
    let script =
        format!("trap '' XFSZ; ulimit -f 64; exec {} index corpus --watch", env!("CARGO_BIN_EXE_digest-search"));
    let mut command = Command::new("bash");
    command.args(["-c", &script]).current_dir(env.path("")).env_clear().stdout(Stdio::null());
    let errors = fs::File::create(env.path("err.txt")).unwrap();
    let _running = Running(command.stderr(errors).spawn().unwrap());
    await_entries(&env, 15);
    let reports = || fs::read_to_string(env.path("err.txt")).unwrap().matches("File too large").count();
    let words: String = (0..20_000).map(|i| format!("w{i} ")).collect();
    let end = Instant::now() + Duration::from_secs(60);
    for day in 4.. {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, &words));
        sleep(Duration::from_millis(1500));
        assert!(Instant::now() < end, "no message");
        if reports() > 0 && day > 6 {
            break;
        }
    }
    assert_eq!(reports(), 1, "{}", fs::read_to_string(env.path("err.txt")).unwrap());
}

#[test]
fn watch_ends_on_a_closed_stdout() {
    let env = TestEnv::with_digests(1);
    let mut command: Command = env.command(&["index", "corpus", "--watch"]);
    let mut running = Running(command.stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap());
    drop(running.0.stdout.take());
    let end = Instant::now() + Duration::from_secs(60);
    let mut day = 1;
    while running.0.try_wait().unwrap().is_none() {
        assert!(Instant::now() < end, "it goes on");
        day = day % 28 + 1;
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day, "new"));
        sleep(Duration::from_millis(500));
    }
}

#[test]
fn watch_ends_at_once_if_it_cannot_start() {
    let env = TestEnv::new();
    assert!(env.fails(&["index", "nowhere", "--watch"]).contains("nowhere"));
    assert!(env.fails(&["index", "--watch", "--dry-run"]).contains("--dry-run"));
    assert!(env.fails(&["index", "--watch", "--format", "csv"]).contains("text or json"));
}

#[test]
fn a_server_follows_its_corpus() {
    let env = TestEnv::with_digests(1);
    // There is no index yet: the server makes it.
    let server = Server::start(&env, &["--watch"]);
    let total = |wanted: u64| {
        let end = Instant::now() + Duration::from_secs(60);
        loop {
            let answer = server.get("/api/v1/query?limit=0");
            let total = (answer.status == 200).then(|| answer.json()["total"].as_u64()).flatten();
            if total == Some(wanted) {
                return;
            }
            let errors = fs::read_to_string(env.path("serve.err")).unwrap();
            assert!(Instant::now() < end, "{total:?} instead of {wanted}: {errors}");
            sleep(Duration::from_millis(50));
        }
    };
    total(5);
    env.write("corpus/t/2026-01-02.md", digest(2, "new"));
    total(10);
    // An error is told once, and what follows is indexed.
    fs::rename(env.path("corpus"), env.path("elsewhere")).unwrap();
    let errors = || fs::read_to_string(env.path("serve.err")).unwrap();
    let end = Instant::now() + Duration::from_secs(60);
    while !errors().contains("error:") {
        assert!(Instant::now() < end, "{}", errors());
        sleep(Duration::from_millis(50));
    }
    total(10);
    fs::rename(env.path("elsewhere"), env.path("corpus")).unwrap();
    env.write("corpus/t/2026-01-03.md", digest(3, "new"));
    total(15);
    assert_eq!(errors().matches("error:").count(), 1, "{}", errors());
    assert_eq!(server.stop("-TERM"), Some(0), "{}", errors());
}
