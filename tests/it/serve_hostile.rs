//! Pages of a hostile corpus at hostile addresses: neither can inject anything. Pages are read by an independent HTML
//! tokenizer and must have known elements, attributes and links only.

use std::collections::BTreeSet;

use crate::hostile::{corpus, harmless, texts};
use crate::http::{Response, Server, target};

const PAGES: [&str; 6] = ["/", "/compare", "/trend", "/stories", "/gaps", "/digest"];

/// All parameters of pages.
const PARAMETERS: &str = "\
    q any fuzzy topic perspective source kind lang since until on as-of sort limit offset explain \
    all-copies facets like fields more by top ngrams keep-names max-q prior period min id share exclude \
    %3Cx%3E%22";

/// Checks that a page is complete and harmless; returns its internal links.
fn check(page: &Response, what: &str) -> Vec<String> {
    assert!(page.status < 500, "{what}: {}", page.status);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{what}");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"), "{what}: {policy}");
    assert!(!page.text().contains("<style"), "{what}");
    harmless(page.text(), what)
}

#[test]
fn pages_escape_text_of_a_corpus() {
    let env = corpus();
    let server = Server::start(&env, &[]);
    let mut next: Vec<String> = PAGES.iter().map(|page| target(page, &[("q", "steel"), ("topic", "t")])).collect();
    next.extend(["/", "/digest?id=t/2026-01-01", "/?q=steel&limit=1000&all-copies&explain"].map(str::to_owned));
    let mut seen = BTreeSet::new();
    let mut places = BTreeSet::new();
    // All links are followed, those to other pages first.
    while let Some(at) = next.pop().filter(|_| seen.len() < 150) {
        let at = at.split('#').next().unwrap().to_owned();
        let is_page = PAGES.contains(&at.split('?').next().unwrap());
        if !is_page || !seen.insert(at.clone()) {
            continue;
        }
        places.insert(at.split('?').next().unwrap().to_owned());
        let links = check(&server.get(&at), &at);
        next.splice(0..0, links);
    }
    assert_eq!(places.len(), PAGES.len(), "{places:?}");
    let answer = server.get("/?q=steel&limit=1000&all-copies");
    assert!(answer.text().contains("&lt;script&gt;alert(1)&lt;/script&gt;"), "it is there, as text");
    for (path, is_xml) in [("/api/v1/query.atom?q=steel", true), ("/api/v1/trend.svg?q=steel&topic=t", true)] {
        let drawn = server.get(path);
        assert_eq!(drawn.status, 200, "{path}");
        assert!(!is_xml || roxmltree::Document::parse(drawn.text()).is_ok(), "{path}");
    }
}

#[test]
fn pages_escape_text_of_an_address() {
    let env = corpus();
    let server = Server::start(&env, &[]);
    let texts = texts();
    let mut at = 0;
    for page in PAGES {
        for parameter in PARAMETERS.split(' ') {
            for _ in 0..4 {
                at += 1;
                let text = &texts[at % texts.len()];
                // As many as fit into an address, percent-encoded.
                let text: String = text.chars().take(3_000).collect();
                let mut parameters = vec![(parameter, text.as_str())];
                if at.is_multiple_of(3) {
                    parameters.push(("topic", "t"));
                }
                check(&server.ask(page, &parameters), &format!("{page} {parameters:?}"));
            }
        }
    }
    for text in &texts {
        let path: String = text.bytes().take(3_000).map(|byte| format!("%{byte:02X}")).collect();
        assert_eq!(server.get(&format!("/{path}")).status, 404);
        let text: String = text.chars().take(400).collect();
        let all = ["q", "topic", "source", "since"].map(|name| (name, text.as_str()));
        check(&server.ask("/", &all), &format!("{all:?}"));
    }
}

#[test]
fn hostile_paths_headers_and_hosts_are_refused() {
    let env = corpus();
    let server = Server::start(&env, &[]);
    for path in ["//trick.example/", "//trick.example/?q=steel", "/\\trick.example", "/./", "/%2e%2e/", "/;/", "///"] {
        let page = server.get(path);
        assert!(matches!(page.status, 400 | 404), "{path}: {}", page.status);
        assert_eq!(page.header("location"), None, "{path}");
    }
    let plain = |page: &Response| page.headers.iter().map(|(name, _)| name.clone()).collect::<BTreeSet<_>>();
    let expect = plain(&server.get("/?q=steel"));
    for page in PAGES {
        let split = server.get(&format!("{page}?q=steel%0d%0aSet-Cookie:+a=b%0d%0a%0d%0a<b>"));
        assert!(plain(&split).is_subset(&expect), "{page}: {split:?}");
        let many = "&a=b".repeat(2_000);
        check(&server.get(&format!("{page}?q=steel{many}")), page);
        check(&server.get(&format!("{page}?{}", "topic=t&".repeat(128))), page);
        check(&server.get(&format!("{page}?q=%zz%00%ff&&&==&%=")), page);
    }
    assert_eq!(server.get(&format!("/?q={}", "a".repeat(17_000))).status, 414);
    let port = server.address.rsplit(':').next().unwrap();
    for (first, host, status) in [
        ("GET / HTTP/1.1", "trick.example".to_owned(), 421),
        ("GET / HTTP/1.1", format!("trick.example:{port}"), 421),
        ("GET / HTTP/1.1", format!("localhost:{port}\"><script>"), 421),
        ("GET / HTTP/1.1", format!("localhost:{port}@trick.example"), 421),
        ("GET / HTTP/1.1", format!("localhost:{port}/trick"), 421),
        ("GET http://trick.example/ HTTP/1.1", server.address.clone(), 421),
        ("GET / HTTP/1.1", format!("LOCALHOST:{port}"), 200),
    ] {
        for more in ["", "X-Forwarded-Host: trick.example\r\nForwarded: host=trick.example\r\n"] {
            let answer = server.raw(format!("{first}\r\nHost: {host}\r\n{more}Connection: close\r\n\r\n"));
            assert_eq!(answer.status, status, "{first} {host}");
            assert!(!answer.text().contains("trick"), "{first} {host}: {}", answer.text());
        }
    }
    let forwarded = server.with("/opensearch.xml", "X-Forwarded-Host: trick.example\r\nX-Forwarded-Proto: x\r\n");
    assert!(forwarded.status == 200 && !forwarded.text().contains("trick"));
}
