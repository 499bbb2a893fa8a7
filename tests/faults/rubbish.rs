//! Hostile digests and folders: each is reported or read, other files are indexed, and time and memory are
//! bounded. Prints the cost of each.

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use crate::env::{Run, TestEnv, digest};
use crate::times;

/// The time limit of a run, far above the usual.
const PATIENCE: Duration = Duration::from_secs(120);

/// The limit of memory in bytes, for a debug build with two index threads.
const MEMORY: u64 = 512 << 20;

/// The size of a large digest in bytes: the maximum, or less in short runs.
fn largest() -> usize {
    if times(0) > 0 { 4 << 20 } else { 1 << 18 }
}

/// The peak memory of a run in bytes, sampled each millisecond, and its duration.
fn measured(env: &TestEnv, args: &[&str]) -> (Run, u64, Duration) {
    let began = Instant::now();
    let [out, err] = ["out", "err"].map(|name| fs::File::create(env.path(name)).unwrap());
    let mut child = env.command(args).stdin(Stdio::null()).stdout(out).stderr(err).spawn().unwrap();
    let mut peak = 0;
    let status = loop {
        let status = fs::read_to_string(format!("/proc/{}/status", child.id())).unwrap_or_default();
        if let Some(line) = status.lines().find_map(|line| line.strip_prefix("VmHWM:")) {
            peak = line.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1024;
        }
        if let Some(status) = child.try_wait().unwrap() {
            break status;
        }
        if began.elapsed() > PATIENCE {
            child.kill().unwrap();
            panic!("{args:?} hangs");
        }
        thread::sleep(Duration::from_millis(1));
    };
    let [stdout, stderr] = ["out", "err"].map(|name| fs::read_to_string(env.path(name)).unwrap());
    (Run { code: status.code().unwrap_or(-1), stdout, stderr }, peak, began.elapsed())
}

/// A digest of given parts: additional front matter, bullets of its first perspective, and titles.
fn made(front: &str, points: &str, titles: &str) -> Vec<u8> {
    let perspectives = "perspectives:\n  - {id: here, name: Here, count: 1}\n  - {id: there, name: There, count: 1}\n";
    let perspectives = if front.contains("perspectives:") { "" } else { perspectives };
    format!(
        "---\ntopic: t\ndate: 2026-02-01\n{perspectives}{front}---\n\n## Here Perspective\n\n{points}\n\n## Sources\n\n{titles}\n"
    )
    .into_bytes()
}

/// A text repeated to a size.
fn much(text: &str) -> String {
    text.repeat((largest() - 1_000) / text.len())
}

/// YAML whose aliases expand to 10⁹ words.
fn bomb() -> String {
    let level = |i: usize| format!("  a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 10].join(", "));
    format!("topicName:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n{}", (1..9).map(level).collect::<String>())
}

/// Hostile files: the name, the number of entries, the content, and a part of the message.
fn digests() -> Vec<(&'static str, u64, Vec<u8>, &'static str)> {
    let points = |points: &str| made("", points, "1. [en-US] [One](https://example.com/1) - Here Times (2/1/2026)\n");
    let titles = |titles: &str| made("", "- One.\n", titles);
    let nested: String = (0..1_900).map(|depth| format!("{}- deeper\n", "  ".repeat(depth))).collect();
    let perspectives: String = (0..10_000).map(|n| format!("  - {{id: s{n}, name: S{n}, count: 1}}\n")).collect();
    vec![
        ("one line of 100 MB", 0, "x".repeat(100_000_000).into_bytes(), "larger than 4 MiB"),
        ("one bullet as large as may be", 2, points(&format!("- {}", much("wort "))), ""),
        ("one word as large as may be", 2, points(&format!("- {}", much("w"))), ""),
        ("a million bullets", 0, points(&much("- a\n")), "exceed the limit of 10000"),
        ("9,900 bullets", 9_901, points(&"- a bullet\n".repeat(9_900)), ""),
        ("lists 1,900 deep", 1_901, points(&nested), ""),
        ("quotes in quotes", 1, points(&much(">")), ""),
        ("brackets that stay open", 2, points(&format!("- {}", much("["))), ""),
        ("links in links", 2, points(&format!("- {}", much("[a](b "))), ""),
        ("images in images", 2, points(&format!("- {}", much("![a"))), ""),
        ("emphasis that stays open", 2, points(&format!("- {}", much("*a **b _c "))), ""),
        ("ticks of each length", 2, points(&(1..2_000).map(|n| "`".repeat(n) + " ").collect::<String>()), ""),
        ("comments that stay open", 1, points(&format!("- {}", much("<!-- "))), "unclosed comment"),
        ("tags that stay open", 2, points(&format!("- {}", much("<a b='"))), ""),
        ("entities", 2, points(&format!("- {}", much("&amp;&#x41;"))), ""),
        ("a table of 100,000 columns", 2, points(&format!("{}\n{}\n", "|a".repeat(100_000), "|-".repeat(100_000))), ""),
        ("definitions of links", 2, points(&much("[a]: b\n")), ""),
        ("footnotes", 2, points(&much("[^a]: b\n")), ""),
        ("headings", 1, points(&much("## A\n")), ""),
        (
            "a title as large as may be",
            2,
            titles(&format!("1. [en-US] [{}](https://example.com/1) - Here\n", much("wort "))),
            "",
        ),
        (
            "a title with an address as large as may be",
            2,
            titles(&format!("1. [en-US] [One](https://example.com/{}) - Here", much("x"))),
            "",
        ),
        ("titles without an end", 2, titles(&much("1. [en-US] [")), ""),
        (
            "titles with numbers that are too large",
            2,
            titles(&much("99999999999999999999. [x](y) - z\n")),
            "expected `N. [title](url)",
        ),
        ("aliases that explode", 1, made(&bomb(), "- One.\n", ""), ""),
        ("brackets of YAML", 1, made(&format!("topicName: {}\n", "[".repeat(1 << 20)), "- One.\n", ""), ""),
        ("front matter as large as may be", 1, made(&much("key: value\n"), "- One.\n", ""), ""),
        ("a key as large as may be", 1, made(&format!("{}: x\n", much("k")), "- One.\n", ""), ""),
        ("10,000 perspectives", 1, made(&format!("perspectives:\n{perspectives}"), "- One.\n", ""), "perspectives"),
        (
            "zero-width and bidirectional",
            9_001,
            points(&"- \u{202e}a\u{200b}b\u{2066}\u{feff}\u{ad}\n".repeat(9_000)),
            "",
        ),
        ("letters with 1,000,000 accents", 2, points(&format!("- a{}", "\u{301}".repeat(1_000_000))), ""),
        ("one character that expands to 18", 2, points(&format!("- {}", much("\u{fdfa}"))), ""),
        ("ideographs without a space", 2, points(&format!("- {}", much("\u{6d77}\u{6e2f}"))), ""),
        (
            "bytes that are no text",
            2,
            [made("", "- One.\n", ""), vec![0xFF; largest() - 1_000]].concat(),
            "invalid UTF-8",
        ),
        ("nothing but NUL", 0, vec![0; largest()], ""),
        (
            "line ends of old",
            9_001,
            String::from_utf8(points(&"- a bullet\n".repeat(9_000))).unwrap().replace('\n', "\r").into_bytes(),
            "",
        ),
    ]
}

/// The queries to an index with such a digest.
const QUESTIONS: [&[&str]; 9] = [
    &["query", "plain OR wort OR bullet", "--limit", "20", "--facets", "topic,source,perspective"],
    &["query", "w*", "--explain", "--format", "json"],
    &["show", "t/2026-02-01", "--format", "md"],
    &["count", "--by", "source,topic", "--format", "csv"],
    &["compare", "--topic", "t"],
    &["trend"],
    &["stories", "--min", "1"],
    &["status"],
    &["check"],
];

#[test]
fn hostile_digests_have_bounded_cost() {
    eprintln!("| a digest | index: s | MB | questions: s | MB | message |\n|---|--:|--:|--:|--:|---|");
    for (name, entries, bytes, message) in digests() {
        let env = TestEnv::with_digests(2);
        let mb = bytes.len() as f64 / 1e6;
        env.write("corpus/t/harm.md", bytes);
        let (run, peak, took) = measured(&env, &["index", "corpus"]);
        assert_eq!(run.code, 0, "{name}: {}", run.stderr);
        assert!(run.stderr.contains(message), "{name}: {}", run.stderr);
        assert!(run.stderr.len() < 50_000, "{name}: {} bytes of messages", run.stderr.len());
        assert_eq!(env.json(&["query", "plain", "--limit", "0"])["total_entries"], 10, "{name}");
        assert_eq!(env.json(&["query", "--on", "2026-02-01", "--limit", "0"])["total_entries"], entries, "{name}");
        let (mut most, mut longest) = (0, Duration::ZERO);
        for question in QUESTIONS {
            let (run, peak, took) = measured(&env, question);
            assert!((0..=1).contains(&run.code), "{name} {question:?}: {run:?}");
            (most, longest) = (most.max(peak), longest.max(took));
        }
        let of = |bytes: u64| bytes / 1_000_000;
        let message = run.stderr.lines().next().unwrap_or("–").chars().take(90).collect::<String>();
        let (took, longest) = (took.as_secs_f64(), longest.as_secs_f64());
        eprintln!("| {name} ({mb:.1} MB) | {took:.2} | {} | {longest:.2} | {} | {message} |", of(peak), of(most));
        assert!(peak.max(most) < MEMORY, "{name}: {peak} {most}");
    }
}

#[test]
fn hostile_settings_have_bounded_cost() {
    let aliases = bomb().replace("topicName:", "topics:");
    for (name, yaml) in [
        ("aliases that explode", aliases),
        ("brackets", "[".repeat(1 << 20)),
        (
            "nested",
            format!("sources:{}", (1..3_000).map(|depth| format!("\n{}a:", " ".repeat(depth))).collect::<String>()),
        ),
        (
            "100,000 sources",
            format!("sources:\n{}", (0..100_000).map(|n| format!("  A{n}: [b{n}]\n")).collect::<String>()),
        ),
        ("directives", (0..200_000).map(|n| format!("%TAG !{n}! x\n")).collect()),
        ("100 MB", "#".repeat(100_000_000)),
        ("perspectives in a circle", "topics: {t: {perspectives: {here: there, there: here}}}\n".to_owned()),
    ] {
        let env = TestEnv::with_digests(2);
        env.write("corpus/digest-search.yaml", yaml);
        let (run, peak, took) = measured(&env, &["index", "corpus"]);
        eprintln!("| digest-search.yaml: {name} | {:.2} | {} |", took.as_secs_f64(), peak / 1_000_000);
        assert!(run.code == 0 || run.code == 2 && run.stderr.contains("digest-search.yaml"), "{name}: {run:?}");
        assert!(peak < MEMORY, "{name}: {peak}");
    }
}

#[test]
fn hostile_folders_have_bounded_cost() {
    let env = TestEnv::with_digests(2);
    let name = |bytes: &[u8]| env.path("corpus").join(std::ffi::OsStr::from_bytes(bytes));
    fs::write(name(b"new\nline.md"), digest(3, "plain")).unwrap();
    fs::write(name(b"not\xfftext.md"), digest(4, "plain")).unwrap();
    fs::write(name(&[b"long".repeat(63).as_slice(), b".md"].concat()), digest(5, "plain")).unwrap();
    fs::write(name("right\u{202e}left\u{1b}[31m.md".as_bytes()), digest(6, "plain")).unwrap();
    fs::create_dir(name(b"folder.md")).unwrap();
    fs::create_dir(name(b"bad\xff")).unwrap();
    fs::write(name(b"bad\xff/7.md"), digest(7, "plain")).unwrap();
    env.write("outside/secret.md", digest(8, "secret"));
    symlink(env.path("outside/secret.md"), name(b"link.md")).unwrap();
    symlink(env.path("outside"), name(b"linked")).unwrap();
    symlink("..", name(b"up")).unwrap();
    symlink("link-to-itself.md", name(b"link-to-itself.md")).unwrap();
    fs::hard_link(env.path("corpus/t/2026-01-01.md"), name(b"twice.md")).unwrap();
    for pipe in ["pipe.md", "digest.md"] {
        assert!(Command::new("mkfifo").arg(env.path("corpus").join(pipe)).status().unwrap().success());
    }
    let _socket = UnixListener::bind(name(b"socket.md")).unwrap();
    // Only root can make devices, and not in every sandbox.
    let has_device = Command::new("mknod")
        .arg(name(b"zero.md"))
        .args(["c", "1", "5"])
        .stderr(Stdio::null())
        .status()
        .unwrap()
        .success();
    // Deeper than the longest path of a system call.
    let mut deep = env.path("corpus");
    while deep.as_os_str().len() < 3_900 {
        deep.push("d".repeat(100));
    }
    fs::create_dir_all(&deep).unwrap();
    fs::write(deep.join("9.md"), digest(9, "plain")).unwrap();
    for args in
        [&["index", "corpus"][..], &["index", "corpus", "--rebuild"], &["index", "corpus"], &["status"], &["check"]]
    {
        let (run, peak, _) = measured(&env, args);
        assert!(run.code == 0 || args[0] == "check" && run.code == 1, "{args:?}: {run:?}");
        assert!(peak < MEMORY);
        let text = run.stdout + &run.stderr;
        assert!(!text.contains(['\u{1b}', '\u{202e}']), "{text:?}");
        if args[0] == "index" {
            for message in [
                "invalid UTF-8",
                "pipe.md: not a regular file",
                "socket.md: not a regular file",
                "link.md: a symbolic link",
            ] {
                assert!(text.contains(message), "{message}: {text}");
            }
            assert!(!has_device || text.contains("zero.md: not a regular file"), "{text}");
        }
    }
    let days: Vec<_> = [1, 2, 3, 4, 5, 6, 7, 8, 9]
        .map(|day| env.json(&["query", "--on", &format!("2026-01-0{day}"), "--limit", "0"])["total_entries"].clone())
        .into();
    assert_eq!(days, [5, 5, 5, 0, 5, 5, 0, 0, 5], "day by day");
}
