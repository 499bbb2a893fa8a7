//! `check`: planted problems of an index and a corpus are found.

use std::fs;
use std::os::unix::fs::PermissionsExt;

use serde_json::Value;

use crate::env::{TestEnv, digest};
use crate::schemas;

/// The findings about a corpus alone: code, path, line.
fn findings(env: &TestEnv) -> Vec<(String, String, Option<u64>)> {
    let answer = env.json(&["check", "corpus", "--corpus-only"]);
    schemas::check("check", &answer.to_string());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let findings = answer["findings"].as_array().unwrap().iter();
    findings.map(|f| (text(&f["code"]), text(&f["path"]), f["line"].as_u64())).collect()
}

/// An edit of a sound digest, and its findings.
const PLANTED: [(&str, Option<u64>, &str, &str); 12] = [
    ("count", None, "articleCount: 2", "articleCount: 3"),
    ("count", None, "count: 1\ndraft", "count: 7\ndraft"),
    ("front-matter", Some(3), "Here vs There", "Here \"vs\" There"),
    (
        "perspective",
        Some(24),
        "## There Perspective",
        "## Elsewhere Perspective (Elsewhere Sources)\n\n- x\n\n## There Perspective",
    ),
    ("source-line", Some(31), "[Título plain dos 2]", "[]"),
    ("date", Some(31), "(1/2/2026)\n!", "(2/30/2026)\n"),
    ("mojibake", Some(18), "Highlight plain", "Highlight Trumpâ€™s"),
    ("encoding", Some(18), "Highlight plain", "Highlight \u{1}"),
    ("unusable", Some(4), "date: 2026-01-02", "date: 2026-02-30"),
    ("no-bullets", None, "- Bullet plain there 2.\n", "- No There sources available for this time period.\n"),
    ("no-link", Some(30), "(https://example.com/2/1)", "()"),
    ("future", None, "date: 2026", "date: 2150"),
];

#[test]
fn each_code_is_found_where_it_was_planted() {
    for (code, line, from, to) in PLANTED {
        let env = TestEnv::with_digests(1);
        // The second source line is the last.
        let sound = digest(2, "plain") + "!";
        assert!(sound.contains(from), "{code}");
        let planted = sound.replacen(from, to, 1).replace('!', "");
        for end in ["\r", "\r\n", "\n"] {
            // A control character replaces a byte that is not text.
            let written = planted.replace('\n', end);
            let bytes: Vec<u8> = written.bytes().map(|byte| if byte == 1 { 0xFF } else { byte }).collect();
            env.write("corpus/t/2026-01-02.md", bytes);
            let expected = (code.to_owned(), "corpus/t/2026-01-02.md".to_owned(), line);
            assert_eq!(findings(&env), [expected], "{code}: {to}, {end:?}");
        }
        assert_eq!(env.run(&["check", "corpus", "--corpus-only"]).code, 1, "{code}");
    }
}

#[test]
fn findings_about_several_files() {
    let env = TestEnv::with_digests(9);
    for day in [3, 4, 5, 7] {
        env.remove(&format!("corpus/t/2026-01-{day:02}.md"));
    }
    env.write("corpus/t/again.md", digest(2, "plain"));
    env.write("corpus/t/draft.md", digest(7, "plain").replace("draft: false", "draft: true"));
    env.write("corpus/empty.md", "---\ntopic: u\ndate: 2026-01-02\n---\n");
    env.write("corpus/_index.md", "---\ntitle: all\n---\n");
    env.write("corpus/digest-search.yaml", "topics: [");
    std::os::unix::fs::symlink("nothing.md", env.path("corpus/link.md")).unwrap();
    let found: Vec<(String, String)> = findings(&env).into_iter().map(|(code, path, _)| (code, path)).collect();
    let found: Vec<(&str, &str)> = found.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(
        found,
        [
            ("settings", "corpus/digest-search.yaml"),
            ("unusable", "corpus/empty.md"),
            ("unusable", "corpus/link.md"),
            ("duplicate", "corpus/t/again.md"),
            ("missing-day", ""),
            ("missing-day", ""),
        ]
    );
    let text = env.run(&["check", "corpus", "--corpus-only"]).stdout;
    for line in [
        "       duplicate: corpus/t/2026-01-02.md is already the digest of t on\n       2026-01-02; ",
        "topic t\n       missing-day: ",
        "missing-day: no digest from 2026-01-03 to 2026-01-05: 3 days\n",
        "missing-day: no digest on 2026-01-07\n",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    assert!(text.contains("6 findings: 1 duplicate, 2 missing-day, 1 settings, 2 unusable"), "{text}");
    let others = ["check", "corpus", "--corpus-only", "--without", "missing-day,settings,unusable"];
    let text = env.run(&others).stdout;
    assert!(text.contains("1 finding: 1 duplicate;") && text.contains("5 digests"), "{text}");
    fs::remove_file(env.path("corpus/t/again.md")).unwrap();
    assert_eq!(env.run(&others).code, 0);
    assert!(env.fails(&["check", "--without", "missing-days"]).contains("missing-day"));
    for day in (10..27).filter(|day| day % 3 != 0) {
        env.write(&format!("corpus/t/2026-01-{day}.md"), digest(day, "plain"));
    }
    let text = env.run(&["check", "corpus", "--corpus-only"]).stdout;
    let fold = "       2 earlier findings not shown; see --format json\n       missing-day: no digest on 2026-01-12\n";
    assert!(text.contains(fold), "{text}");
}

#[test]
fn a_sound_corpus_and_index_have_no_findings() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let before = env.snapshot("");
    let folder = env.path("corpus").canonicalize().unwrap();
    let stdout = env.ok(&["check", "--format", "json"]);
    let answer: Value = serde_json::from_str(&stdout).unwrap();
    assert_eq!((&answer["total"], &answer["folder"]["digests"]), (&0.into(), &3.into()), "{answer}");
    assert_eq!(answer["folder"]["path"], folder.to_str().unwrap());
    assert!(answer["index"]["files"].as_u64() > Some(5) && answer["index"]["bytes"].as_u64() > Some(1000), "{answer}");
    let text = env.command(&["check", "corpus"]).env("COLUMNS", "100").output().unwrap();
    let text = String::from_utf8(text.stdout).unwrap();
    assert!(text.starts_with("no findings; checked 3 files in corpus (3 digests); "), "{text}");
    assert!(text.contains("of the index ./index ("), "{text}");
    assert_eq!(env.ok(&["check", "--format", "jsonl"]), "");
    assert_eq!(env.snapshot(""), before, "nothing is written");
}

#[test]
fn damaged_files_of_an_index_are_listed() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let (path, sound) = env.snapshot("index/g1").into_iter().find(|(path, _)| path.ends_with("meta.json")).unwrap();
    let store = env.snapshot("index/g1").into_iter().find(|(path, _)| path.extension().is_some_and(|e| e == "store"));
    let (store, bytes) = store.unwrap();
    let flipped =
        |bytes: &[u8]| bytes.iter().enumerate().map(|(at, byte)| byte ^ u8::from(at == 9)).collect::<Vec<u8>>();
    fs::write(&store, flipped(&bytes)).unwrap();
    let name = store.file_name().unwrap().to_str().unwrap();
    for args in [&["check", "--index-only"][..], &["check"]] {
        let run = env.run(args);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(run.stdout.contains(&format!("./index/g1/{name}\n")), "{run:?}");
        assert!(run.stdout.contains("damaged: checksum mismatch\n"), "{run:?}");
        assert!(run.stdout.contains("digest-search index --rebuild"), "{run:?}");
    }
    assert_eq!(env.run(&["check", "corpus", "--corpus-only"]).code, 0);
    fs::write(&path, flipped(&sound)).unwrap();
    let answer = env.json(&["check", "--index-only"]);
    schemas::check("check", &answer.to_string());
    assert!(answer["findings"].to_string().contains("meta.json"), "{answer}");
    env.write("index/CURRENT", "x");
    let answer = env.json(&["check", "--index-only"]);
    schemas::check("check", &answer.to_string());
    assert_eq!((&answer["findings"][0]["code"], &answer["total"]), (&"damaged".into(), &1.into()), "{answer}");
}

#[test]
fn an_index_of_another_version_is_a_finding() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let commit = fs::read(env.path("index/g1/commit-1")).unwrap();
    let version = format!("\"version\":{},", digest_search::digest::VERSION);
    let at = commit.windows(version.len()).position(|window| window == version.as_bytes()).unwrap();
    let other = [&commit[..at], b"\"version\":99,", &commit[at + version.len()..]].concat();
    env.write("index/g1/commit-1", other);
    let answer = env.json(&["check"]);
    schemas::check("check", &answer.to_string());
    assert_eq!((&answer["findings"][0]["code"], &answer["total"]), (&"other-version".into(), &1.into()), "{answer}");
    assert_eq!(answer["folder"]["digests"], 2, "the folder that it is of is looked at all the same");
}

#[test]
fn a_corpus_without_an_index_is_checked() {
    let env = TestEnv::with_digests(2);
    assert!(env.fails(&["check"]).contains("no index in ./index"));
    assert!(env.fails(&["check", "--index-only"]).contains("no index in ./index"));
    let run = env.run(&["check", "corpus"]);
    assert_eq!(run.code, 0, "{run:?}");
    assert!(run.stdout.contains("no index in ./index: only the folder was checked"), "{run:?}");
    assert!(env.run(&["check", "corpus", "--format", "csv"]).stderr.contains("note: no index in"));
    assert_eq!(env.run(&["check", "--corpus-only"]).code, 0);
    assert!(env.fails(&["check", "nowhere"]).contains("no such folder: nowhere"));
    assert!(env.fails(&["check", "corpus", "--index-only"]).contains("--index-only"));
    assert!(env.fails(&["check", "--format", "html"]).contains("html requires report"));
    env.ok(&["index", "corpus"]);
    fs::rename(env.path("corpus"), env.path("moved")).unwrap();
    let answer = env.json(&["check"]);
    schemas::check("check", &answer.to_string());
    assert_eq!((&answer["findings"][0]["code"], &answer["folder"]), (&"unreadable".into(), &Value::Null), "{answer}");
}

#[test]
fn findings_are_escaped() {
    let env = TestEnv::with_digests(1);
    env.write("corpus/t/\u{1b}[31m.md", digest(2, "plain").replace("date: 2026-01-02", "date: \u{1b}[2J"));
    let text = env.run(&["check", "corpus", "--corpus-only"]).stdout;
    assert!(!text.contains('\u{1b}') && text.contains("␛[31m.md"), "{text}");
}

#[test]
fn many_warnings_are_counted() {
    let env = TestEnv::new();
    let titles: String =
        (3..103).map(|n| format!("{n}. [en-US] [](https://example.com/{n}) - Here Times (1/1/2026)\n")).collect();
    env.write(
        "corpus/t/1.md",
        digest(1, "plain").replace("count: 1", "count: 51").replace("Count: 2", "Count: 103") + &titles,
    );
    let found = findings(&env);
    assert_eq!(found.iter().filter(|(code, ..)| code == "source-line").count(), 100);
    assert_eq!(found[0].0, "more");
}

#[test]
fn unreadable_files_are_found() {
    let env = TestEnv::with_digests(3);
    let close = |name: &str| fs::set_permissions(env.path(name), fs::Permissions::from_mode(0o000)).unwrap();
    let found = || {
        let run = env.as_nobody(&["check", "corpus", "--corpus-only", "--format", "tsv", "--fields", "code,path"]);
        assert_eq!(run.code, 1, "{run:?}");
        run.stdout.lines().skip(1).filter(|line| line.starts_with("unreadable")).map(str::to_owned).collect::<Vec<_>>()
    };
    close("corpus/t/2026-01-02.md");
    assert_eq!(found(), ["unreadable\tcorpus/t/2026-01-02.md"]);
    close("corpus/t");
    assert_eq!(found(), ["unreadable\tcorpus/t"]);
    // So that it can be removed by users other than root.
    fs::set_permissions(env.path("corpus/t"), fs::Permissions::from_mode(0o755)).unwrap();
}
