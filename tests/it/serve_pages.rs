//! Pages and feeds: their content equals the answers of the API, and links work. Their behaviour in a browser is
//! tested in `tests/browser`.

use crate::env::TestEnv;
use crate::http::{Response, Server, target};
use crate::serve_answers::{Lot, drawn};

/// All texts between two texts.
pub fn between<'a>(text: &'a str, before: &str, behind: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| Some(rest.split_once(behind)?.0)).collect()
}

pub fn unescaped(text: &str) -> String {
    text.replace("<code>", "`")
        .replace("</code>", "`")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&amp;", "&")
}

/// The ids of the hits on a page, and its status line.
pub fn hits(page: &Response) -> (Vec<String>, String) {
    let ids = between(page.text(), "<li data-id=\"", "\"").into_iter().map(unescaped).collect();
    (ids, between(page.text(), "tabindex=\"-1\">", "</p>").first().map_or_else(String::new, |text| unescaped(text)))
}

#[test]
fn pages_show_what_the_api_answers() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let mut lot = Lot(11);
    let (mut answered, mut refused) = (0, 0);
    for _ in 0..300 {
        let mut parameters = drawn("query", &mut lot);
        parameters.retain(|(name, _)| *name != "fields");
        let page = server.ask("/", &parameters);
        let mut answer = server.ask("/api/v1/query", &parameters);
        // A form sends all its fields; those without effect, which the API refuses, are ignored by pages.
        while answer.status == 400 && answer.error().contains("has no effect") {
            let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
            let idle = message.split(' ').next().unwrap().trim_matches('`');
            let before = parameters.len();
            parameters.retain(|(name, _)| *name != idle);
            assert!(parameters.len() < before, "{message}");
            answer = server.ask("/api/v1/query", &parameters);
        }
        assert_eq!(page.status, answer.status, "{parameters:?}");
        if answer.status != 200 {
            let message = answer.json()["error"]["message"].as_str().unwrap().to_owned();
            assert!(unescaped(page.text()).contains(&message[1..]), "{parameters:?}: {message}");
            refused += 1;
            continue;
        }
        let answer = answer.json();
        let ids = |of: &serde_json::Value| {
            of.as_array().unwrap().iter().map(|r| r["id"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        let (shown, status) = hits(&page);
        assert_eq!(shown, ids(&answer["results"]), "{parameters:?}");
        let total = answer["total"].as_u64().unwrap();
        let expect = if total == 0 { "No results".to_owned() } else { format!("{total} hit") };
        assert!(status.replace(',', "").contains(&expect), "{parameters:?}: {status}");
        // Every match is in one bar: bars cover all days.
        if !parameters.iter().any(|(name, _)| matches!(*name, "since" | "until" | "on")) {
            let picture = page.text().split_once("class=\"histogram\"").map_or("", |(_, picture)| picture);
            let bars = between(picture, "<title>", " entr").into_iter().filter_map(|bar| bar.rsplit_once(": "));
            let entries: u64 = bars.map(|(_, n)| n.replace(',', "").parse::<u64>().unwrap()).sum();
            assert_eq!(entries, answer["total_entries"].as_u64().unwrap(), "{parameters:?}");
        }
        answered += 1;
    }
    assert!(answered > 150 && refused > 20, "{answered} {refused}");
}

#[test]
fn links_work_and_keep_the_filters() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &["--public-url", "https://news.example/digests"]);
    let mut seen = std::collections::BTreeSet::new();
    let mut next = vec!["/digests/?q=tariff&perspective=us&sort=newest".to_owned()];
    // All reachable pages, in many states.
    while let Some(target) = next.pop().filter(|_| seen.len() < 400) {
        if !seen.insert(target.clone()) {
            continue;
        }
        let page = server.get(&target);
        assert!(page.status == 200, "{target}: {}", page.status);
        if page.header("content-type") != Some("text/html; charset=utf-8") {
            continue;
        }
        for link in between(page.text(), " href=\"", "\"") {
            let link = unescaped(link).split('#').next().unwrap().to_owned();
            let is_own = link.starts_with("/digests/");
            assert!(
                is_own || link.is_empty() || link.starts_with("https://example.com/") || link.starts_with("http"),
                "{link}"
            );
            if is_own && !seen.contains(&link) {
                // New paths first.
                let path = link.split('?').next().unwrap();
                let is_new = !seen.iter().any(|known| known.starts_with(path));
                next.insert(if is_new { next.len() } else { next.len() / 2 }, link);
            }
        }
    }
    for path in ["compare", "trend", "stories", "gaps", "digest", "api/v1/query.atom", "opensearch.xml", "assets"] {
        assert!(seen.iter().any(|known| known.starts_with(&format!("/digests/{path}"))), "{path}: {seen:?}");
    }
}

#[test]
fn the_first_page_is_small_and_loads_nothing_external() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let page = server.get("/");
    let assets: Vec<&str> = between(page.text(), "=\"/assets/", "\"").into_iter().collect();
    assert_eq!(assets.len(), 3, "{assets:?}");
    let mut bytes = page.body.len();
    for asset in assets {
        let asset = server.get(&format!("/assets/{asset}"));
        assert_eq!((asset.status, asset.header("cache-control")), (200, Some("public, max-age=31536000, immutable")));
        bytes += asset.body.len();
    }
    assert!(bytes < 80_000, "{bytes}");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self'"), "{policy}");
    assert!(!policy.contains("unsafe"));
    assert_eq!(server.with("/", &format!("If-None-Match: {}\r\n", page.header("etag").unwrap())).status, 304);
}

#[test]
fn feeds_have_the_newest() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &["--public-url", "https://news.example/digests"]);
    let query = [("q", "tariff OR arancel"), ("topic", "us-mexico")];
    let feed = server.ask("/api/v1/query.atom", &query);
    assert_eq!(feed.header("content-type"), Some("application/atom+xml"));
    let feed = roxmltree::Document::parse(feed.text()).unwrap();
    let text = |node: roxmltree::Node<'_, '_>, name: &str| {
        node.children()
            .find(|child| child.has_tag_name(("http://www.w3.org/2005/Atom", name)))
            .unwrap()
            .text()
            .unwrap()
            .to_owned()
    };
    let entries: Vec<_> = feed.descendants().filter(|node| node.tag_name().name() == "entry").collect();
    let newest = [&query[..], &[("sort", "newest"), ("limit", "50")]].concat();
    let answer = server.ask("/api/v1/query", &newest).json();
    let results = answer["results"].as_array().unwrap();
    assert_eq!(entries.len(), results.len());
    for (entry, result) in entries.iter().zip(results) {
        let id = format!("https://news.example/digests/digest?id={}", result["id"].as_str().unwrap());
        assert_eq!(text(*entry, "id"), id);
        assert_eq!(text(*entry, "title"), result["text"].as_str().unwrap().replace('\n', " "));
        assert_eq!(text(*entry, "published"), format!("{}T00:00:00Z", result["date"].as_str().unwrap()));
    }
    assert!(text(feed.root_element(), "id").starts_with("https://news.example/digests/api/v1/query.atom?"));
    assert_eq!(server.ask("/api/v1/query.atom", &[("q", "zzzz")]).status, 200, "an empty feed");
    assert_eq!(server.get("/api/v1/query.atom?sort=oldest").status, 400);
    let search = server.get("/opensearch.xml");
    let search = roxmltree::Document::parse(search.text()).unwrap();
    let templates: Vec<&str> = search.descendants().filter_map(|node| node.attribute("template")).collect();
    assert_eq!(templates[0], "https://news.example/digests/?q={searchTerms}");
    let found = server.get(&templates[0].replace("https://news.example", "").replace("{searchTerms}", "rare+earths"));
    assert!(!hits(&found).0.is_empty());
}

#[test]
fn facets_of_custom_fields_are_links() {
    let env = TestEnv::with_digests(2);
    env.write(
        "corpus/digest-search.yaml",
        "fields: { edition: topicName }\nsources: { Here Times: { lean: [left, '<i>'] } }\n",
    );
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let facet = |page: &Response, field: &str| {
        between(page.text(), &format!("<section data-field=\"{field}\">"), "</section>").concat()
    };
    let page = server.ask("/", &[]);
    assert!(
        facet(&page, "edition").contains("href=\"/?where=edition%3DHere+vs+There\""),
        "{}",
        facet(&page, "edition")
    );
    let lean = facet(&page, "source.lean");
    assert!(lean.contains("?where=source.lean%3Dleft\"") && lean.contains("&lt;i&gt;"), "{lean}");
    let page = server.ask("/", &[("where", "Source.Lean=LEFT"), ("more", "edition")]);
    assert_eq!(hits(&page).0.len(), 2, "{}", page.text());
    let lean = facet(&page, "source.lean");
    assert!(lean.contains("href=\"/?more=edition\" aria-current=\"true\""), "the link removes the condition: {lean}");
    assert!(page.text().contains("where <bdi>Source.Lean=LEFT</bdi>"), "{}", page.text());
}

#[test]
fn fields_without_values_are_not_offered() {
    let env = TestEnv::new();
    env.write("corpus/2026-01-05.md", "* [Ferry strike](https://example.com/1) - Harbour Daily\n");
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let page = server.get("/?q=ferry");
    let fields = between(page.text(), "data-field=\"", "\"");
    assert_eq!(fields, ["topic", "source", "kind", "lang"], "{}", page.text());
}

#[test]
fn pages_show_errors_and_the_form() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for (path, parameters, status, expect) in [
        ("/", &[("q", "\"rare")][..], 400, "Unclosed quotation mark"),
        ("/", &[("q", "a"), ("limt", "3")], 400, "Unknown parameter `limt`"),
        ("/", &[("offset", "9999"), ("limit", "2")], 400, "exceeds 10000 hits"),
        ("/", &[("more", "nix")], 400, "Invalid value `nix` for `more`"),
        (
            "/compare",
            &[("q", "tariff"), ("topic", "us-mexico"), ("perspective", "us")],
            400,
            "This needs two perspectives",
        ),
        ("/trend", &[("topic", "us-mexco")], 400, "Did you mean"),
        ("/stories", &[("since", "yesteryear")], 400, "`yesteryear` is not a date"),
        ("/", &[("q", "\"open")], 400, "Search for plain words"),
        ("/trend", &[("q", "nix:a"), ("topic", "us-mexico")], 400, "&words=true"),
        ("/", &[("q", "\"open"), ("words", "true"), ("any", "true")], 200, "plain words"),
        ("/", &[("any", "true"), ("explain", "true")], 200, "any of the words"),
        ("/digest", &[("id", "2026-02-02")], 200, "Digests of 2026-02-02"),
        ("/digest", &[], 400, "Missing parameter `id`"),
        ("/digest", &[("id", "nix")], 400, "`nix` is not an id"),
        ("/digest", &[("id", "us-mexico/1999-01-01")], 404, "does not exist or is empty"),
        ("/compare", &[("q", "tariff")], 200, "Select a topic"),
        ("/nix", &[], 404, "Unknown path `/nix`"),
    ] {
        let page = server.ask(path, parameters);
        assert_eq!(page.status, status, "{path} {parameters:?}");
        assert!(unescaped(page.text()).contains(expect), "{path} {parameters:?}: {}", page.text());
        let text = page.text().replace("<code>digest-search query --limit all</code>", "");
        assert!(!text.contains("--"), "{path}: no options of the command line");
        if path != "/digest" && path != "/nix" {
            assert!(page.text().contains("<form id=\"search\""), "{path}");
        }
    }
    let none = TestEnv::new();
    let server = Server::start(&none, &["-v"]);
    let page = server.get(&target("/", &[("q", "a")]));
    assert_eq!((page.status, page.header("retry-after")), (503, Some("5")));
    assert!(
        page.text().contains("The index does not exist yet") && !page.text().contains(none.path("").to_str().unwrap())
    );
    server.get("/api/v1/count");
    // Lines of the log are written asynchronously; at the end all are there.
    assert_eq!(server.stop("-TERM"), Some(0));
    let log = std::fs::read_to_string(none.path("serve.err")).unwrap();
    let lines = log.lines().filter(|line| line.contains(" GET ") && line.contains(": no index in ")).count();
    assert_eq!(lines, 2, "{log}");
}
