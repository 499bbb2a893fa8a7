//! Answers over HTTP: the same as on the command line, for allowed hosts only, during any change of the index.

use std::fs;
use std::io::{BufReader, Write};
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use crate::env::{TestEnv, digest};
use crate::http::{Server, read};
use crate::schemas::check;
/// The server answers the addresses that the documents and its help show.
#[test]
fn examples_are_answered() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let page = fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/server.md")).unwrap();
    let help = env.ok(&["serve", "--help"]);
    let mut answered = 0;
    for line in page.lines().chain(help.lines()) {
        let Some(url) = line.trim().strip_prefix("curl '").and_then(|url| url.strip_suffix('\'')) else { continue };
        let response = server.get(url.strip_prefix("http://127.0.0.1:7440").unwrap());
        assert_eq!(response.status, 200, "{url}: {}", response.text());
        assert!(response.body.len() > 500, "{url}");
        answered += 1;
    }
    assert!(answered >= 6);
}

#[test]
fn errors_have_status_code_and_hint() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for (target, expect) in [
        ("/api/v1/query?limt=3", "400 usage: unknown parameter `limt`; did you mean `limit`?"),
        (
            "/api/v1/query?sort=best",
            "400 usage: invalid value `best` for `sort`; did you mean `relevance`? valid values: relevance, newest, oldest",
        ),
        ("/api/v1/query?limit=x", "400 usage: invalid value `x` for `limit`; expected: a number or `all`"),
        ("/api/v1/query?limit=all", "400 usage: invalid value for `limit`: expected at most 1000"),
        ("/api/v1/query?limit=1001", "400 usage: invalid value for `limit`: expected at most 1000"),
        ("/api/v1/query?offset=9999&limit=2", "400 usage: `offset` plus `limit` exceeds 10000 hits"),
        ("/api/v1/query?offset=18446744073709551615&limit=2", "400 usage: `offset` plus `limit` exceeds"),
        ("/api/v1/stories?limit=all", "400 usage: invalid value for `limit`: expected at most"),
        ("/api/v1/compare?top=100000", "400 usage: invalid value for `top`: expected at most"),
        ("/api/v1/query?perspective=japn", "400 unknown_value: unknown perspective `japn`; did you mean `Japan`?"),
        ("/api/v1/query?like=china-japan/2026-02-10%23t99", "400 unknown_entry: "),
        ("/api/v1/query?on=someday", "400 date: "),
        ("/api/v1/query?q=%22a", "400 query: unclosed quotation mark"),
        ("/api/v1/query?q=a&q=b", "400 usage: parameter `q` is set 2 times"),
        ("/api/v1/count?by=week,nix", "400 usage: unknown field `nix` for `by`"),
        ("/api/v1/query?fields=id,nix", "400 usage: "),
        ("/api/v1/query?fields=id,id", "400 usage: `fields` has `id` twice"),
        ("/api/v1/compare", "400 usage: "),
        ("/api/v1/show", "400 usage: missing parameter `id`"),
        ("/api/v1/status?topic=x", "400 usage: unknown parameter `topic`"),
        ("/api/v1/query?q=%ff", "400 usage: invalid URL: not UTF-8"),
        ("/api/v1/query?q=%f", "400 usage: invalid URL: %"),
        ("/api/v1/qery", "404 not_found: unknown path `/api/v1/qery`; did you mean `/api/v1/query`"),
        ("/api/v1/../v1/query", "404 not_found: "),
        ("/api/v1/%2e%2e/v1/query", "404 not_found: "),
        ("/api/v1//query", "404 not_found: "),
        ("/api/v1/query/", "404 not_found: "),
        ("/api/v1/query%00", "404 not_found: "),
        ("/api/v1/%71uery", "404 not_found: "),
    ] {
        let response = server.get(target);
        assert!(response.error().starts_with(expect), "{target}: {}", response.error());
        // Texts between backticks are input, typed or to be typed.
        assert!(response.error().split('`').step_by(2).all(|own| !own.contains("--")), "{}", response.error());
        check("error", response.text());
    }
    for target in ["/nix", "//api/v1/query", "/API/V1/QUERY", "/digest/", "/assets/0/style.css", "/%2e%2e/"] {
        let response = server.get(target);
        assert_eq!(
            (response.status, response.header("content-type")),
            (404, Some("text/html; charset=utf-8")),
            "{target}"
        );
    }
    let long = |n: usize| server.get(&format!("/api/v1/query?q={}", "a".repeat(n)));
    assert!(long(4097).error().starts_with("400 query: query too long: 4097 bytes"));
    assert!(long(17_000).error().starts_with("414 request: "));
    assert_eq!(server.get(&format!("/api/v1/query?{}", "any&".repeat(129))).status, 400);
    assert_eq!(long(100_000).status, 431);
    let many: String = (0..100).map(|n| format!("X-{n}: a\r\n")).collect();
    assert_eq!(server.with("/api/v1/query", &many).status, 431);
    for (bytes, status) in [(32_000, 200), (32_768, 431), (40_000, 431), (50_000, 431)] {
        assert_eq!(server.with("/api/v1/query", &format!("X: {}\r\n", "a".repeat(bytes))).status, status, "{bytes}");
    }
    let host = &server.address;
    for method in ["POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "BREW"] {
        let response =
            server.raw(format!("{method} /api/v1/query HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n"));
        assert_eq!((response.status, response.header("allow")), (405, Some("GET, HEAD")), "{method}");
    }
    let body = server.with("/api/v1/query", "Content-Length: 3\r\n");
    assert_eq!((body.status, body.header("connection")), (413, Some("close")));
    assert_eq!(server.with("/api/v1/query", "Transfer-Encoding: chunked\r\n").status, 413);
    for broken in [
        &b"GET\r\n\r\n"[..],
        b"GET /\xff HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\x16\x03\x01\x00\r\n\r\n",
        b"GET / HTTP/1.1\r\nA B: c\r\n\r\n",
    ] {
        assert_eq!(server.raw(broken).status, 400, "{broken:?}");
    }
    assert_eq!(server.get("/api/v1/query?q=tariff").status, 200, "and goes on");
}

#[test]
fn other_hosts_and_origins_are_refused() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &["--public-url", "https://news.example/digests"]);
    let port = server.address.split(':').nth(1).unwrap().to_owned();
    let status = |host: &str, more: &str| {
        server.raw(format!("GET /api/v1/count HTTP/1.1\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n")).status
    };
    assert_eq!(status(&format!("localhost:{port}"), ""), 200);
    assert_eq!(status("news.example", "Origin: https://news.example\r\n"), 200);
    for host in ["evil.example", &format!("evil.example:{port}"), "localhost", "127.0.0.1:1", "10.0.0.1", "a b", ""] {
        assert!(matches!(status(host, ""), 400 | 421), "{host}");
    }
    assert_eq!(status(&server.address, "Host: evil.example\r\n"), 400);
    assert_eq!(server.raw("GET /api/v1/count HTTP/1.1\r\nConnection: close\r\n\r\n").status, 400);
    assert_eq!(server.raw("GET /api/v1/count HTTP/1.0\r\n\r\n").status, 400);
    for origin in ["https://evil.example", "null", "http://localhost:1"] {
        assert_eq!(status(&server.address, &format!("Origin: {origin}\r\n")), 403, "{origin}");
    }
    assert_eq!(status(&server.address, "Sec-Fetch-Site: cross-site\r\nSec-Fetch-Mode: no-cors\r\n"), 403);
    let absolute = |host: &str| {
        let target = format!("http://{host}/api/v1/count");
        server.raw(format!("GET {target} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address)).status
    };
    assert_eq!([absolute(&server.address), absolute("evil.example")], [200, 421]);
    // Below the prefix, whether or not a proxy strips it.
    let plain = server.get("/api/v1/count?q=tariff");
    assert_eq!(server.get("/digests/api/v1/count?q=tariff").body, plain.body);
    assert_eq!(server.get("/digestsapi/v1/count").status, 404);
    assert_eq!(server.get("/other/api/v1/count").status, 404);
    for response in [plain, server.get("/api/v1/nix"), server.get("/api/v1/trend.svg?topic=us-mexico&q=a")] {
        assert!(response.header("content-security-policy").unwrap().starts_with("default-src 'none'"));
        assert_eq!(response.header("x-content-type-options"), Some("nosniff"));
        assert_eq!(response.header("referrer-policy"), Some("no-referrer"));
        assert_eq!(response.header("cross-origin-resource-policy"), Some("same-origin"));
        assert_eq!(response.header("cache-control"), Some("no-cache"));
        assert_eq!(response.header("access-control-allow-origin"), None);
    }
}

#[test]
fn a_new_commit_is_served() {
    let env = TestEnv::with_digests(3);
    let server = Server::start(&env, &[]);
    let total = || server.get("/api/v1/query").json()["total_entries"].as_u64();
    let missing = server.get("/api/v1/query");
    assert!(missing.error().starts_with("503 no_index: the index does not exist yet; "), "{}", missing.error());
    assert!(missing.header("retry-after").is_some());
    env.ok(&["index", "corpus"]);
    assert_eq!(total(), Some(15));
    let first = server.get("/api/v1/query");
    let tag = first.header("etag").unwrap().to_owned();
    let again = |tag: &str| server.with("/api/v1/query", &format!("If-None-Match: {tag}\r\n"));
    for tags in [tag.clone(), format!("\"x\", W/{tag}")] {
        let response = again(&tags);
        assert_eq!((response.status, response.body.len(), response.header("etag")), (304, 0, Some(&*tag)));
    }
    assert_ne!(server.get("/api/v1/query?limit=3").header("etag"), Some(&*tag));
    assert_eq!(server.get("/api/v1/status").header("etag"), None);
    let health = server.get("/api/v1/health");
    assert_eq!((health.status, health.text()), (200, "{\"status\":\"ok\"}\n"));
    let description = server.get("/api/v1/openapi.json").header("etag").unwrap().to_owned();
    assert_eq!(server.with("/api/v1/openapi.json", &format!("If-None-Match: {description}\r\n")).status, 304);
    env.write("corpus/t/2026-01-04.md", digest(4, "new"));
    env.ok(&["index", "corpus"]);
    assert_eq!((again(&tag).status, total()), (200, Some(20)));
    env.ok(&["index", "corpus", "--rebuild"]);
    assert_eq!(total(), Some(20));
    fs::rename(env.path("index"), env.path("away")).unwrap();
    assert!(server.get("/api/v1/query").error().starts_with("503 no_index: "));
    assert!(server.get("/api/v1/health").error().starts_with("503 no_index: "));
    // Another index in its place, with the same file names.
    env.remove("corpus/t/2026-01-01.md");
    env.ok(&["index", "corpus"]);
    assert_eq!((again(&tag).status, total()), (200, Some(15)));
    fs::write(env.path("index/CURRENT"), "nonsense").unwrap();
    let damaged = server.get("/api/v1/query").error();
    assert!(
        damaged.starts_with("503 damaged: ") && !damaged.contains('/'),
        "where it is, is nobody's business: {damaged}"
    );
    fs::remove_dir_all(env.path("index")).unwrap();
    env.ok(&["index", "corpus"]);
    assert_eq!(total(), Some(15));
}

#[test]
fn an_old_commit_is_dropped_without_requests() {
    let env = TestEnv::with_digests(3);
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    assert_eq!(server.get("/api/v1/query").status, 200);
    env.ok(&["index", "corpus", "--rebuild"]);
    assert!(env.path("index/g1").exists(), "the server has it open");
    let end = Instant::now() + Duration::from_secs(30);
    while env.path("index/g1").exists() {
        assert!(Instant::now() < end, "it is never released");
        thread::sleep(Duration::from_millis(500));
        env.ok(&["index", "corpus"]);
    }
    assert_eq!(server.stop("-TERM"), Some(0));
}

#[test]
fn no_request_fails_while_the_index_is_rebuilt() {
    let env = TestEnv::with_digests(5);
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let is_over = AtomicBool::new(false);
    let requests = thread::scope(|scope| {
        let ask = || {
            let mut requests = 0;
            while !is_over.load(Ordering::Relaxed) {
                let response = server.get("/api/v1/query?q=plain&limit=100&all-copies");
                assert_eq!(response.status, 200, "{}", response.text());
                let answer = response.json();
                // One commit from start to end: totals match the hits.
                assert_eq!(answer["total"].as_u64().unwrap() as usize, answer["results"].as_array().unwrap().len());
                requests += 1;
            }
            requests
        };
        let threads = [scope.spawn(ask), scope.spawn(ask)];
        for n in 0..8 {
            match n % 2 {
                0 => env.ok(&["index", "corpus", "--rebuild"]),
                _ => {
                    env.write(&format!("corpus/t/2026-01-{:02}.md", 10 + n), digest(10 + n, "plain"));
                    env.ok(&["index", "corpus"])
                }
            };
        }
        is_over.store(true, Ordering::Relaxed);
        threads.map(|thread| thread.join().unwrap()).iter().sum::<usize>()
    });
    assert!(requests > 20, "{requests}");
}

#[test]
fn many_connections_do_not_block_new_ones() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let idle: Vec<_> = (0..1_000).map(|_| server.connect()).collect();
    let mut slow = server.connect();
    slow.write_all(b"GET /api/v1/query HT").unwrap();
    let begin = Instant::now();
    for _ in 0..20 {
        assert_eq!(server.get("/api/v1/query?q=tariff").status, 200);
    }
    assert!(begin.elapsed() < Duration::from_secs(5));
    drop(idle);
    // Several requests on one connection, sent at once.
    let mut stream = server.connect();
    let request = format!("GET /api/v1/count?q=tariff HTTP/1.1\r\nHost: {}\r\n\r\n", server.address);
    stream.write_all(request.repeat(3).as_bytes()).unwrap();
    let mut stream = BufReader::new(stream);
    let bodies: Vec<_> = (0..3).map(|_| read(&mut stream).body).collect();
    assert!(bodies[0].len() > 100 && bodies.iter().all(|body| *body == bodies[0]));
    let request =
        format!("HEAD /api/v1/count?q=tariff HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", server.address);
    let mut stream = server.connect();
    stream.write_all(request.as_bytes()).unwrap();
    let mut whole = String::new();
    std::io::Read::read_to_string(&mut stream, &mut whole).unwrap();
    assert!(whole.contains(&format!("content-length: {}", bodies[0].len())) && whole.ends_with("\r\n\r\n"), "{whole}");
}

#[test]
fn the_server_starts_and_stops_cleanly() {
    let env = TestEnv::indexed();
    for signal in ["-TERM", "-INT"] {
        let server = Server::start(&env, &["-v"]);
        let mut kept = server.connect();
        kept.write_all(format!("GET /api/v1/count HTTP/1.1\r\nHost: {}\r\n\r\n", server.address).as_bytes()).unwrap();
        assert_eq!(read(&mut BufReader::new(kept.try_clone().unwrap())).status, 200);
        server.get("/api/v1/query?q=%1b%5b31m&x=\u{7f}");
        let begin = Instant::now();
        assert_eq!(server.stop(signal), Some(0));
        assert!(begin.elapsed() < Duration::from_secs(3));
        let log = fs::read_to_string(env.path("serve.err")).unwrap();
        assert!(log.contains(" GET /api/v1/count 200 ") && !log.contains(['\u{1b}', '\u{7f}']), "{log}");
    }
    let server = Server::start(&env, &[]);
    let taken = env.fails(&["serve", "--listen", &server.address]);
    assert!(
        taken.contains("cannot listen on 127.0.0.1:") && taken.contains("hint: another program uses this port"),
        "{taken}"
    );
    assert!(env.fails(&["serve", "--public-url", "nix"]).contains("https://news.example"));
    assert!(env.fails(&["serve", "--format", "csv"]).contains("csv"));
}

#[test]
fn hostile_texts_are_escaped() {
    let env = TestEnv::new();
    env.write("corpus/t/1.md", digest(1, "</script><img src=x onerror=alert(1)> \u{1b}[31m \u{202e}"));
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let response = server.get("/api/v1/query?limit=100");
    assert_eq!(response.header("content-type"), Some("application/json"));
    assert!(!response.text().contains(['\u{1b}', '\u{202e}']) && response.text().contains("onerror"));
    let error = server.get("/api/v1/query?topic=%1b%5b31m%3Cscript%3E%e2%80%ae");
    assert_eq!(error.header("content-type"), Some("application/json"));
    assert!(!error.text().contains(['\u{1b}', '\u{202e}']), "{}", error.text());
}
