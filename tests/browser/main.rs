//! The pages in a browser. Needs Chromium and its driver.

#![allow(clippy::unwrap_used)]

mod axe;
mod browser;
mod driver;
// The environment and server of the other tests, of which this needs a part.
#[allow(dead_code)]
#[path = "../it/env.rs"]
mod env;
mod fit;
mod hostile;
#[allow(dead_code)]
#[path = "../it/http.rs"]
mod http;
mod keyboard;
mod log;
mod looks;
mod proxy;
mod search;
mod typing;
mod views;
mod without_scripts;

use browser::Browser;
use env::TestEnv;
use http::Server;
use serde_json::json;

/// All pages with content, by name.
const PAGES: [(&str, &str); 10] = [
    ("start", "/"),
    ("search", "/?q=tariff&topic=us-mexico"),
    ("nothing", "/?q=magent+exports"),
    ("wrong", "/?q=%22tariff"),
    ("compare", "/compare?q=rare+earths&topic=china-japan"),
    ("trend", "/trend?q=tariff+OR+arancel&topic=us-mexico"),
    ("stories", "/stories?q=icebreaker&topic=arctic-shipping"),
    ("gaps", "/gaps?topic=china-japan"),
    ("digest", "/digest?id=china-japan/2026-02-10"),
    ("missing", "/digest?id=china-japan/1999-01-01"),
];

/// The sample corpus in a server and a browser. Fields drop in order: the browser first.
struct Sample {
    browser: Browser,
    server: Server,
    _env: TestEnv,
}

impl Sample {
    fn open() -> Self {
        let env = TestEnv::indexed();
        let server = Server::start(&env, &[]);
        let browser = Browser::open(&server);
        Self { browser, server, _env: env }
    }

    /// Waits until the search page shows the program's answer to the same query.
    fn shows(&self, parameters: &[(&str, &str)]) {
        let answer = self.server.ask("/api/v1/query", &[parameters, &[("limit", "5")]].concat()).json();
        let ids: Vec<_> = answer["results"].as_array().unwrap().iter().map(|hit| &hit["id"]).collect();
        let shown = "[...document.querySelectorAll('ol.hits > li')].slice(0, 5).map(hit => hit.dataset.id)";
        self.browser.until(&format!("JSON.stringify({shown}) === {}", json!(json!(ids).to_string())));
        // An empty answer is a sentence.
        let numbers =
            "(document.querySelector('#status').textContent.replaceAll(',', '').match(/\\d+/g) ?? [0]).map(Number)";
        self.browser.until(&format!("{numbers}.includes({})", answer["total"]));
    }

    /// The browser, with log messages of error pages allowed.
    fn of_problems(&self) -> &Browser {
        self.browser.expect_log("q=%22tariff - Failed to load resource: the server responded with a status of 400");
        self.browser.expect_log("1999-01-01 - Failed to load resource: the server responded with a status of 404");
        &self.browser
    }

    /// Marks the page, to detect a reload.
    fn mark(&self) {
        self.browser.js::<i32>("window.mark = 1");
    }

    /// Reports whether the page was not reloaded.
    fn is_marked(&self) -> bool {
        self.browser.js("window.mark === 1")
    }
}
