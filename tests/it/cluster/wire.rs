//! Requests and answers that go wrong on the way: the message says what, where and what to do next, with exit code 2.

use std::process::Command;

use super::case::{Case, SECRET, fails};
use super::stub::Act;

const COUNT: [&str; 1] = ["count"];

fn secrets(command: &mut Command) -> &mut Command {
    command.env("DIGEST_SEARCH_USER", "me").env("DIGEST_SEARCH_PASSWORD", SECRET)
}

#[test]
fn an_address_without_a_node_is_an_error() {
    let case = Case::indexed();
    let at = |address: &str| {
        let mut command = case.env.command(&["--index", address, "count"]);
        command.env("DIGEST_SEARCH_TIMEOUT", "2");
        command
    };
    fails(
        &mut at("http://nowhere.invalid/news"),
        &["http://nowhere.invalid:9200", "unknown host", "check the address"],
    );
    fails(&mut at("http://127.0.0.1:9/news"), &["http://127.0.0.1:9", "connection refused", "check the address"]);
    let address = format!("https://127.0.0.1:{}/news", case.stub.port());
    fails(&mut at(&address), &["plain HTTP", "127.0.0.1"]);
    fails(&mut at("http://me:s3cret@host/news"), &["must not contain a user or password", "DIGEST_SEARCH_USER"]);
    fails(&mut at("http://me:/s3cret@host/news"), &["DIGEST_SEARCH_USER"]);
    assert_eq!(case.stub.count("GET"), 0);
}

#[test]
fn silence_has_a_limit() {
    let case = Case::indexed();
    case.stub.on("GET", [Act::Silent, Act::Silent]);
    case.fails(&COUNT, &["no answer in time", case.stub.address().trim_end_matches("/news")]);
    fails(case.command(&COUNT).env("DIGEST_SEARCH_TIMEOUT", "soon"), &["`soon` in DIGEST_SEARCH_TIMEOUT"]);
}

#[test]
fn credentials_are_complete_and_go_where_nobody_listens() {
    let case = Case::indexed();
    secrets(&mut case.command(&COUNT)).output().unwrap();
    assert!(case.stub.state().received.iter().all(|received| received.headers.contains("authorization: basic ")));
    let received = case.stub.count("");
    let mut plain = case.env.command(&["--index", "http://192.0.2.1:9200/news", "count"]);
    fails(secrets(&mut plain), &["credentials are not sent over plain HTTP", "https://"]);
    fails(case.command(&COUNT).env("DIGEST_SEARCH_USER", "me"), &["without a password", "DIGEST_SEARCH_PASSWORD_FILE"]);
    fails(case.command(&COUNT).env("DIGEST_SEARCH_PASSWORD", SECRET), &["without a user"]);
    fails(secrets(&mut case.command(&COUNT)).env("DIGEST_SEARCH_TOKEN", "x"), &["are both set"]);
    fails(case.command(&COUNT).env("DIGEST_SEARCH_TOKEN", "s3cret\u{1}"), &["characters that cannot be sent"]);
    case.env.write("password", "s3cret\n");
    fails(secrets(&mut case.command(&COUNT)).env("DIGEST_SEARCH_PASSWORD_FILE", "password"), &["are both set"]);
    fails(case.command(&COUNT).env("DIGEST_SEARCH_TOKEN_FILE", "none"), &["cannot read none"]);
    assert_eq!(case.stub.count(""), received);
}

#[test]
fn refusals_of_users_end_at_once() {
    let case = Case::indexed();
    case.stub.on("GET", [Act::Answer(401, "Unauthorized".into())]);
    fails(
        secrets(&mut case.command(&COUNT)),
        &["user or password are missing or wrong", "DIGEST_SEARCH_PASSWORD_FILE"],
    );
    let forbidden = r#"{"error":{"type":"security_exception","reason":"no permissions for [indices:data/read/get]"}}"#;
    case.stub.on("GET _doc", [Act::Answer(403, forbidden.into())]);
    fails(secrets(&mut case.command(&COUNT)), &["no permissions for [indices:data/read/get]", "docs/cluster.md"]);
    assert_eq!(case.stub.count(""), 3);
}

#[test]
fn redirects_are_not_followed() {
    let (case, other) = (Case::indexed(), Case::indexed());
    let to = format!("location: {}", other.stub.address());
    case.stub.on("GET", [Act::With(302, Box::leak(to.into_boxed_str()), String::new())]);
    fails(secrets(&mut case.command(&COUNT)), &["redirects (status 302)", "name the address"]);
    assert_eq!((case.stub.count(""), other.stub.count("")), (1, 0));
}

#[test]
fn other_products_and_versions_are_refused() {
    let case = Case::indexed();
    for (answer, text) in [
        ("<html>hello</html>", "what answers is not OpenSearch"),
        (r#"{"version":{"number":"8.1.0"}}"#, "not OpenSearch (version 8.1.0)"),
        (r#"{"version":{"distribution":"opensearch","number":"2.19.1"}}"#, "OpenSearch 2.19.1"),
    ] {
        case.stub.on("GET", [Act::Answer(200, answer.into())]);
        case.fails(&COUNT, &[text, "supported is OpenSearch 3"]);
    }
}

#[test]
fn passing_failures_are_repeated() {
    let case = Case::indexed();
    let busy = || Act::Answer(503, "no healthy upstream".into());
    case.stub.on("GET", [busy(), busy(), busy()]);
    case.succeeds(&COUNT);
    case.stub.on("_msearch", [Act::With(429, "retry-after: 0", "{}".into()), Act::Dead]);
    case.succeeds(&COUNT);
    case.stub.on("GET _doc", [Act::Dead, Act::Dead]);
    case.succeeds(&COUNT);
    case.stub.on("GET", vec![busy(); 30]);
    case.fails(&COUNT, &["cannot answer now (status 503): no healthy upstream"]);
}

#[test]
fn a_wait_is_what_the_node_asks_for() {
    let case = Case::indexed();
    case.stub.on("GET", [Act::With(429, "retry-after: 1", "{}".into())]);
    let started = std::time::Instant::now();
    assert!(case.command(&COUNT).env("DIGEST_SEARCH_TIMEOUT", "5").output().unwrap().status.success());
    assert!(started.elapsed().as_millis() >= 1000 && case.stub.count("GET _doc/head") == 1);
    case.stub.on("GET", [Act::With(429, "retry-after: 60", "{}".into())]);
    case.fails(&COUNT, &["status 429"]);
}

#[test]
fn cut_answers_are_repeated() {
    let case = Case::indexed();
    let cut = || Act::Raw("HTTP/1.1 200 OK\r\ncontent-length: 500\r\n\r\n{\"responses\":[".into());
    let short = || Act::Answer(200, "{\"responses\":[{\"took\":1}".into());
    case.stub.on("_msearch", [cut(), short(), Act::Raw(String::new()), cut()]);
    case.succeeds(&COUNT);
    case.stub.on("_msearch", vec![cut(); 30]);
    case.fails(&COUNT, &["does not answer"]);
    let case = Case::indexed();
    case.stub.on("_msearch", vec![short(); 30]);
    case.fails(&COUNT, &["answer is cut off"]);
}

#[test]
fn answers_in_another_form_are_errors() {
    let case = Case::indexed();
    case.stub.on("_msearch", [Act::Answer(200, r#"{"responses":3}"#.into())]);
    case.fails(&COUNT, &["not as OpenSearch 3 writes it"]);
}
