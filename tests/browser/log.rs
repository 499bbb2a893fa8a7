//! What a browser logged: nothing, and no request to anybody else.

use serde_json::Value;

/// What a browser has in itself it asks nobody for, and speaks of in its own name.
const BROWSERS_OWN: [&str; 2] = ["chrome:", "chrome-untrusted:"];

/// What pages had to say, but for what was expected. Violations of the pages' policy are among it.
pub fn messages(log: &Value, expected: &[&str]) -> Vec<String> {
    let messages = log.as_array().unwrap().iter().map(|entry| entry["message"].as_str().unwrap().to_owned());
    let messages = messages.filter(|message| !is_any(message, &BROWSERS_OWN));
    messages.filter(|message| !expected.iter().any(|words| message.contains(words))).collect()
}

/// Addresses that were asked for and are not of this server.
pub fn foreign_requests(log: &Value, base: &str) -> Vec<String> {
    let events = log.as_array().unwrap().iter().map(|entry| {
        let event: Value = serde_json::from_str(entry["message"].as_str().unwrap()).unwrap();
        event["message"].clone()
    });
    // What its own first page asks for is not ours.
    let inner = |url: &str| is_any(url, &BROWSERS_OWN) || is_any(url, &["data:", "blob:", "about:"]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let asked = events.filter(|event| event["method"] == "Network.requestWillBeSent");
    let asked = asked.filter(|event| !is_any(&text(&event["params"]["documentURL"]), &BROWSERS_OWN));
    let urls = asked.map(|event| text(&event["params"]["request"]["url"]));
    let own = |url: &str| url.strip_prefix(base).is_some_and(|rest| rest.starts_with('/'));
    urls.filter(|url| !inner(url) && !own(url)).collect()
}

fn is_any(text: &str, starts: &[&str]) -> bool {
    starts.iter().any(|start| text.starts_with(start))
}
