//! The pages with links and forms only, without scripts.

use fantoccini::key::Key;

use crate::Sample;

#[test]
fn pages_work_without_scripts() {
    let sample = Sample::open();
    let browser = &sample.browser;
    browser.without_scripts();
    browser.go("/");
    sample.shows(&[]);
    browser.write("#q", "tariff");
    browser.press(&Key::Enter);
    browser.until("location.search !== ''");
    sample.shows(&[("q", "tariff")]);
    let named = |name: &str| -> String { browser.js(&format!("new URLSearchParams(location.search).get('{name}')")) };
    let link = "#facets section[data-field=perspective] a";
    browser.click(link);
    browser.until("location.search.includes('perspective=')");
    sample.shows(&[("q", "tariff"), ("perspective", &named("perspective"))]);
    // Filters are kept when the form is submitted again.
    browser.write("#q", "steel");
    browser.click("form#search button:not([type=button])");
    browser.until("location.search.includes('q=steel')");
    sample.shows(&[("q", "steel"), ("perspective", &named("perspective"))]);
    browser.click(&format!("{link}[aria-current=true]"));
    browser.until("!location.search.includes('perspective=')");
    sample.shows(&[("q", "steel")]);
    browser.click("#days svg.histogram a");
    browser.until("location.search.includes('since=')");
    sample.shows(&[("q", "steel"), ("since", &named("since")), ("until", &named("until"))]);
    browser.go("/?q=tariff");
    browser.click("select[name=sort] option[value=newest]");
    browser.click("form#search button:not([type=button])");
    browser.until("location.search.includes('sort=newest')");
    sample.shows(&[("q", "tariff"), ("sort", "newest")]);
    let size = browser.count("ol.hits > li").to_string();
    browser.click("nav.pages a[rel=next]");
    browser.until("location.search.includes('offset=')");
    sample.shows(&[("q", "tariff"), ("sort", "newest"), ("offset", &size)]);
    browser.click("details.copies summary");
    browser.until("document.querySelector('details.copies').open");
    browser.go("/?q=magent+exports");
    browser.click("a.suggestion");
    browser.until("document.querySelectorAll('ol.hits > li').length > 0");
    for path in ["/compare", "/trend", "/stories", "/gaps", "/"] {
        let href: String = browser.js(&format!(
            "[...document.querySelectorAll('nav.views a')].find(a => a.pathname === '{path}').getAttribute('href')"
        ));
        browser.click(&format!("nav.views a[href={href:?}]"));
        browser.until(&format!("location.pathname === '{path}'"));
    }
    browser.click("ol.hits a.digest");
    browser.until("location.pathname === '/digest' && document.querySelector(':target')");
    // Controls that need a script are hidden.
    browser.go("/?q=tariff");
    assert_eq!(browser.count("button[type=button]:not([hidden])"), 0);
}
