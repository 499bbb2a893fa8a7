//! The server under load, at shutdown, and with clients that do not read.

use std::io::{BufReader, Read, Write};
use std::net::{Shutdown, TcpStream};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::env::TestEnv;
use crate::http::{Response, Server, read};

/// The largest answer, in bytes, as in SECURITY.md.
const ANSWER: usize = 32 << 20;

/// Digests with one highlight each, so large that ten do not fit in an answer.
fn large() -> TestEnv {
    let env = TestEnv::new();
    for day in 1..=12 {
        let head = format!("---\ntopic: t\ndate: 2026-01-{day:02}T00:00:00.000Z\n---\n\n## Overall Highlights\n\n");
        env.write(&format!("corpus/{day}.md"), format!("{head}- Steel {}\n", "a".repeat(4_000_000)));
    }
    env.ok(&["index", "corpus"]);
    env
}

fn request(server: &Server, target: &str, more: &str) -> TcpStream {
    let mut stream = server.connect();
    stream.write_all(format!("GET {target} HTTP/1.1\r\nHost: {}\r\n{more}\r\n", server.address).as_bytes()).unwrap();
    stream
}

/// The beginning of an answer, the rest of which is not read.
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
fn a_signal_does_not_abort_requests() {
    let env = TestEnv::indexed();
    for signal in ["-TERM", "-INT"] {
        let server = Server::start(&env, &[]);
        // Idle connections, after an answer and before the first request.
        let mut kept: Vec<TcpStream> = (0..8).map(|_| request(&server, "/api/v1/count?q=steel", "")).collect();
        for stream in &mut kept {
            assert_eq!(read(&mut BufReader::new(stream)).status, 200);
        }
        let silent = server.connect();
        // Slow requests, which run one at a time.
        let slow = "/api/v1/stories?limit=1000&min=1";
        let open: Vec<TcpStream> = (0..8).map(|_| request(&server, slow, "")).collect();
        let quick: Vec<TcpStream> = (0..8).map(|_| request(&server, "/?q=steel&limit=100", "")).collect();
        server.signal(signal);
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
fn a_second_signal_stops_the_server_at_once() {
    let env = large();
    let server = Server::start(&env, &[]);
    let reading = request(&server, "/api/v1/query?limit=5&all-copies", "");
    // An answer larger than the buffers of the system, which is not read.
    assert_eq!(begin(&reading), "HTTP/1.1 200");
    server.signal("-TERM");
    // Until connections are refused, the signal was not handled.
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::sleep(Duration::from_millis(10));
    }
    std::thread::sleep(Duration::from_millis(100));
    let begin = Instant::now();
    assert_eq!(server.stop("-TERM"), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
    let stderr = std::fs::read_to_string(env.path("serve.err")).unwrap();
    assert!(stderr.contains("note: stopped with 1 request still open"), "{stderr}");
}

#[test]
fn answers_and_the_queue_are_bounded() {
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
    // Answers of the maximum size, which are not read.
    let target = "/api/v1/query?limit=7&all-copies";
    let waiting: Vec<TcpStream> = (0..8).map(|_| request(&server, target, "")).collect();
    for stream in &waiting {
        assert!(matches!(begin(stream).as_str(), "HTTP/1.1 200" | "HTTP/1.1 503"), "{}", begin(stream));
    }
    // Other requests are answered meanwhile.
    let end = Instant::now() + Duration::from_secs(60);
    while server.get("/api/v1/query?limit=0").status != 200 {
        assert!(Instant::now() < end, "nobody else is answered");
    }
    let most = memory(&server, "VmHWM") - before;
    assert!(most < 12 * ANSWER, "{} MiB", most >> 20);
}

#[test]
fn a_blocked_log_does_not_block_answers() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    let mut command = env.command(&["serve", "--listen", "127.0.0.1:0", "-v"]);
    let server = Server::spawn(command.stderr(Stdio::piped()));
    let mut stream = request(&server, "/api/v1/query?limit=0", "");
    let long = format!("/api/v1/query?limit=0&q={}", "a".repeat(1_500));
    let request = format!("GET {long} HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    assert_eq!(read(&mut answers).status, 200);
    // Far more than a pipe buffers.
    for _ in 0..1_500 {
        stream.write_all(request.as_bytes()).unwrap();
        assert_eq!(read(&mut answers).status, 200);
    }
    let begin = Instant::now();
    assert_eq!(server.stop("-TERM"), Some(0));
    assert!(begin.elapsed() < Duration::from_secs(5), "{:?}", begin.elapsed());
}

#[test]
fn if_none_match_with_a_star_gets_304() {
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
fn a_client_that_closes_its_side_is_answered() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for target in ["/api/v1/query?q=steel", "/api/v1/stories?topic=us-mexico"] {
        let stream = request(&server, target, "");
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
fn a_low_limit_of_open_files_is_reported_and_enough() {
    let env = TestEnv::indexed();
    let program = env!("CARGO_BIN_EXE_digest-search");
    let mut shell = std::process::Command::new("sh");
    let script = format!("ulimit -n 24; exec {program} serve --listen 127.0.0.1:0");
    let errors = std::fs::File::create(env.path("serve.err")).unwrap();
    let server = Server::spawn(shell.args(["-c", &script]).current_dir(env.path("")).stderr(errors));
    // More connections than the limit: idle ones are closed.
    let idle: Vec<TcpStream> = (0..60).map(|_| server.connect()).collect();
    for _ in 0..20 {
        assert_eq!(server.get("/api/v1/query?q=steel").status, 200);
    }
    drop(idle);
    assert_eq!(server.stop("-TERM"), Some(0));
    let stderr = std::fs::read_to_string(env.path("serve.err")).unwrap();
    assert!(stderr.contains("(`ulimit -n`) allows only 4 connections"), "{stderr}");
}

#[test]
fn an_invalid_public_url_is_refused_with_the_reason() {
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
