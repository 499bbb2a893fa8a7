//! Hostile digests and addresses.

use crate::browser::Browser;
use crate::env::TestEnv;
use crate::http::{Server, target};

const SCRIPT: &str = "<script>window.harm=1</script>";
const IMAGE: &str = "\"'><img src=x onerror=window.harm=1><svg onload=window.harm=1>";

/// A digest whose texts would act as markup.
fn digest(day: u32) -> String {
    let long = "tariff ".repeat(1_500);
    format!(
        "---\ntopic: t\ntopicName: 'Here {SCRIPT} vs {IMAGE}'\ndate: 2026-01-{day:02}T04:00:00.000Z\nperspectives:\n  \
         - id: \"here\"\n    name: \"Here {SCRIPT}\"\n    count: 6\n  - id: \"there\"\n    name: \"There\"\n    count: 1\n---\n\n\
         ## Overall Highlights\n\n- tariff {day} {SCRIPT} {IMAGE} [link](javascript:window.harm=1) ![x](http://evil.example/x.png)\n\n\
         ## Here Perspective (Here Sources)\n\n- tariff here {SCRIPT} <iframe src=http://evil.example></iframe>\n\n\
         ## There Perspective (There Sources)\n\n- tariff </title></style></textarea> {IMAGE}\n\n## Sources\n\n\
         1. [en-US] [tariff one {SCRIPT} {day}](https://example.com/{day}/1) - Here {SCRIPT} Times (1/{day}/2026)\n\
         2. [en-US] [tariff two {IMAGE} {day}](javascript:window.harm=1) - {IMAGE} (1/{day}/2026)\n\
         3. [en-US] [tariff three \u{202e}sdrawkcab\u{2066} {day}](data:text/html,{SCRIPT}) - Here Times (1/{day}/2026)\n\
         4. [en-US] [tariff four {day}](JaVaScRiPt:window.harm=1) - Here Times (1/{day}/2026)\n\
         5. [en-US] [tariff five {day}](//evil.example/{day}) - Here Times (1/{day}/2026)\n\
         6. [en-US] [{long}{day}](https://example.com/{day}/6?\"onmouseover=\"window.harm=1) - Here Times (1/{day}/2026)\n\
         7. [en-US] [{} {day}](vbscript:x) - There Times (1/{day}/2026)\n",
        "tariffs".repeat(1_400)
    )
}

#[test]
fn hostile_texts_do_not_run() {
    let env = TestEnv::new();
    for day in 1..=9 {
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), digest(day));
    }
    env.ok(&["index", "corpus"]);
    let server = Server::start(&env, &[]);
    let browser = Browser::open(&server);
    // Pages of errors have another status.
    browser.expect_log("the server responded with a status of 4");
    let mut targets = vec!["/digest?id=t/2026-01-01".to_owned(), "/digest?id=t/2026-01-01#t2".to_owned()];
    for path in ["/", "/compare", "/trend", "/stories", "/gaps"] {
        targets.push(format!("{path}?q=tariff"));
        targets.push(format!("{path}?q=tariff&topic=t"));
        for text in [SCRIPT, IMAGE, "\u{202e}x", "\" onfocus=window.harm=1 autofocus=\"", "</script>"] {
            targets.push(target(path, &[("q", text)]));
            targets.push(target(path, &[("q", "tariff"), ("topic", text)]));
            targets.push(target(path, &[("q", "tariff"), ("since", text)]));
        }
    }
    targets.push(target("/digest", &[("id", SCRIPT)]));
    targets.push(target("/", &[("like", IMAGE)]));
    for target in &targets {
        browser.go(target);
        check(&browser, target);
    }
    browser.phone();
    for target in targets.iter().filter(|target| target.contains("id=t/") || target.ends_with("topic=t")) {
        browser.go(target);
        check(&browser, target);
    }
    // Content inserted by a script is checked, too.
    browser.desk();
    browser.go("/");
    for text in ["tariff", IMAGE, SCRIPT, "tarif"] {
        browser.write("#q", text);
        browser.until(
            "new URLSearchParams(location.search).get('q')?.replace(/[*]$/, '') === document.querySelector('#q').value",
        );
        check(&browser, text);
    }
    browser.until("document.querySelectorAll('ol.hits > li, a.suggestion').length");
    browser.go("/?q=tariff");
    browser.picture("hostile");
    check(&browser, "at last");
}

fn check(browser: &Browser, place: &str) {
    assert!(browser.js::<bool>("window.harm === undefined"), "{place}: a script ran");
    let schemes = "[...new Set([...document.querySelectorAll('[href], [src], [action], [formaction]')]\
        .flatMap(e => ['href', 'src', 'action', 'formaction'].filter(a => e.hasAttribute(a))\
        .map(a => new URL(e.getAttribute(a), location).protocol)))].filter(s => !['http:', 'https:', 'data:'].includes(s))";
    assert_eq!(browser.js::<Vec<String>>(schemes), Vec::<String>::new(), "{place}");
    let links = "[...document.querySelectorAll('a[href]')].map(e => new URL(e.getAttribute('href'), location))\
        .filter(u => !['http:', 'https:'].includes(u.protocol) || u.host === 'evil.example').map(String)";
    assert_eq!(browser.js::<Vec<String>>(links), Vec::<String>::new(), "{place}");
    let handlers =
        "[...document.querySelectorAll('*')].flatMap(e => e.getAttributeNames()).filter(a => a.startsWith('on'))";
    assert_eq!(browser.js::<Vec<String>>(handlers), Vec::<String>::new(), "{place}");
    assert_eq!(browser.count("iframe, object, embed, base, main img"), 0, "{place}");
    assert!(
        !browser.js::<bool>("/[\\u202a-\\u202e\\u2066-\\u2069]/.test(document.body.innerText)"),
        "{place}: turns text around"
    );
    assert!(browser.js::<bool>("document.documentElement.scrollWidth <= innerWidth"), "{place}: too wide");
}
