//! Filters and options of the search page, applied by clicks without a reload.

use crate::Sample;

const TARIFF: (&str, &str) = ("q", "tariff");

#[test]
fn facets_are_applied_and_removed() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff");
    sample.mark();
    for field in ["topic", "perspective", "source", "kind", "lang"] {
        let link = format!("#facets section[data-field={field}] a");
        let chosen = format!("{link}[aria-current=true]");
        assert!(browser.count(&link) > 0 && browser.count(&chosen) == 0, "{field}");
        browser.click(&link);
        browser.until(&format!("document.querySelector('{chosen}')"));
        let value: String = browser.js(&format!("new URLSearchParams(location.search).get('{field}')"));
        sample.shows(&[TARIFF, (field, &value)]);
        browser.click(&chosen);
        sample.shows(&[TARIFF]);
        assert_eq!((browser.target().as_str(), browser.count(&chosen)), ("/?q=tariff", 0), "{field}");
    }
    // Two values of a field are alternatives; the first does not hide the second.
    let link = "#facets section[data-field=source] a:not(.more)";
    browser.click(link);
    browser.until(&format!("document.querySelector('{link}[aria-current=true]')"));
    browser.click(&format!("{link}:not([aria-current=true])"));
    browser.until(&format!("document.querySelectorAll('{link}[aria-current=true]').length === 2"));
    let sources: Vec<String> = browser.js("new URLSearchParams(location.search).getAll('source')");
    sample.shows(&[TARIFF, ("source", &sources[0]), ("source", &sources[1])]);
    assert!(sample.is_marked());
}

#[test]
fn days_are_chosen_in_the_histogram() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff");
    sample.mark();
    let bars = "document.querySelectorAll('#days svg.histogram a')";
    let middle = |bar: usize| -> (f64, f64) {
        browser.js(&format!(
            "(r => [r.x + r.width / 2, document.querySelector('#days svg.histogram').getBoundingClientRect().bottom - 30])\
             ({bars}[{bar}].getBoundingClientRect())"
        ))
    };
    browser.js::<()>("void document.querySelector('#days').scrollIntoView()");
    let (from, to) = (middle(4), middle(9));
    browser.drag(from, to);
    browser.until("location.search.includes('since=')");
    let named = |name: &str| -> String { browser.js(&format!("new URLSearchParams(location.search).get('{name}')")) };
    let (since, until) = (named("since"), named("until"));
    assert!(since < until, "{since} to {until}");
    sample.shows(&[TARIFF, ("since", &since), ("until", &until)]);
    assert_eq!(browser.js::<String>("document.querySelector('input[name=since]').value"), since);
    assert_eq!(browser.js::<String>("document.querySelector('input[name=until]').value"), until);
    browser.back();
    sample.shows(&[TARIFF]);
    // In the other direction it is the same span.
    browser.js::<()>("void document.querySelector('#days').scrollIntoView()");
    browser.drag(middle(9), middle(4));
    sample.shows(&[TARIFF, ("since", &since), ("until", &until)]);
    browser.back();
    sample.shows(&[TARIFF]);
    browser.js::<()>("void document.querySelector('#days').scrollIntoView()");
    browser.drag(middle(4), middle(4));
    browser.until("location.search.includes('since=')");
    assert_eq!(named("since"), since, "a click is the days of its bar");
    sample.shows(&[TARIFF, ("since", &since), ("until", &named("until"))]);
    assert!(sample.is_marked());
}

#[test]
fn the_form_has_the_options() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.go("/?q=tariff");
    sample.mark();
    for sort in ["newest", "oldest"] {
        browser.click(&format!("select[name=sort] option[value={sort}]"));
        sample.shows(&[TARIFF, ("sort", sort)]);
    }
    browser.click("select[name=sort] option[value='']");
    sample.shows(&[TARIFF]);
    browser.write("#q", "steel scallops");
    sample.shows(&[("q", "steel scallops*")]);
    browser.click("input[name=any]");
    sample.shows(&[("q", "steel scallops"), ("any", "true")]);
    browser.click("input[name=any]");
    browser.write("#q", "tarriff");
    browser.click("input[name=fuzzy]");
    sample.shows(&[("q", "tarriff"), ("fuzzy", "true")]);
    assert!(sample.is_marked());
}

#[test]
fn hits_link_to_articles_and_digests() {
    let sample = Sample::open();
    let browser = &sample.browser;
    let ids = || browser.each::<String>("ol.hits > li", "dataset.id");
    browser.go("/?q=tariff");
    sample.mark();
    let first = ids();
    assert_eq!(browser.count("nav.pages a[rel=prev]"), 0);
    browser.click("nav.pages a[rel=next]");
    let size = first.len().to_string();
    sample.shows(&[TARIFF, ("offset", &size)]);
    assert!(browser.js::<f64>("scrollY") < 300.0, "one begins to read at the top");
    let mut seen = [first.clone(), ids()].concat();
    while browser.count("nav.pages a[rel=next]") > 0 {
        let last = ids()[0].clone();
        browser.click("nav.pages a[rel=next]");
        browser.until(&format!("document.querySelector('ol.hits > li').dataset.id !== '{last}'"));
        seen.extend(ids());
    }
    let total = sample.server.ask("/api/v1/query", &[TARIFF]).json()["total"].as_u64().unwrap();
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len() as u64, total, "every hit is on one page");
    browser.click("nav.pages a[rel=prev]");
    browser.go("/?q=tariff");
    sample.mark();
    assert_eq!(ids(), first);
    assert!(!browser.js::<bool>("document.querySelector('details.copies').open"));
    browser.click("details.copies summary");
    browser.until("document.querySelector('details.copies').open");
    browser.click("ol.hits > li a.like");
    sample.shows(&[("like", &first[0])]);
    assert!(sample.is_marked());
}
