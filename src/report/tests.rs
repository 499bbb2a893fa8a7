//! What is wrong with specs is said, with the place and what to do about it.

use proptest::prelude::*;

use super::spec::{Error, Spec};

/// The place, the message and the beginning of the hint.
fn told(spec: &str, set: &[(&str, &str)]) -> String {
    let set: Vec<(String, String)> = set.iter().map(|(name, value)| (name.to_string(), value.to_string())).collect();
    match Spec::read(spec, &set) {
        Ok(spec) => format!("{}: {} sections", spec.title, spec.sections.len()),
        Err(Error::Set(error)) => format!("{error}; {}", error.hint()),
        Err(Error::Spec(error)) => {
            let hint = error.hint().expect("what is wrong with a spec can be mended");
            format!("{}:{} {error}; {hint}", error.place.line, error.place.column)
        }
    }
}

#[track_caller]
fn check(spec: &str, expect: &str) {
    let told = told(spec, &[]);
    assert!(told.starts_with(expect), "{spec}\n{told}\n{expect}");
}

/// What a section says, as the only one of a spec whose first line is `sections:`.
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
fn days_are_said_once() {
    check("last: 7d\nfilters: {topic: x}\nsections: [{gaps: {q: 0.1}}, {query: {last: 1m}}]", "Report: 2 sections");
    check("on: 2026-01\nsections: [{count: {since: 3d}}]", "Report: 1 sections");
    check(
        "filters:\n  on: x\nlast: 7d\nsections: [{text: a}]",
        "3:1 `last` is there beside days in `filters`; say the days of all sections in one place",
    );
    check_section("query: {since: 1m, last: 7d}", "2:28 `last` is there beside `since`, which says the same; ");
    check_section("gaps: {sort: size}", "2:10 there is no key `sort` here; ");
}

#[test]
fn unknown_keys_have_a_place_and_a_neighbour() {
    check(
        "titel: x\nsections: [{text: a}]",
        "1:1 there is no key `titel` here; did you mean `title`? keys are vars, title, last, since, until, on, filters, sections",
    );
    check(
        "filters:\n  topics: x\nsections: [{text: a}]",
        "2:3 there is no key `topics` here; did you mean `topic`? keys are topic, perspective,",
    );
    check_section("query:\n    txt: a", "3:5 there is no key `txt` here; did you mean `text`?");
    check_section("count: {by: week, limit: 3}", "2:21 there is no key `limit` here; ");
    check_section(
        "count: {by: week,day}",
        "2:20 there is no key `day` here; write `key: value`, and several values as",
    );
    check_section(
        "count: {by: week,source}",
        "2:26 `source` has no value; write `key: value`, and several values as [a, b]",
    );
    check_section("query: {topic: ''}", "2:18 `topic` has no value");
    check_section("trend: {period: x}", "2:11 there is no key `period` here; ");
    check_section(
        "querry: {}",
        "2:3 there is no key `querry` here; did you mean `query`? keys are title, assert, text, query,",
    );
    check("é: {ü: 1}\nsections: []", "1:1 there is no key `é` here");
}

#[test]
fn wrong_values_have_a_place_and_a_hint() {
    check_section(
        "count: {by: [week, weak]}",
        "2:22 `by` can't be `weak`; did you mean `week`? it can be topic, perspective,",
    );
    check_section(
        "query: {kind: titel}",
        "2:17 `kind` can't be `titel`; did you mean `title`? it can be highlight, bullet, title",
    );
    check_section("stories: {sort: largest}", "2:19 `sort` can't be `largest`; did you mean `");
    check_section("query: {sort: best}", "2:17 `sort` can't be `best`; ");
    check_section("query: {limit: many}", "2:18 `limit` can't be `many`; write a number or `all`");
    check_section("query: {offset: -1}", "2:19 `offset` can't be `-1`; write a whole number");
    check_section("query: {any: yes, fuzzy: no}", "Report");
    check_section("query: {any: maybe}", "2:16 `any` can't be `maybe`; did you mean");
    check_section("compare: {ngrams: 2-1}", "2:21 `ngrams` can't be `2-1`; write a number of words");
    check_section("compare: {q: 2}", "2:16 `q` can't be `2`; write a number from 0 to 1");
    check_section("trend: {by: day}", "2:15 `by` can't be `day`; ");
    check_section("query: {text: [a]}", "2:17 `text` takes one value; this is a list; write the value behind the key");
    check_section(
        "query: {topic: {topic}}",
        "2:18 `topic` takes one value or a list of them; this is a mapping; put quotation marks around a variable",
    );
    check_section("query: steel", "2:10 `query` takes a mapping; this is one value; write `key: value`");
    check("sections: x", "1:11 `sections` takes a list; this is one value; write each on a line");
    check("sections: {text: a}", "1:11 `sections` takes a list; this is a mapping; write each on a line");
    check("- a", "1:1 `a spec` takes a mapping; this is a list");
}

#[test]
fn a_section_has_one_thing() {
    for empty in ["", "# only this", "title: x", "sections:", "sections: []"] {
        check(empty, "1:");
        assert!(told(empty, &[]).contains("there are no sections; write `sections:`"), "{empty}");
    }
    check_section("title: x", "2:3 a section has nothing to tell; give each section one of text, query,");
    check_section("text: x\n  query: {}", "2:3 a section has text and query; ");
    check_section("trend: x\n  count: {}", "2:3 a section has count and trend; ");
    check_section("text: x\n  assert: total > 0", "3:11 there is nothing to assert of a text; ");
    check(
        &format!("sections:\n{}", "- text: a\n".repeat(51)),
        "1:1 there are 51 sections; at most 50 are read; make two",
    );
}

#[test]
fn variables_are_known_or_an_error() {
    let spec = "vars:\n  topic: a\n  words: b\ntitle: '{topic}'\nsections: [{text: a}]";
    assert_eq!(
        told(spec, &[("topic", "{words}: [x")]),
        "{words}: [x: 1 sections",
        "a value is no variable and no YAML"
    );
    assert_eq!(told(spec, &[("topik", "x")]), "the spec has no variable `topik`; did you mean `topic` or `words`?");
    assert!(told(spec, &[("topic", &"x".repeat(5000))]).contains("has 5000 bytes"));
    assert_eq!(
        told("sections: [{text: a}]", &[("x", "y")]),
        "the spec has no variable `x`; name it under `vars` in the spec"
    );
    check(
        "vars: {topic: a}\nsections:\n- query:\n    topic: '{topik}'",
        "4:13 there is no variable `topik`; did you mean `topic`?",
    );
    check("sections:\n- text: |\n    a\n    b {c}\n", "4:7 there is no variable `c`; name it under `vars`");
    check("vars: {a b: c}\nsections: [{text: a}]", "1:8 `a b` is no name of a variable; ");
    check("vars: {a: [b]}\nsections: [{text: a}]", "1:11 `a` takes one value; this is a list");
    check("vars: x\nsections: [{text: a}]", "1:7 `vars` takes a mapping; this is one value");
    let often = format!("vars: {{a: {}}}\nsections: [{{text: '{}'}}]", "x".repeat(4000), "{a}".repeat(20));
    check(&often, "2:19 with its variables this has 68000 bytes; at most 65536 are read; set shorter values");
}

#[test]
fn assertions_are_of_a_few_names() {
    let asserted =
        |command: &str, assertion: &str| told(&format!("sections:\n- {command}\n  assert: \"{assertion}\""), &[]);
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
        let told = asserted("query: {}", bad);
        assert!(told.starts_with("3:11 ") && !told.contains("sections"), "{bad}: {told}");
    }
    assert_eq!(
        asserted("query: {}", "totl > 0"),
        "3:11 nothing is known as `totl` of this section; did you mean `total`? there is total, total_entries"
    );
    assert!(asserted("count: {}", "share > 0").contains("there is total_entries"));
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
