//! What pages offer beside their answers: downloads, more of a list, help, and the form in which they say things.

use crate::env::TestEnv;
use crate::http::{Response, Server};
use crate::serve_pages::{between, hits, unescaped};

/// The addresses of the downloads of a page, by format.
fn downloads(page: &Response) -> Vec<(String, String)> {
    let row = between(page.text(), "<nav class=\"downloads\"", "</nav>").concat();
    let links = between(&row, " href=\"", "</a>").into_iter().filter_map(|link| link.split_once("\">"));
    links.map(|(address, format)| (format.to_owned(), unescaped(address))).collect()
}

#[test]
fn pages_offer_their_records_as_csv() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let id = "china-japan/2026-02-10";
    for (page, formats, command) in [
        ("/?q=tariff+OR+arancel", "CSV JSON Atom feed", &["query", "tariff OR arancel", "--limit", "1000"][..]),
        (
            "/?q=icebreaker&kind=bullet",
            "CSV JSON Atom feed",
            &["query", "icebreaker", "--kind", "bullet", "--limit", "1000"],
        ),
        ("/compare?q=rare+earths&topic=china-japan", "CSV JSON", &["compare", "rare earths", "-t", "china-japan"]),
        ("/trend?q=tariff&topic=us-mexico", "CSV JSON SVG", &["trend", "tariff", "-t", "us-mexico"]),
        ("/trend?topic=us-mexico&words=true", "CSV JSON", &["trend", "-t", "us-mexico"]),
        ("/stories?q=icebreaker", "CSV JSON", &["stories", "icebreaker"]),
        ("/gaps?topic=china-japan", "CSV JSON", &["gaps", "-t", "china-japan"]),
        (&format!("/digest?id={id}"), "CSV JSON", &["show", id]),
    ] {
        let links = downloads(&server.get(page));
        let names: Vec<&str> = links.iter().map(|(format, _)| format.as_str()).collect();
        assert_eq!(names.join(" "), formats, "{page}");
        for (format, address) in &links {
            let response = server.get(address);
            assert_eq!(response.status, 200, "{page}: {format} {address}: {}", response.text());
        }
        let csv = server.get(&links[0].1);
        assert_eq!(csv.text(), env.ok(&[command, &["--format", "csv"]].concat()), "{page}");
        assert_eq!(csv.header("content-type"), Some("text/csv; charset=utf-8; header=present"));
        let name = format!("attachment; filename=\"{}.csv\"", command[0]);
        assert_eq!(csv.header("content-disposition"), Some(name.as_str()));
    }
    for (target, command) in [
        ("/api/v1/count.csv?by=source,month", &["count", "--by", "source,month"][..]),
        ("/api/v1/query.csv?q=steel&fields=date,text", &["query", "steel", "--fields", "date,text"]),
    ] {
        assert_eq!(server.get(target).text(), env.ok(&[command, &["--format", "csv"]].concat()), "{target}");
    }
    assert!(server.get("/api/v1/status.csv").text().starts_with("id,name,"));
    // An error is no download.
    let error = server.get("/api/v1/query.csv?q=%22open");
    assert_eq!((error.status, error.header("content-disposition")), (400, None));
    assert_eq!(error.header("content-type"), Some("application/json"));
}

#[test]
fn more_leads_to_all() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let page = server.get("/compare?topic=arctic-shipping&top=1");
    let more = between(page.text(), "<p class=\"total\"><a href=\"", "</p>");
    assert!(!more.is_empty(), "{}", page.text());
    for more in more {
        let (address, number) = more.split_once("\">").unwrap();
        let number: usize = number.split(' ').next().unwrap().parse().unwrap();
        let all = server.get(&unescaped(address));
        let rows = between(all.text(), "<table class=\"numbers terms", "</table>").into_iter();
        assert!(
            rows.map(|table| table.matches("<th scope=\"row\">").count()).any(|rows| rows == number + 1),
            "{address}"
        );
    }
    // All titles of a story are on its page, some folded.
    let page = server.get("/stories?limit=50");
    let folded = between(page.text(), " more</summary>", "</details>");
    assert!(!folded.is_empty());
    for (number, list) in between(page.text(), "<details><summary>", " more<").iter().zip(folded) {
        assert_eq!(number.parse::<usize>().unwrap(), list.matches("<li>").count(), "{list}");
    }
}

#[test]
fn messages_show_code_as_code() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for target in [
        "/?limt=3",
        "/?q=nix:a",
        "/?q=%22open",
        "/?more=nix",
        "/trend?topic=us-mexco",
        "/stories?since=yesteryear",
        "/compare?topic=us-mexico&perspective=us",
        "/digest",
        "/digest?id=nix",
        "/nix",
    ] {
        let page = server.get(target);
        assert!(page.status >= 400 && page.text().contains("id=\"error\""), "{target}");
        assert!(!page.text().contains('`'), "{target}: {}", page.text());
    }
    assert!(server.get("/?limt=3").text().contains("Unknown parameter <code>limt</code>"));
    // Where operators are the error, the same words without them are a link.
    let page = server.get("/?q=%22open&topic=us-mexico");
    let words = between(page.text(), "<a href=\"", "\">Search for plain words");
    assert_eq!(
        words.last().map(|link| unescaped(link.rsplit("href=\"").next().unwrap())).as_deref(),
        Some("/?q=%22open&topic=us-mexico&words=true")
    );
}

#[test]
fn examples_of_the_query_language_find_entries() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    for path in ["/", "/trend?topic=us-mexico", "/?q=%22open"] {
        let page = server.get(path);
        let help = between(page.text(), "<details class=\"help\">", "</details>").concat();
        let links = between(&help, "<a href=\"", "\"");
        assert_eq!(links.len(), 10, "{path}: {help}");
        for link in links {
            let found = server.get(&unescaped(link));
            assert_eq!(found.status, 200, "{link}");
            assert!(!hits(&found).0.is_empty(), "{link}");
        }
    }
}

#[test]
fn dates_can_be_chosen() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let page = server.get("/");
    let list = between(page.text(), "<datalist id=\"day-values\">", "</datalist>").concat();
    let values = between(&list, "<option value=\"", "\"");
    assert!(["7d", "4w", "3m", "2026-02"].iter().all(|value| values.contains(value)), "{values:?}");
    for value in values {
        for field in ["since", "until"] {
            assert_eq!(server.ask("/", &[(field, value)]).status, 200, "{field} {value}");
        }
    }
    assert_eq!(page.text().matches(" list=\"day-values\"").count(), 2);
}

#[test]
fn a_gap_begins_with_what_there_is() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let page = server.get("/gaps?topic=china-japan");
    let gaps = between(page.text(), "<article>", "</article>");
    let gap = gaps.iter().find(|gap| gap.contains("<h3>")).unwrap();
    let at = |text: &str| gap.find(text).unwrap_or_else(|| panic!("{text}: {gap}"));
    let order = [at("<h3>"), at("<p class=\"badge\">no "), at("<ul"), at("report it; sampled"), at("; p ")];
    assert!(order.is_sorted(), "{order:?}: {gap}");
}
