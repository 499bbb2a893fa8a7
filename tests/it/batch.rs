//! Many queries in one run.

use std::io::Write;
use std::process::Stdio;

use serde_json::Value;

use crate::env::{Run, TestEnv};

fn piped(env: &TestEnv, args: &[&str], input: &[u8]) -> Run {
    let mut command = env.command(args);
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(input).unwrap();
    child.wait_with_output().unwrap().into()
}

fn lines(run: &Run) -> Vec<Value> {
    run.stdout.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

#[test]
fn each_line_is_answered_like_a_single_query() {
    let env = TestEnv::indexed();
    let queries = ["export controls", "\"rare earths\"~3 -steel", "zzzz", "licen* source:\"Edo Bay Times\""];
    env.write("queries.txt", queries.join("\n") + "\n");
    for command in [&["query", "--kind", "title", "--facets", "topic"][..], &["count", "--by", "week", "--share"]] {
        let run = env.run(&[command, &["--batch", "queries.txt"]].concat());
        assert_eq!((run.code, run.stderr.as_str()), (0, ""));
        let alone: Vec<Value> = queries.iter().map(|query| env.json(&[command, &[*query]].concat())).collect();
        assert_eq!(lines(&run), alone);
        assert_eq!(
            piped(&env, &[command, &["--batch", "-"]].concat(), queries.join("\n").as_bytes()).stdout,
            run.stdout
        );
    }
}

#[test]
fn errors_are_in_place_of_answers() {
    let env = TestEnv::indexed();
    let long = "x".repeat(100_000);
    let input = [b"steel\n\n\"open\n\xff\n" as &[u8], long.as_bytes(), b"\ntopic:nope x\nsteel"].concat();
    let run = piped(&env, &["query", "--batch", "-", "--fields", "id"], &input);
    let answers = lines(&run);
    assert_eq!((run.code, answers.len()), (2, 6));
    assert_eq!(answers[0], answers[5]);
    let error = |i: usize| (answers[i]["line"].as_u64().unwrap(), answers[i]["error"]["message"].as_str().unwrap());
    assert_eq!(error(1), (3, "unclosed quotation mark"));
    assert_eq!(answers[1]["query"], "\"open");
    assert_eq!(error(2), (4, "the line is not UTF-8"));
    assert_eq!(error(3), (5, "the line is longer than 65536 bytes"));
    assert_eq!(error(4), (6, "unknown topic `nope`"));
}

#[test]
fn a_byte_order_mark_is_not_part_of_a_query() {
    let env = TestEnv::indexed();
    let marked = piped(&env, &["count", "--batch", "-"], "\u{feff}-tariff steel\n".as_bytes());
    assert_eq!(marked.stdout, piped(&env, &["count", "--batch", "-"], b"-tariff steel\n").stdout);
}

#[test]
fn exit_1_if_no_query_finds_anything() {
    let env = TestEnv::indexed();
    assert_eq!(piped(&env, &["count", "--batch", "-"], b"zzzz\nqqqq\n").code, 1);
    assert_eq!(piped(&env, &["count", "--batch", "-"], b"zzzz\nsteel\n").code, 0);
    assert_eq!(piped(&env, &["count", "--batch", "-"], b"").code, 1);
    assert!(env.fails(&["query", "--batch", "none.txt"]).contains("cannot read none.txt"));
    assert!(env.fails(&["query", "--batch", "-", "--format", "csv"]).contains("requires --format jsonl"));
}
