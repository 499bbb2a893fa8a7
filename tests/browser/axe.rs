//! The automatic rules of WCAG, checked by axe-core, which `tests/all --long` downloads.

use serde_json::Value;

use crate::{PAGES, Sample};

const RUN: &str = "await axe.run({ runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] })";

#[test]
#[ignore = "needs axe-core; tests/all --long runs it"]
fn axe_has_no_violations() {
    let path = std::env::var("AXE").expect("AXE says where axe.min.js of axe-core is; tests/all --long sets it");
    let axe = std::fs::read_to_string(path).unwrap();
    let sample = Sample::open();
    let browser = sample.of_problems();
    let mut violations = Vec::new();
    for (scheme, is_phone) in [("light", false), ("dark", false), ("light", true), ("dark", true)] {
        browser.look(scheme, "");
        if is_phone {
            browser.phone()
        } else {
            browser.desk()
        }
        for (name, target) in PAGES {
            browser.go(target);
            let found: Value = browser.js(&format!("(async () => {{ {axe}; return {RUN} }})()"));
            for violation in found["violations"].as_array().unwrap() {
                for node in violation["nodes"].as_array().unwrap() {
                    let place = format!("{name}, {scheme}{}", if is_phone { ", phone" } else { "" });
                    violations
                        .push(format!("{place}: {}: {} {}", violation["id"], node["html"], node["failureSummary"]));
                }
            }
            assert!(found["passes"].as_array().unwrap().len() > 10, "{name}: it has looked");
        }
    }
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}
