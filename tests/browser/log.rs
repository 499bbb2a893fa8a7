//! The logs of a browser: empty, without requests to other servers.

use serde_json::Value;

/// Schemes of the browser itself, which are not requests.
const BROWSERS_OWN: [&str; 2] = ["chrome:", "chrome-untrusted:"];

/// Console messages but for expected ones, including violations of the content security policy.
pub fn messages(log: &Value, expected: &[&str]) -> Vec<String> {
    let messages = log.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned());
    let messages = messages.filter(|message| !is_any(message, &BROWSERS_OWN));
    messages.filter(|message| !expected.iter().any(|words| message.contains(words))).collect()
}

/// Requests to other servers.
pub fn foreign_requests(log: &Value, base: &str) -> Vec<String> {
    let events = log.as_array().unwrap().iter().map(|entry| {
        let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        event["message"].clone()
    });
    // Requests of the browser's start page do not count.
    let inner = |url: &str| is_any(url, &BROWSERS_OWN) || is_any(url, &["data:", "blob:", "about:"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let requests = events.filter(|event| event["method"] == "Network.requestWillBeSent");
    let requests = requests.filter(|event| !is_any(&text(&event["params"]["documentURL"]), &BROWSERS_OWN));
    let urls = requests.map(|event| text(&event["params"]["request"]["url"]));
    let own = |url: &str| url.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
    urls.filter(|url| !inner(url) && !own(url)).collect()
}

fn is_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}
