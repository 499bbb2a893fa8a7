//! Search as you type without a reload, and the history.

use fantoccini::key::Key;

use crate::Sample;

const BOX: &str = "document.querySelector('#q').value";

#[test]
fn results_follow_what_is_typed() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/");
    sample.shows(&[]);
    sample.mark();
    let steps: usize = browser.js("history.length");
    // An unfinished word is a prefix.
    browser.write("#q", "tariff");
    sample.shows(&[("q", "tariff*")]);
    assert!(browser.count("ol.hits mark") > 0);
    browser.press(" quota");
    sample.shows(&[("q", "tariff quota*")]);
    assert_eq!(browser.js::<usize>("history.length"), steps + 1, "all that was typed is one step to go back");
    assert_eq!(browser.js::<String>("document.activeElement.id"), "q");
    assert_eq!(browser.js::<String>(BOX), "tariff quota");
    assert!(browser.text("#status").ends_with("(for words starting with this)"), "{}", browser.text("#status"));
    // Invalid input is reported; the next letter may fix it.
    browser.expect_log("q=%22rare+earths - Failed to load resource: the server responded with a status of 400");
    browser.write("#q", "\"rare earths");
    browser.until("document.querySelector('#status').textContent.includes('nclosed quotation mark')");
    assert!(browser.count("ol.hits > li") > 0, "what was found before stays");
    browser.press("\"");
    sample.shows(&[("q", "\"rare earths\"")]);
    browser.press(&Key::Backspace);
    browser.press(&Key::Enter);
    browser.until("document.querySelector('#error[role=alert]')?.checkVisibility()");
    assert!(browser.text("#error").contains("nclosed quotation mark"), "{}", browser.text("#error"));
    browser.write("#q", "");
    sample.shows(&[]);
    assert!(sample.is_marked(), "all on one page");
}

#[test]
fn back_and_forward_restore_box_and_results() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=icebreaker");
    sample.mark();
    browser.write("#q", "tariff");
    browser.press(&Key::Enter);
    sample.shows(&[("q", "tariff")]);
    browser.write("#q", "steel");
    browser.press(&Key::Enter);
    sample.shows(&[("q", "steel")]);
    browser.click("#facets section[data-field=topic] a");
    browser.until("location.search.includes('topic=')");
    let topic: String = browser.js("new URLSearchParams(location.search).get('topic')");
    let topical = [("q", "steel"), ("topic", &*topic)];
    sample.shows(&topical);
    for (word, go) in [("steel", "back"), ("tariff", "back"), ("icebreaker", "back"), ("tariff", "on"), ("steel", "on")]
    {
        if go == "back" {
            browser.back()
        } else {
            browser.forward()
        }
        sample.shows(&[("q", word)]);
        assert_eq!(browser.js::<String>(BOX), word);
    }
    browser.forward();
    sample.shows(&topical);
    assert_eq!(browser.count("#facets section[data-field=topic] a[aria-current=true]"), 1);
    assert!(sample.is_marked());
    // From another page, too.
    browser.click("ol.hits a.digest");
    browser.until("location.pathname === '/digest'");
    browser.back();
    sample.shows(&topical);
    assert_eq!(browser.js::<String>(BOX), "steel");
}

#[test]
fn a_suggested_spelling_is_applied_by_a_click() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/");
    browser.write("#q", "magent exports");
    browser.press(&Key::Enter);
    browser.until("document.querySelector('a.suggestion')");
    assert_eq!(browser.count("ol.hits > li"), 0);
    let word = browser.text("a.suggestion");
    let whole = format!("{word} exports");
    browser.click("a.suggestion");
    sample.shows(&[("q", &whole)]);
    assert_eq!(browser.js::<String>(BOX), whole);
    assert!(browser.count("ol.hits > li") > 0);
    browser.back();
    browser.until("document.querySelector('a.suggestion')");
    assert_eq!(browser.js::<String>(BOX), "magent exports");
}

#[test]
fn links_have_the_typed_text_without_the_star() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/");
    browser.write("#q", "tarif");
    sample.shows(&[("q", "tarif*")]);
    browser.write("#q", "tariff");
    sample.shows(&[("q", "tariff*")]);
    let starred = "[...document.querySelectorAll('a:not(.help a)')].filter((a) => decodeURIComponent(a.getAttribute('href')).includes('*')).map((a) => a.rel)";
    assert_eq!(browser.js::<Vec<String>>(starred), ["next"], "only the next page keeps the star");
    browser.click("#facets section[data-field=kind] a");
    browser.until("location.search.includes('kind=')");
    let kind: String = browser.js("new URLSearchParams(location.search).get('kind')");
    sample.shows(&[("q", "tariff"), ("kind", &*kind)]);
    assert_eq!(browser.js::<String>(BOX), "tariff");
    browser.write("#q", "magent exports");
    browser.until("document.querySelector('a.suggestion')");
    browser.click("a.suggestion");
    browser.until("!document.querySelector('a.suggestion')");
    assert!(!browser.js::<String>(BOX).contains('*'));
}
