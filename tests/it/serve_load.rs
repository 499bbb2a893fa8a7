//! A server under load, at its end, and beside clients that do not read: what it gives up, and what it does not.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::env::TestEnv;
use crate::http::{Response, Server, read};

/// The most that one answer may have, as SECURITY.md has it.
const ANSWER: usize = 32 << 20;

/// Digests with one highlight each, so large that an answer can't have ten of them.
fn large() -> TestEnv {
    let env = TestEnv::new();
    for day in 1..=12 {
        let head = format!("---\ntopic: t\ndate: 2026-01-{day:02}T00:00:00.000Z\n---\n\n## Overall Highlights\n\n");
        env.write(&format!("corpus/{day}.md"), format!("{head}- Steel {}\n", "a".repeat(4_000_000)));
    }
    env.ok(&["index", "corpus"]);
    env
}

fn asked(server: &Server, target: &str, more: &str) -> TcpStream {
    let mut stream = server.connect();
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", server.address).as_bytes()).unwrap();
    stream
}

/// The begin of an answer, which is not read.
fn begin(stream: &TcpStream) -> String {
    let mut begin = [0; 12];
    while stream.peek(&mut begin).unwrap() < begin.len() {}
    String::from_utf8_lossy(&begin).into_owned()
}

fn is_whole(response: &Response) -> bool {
    let length: usize = response.header("content-length").unwrap().parse().unwrap();
    response.body.len() == length
}

/// A number from `/proc`, in bytes.
fn memory(server: &Server, name: &str) -> usize {
    let status = std::fs::read_to_string(format!("/proc/{}/status", server.id())).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
    line.trim_matches([':', ' ', '\t']).trim_end_matches(" kB").trim().parse::<usize>().unwrap() << 10
}

#[test]
fn a_signal_cuts_no_request() {
    let env = TestEnv::indexed();
    for signal in ["-TERM", "-INT"] {
        let server = Server::start(&env, &[]);
        // Those that keep their connection after an answer, and one that has asked for nothing yet.
        let mut kept: Vec<TcpStream> = (0..8).map(|_| asked(&server, "/api/v1/count?q=steel", "")).collect();
        for stream in &mut kept {
            assert_eq!(read(&mut BufReader::new(stream)).status, 200);
        }
        let silent = server.connect();
        // Some take a while and wait for one another: there is one turn for them.
        let slow = "/api/v1/stories?limit=1000&min=1";
        let open: Vec<TcpStream> = (0..8).map(|_| asked(&server, slow, "")).collect();
        let quick: Vec<TcpStream> = (0..8).map(|_| asked(&server, "/?q=steel&limit=100", "")).collect();
        server.tell(signal);
        let begin = Instant::now();
        for (at, stream) in open.into_iter().chain(quick).enumerate() {
            let response = read(&mut BufReader::new(stream));
            assert!(matches!(response.status, 200 | 503) && is_whole(&response), "{signal} {at}: {}", response.status);
        }
        for mut stream in kept.into_iter().chain([silent]) {
            assert_eq!(stream.read(&mut [0]).unwrap_or_default(), 0, "{signal}: it was answered before, and is closed");
        }
        assert_eq!(server.stop("-0"), Some(0), "{signal}");
        assert!(begin.elapsed() < Duration::from_secs(12), "{signal}: {:?}", begin.elapsed());
    }
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let env = large();
    let server = Server::start(&env, &[]);
    let reading = asked(&server, "/api/v1/query?limit=5&all-copies", "");
    // The answer is on its way, more of it than the system takes, and will not be read.
    assert_eq!(begin(&reading), "HTTP/1.1 200");
    server.tell("-TERM");
    // Until no one is let in any more, it has not heard.
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(100));
    let begin = Instant::now();
    assert_eq!(server.stop("-TERM"), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    let said = std::fs::read_to_string(env.path("serve.err")).unwrap();
    assert!(said.contains("note: stopped before 1 request ended"), "{said}");
}

#[test]
fn an_answer_has_a_bound_and_so_have_all_that_wait() {
    let env = large();
    let server = Server::start(&env, &[]);
    let before = memory(&server, "VmHWM");
    for target in [
        "/api/v1/query?limit=12&all-copies",
        "/api/v1/query.atom?limit=12",
        &format!("/api/v1/show?{}", (1..=12).map(|day| format!("id=t/2026-01-{day:02}&")).collect::<String>()),
    ] {
        let response = server.get(target);
        let error = response.error();
        assert!(error.starts_with("400 too_large: the answer exceeds 32 MiB; use a smaller "), "{error}");
        assert!(error.contains("`limit`") || error.contains(" limit"), "{error}");
    }
    let page = server.get("/?limit=12&all-copies");
    assert!(page.status == 400 && page.text().contains("The answer exceeds 32 MiB."), "{}", page.status);
    // Each is as large as may be, and nobody reads them.
    let target = "/api/v1/query?limit=7&all-copies";
    let waiting: Vec<TcpStream> = (0..8).map(|_| asked(&server, target, "")).collect();
    for stream in &waiting {
        assert!(matches!(begin(stream).as_str(), "HTTP/1.1 200" | "HTTP/1.1 503"), "{}", begin(stream));
    }
    // Others are answered meanwhile, sooner or later.
    let end = Instant::now() + Duration::from_secs(60);
    while server.get("/api/v1/query?limit=0").status != 200 {
        assert!(Instant::now() < end, "nobody else is answered");
    }
    let most = memory(&server, "VmHWM") - before;
    assert!(most < 12 * ANSWER, "{} MiB", most >> 20);
}

#[test]
fn a_log_that_nobody_reads_stops_nothing() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let mut command = env.command(&["serve", "--listen", "127.0.0.1:0", "-v"]);
    let server = Server::spawn(command.stderr(Stdio::piped()));
    let mut stream = asked(&server, "/api/v1/query?limit=0", "");
    let long = format!("/api/v1/query?limit=0&q={}", "a".repeat(1_500));
    let request = format!("GET {long} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    assert_eq!(read(&mut answers).status, 200);
    // Far more than a pipe holds, and than waits for it.
    for _ in 0..1_500 {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(read(&mut answers).status, 200);
    }
    let begin = Instant::now();
    assert_eq!(server.stop("-TERM"), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn who_wants_no_answer_there_is_gets_none() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let style = server.get("/").text().split('"').find(|part| part.ends_with("style.css")).unwrap().to_owned();
    for target in
        ["/api/v1/query?q=steel", "/?q=steel", "/api/v1/status", "/api/v1/openapi.json", "/opensearch.xml", &style]
    {
        let response = server.with(target, "If-None-Match: *\r\n");
        assert_eq!((response.status, response.body.len()), (304, 0), "{target}");
        assert_eq!(server.with(target, "If-None-Match: \"*\"\r\n").status, 200, "{target}");
    }
    for (target, status) in [("/api/v1/nix", 404), ("/api/v1/query?q=%22", 400), ("/api/v1/show?id=t/2026-01-01", 404)]
    {
        assert_eq!(server.with(target, "If-None-Match: *\r\n").status, status, "{target}");
    }
}

#[test]
fn a_client_that_has_said_all_it_has_to_is_answered() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for target in ["/api/v1/query?q=steel", "/api/v1/stories?topic=us-mexico"] {
        let stream = asked(&server, target, "");
        stream.shutdown(Shutdown::Write).unwrap();
        let response = read(&mut BufReader::new(stream));
        assert!(response.status == 200 && is_whole(&response), "{target}");
    }
    let old = format!("GET /api/v1/query?q=steel HTTP/1.0\r\nHost: {}\r\n\r\n", server.address);
    assert_eq!(server.raw(old).status, 200);
    let expecting = "Expect: 100-continue\r\nContent-Length: 1000000\r\n";
    assert_eq!(server.with("/api/v1/query?q=steel", expecting).status, 413);
}

#[test]
fn few_files_are_said_and_enough() {
    let env = TestEnv::indexed();
    let program = env!("CARGO_BIN_EXE_digest-search");
    let mut shell = std::process::Command::new("sh");
    let script = format!("ulimit -n 24; exec {program} serve --listen 127.0.0.1:0");
    let errors = std::fs::File::create(env.path("serve.err")).unwrap();
    let server = Server::spawn(shell.args(["-c", &script]).current_dir(env.path("")).stderr(errors));
    // More than there can be: those that have asked for nothing go.
    let idle: Vec<TcpStream> = (0..60).map(|_| server.connect()).collect();
    for _ in 0..20 {
        assert_eq!(server.get("/api/v1/query?q=steel").status, 200);
    }
    drop(idle);
    assert_eq!(server.stop("-TERM"), Some(0));
    let said = std::fs::read_to_string(env.path("serve.err")).unwrap();
    assert!(said.contains("(`ulimit -n`) allows only 4 connections"), "{said}");
}

#[test]
fn an_address_that_is_none_is_refused_with_its_fault() {
    let env = TestEnv::indexed();
    for (url, expect) in [
        ("http://news.example:99999", "invalid port `99999`"),
        ("https://news.example:0/x", "invalid port `0`"),
        ("news.example", "missing http"),
        ("https://news.example/?q=a", "it has a query"),
    ] {
        let error = env.fails(&["serve", "--listen", "127.0.0.1:0", "--public-url", url]);
        assert!(error.contains(expect), "{url}: {error}");
    }
}
