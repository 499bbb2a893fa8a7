//! What a terminal gets to see, and what it must not.

use std::process::{Command, Stdio};

use crate::env::{TestEnv, digest};

#[test]
fn hits_for_people() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    insta::assert_snapshot!(env.ok(&["query", "plain", "--kind", "title", "--limit", "3"]));
    insta::assert_snapshot!(env.ok(&["query", "plain", "--kind", "bullet", "--limit", "1", "--color", "always"]));
    insta::assert_snapshot!(env.ok(&["query", "--limit", "0", "--facets", "perspective,lang"]));
    insta::assert_snapshot!(env.ok(&["show", "t/2026-01-02"]));
    insta::assert_snapshot!(env.ok(&["show", "t/2026-01-02#t2"]));
}

#[test]
fn nothing_from_a_corpus_acts_on_a_terminal() {
    let env = TestEnv::new();
    let hostile = "\u{1b}[31mred\u{1b}]8;;http://evil\u{7}\u{9b}2J\u{202e}x";
    let text = digest(1, hostile).replace("Here Times", hostile).replace("/1/1)", "/\u{1b}]0;x\u{7})");
    env.write("corpus/t/1.md", text.replace("Here vs There", "a\\e[0mb"));
    env.write("corpus/t/\u{1b}[2J.md", "---\ntopic: \u{1b}[31m\ndate: x\n---\n");
    for (code, said, args) in [
        (0, "1 digest", &["index", "corpus"][..]),
        (0, "evil", &["query", "evil", "--facets", "topic,source", "--urls"]),
        (0, "evil", &["query", "evil", "--format", "json"]),
        (0, "red", &["show", "t/2026-01-01"]),
        (0, "red", &["show", "t/2026-01-01#t1"]),
        (0, "t", &["status"]),
        (2, "never closed", &["query", "\u{1b}[31m\u{9b} \"red"]),
        (2, "never closed", &["query", "\u{1b}[31m\u{9b} \"red", "--format", "json"]),
        (2, "no topic", &["query", "x", "--topic", "\u{1b}[31m"]),
    ] {
        let run = env.run(args);
        let all = run.stdout + &run.stderr;
        assert_eq!(run.code, code, "{args:?}: {all}");
        assert!(all.contains(said), "{args:?}: {all}");
        for c in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}'] {
            assert!(!all.contains(c), "{args:?}: {all:?}");
        }
    }
}

#[test]
fn colours_only_where_they_are_wanted() {
    let env = TestEnv::with_digests(1);
    env.ok(&["index", "corpus"]);
    assert!(!env.ok(&["query", "plain"]).contains('\u{1b}'), "no terminal, no colour");
    assert!(env.ok(&["query", "plain", "--color", "always"]).contains("\u{1b}[1m\u{1b}[33mplain\u{1b}[0m"));
}

#[test]
fn whoever_stops_reading_is_not_an_error() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let mut child =
        env.command(&["query", "--limit", "all"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), String::from_utf8(output.stderr).unwrap().as_str()), (Some(0), ""));
}

#[test]
fn a_full_disk_is_an_error() {
    let env = TestEnv::with_digests(1);
    env.ok(&["index", "corpus"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command: Command = env.command(&["query", "plain"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("the answer can't be written"));
}

#[test]
fn help_names_what_there_is() {
    let env = TestEnv::new();
    let help = env.ok(&["--help"]);
    for word in ["index", "query", "show", "status", "Exit codes", "Examples"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(env.ok(&["query", "--help"]).contains("--perspective <SIDE>"));
    assert_eq!(env.run(&["--version"]).stdout, format!("digest-search {}\n", env!("CARGO_PKG_VERSION")));
}
