//! Completions for shells, and man pages.

use std::process::Command;

use crate::env::TestEnv;

/// The completions of the last of these words.
fn offered(env: &TestEnv, shell: &str, words: &[&str]) -> Vec<String> {
    let mut command = env.command(&[&["--", "digest-search"], words].concat());
    command
        .env("HOME", env.path(""))
        .env("DIGEST_SEARCH_COMPLETE", shell)
        .env("_CLAP_COMPLETE_INDEX", words.len().to_string());
    let output = command.env("_CLAP_IFS", "\n").output().unwrap();
    assert!(output.status.success());
    let text = String::from_utf8(output.stdout).unwrap();
    // Some shells get a description with each value.
    text.lines().map(|line| line.split(['\t', ':']).next().unwrap().to_owned()).collect()
}

#[test]
fn values_complete_from_the_index() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    for shell in ["bash", "zsh", "fish"] {
        assert_eq!(offered(&env, shell, &["query", "--topic", "us"]), ["us-mexico"], "{shell}");
        assert_eq!(offered(&env, shell, &["count", "--perspective", "ja"]), ["japan"], "{shell}");
        assert_eq!(offered(&env, shell, &["query", "--source", "Edo B"]), ["Edo Bay Times"], "{shell}");
        assert_eq!(offered(&env, shell, &["query", "--source", "edo b"]), ["Edo Bay Times"], "{shell}");
        assert_eq!(offered(&env, shell, &["query", "--source", "\"Edo B"]), ["Edo Bay Times"], "{shell}");
        assert_eq!(offered(&env, shell, &["query", "--source=Edo\\ B"]), ["--source=Edo Bay Times"], "{shell}");
        assert_eq!(offered(&env, shell, &["count", "--by", "so"]), ["source"], "{shell}");
        assert!(offered(&env, shell, &[""]).contains(&"status".to_owned()), "{shell}");
    }
    env.ok(&["--index", "other", "index", "corpus"]);
    std::fs::remove_dir_all(env.path("index")).unwrap();
    assert_eq!(offered(&env, "bash", &["query", "--topic", "us"]), Vec::<String>::new(), "no index, no values");
    assert_eq!(offered(&env, "bash", &["--index", "other", "query", "--topic", "us"]), ["us-mexico"]);
    assert_eq!(offered(&env, "bash", &["--index", "'other'", "query", "--topic", "us"]), ["us-mexico"]);
    assert_eq!(offered(&env, "zsh", &["--index", "~/other", "query", "--topic", "us"]), ["us-mexico"]);
}

#[test]
fn the_script_for_bash_completes_in_bash() {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    let bin = std::path::Path::new(env!("CARGO_BIN_EXE_digest-search")).parent().unwrap();
    let path = format!("{}:{}", bin.display(), std::env::var("PATH").unwrap());
    for (words, at, typed, expect) in [
        ("--source Edo\\\\\\ B", 3, "Edo\\ B", "Edo\\ Bay\\ Times"),
        ("--source \"'Edo B\"", 3, "Edo B", "Edo Bay Times"),
        ("--source = Edo", 4, "Edo", "Edo\\ Bay\\ Times"),
        ("--source =", 3, "", "Edo\\ Bay\\ Times"),
    ] {
        let script = format!(
            "source <(digest-search completions bash)
            COMP_WORDS=(digest-search query {words}); COMP_CWORD={at}; COMP_TYPE=9
            _clap_complete_digest_search digest-search '{typed}' --source; printf '%s\\n' \"${{COMPREPLY[@]}}\""
        );
        let mut bash = Command::new("bash");
        let output = bash.args(["-c", &script]).current_dir(env.path("")).env("PATH", &path).output().unwrap();
        let offered = String::from_utf8(output.stdout).unwrap();
        assert!(offered.lines().any(|line| line == expect), "{words}: {offered}{:?}", output.stderr);
        assert_eq!(offered.lines().count() == 1, !typed.is_empty(), "{words}: {offered}");
    }
}

#[test]
fn each_command_has_a_man_page() {
    let env = TestEnv::new();
    assert!(env.ok(&["man"]).contains(".TH digest-search 1"));
    for command in ["index", "query", "count", "show", "status", "check"] {
        let page = env.ok(&["man", command]);
        assert!(page.contains(&format!("digest\\-search\\-{command}")), "{page}");
    }
    assert!(env.ok(&["man", "query"]).contains("licen*"), "with the query language");
    assert!(env.fails(&["man", "cuont"]).contains("count"));
}
