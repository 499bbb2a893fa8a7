//! The other pages, and the links between pages.

use crate::Sample;

#[test]
fn views_keep_the_question() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff&topic=us-mexico");
    for path in ["/compare", "/trend", "/stories", "/gaps", "/"] {
        let link = (0..browser.count("nav.views a"))
            .find(|n| browser.js::<String>(&format!("document.querySelectorAll('nav.views a')[{n}].pathname")) == path);
        let link = link.unwrap_or_else(|| panic!("no link to {path} on {}", browser.target()));
        browser.click(&format!("nav.views :nth-child({} of a, li)", link + 1));
        browser.until(&format!("location.pathname === '{path}'"));
        assert_eq!(browser.js::<String>("new URLSearchParams(location.search).get('q')"), "tariff", "{path}");
        assert_eq!(browser.js::<String>("new URLSearchParams(location.search).get('topic')"), "us-mexico", "{path}");
        assert_eq!(browser.count("nav.views a[aria-current=page]"), 1, "{path}");
        assert_eq!(browser.js::<String>("document.querySelector('input[name=q]').value"), "tariff", "{path}");
    }
}

#[test]
fn views_have_what_the_commands_answer() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/compare?q=rare+earths&topic=china-japan");
    let text = browser.text("main");
    assert!(["9.1%", "20.8%", "China", "Japan"].iter().all(|part| text.contains(part)), "{text}");
    browser.go("/trend?q=tariff+OR+arancel&topic=us-mexico");
    assert!(browser.count("svg[role=img]") > 0);
    let titles: Vec<String> = browser.each("svg[role=img] title", "textContent");
    assert!(titles.iter().any(|title| title.contains("33.3") && title.contains("6")), "{titles:?}");
    browser.go("/stories?q=icebreaker&topic=arctic-shipping");
    let text = browser.text("main");
    assert!(
        ["Icebreaker frees bulk carrier", "Polarvakt", "2026-02-23"].iter().all(|part| text.contains(part)),
        "{text}"
    );
    browser.go("/gaps?topic=china-japan");
    let text = browser.text("main");
    assert!(["hand in old phones", "China"].iter().all(|part| text.contains(part)), "{text}");
}

#[test]
fn a_hit_leads_to_its_place_in_the_digest() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=%22rare+earths%22+licence&kind=title");
    let id: String = browser.js("document.querySelector('ol.hits > li').dataset.id");
    browser.click("ol.hits > li a.digest");
    browser.until("location.pathname === '/digest'");
    assert_eq!(browser.target(), format!("/digest?id={id}"));
    let entry = id.split('#').nth(1).unwrap();
    let place = format!("document.getElementById('{entry}')");
    browser.until(&format!("{place}.matches(':target')"));
    browser.until(&format!("(r => r.top >= 0 && r.bottom <= innerHeight)({place}.getBoundingClientRect())"));
    // It looks different from its neighbours.
    let look = |element: &str| -> String {
        browser.js(&format!(
            "(s => s.backgroundColor + s.outline + s.boxShadow + s.borderLeft)(getComputedStyle({element}))"
        ))
    };
    let neighbour = format!("({place}.nextElementSibling ?? {place}.previousElementSibling)");
    assert_ne!(look(&place), look(&neighbour));
    // Every entry of the digest has an anchor.
    let digest = id.split('#').next().unwrap();
    let shown =
        sample.server.ask("/api/v1/query", &[("topic", "china-japan"), ("all-copies", ""), ("limit", "1000")]).json();
    let hits = shown["results"].as_array().unwrap().iter().filter_map(|hit| hit["id"].as_str()?.strip_prefix(digest));
    let entries: Vec<&str> = hits.filter_map(|rest| rest.strip_prefix('#')).collect();
    assert!(entries.len() > 10);
    for entry in entries {
        assert_eq!(browser.count(&format!("[id='{entry}']")), 1, "{entry}");
    }
}
