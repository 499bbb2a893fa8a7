//! Pages of a corpus that means harm, asked by addresses that mean harm: nothing of either acts. Every page is read by a
//! tokenizer of HTML that is not ours, and may hold no element, attribute or link beside those that pages are made of.

use std::collections::BTreeSet;

use html5gum::{Error, HtmlString, Token, Tokenizer};

use crate::env::TestEnv;
use crate::http::{Response, Server, target};

const PAGES: [&str; 6] = ["/", "/compare", "/trend", "/stories", "/gaps", "/digest"];

/// Every parameter that some page reads.
const PARAMETERS: &str = "\
    q any fuzzy topic perspective source kind lang since until on as-of sort limit offset explain \
    all-copies facets like fields more by top ngrams keep-names max-q prior period min id share exclude \
    %3Cx%3E%22";

/// All elements that pages have. None of these does anything by itself but `script`, which has ours alone.
const ELEMENTS: &str = "\
    a abbr article aside bdi body button caption circle code desc details div figcaption figure footer \
    form g h1 h2 h3 h4 head header html input label li line link main mark meta nav ol option p path \
    rect script section select small span summary svg table tbody td text th thead time title tr ul";

/// Those of them that have no end.
const VOID: [&str; 3] = ["input", "link", "meta"];

/// All attributes that pages have. None of these leads anywhere but `action`, `href` and `src`; none is run.
const ATTRIBUTES: &str = "\
    action aria-current aria-hidden aria-label autocapitalize autocomplete charset checked class content \
    cx cy d data-field data-id data-live datetime defer dir fill fill-opacity font-family font-size \
    font-weight for height hidden href id lang maxlength method name placeholder pointer-events \
    preserveaspectratio r rel role scope selected size spellcheck src start stroke stroke-dasharray \
    stroke-linejoin stroke-opacity stroke-width tabindex text-anchor title type value viewbox width x x1 \
    x2 xmlns y y1 y2";

/// Texts that mean harm.
fn hostile() -> Vec<String> {
    let texts = [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "\"><svg onload=alert(1)>",
        "' onmouseover='alert(1)' x='",
        "</title><script src=//evil.example></script>",
        "</bdi></li></ol><form action=//evil.example>",
        "<!-- --!> <![CDATA[ ]]> <?xml ?>",
        "javascript:alert(1)",
        "&lt;script&gt; &#60;b&#62; &amp;quot;",
        "right\u{202e}left \u{2066}apart\u{2069} \u{200f}mark",
        "nul\0 bell\u{7} escape\u{1b}[31m \u{9b}31m delete\u{7f}",
        "line\r\nSet-Cookie: a=b\r\n\r\n<b>",
        "{{7*7}} ${7*7} %0d%0a %3Cb%3E",
        "\u{feff}\u{2028}\u{2029}\u{fffe}\u{10ffff}",
    ];
    let long = format!("<b onclick=x>{}", "wort ".repeat(2_000));
    texts.into_iter().map(str::to_owned).chain([long]).collect()
}

/// Addresses that are not for a click, and some that are.
const URLS: [&str; 8] = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)//https://example.com/",
    "data:text/html;base64,PHNjcmlwdD4=",
    "//evil.example/x",
    "vbscript:x",
    "https://example.com/\"onmouseover=\"alert(1)",
    "https://example.com/<script>alert(1)</script>",
    "http://example.com/?a=b&lt;&quot;",
];

/// Digests with all of it wherever there may be text: five days, two topics whose ids mean harm, too.
fn corpus() -> TestEnv {
    let env = TestEnv::new();
    let texts = hostile();
    let text = |at: usize| texts[at % texts.len()].as_str();
    let quoted = |text: &str| serde_json::to_string(text).unwrap();
    for (at, topic) in ["<b>t\"'&", "t"].into_iter().enumerate() {
        for day in 1..=5 {
            let name = |more: usize| quoted(&text(at + day + more).chars().take(90).collect::<String>());
            let titles: String = (0..16)
                .map(|n| {
                    let outlet: String = text(n + day).chars().take(60).filter(|c| !"\r\n".contains(*c)).collect();
                    let title = text(n + at).replace(['\r', '\n'], " ");
                    let url = URLS[n % URLS.len()];
                    format!("{}. [en-US] [{title} steel]({url}) - {outlet} (1/{day}/2026)\n", n + 1)
                })
                .collect();
            let points: String = texts.iter().map(|text| format!("- steel {text}\n")).collect();
            env.write(
                &format!("corpus/{at}/{day}.md"),
                format!(
                    "---\ntopic: {}\ntopicName: {}\ndate: 2026-01-0{day}\nperspectives:\n  - id: \"here\"\n    name: {}\n    \
                     count: 8\n  - id: \"<i>\"\n    name: {}\n    count: 8\n---\n\n## Overall Highlights\n\n{points}\n\
                     ## {} Perspective\n\n{points}\n## Sources\n\n{titles}",
                    quoted(topic),
                    name(0),
                    name(1),
                    name(2),
                    text(2)
                ),
            );
        }
    }
    env.ok(&["index", "corpus"]);
    env
}

fn utf8(text: &HtmlString) -> String {
    String::from_utf8(text.to_vec()).unwrap()
}

fn has(list: &str, name: &str) -> bool {
    list.split(' ').any(|known| known == name)
}

/// Holds a page to be whole and harmless; gives its links that stay here.
fn check(page: &Response, what: &str) -> Vec<String> {
    assert!(page.status < 500, "{what}: {}", page.status);
    assert_eq!(page.header("content-type"), Some("text/html; charset=utf-8"), "{what}");
    let policy = page.header("content-security-policy").unwrap();
    assert!(policy.starts_with("default-src 'none'; style-src 'self'; script-src 'self';"), "{what}: {policy}");
    let acts = |c: char| c != '\n' && c.is_control() || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    assert!(!page.text().contains(acts), "{what}: {:?}", page.text().matches(acts).collect::<Vec<_>>());
    let (mut open, mut links) = (Vec::<String>::new(), Vec::new());
    for Ok(token) in Tokenizer::new(page.text()) {
        match token {
            Token::StartTag(tag) => {
                let name = utf8(&tag.name);
                assert!(has(ELEMENTS, &name), "{what}: <{name}>");
                assert_ne!(open.last().map(String::as_str), Some("script"), "{what}");
                for (attribute, value) in &tag.attributes {
                    let (attribute, value) = (utf8(attribute), utf8(value));
                    assert!(has(ATTRIBUTES, &attribute), "{what}: <{name} {attribute}>");
                    if matches!(attribute.as_str(), "href" | "src" | "action") {
                        let is_own = value.starts_with('/') && !value.starts_with("//") && !value.starts_with("/\\");
                        let is_link = name == "a" && (value.starts_with('#') || value.starts_with("http"));
                        assert!(is_own || is_link, "{what}: <{name} {attribute}={value}>");
                        assert!(name != "script" || value.starts_with("/assets/"), "{what}: {value}");
                        links.extend(Some(value).filter(|_| is_own && name == "a"));
                    }
                }
                assert!(name != "script" || tag.attributes.contains_key(&b"src"[..]), "{what}");
                if !VOID.contains(&name.as_str()) && !tag.self_closing {
                    open.push(name);
                }
            }
            Token::EndTag(tag) => assert_eq!(open.pop(), Some(utf8(&tag.name)), "{what}"),
            Token::String(_) => assert_ne!(open.last().map(String::as_str), Some("script"), "{what}"),
            Token::Doctype(_) => assert!(open.is_empty(), "{what}"),
            Token::Comment(_) => panic!("{what}: a comment"),
            // They are of no harm, only of no use.
            Token::Error(error) => assert_eq!(error.value, Error::NoncharacterInInputStream, "{what}"),
        }
    }
    assert!(open.is_empty(), "{what}: {open:?}");
    links
}

#[test]
fn nothing_of_a_corpus_acts_on_a_page() {
    let env = corpus();
    let server = Server::start(&env, &[]);
    let mut next: Vec<String> = PAGES.iter().map(|page| target(page, &[("q", "steel"), ("topic", "t")])).collect();
    next.extend(["/", "/digest?id=t/2026-01-01", "/?q=steel&limit=1000&all-copies&explain"].map(str::to_owned));
    let mut seen = BTreeSet::new();
    let mut places = BTreeSet::new();
    // Every link is followed, first those to other pages.
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
fn nothing_of_an_address_acts_on_a_page() {
    let env = corpus();
    let server = Server::start(&env, &[]);
    let texts = hostile();
    let mut at = 0;
    for page in PAGES {
        for parameter in PARAMETERS.split(' ') {
            for _ in 0..4 {
                at += 1;
                let text = &texts[at % texts.len()];
                // As many as fit into an address, each with three bytes for one.
                let text: String = text.chars().take(3_000).collect();
                let mut asked = vec![(parameter, text.as_str())];
                if at.is_multiple_of(3) {
                    asked.push(("topic", "t"));
                }
                check(&server.ask(page, &asked), &format!("{page} {asked:?}"));
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
fn paths_heads_and_hosts_play_no_tricks() {
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
