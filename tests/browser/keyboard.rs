//! The pages without a mouse.

use fantoccini::key::Key;
use serde_json::Value;

use crate::Sample;
use crate::browser::Browser;

/// The focused element: its place in the page, and whether the focus is visible.
const FOCUS: &str = "(e => { const s = getComputedStyle(e), r = e.getBoundingClientRect(); return {\
    place: ['#search', '#facets', '#days', '.hits', '.pages', '.views'].find(css => e.closest(css)) ?? '',\
    what: e.outerHTML.slice(0, 120), id: e.id, href: e.getAttribute('href') ?? '',\
    seen: (s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0) || s.boxShadow !== 'none',\
    inside: e.closest('svg') !== null || (r.width > 1 && r.right > 0 && r.bottom > 0 && r.top < innerHeight),\
    none: e === document.body };})(document.activeElement)";

/// Presses the first Tab. Keys before the browser is ready are lost.
fn enter(browser: &Browser) {
    for _ in 0..20 {
        browser.press(&Key::Tab);
        if !browser.js::<bool>("document.activeElement === document.body") {
            return;
        }
    }
    panic!("no Tab was taken");
}

#[test]
fn every_control_is_reachable_with_tab() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff");
    let next = || -> Value {
        browser.press(&Key::Tab);
        browser.js(FOCUS)
    };
    enter(browser);
    let skip: Value = browser.js(FOCUS);
    assert!(
        skip["href"].as_str().unwrap().starts_with('#') && skip["inside"] == true,
        "first comes the skip link: {skip}"
    );
    let mut places: Vec<String> = Vec::new();
    for _ in 0..400 {
        let focus = next();
        if focus["none"] == true {
            break;
        }
        assert!(focus["seen"] == true && focus["inside"] == true, "one sees where one is: {focus}");
        let place = focus["place"].as_str().unwrap().to_owned();
        if places.last() != Some(&place) {
            places.push(place);
        }
    }
    let order =
        |place: &str| places.iter().position(|p| p == place).unwrap_or_else(|| panic!("no {place}: {places:?}"));
    assert!(order("#search") < order(".hits") && order(".hits") < order(".pages"), "{places:?}");
    assert!(order("#search") < order("#facets"), "{places:?}");
}

#[test]
fn keys_work_like_clicks() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff");
    enter(browser);
    browser.press(&Key::Enter);
    let goal: String = browser.js("location.hash.slice(1)");
    browser.press(&Key::Tab);
    let is_behind = format!(
        "document.getElementById('{goal}').compareDocumentPosition(document.activeElement) & \
         (Node.DOCUMENT_POSITION_CONTAINED_BY | Node.DOCUMENT_POSITION_FOLLOWING)"
    );
    assert_ne!(browser.js::<i32>(&is_behind), 0, "one goes on where one jumped to");
    browser.go("/?q=tariff");
    browser.js::<()>("document.querySelector('#facets section[data-field=topic] a').focus()");
    browser.press(&Key::Enter);
    browser.until("location.search.includes('topic=')");
    browser.until("document.querySelector('#facets section[data-field=topic] a[aria-current=true]')");
    let focused = "document.activeElement.closest('#facets section[data-field=topic] a') !== null";
    browser.until(focused);
    browser.press(&Key::Enter);
    browser.until("!location.search.includes('topic=')");
    sample.shows(&[("q", "tariff")]);
    browser.until(focused);
}
