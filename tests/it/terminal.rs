//! Output on a terminal.

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
fn numbers_in_sentences_have_commas() {
    let shares = TestEnv::indexed().ok(&["count", "steel", "--share", "--color", "never"]);
    assert!(shares.replace('\n', " ").contains(" of the 1,"), "{shares}");
}

/// A corpus with hostile texts.
fn hostile() -> TestEnv {
    let env = TestEnv::new();
    let hostile = "\u{1b}[31mred\u{1b}]8;;http://evil\u{7}\u{9b}2J\u{202e}x\u{2066}\t<img src=x>";
    let text = digest(1, hostile)
        .replace("Here Times", &format!("=HYPERLINK({hostile})"))
        .replace("/1/1)", "/\u{1b}]0;x\u{7})");
    let text =
        text.replace("[Title", "[=cmd|' /C calc'!A0 **Title**\n").replace("Highlight", "+1+1 | | [a](javascript:b)");
    env.write("corpus/t/1.md", text.replace("Here vs There", "a\\e[0mb"));
    env.write("corpus/t/\u{1b}[2J.md", "---\ntopic: \u{1b}[31m\ndate: x\n---\n");
    env
}

#[test]
fn typed_text_is_escaped_on_a_terminal() {
    let env = hostile();
    let act = "\\e[31m\\u009b2J\\u202e";
    env.write(
        "spec.yaml",
        format!("title: \"{act}\"\nsections:\n- title: \"{act}\"\n  text: \"{act}\"\n- query: {{text: evil}}\n- compare: {{q: 1}}\n"),
    );
    let check = |code: i32, message: &str, args: &[&str]| {
        let run = env.run(args);
        let all = run.stdout + &run.stderr;
        assert_eq!(run.code, code, "{args:?}: {all}");
        assert!(all.contains(message), "{args:?}: {all}");
        for c in ['\u{1b}', '\u{7}', '\u{9b}', '\u{202e}', '\u{2066}'] {
            assert!(!all.contains(c), "{args:?}: {all:?}");
        }
    };
    check(0, "", &["index", "corpus"]);
    for format in ["text", "json", "md"] {
        check(0, "evil", &["report", "spec.yaml", "--format", format]);
    }
    check(0, "evil", &["query", "evil", "--urls"]);
    check(0, "<svg", &["trend", "evil", "--format", "svg"]);
    check(2, "svg requires trend", &["query", "evil", "--format", "svg"]);
    check(0, "evil", &["query", "evil", "--format", "csv", "--raw"]);
    for format in ["text", "json"] {
        check(2, "unclosed quotation mark", &["query", "\u{1b}[31m\u{9b} \"red", "--format", format]);
    }
    check(2, "unknown topic", &["query", "x", "--topic", "\u{1b}[31m"]);
}

#[test]
fn direction_marks_are_kept() {
    let env = TestEnv::new();
    let title = "5\u{200e}% \u{5e9}\u{5dc}\u{200f}? \u{61c}";
    env.write("corpus/t/1.md", digest(1, &format!("{title}\u{202e}")));
    env.ok(&["index", "corpus"]);
    for format in [&["text"][..], &["csv"], &["csv", "--raw"], &["tsv", "--raw"], &["md"], &["json"]] {
        let all = env.ok(&[&["query", "--kind", "title", "--lang", "en", "--format"], format].concat());
        assert!(all.contains(title) && !all.contains('\u{202e}'), "{format:?}: {all:?}");
    }
}

#[test]
fn raw_keeps_texts_unchanged() {
    let env = hostile();
    env.ok(&["index", "corpus"]);
    assert!(env.fails(&["query", "evil", "--format", "csv", "--fields", "id,text,id"]).contains("`id` twice"));
    let raw = env.ok(&["query", "evil", "--kind", "title", "--format", "csv", "--raw", "--fields", "text"]);
    assert!(raw.contains("=cmd") && !raw.contains("'=cmd"), "{raw}");
    assert!(env.ok(&["query", "evil", "--format", "csv", "--bom"]).starts_with("\u{feff}id,"));
}

/// The output of the program on a terminal, recorded by `script` of util-linux.
#[cfg(target_os = "linux")]
pub fn on_a_terminal(env: &TestEnv, args: &str, variables: &[(&str, &str)]) -> String {
    let program = format!("{} {args}", env!("CARGO_BIN_EXE_digest-search"));
    let mut command = Command::new("script");
    command.args(["-qec", &program, "/dev/null"]).current_dir(env.path("")).env_clear().env("TERM", "xterm");
    let output = command.env("COLUMNS", "60").envs(variables.iter().copied()).stdin(Stdio::null()).output().unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
#[cfg(target_os = "linux")]
fn terminals_get_colours_links_and_bars() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let hits = |variables: &[(&str, &str)]| on_a_terminal(&env, "query plain --limit 2", variables);
    let counts = |variables: &[(&str, &str)]| on_a_terminal(&env, "count plain --by kind", variables);
    assert!(hits(&[]).contains("\u{1b}[1m\u{1b}[33mplain") && hits(&[]).contains("\u{1b}]8;;https://example.com/"));
    assert!(counts(&[]).contains("█"));
    for plain in [[("NO_COLOR", "1")], [("TERM", "dumb")]] {
        assert!(!hits(&plain).contains('\u{1b}'), "{plain:?}");
        assert!(!counts(&plain).contains('\u{1b}'), "{plain:?}");
    }
    assert!(counts(&[("NO_COLOR", "1")]).contains("█") && !counts(&[("TERM", "dumb")]).contains("█"));
    assert!(!env.ok(&["count", "plain", "--by", "kind"]).contains("█"), "no terminal, no bars");
}

#[test]
fn lines_fit_a_narrow_terminal() {
    let env = TestEnv::with_sample();
    env.write(
        "corpus/t/2026-01-01.md",
        digest(1, "新华网报道说东京和北京的会谈仍在继续而且没有结果").replace("Here Times", "新华网_让新闻离你更近"),
    );
    env.ok(&["index", "corpus"]);
    for args in [
        &["query", "export controls", "--facets", "source,perspective", "--perspective", "japan"][..],
        &["query", "新华网"],
        &["query", "fell past 160 after weak export data", "--explain"],
        &["count", "tariff", "--by", "perspective", "--share"],
        &["count", "--by", "source,month", "--top", "5"],
        &["count", "新华网", "--by", "source"],
        &["show", "china-japan/2026-02-10"],
        &["show", "t/2026-01-01#t1"],
        &["stories", "--topic", "china-japan", "export controls"],
        &["stories", "新华网", "--min", "1"],
        &["gaps"],
        &["status"],
    ] {
        let output = env.command(args).env("COLUMNS", "40").output().unwrap();
        assert_eq!(output.status.code(), Some(0));
        for line in String::from_utf8(output.stdout).unwrap().lines() {
            // A word longer than a line is on a line of its own.
            let is_one_word = !line.trim().contains(' ');
            assert!(textwrap::core::display_width(line) <= 40 || is_one_word, "{args:?}: {line}");
        }
    }
}

#[test]
fn colours_follow_the_option_and_environment() {
    let env = TestEnv::with_digests(1);
    env.ok(&["index", "corpus"]);
    assert!(!env.ok(&["query", "plain"]).contains('\u{1b}'), "no terminal, no colour");
    assert!(env.ok(&["query", "plain", "--color", "always"]).contains("\u{1b}[1m\u{1b}[33mplain\u{1b}[0m"));
}

#[test]
fn a_closed_pipe_is_not_an_error() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    for format in ["text", "json", "jsonl", "csv", "tsv", "md", "ids"] {
        let args = ["query", "--limit", "all", "--format", format];
        let mut child = env.command(&args).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        drop(child.stdout.take());
        let output = child.wait_with_output().unwrap();
        let ended = (output.status.code(), String::from_utf8(output.stderr).unwrap());
        assert_eq!(ended, (Some(0), String::new()), "{format}");
    }
}

#[test]
fn a_full_disk_is_an_error() {
    let env = TestEnv::with_digests(1);
    env.ok(&["index", "corpus"]);
    let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
    let mut command: Command = env.command(&["query", "plain"]);
    let output = command.stdout(full).output().unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("cannot write the answer"));
}

#[test]
fn help_lists_all_values() {
    let env = TestEnv::new();
    let help = env.ok(&["--help"]);
    for word in ["index", "query", "show", "status", "Exit codes", "Examples"] {
        assert!(help.contains(word), "{word}");
    }
    assert!(env.ok(&["query", "--help"]).contains("--perspective <PERSPECTIVE>"));
    assert_eq!(env.run(&["--version"]).stdout, format!("digest-search {}\n", env!("CARGO_PKG_VERSION")));
}
