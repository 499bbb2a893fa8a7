//! A browser with one page, controlled step by step.

use std::cell::{Cell, RefCell};
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::wd::WebDriverCompatibleCommand;
use fantoccini::{Client, ClientBuilder, Locator};
use serde::de::DeserializeOwned;
use serde_json::{Value, json};
use tokio::runtime::Runtime;

use crate::driver::Driver;
use crate::http::Server;
use crate::log;

/// A browser, closed on drop, which then fails the test on unexpected logs or requests.
pub struct Browser {
    runtime: Runtime,
    client: Client,
    base: String,
    size: Cell<(u32, u32)>,
    expected: RefCell<Vec<&'static str>>,
    _driver: Driver,
}

impl Browser {
    /// Opens a browser on a server, in a desktop window.
    pub fn open(server: &Server) -> Self {
        Self::at(format!("http://{}", server.address))
    }

    /// Opens a browser on the server of a URL, whatever its certificate.
    pub fn at(base: String) -> Self {
        let driver = Driver::start();
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let mut builder = ClientBuilder::new(hyper_util::client::legacy::connect::HttpConnector::new());
        builder.capabilities(driver.capabilities());
        let client = runtime.block_on(builder.connect(&driver.url)).unwrap();
        let (size, expected) = (Cell::default(), RefCell::default());
        let browser = Self { runtime, client, base, size, expected, _driver: driver };
        browser.desk();
        browser
    }

    fn run<T>(&self, command: impl Future<Output = Result<T, CmdError>>) -> T {
        self.runtime.block_on(command).unwrap()
    }

    /// Loads a page of the server.
    pub fn go(&self, target: &str) {
        self.run(self.client.goto(&format!("{}{target}", self.base)));
    }

    pub fn back(&self) {
        self.run(self.client.back());
    }

    pub fn forward(&self) {
        self.run(self.client.forward());
    }

    /// The address relative to the server, decoded.
    pub fn target(&self) -> String {
        let url: String = self.js("location.href");
        let target = url.strip_prefix(&self.base).unwrap_or(&url).replace('+', " ");
        percent_encoding::percent_decode_str(&target).decode_utf8().unwrap().into_owned()
    }

    /// Evaluates an expression in the page.
    pub fn js<T: DeserializeOwned>(&self, expression: &str) -> T {
        let value = self.run(self.client.execute(&format!("return {expression}"), Vec::new()));
        serde_json::from_value(value).unwrap_or_else(|e| panic!("{expression}: {e}"))
    }

    /// Waits until an expression is true in the page.
    pub fn until(&self, expression: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        while !self.js::<bool>(&format!("!!({expression})")) {
            assert!(Instant::now() < end, "never true: {expression}\n{}\n{}", self.target(), self.text("body"));
            std::thread::sleep(Duration::from_millis(10));
        }
    }

    fn find(&self, css: &str) -> Element {
        let found = self.runtime.block_on(self.client.find(Locator::Css(css)));
        found.unwrap_or_else(|e| panic!("{css}: {e}\n{}", self.target()))
    }

    pub fn count(&self, css: &str) -> usize {
        self.js(&format!("document.querySelectorAll({}).length", json!(css)))
    }

    pub fn text(&self, css: &str) -> String {
        self.run(self.find(css).text())
    }

    /// A property of all elements, as scripts see it.
    pub fn each<T: DeserializeOwned>(&self, css: &str, property: &str) -> Vec<T> {
        self.js(&format!("[...document.querySelectorAll({})].map(e => e.{property})", json!(css)))
    }

    /// Clicks at the position of an element, even if it is replaced meanwhile.
    pub fn click(&self, css: &str) {
        let end = Instant::now() + Duration::from_secs(10);
        loop {
            match self.runtime.block_on(self.find(css).click()) {
                Err(e) if e.is_stale_element_reference() && Instant::now() < end => {}
                clicked => break clicked.unwrap_or_else(|e| panic!("{css}: {e}\n{}", self.target())),
            }
        }
    }

    /// Replaces the text of a field by typing.
    pub fn write(&self, css: &str, text: &str) {
        self.click(css);
        self.js::<()>(&format!("document.querySelector({}).select()", json!(css)));
        self.press(if text.is_empty() { &Key::Delete } else { text });
    }

    /// Presses keys one after the other at the focus.
    pub fn press(&self, keys: &str) {
        let start = KeyActions::new("keys".to_owned());
        let press =
            |actions: KeyActions, value: char| actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        self.run(self.client.perform_actions(keys.chars().fold(start, press)));
    }

    /// Drags the mouse from one place to another in steps.
    pub fn drag(&self, from: (f64, f64), to: (f64, f64)) {
        let mouse = |kind: &str, (x, y): (f64, f64), buttons: u8| {
            let clicks = u8::from(kind != "mouseMoved");
            self.cdp(
                "Input.dispatchMouseEvent",
                json!({
                    "type": kind, "x": x, "y": y, "button": "left", "buttons": buttons, "clickCount": clicks
                }),
            );
        };
        mouse("mouseMoved", from, 0);
        mouse("mousePressed", from, 1);
        for step in 1..=4 {
            let part = f64::from(step) / 4.0;
            mouse("mouseMoved", (from.0 + (to.0 - from.0) * part, from.1 + (to.1 - from.1) * part), 1);
        }
        mouse("mouseReleased", to, 0);
    }

    pub fn desk(&self) {
        self.resize(1200, 900);
    }

    pub fn phone(&self) {
        self.resize(360, 740);
    }

    /// Sets the size of the window, that of a phone or of a desk.
    pub fn resize(&self, width: u32, height: u32) {
        self.size.set((width, height));
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600 });
        self.cdp("Emulation.setDeviceMetricsOverride", metrics);
    }

    /// Sets the theme (`light`, `dark`) and the medium (`screen`, `print`).
    pub fn look(&self, scheme: &str, medium: &str) {
        let features = json!([{ "name": "prefers-color-scheme", "value": scheme }]);
        self.cdp("Emulation.setEmulatedMedia", json!({ "media": medium, "features": features }));
    }

    /// Disables scripts.
    pub fn without_scripts(&self) {
        self.cdp("Emulation.setScriptExecutionDisabled", json!({ "value": true }));
    }

    /// A command of Chromium's own.
    pub fn cdp(&self, command: &str, parameters: Value) -> Value {
        let body = json!({ "cmd": command, "params": parameters });
        self.run(self.client.issue_cmd(Vendor { path: "goog/cdp/execute", body }))
    }

    /// Saves a screenshot of the whole page in the folder `SCREENSHOTS`, if set.
    pub fn picture(&self, name: &str) {
        let Some(folder) = std::env::var_os("SCREENSHOTS") else { return };
        let (width, height) = self.size.get();
        let whole: u32 = self.js("document.documentElement.scrollHeight");
        self.resize(width, whole.clamp(height, 6000));
        fs::create_dir_all(&folder).unwrap();
        fs::write(Path::new(&folder).join(format!("{name}.png")), self.run(self.client.screenshot())).unwrap();
        self.resize(width, height);
    }

    /// Allows log messages with these words.
    pub fn expect_log(&self, words: &'static str) {
        self.expected.borrow_mut().push(words);
    }

    fn log(&self, kind: &str) -> Value {
        self.run(self.client.issue_cmd(Vendor { path: "se/log", body: json!({ "type": kind }) }))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // A panic must not be hidden by its consequences.
        let wrong = if std::thread::panicking() {
            Vec::new()
        } else {
            let foreign = log::foreign_requests(&self.log("performance"), &self.base);
            [log::messages(&self.log("browser"), &self.expected.borrow()), foreign].concat()
        };
        let _ = self.runtime.block_on(self.client.clone().close());
        assert!(wrong.is_empty(), "{wrong:#?}");
    }
}

/// A vendor command of the driver.
#[derive(Debug)]
struct Vendor {
    path: &'static str,
    body: Value,
}

impl WebDriverCompatibleCommand for Vendor {
    fn endpoint(&self, base: &url::Url, session: Option<&str>) -> Result<url::Url, url::ParseError> {
        base.join(&format!("session/{}/{}", session.unwrap_or_default(), self.path))
    }

    fn method_and_body(&self, _: &url::Url) -> (hyper::Method, Option<String>) {
        (hyper::Method::POST, Some(self.body.to_string()))
    }
}
