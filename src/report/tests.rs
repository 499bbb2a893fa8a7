//! Tests of spec errors: message, place and hint.

use proptest::prelude::*;

use super::spec::{Error, Spec};

/// Returns the place, the message and the hint, or a summary of the spec.
fn outcome(spec: &str, set: &[(&str, &str)]) -> String {
    let set: Vec<(String, String)> = set.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    match Spec::read(spec, &set) {
        Ok(spec) => format!("{}: {} sections", spec.title, spec.sections.len()),
        Err(Error::Set(error)) => format!("{error}; {}", error.hint()),
        Err(Error::Spec(error)) => {
            let hint = error.hint().expect("every error of a spec has a hint");
            format!("{}:{} {error}; {hint}", error.place.line, error.place.column)
        }
    }
}

#[track_caller]
fn check(spec: &str, expect: &str) {
    let outcome = outcome(spec, &[]);
    assert!(outcome.starts_with(expect), "{spec}\n{outcome}\n{expect}");
}

/// Checks a section as the only one of a spec whose first line is `sections:`.
#[track_caller]
fn check_section(section: &str, expect: &str) {
    check(&format!("sections:\n- {section}\n"), expect);
}

#[test]
fn specs_are_read() {
    check("sections: [{text: a}]", "Report: 1 sections");
    check(
        "title: 'A {x} {{b}}'\nvars: {x: 'y: [z'}\nsections:\n- text: a\n- query:\n- trend: {by: Month}\n",
        "A y: [z {b}: 3 sections",
    );
    check_section("count: {text: steel, by: 'source, week', share: true, top: 5}", "Report: 1 sections");
    check_section("query: {limit: all, facets: [topic, kind], kind: [title, bullet], on: [2026-01, 7d]}", "Report");
    check_section("compare: {ngrams: 1-3, q: 0.1, prior: 50, period: [2026-01, 2026-02], keep-names: true}", "Report");
}

#[test]
fn dates_conflict_if_set_twice() {
    check("last: 7d\nfilters: {topic: x}\nsections: [{gaps: {q: 0.1}}, {query: {last: 1m}}]", "Report: 2 sections");
    check("on: 2026-01\nsections: [{count: {since: 3d}}]", "Report: 1 sections");
    check(
        "filters:\n  on: x\nlast: 7d\nsections: [{text: a}]",
        "3:1 `last` conflicts with dates in `filters`; put the dates of all sections in one place",
    );
    check_section("query: {since: 1m, last: 7d}", "2:28 `last` and `since` are the same option; ");
    check_section("gaps: {sort: size}", "2:10 unknown key `sort`; ");
}

#[test]
fn unknown_keys_have_a_place_and_a_suggestion() {
    check(
        "titel: x\nsections: [{text: a}]",
        "1:1 unknown key `titel`; did you mean `title`? valid keys: vars, title, last, since, until, on, filters, sections",
    );
    check(
        "filters:\n  topics: x\nsections: [{text: a}]",
        "2:3 unknown key `topics`; did you mean `topic`? valid keys: topic, perspective,",
    );
    check_section("query:\n    txt: a", "3:5 unknown key `txt`; did you mean `text`?");
    check_section("count: {by: week, limit: 3}", "2:21 unknown key `limit`; ");
    check_section("count: {by: week,day}", "2:20 unknown key `day`; write `key: value`, and several values as");
    check_section(
        "count: {by: week,source}",
        "2:26 `source` has no value; write `key: value`, and several values as [a, b]",
    );
    check_section("query: {topic: ''}", "2:18 `topic` has no value");
    check_section("trend: {period: x}", "2:11 unknown key `period`; ");
    check_section(
        "querry: {}",
        "2:3 unknown key `querry`; did you mean `query`? valid keys: title, assert, text, query,",
    );
    check("é: {ü: 1}\nsections: []", "1:1 unknown key `é`");
}

#[test]
fn wrong_values_have_a_place_and_a_hint() {
    check_section(
        "query: {kind: titel}",
        "2:17 invalid value `titel` for `kind`; did you mean `title`? valid values: highlight, bullet, title",
    );
    check_section("stories: {sort: largest}", "2:19 invalid value `largest` for `sort`; did you mean `");
    check_section("query: {sort: best}", "2:17 invalid value `best` for `sort`; ");
    check_section("query: {limit: many}", "2:18 invalid value `many` for `limit`; write a number or `all`");
    check_section("query: {offset: -1}", "2:19 invalid value `-1` for `offset`; write a whole number");
    check_section("query: {any: yes, fuzzy: no}", "Report");
    check_section("query: {any: maybe}", "2:16 invalid value `maybe` for `any`; did you mean");
    check_section("compare: {ngrams: 2-1}", "2:21 invalid value `2-1` for `ngrams`; write a number of words");
    check_section("compare: {q: 2}", "2:16 invalid value `2` for `q`; write a number from 0 to 1");
    check_section("trend: {by: day}", "2:15 invalid value `day` for `by`; ");
    check_section(
        "query: {text: [a]}",
        "2:17 invalid value for `text`: expected one value, found a list; write the value after the key",
    );
    check_section(
        "query: {topic: {topic}}",
        "2:18 invalid value for `topic`: expected one value or a list of them, found a mapping; put quotation marks around a variable",
    );
    check_section(
        "query: steel",
        "2:10 invalid value for `query`: expected a mapping, found one value; write each `key: value`",
    );
    check(
        "sections: x",
        "1:11 invalid value for `sections`: expected a list, found one value; write each item on its own line",
    );
    check(
        "sections: {text: a}",
        "1:11 invalid value for `sections`: expected a list, found a mapping; write each item on its own line",
    );
    check("- a", "1:1 invalid value for `a spec`: expected a mapping, found a list");
}

#[test]
fn a_section_has_one_content() {
    for empty in ["", "# only this", "title: x", "sections:", "sections: []"] {
        check(empty, "1:");
        assert!(outcome(empty, &[]).contains("the spec has no sections; write `sections:`"), "{empty}");
    }
    check_section("title: x", "2:3 a section has no content; give each section one of text, query,");
    check_section("text: x\n  query: {}", "2:3 a section has text and query; ");
    check_section("trend: x\n  count: {}", "2:3 a section has count and trend; ");
    check_section("text: x\n  assert: total > 0", "3:11 `assert` is not valid in a text section; ");
    check(&format!("sections:\n{}", "- text: a\n".repeat(51)), "1:1 51 sections, expected at most 50; split");
}

#[test]
fn unknown_variables_are_errors() {
    let spec = "vars:\n  topic: a\n  words: b\ntitle: '{topic}'\nsections: [{text: a}]";
    assert_eq!(
        outcome(spec, &[("topic", "{words}: [x")]),
        "{words}: [x: 1 sections",
        "values are neither variables nor YAML"
    );
    assert_eq!(outcome(spec, &[("topik", "x")]), "unknown variable `topik`; did you mean `topic` or `words`?");
    assert!(outcome(spec, &[("topic", &"x".repeat(5000))]).contains("has 5000 bytes"));
    assert_eq!(
        outcome("sections: [{text: a}]", &[("x", "y")]),
        "unknown variable `x`; define it under `vars` in the spec"
    );
    check(
        "vars: {topic: a}\nsections:\n- query:\n    topic: '{topik}'",
        "4:13 unknown variable `topik`; did you mean `topic`?",
    );
    check("sections:\n- text: |\n    a\n    b {c}\n", "4:7 unknown variable `c`; define it under `vars`");
    check("vars: {a b: c}\nsections: [{text: a}]", "1:8 invalid variable name `a b`; ");
    check("vars: {a: [b]}\nsections: [{text: a}]", "1:11 invalid value for `a`: expected one value, found a list");
    check("vars: x\nsections: [{text: a}]", "1:7 invalid value for `vars`: expected a mapping, found one value");
    let often = format!("vars: {{a: {}}}\nsections: [{{text: '{}'}}]", "x".repeat(4000), "{a}".repeat(20));
    check(&often, "2:19 the text has 68000 bytes with its variables, expected at most 65536; use shorter values");
}

#[test]
fn assertions_are_about_known_measures() {
    let asserted =
        |command: &str, assertion: &str| outcome(&format!("sections:\n- {command}\n  assert: \"{assertion}\""), &[]);
    for good in ["total > 0", "total>=5", "total_entries != 3", "total=0", "total <= 1e3"] {
        assert_eq!(asserted("query: {}", good), "Report: 1 sections", "{good}");
    }
    for good in
        ["share(china) > 5%", "share( the perspective ) >= 0.05", "terms(china) = 0", "terms > 3", "digests >= 6"]
    {
        assert_eq!(asserted("compare: {}", good), "Report: 1 sections", "{good}");
    }
    for bad in [
        "total",
        "total >",
        "> 0",
        "total > x",
        "total > 1 2",
        "total ? 0",
        "total => 0",
        "total == 0",
        "share(china > 0",
        "total > inf",
        "total > 0 or 1",
        "",
    ] {
        let outcome = asserted("query: {}", bad);
        assert!(outcome.starts_with("3:11 ") && !outcome.contains("sections"), "{bad}: {outcome}");
    }
    assert_eq!(
        asserted("query: {}", "totl > 0"),
        "3:11 unknown measure `totl`; did you mean `total`? valid measures: total, total_entries"
    );
    assert!(asserted("count: {}", "share > 0").contains("valid measures: total_entries"));
    assert_eq!(asserted("count: {text: a, share: true}", "share > 0"), "Report: 1 sections");
    assert!(asserted("compare: {}", "share > 0").contains("did you mean `share(PERSPECTIVE)`?"));
}

/// Lines much like those of specs, and something behind them.
const YAML: &str = "(( {0,4}(- )?(title|vars|filters|sections|text|query|count|compare|trend|assert|by|topic|x): ?\
    (\\{x\\}|'\\{x'|total > 0|share\\(a\\) = 1|week|all|true|[0-9-]{1,4}|\\[a, b\\]|\\{by: week\\}|\\|\n   a|\\PC{0,8})?\n)\
    {0,12})(\\PC|\n| ){0,20}";

proptest! {
    #[test]
    fn no_spec_panics(spec in YAML, value in "\\PC{0,10}") {
        let set = [("x".to_owned(), value)];
        if let Err(Error::Spec(error)) = Spec::read(&spec, &set) {
            prop_assert!(error.place.line <= spec.lines().count() + 1 && error.place.column > 0);
            let _ = (error.to_string(), error.hint());
        }
    }
}
