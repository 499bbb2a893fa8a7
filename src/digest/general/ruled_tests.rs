//! Tests of the rules in `layouts` and `skip`.

use super::tests::{outcome_by, shown};
use crate::digest::{Conventions, Digest, Outcome};

/// Reads a file by the rules of one layout, given as the lines below `files`.
fn digest(rules: &str, path: &str, text: &str) -> Digest {
    let indented: String = rules.lines().map(|line| format!("    {line}\n")).collect();
    by_settings(&format!("layouts:\n  - files: '**'\n{indented}"), path, text)
}

fn by_settings(yaml: &str, path: &str, text: &str) -> Digest {
    let conventions = Conventions::from_yaml(yaml).unwrap_or_else(|error| panic!("{yaml}: {error}"));
    match outcome_by(&conventions, text, path) {
        Outcome::Digest(digest) => *digest,
        other => panic!("{other:?}\n{yaml}{text}"),
    }
}

const DAY: &str = "2026-03-25.md";

#[test]
fn a_date_is_in_the_first_place_that_has_one() {
    for (rules, path, text, day) in [
        ("date: { key: published }", DAY, "---\npublished: 2026-03-01\n---\n- a\n", "2026-03-01"),
        ("date: { key: published }", DAY, "- a\n", "2026-03-25"),
        (
            r"date: { name: '(?<day>\d\d)\.(?<month>\d\d)\.(?<year>\d{4})' }",
            "2020-01-01/25.03.2026.md",
            "- a\n",
            "2026-03-25",
        ),
        ("date: [ { path: '^a/(.+)/' }, { key: x } ]", "a/20260301/2026-03-25.md", "- a\n", "2026-03-01"),
        ("date: { heading: { level: 3 } }", DAY, "# 2026-03-02\n### Of March 1, 2026\n- a\n", "2026-03-01"),
    ] {
        assert_eq!(digest(rules, path, text).date.to_string(), day, "{rules}");
    }
    let conventions = Conventions::from_yaml("layouts: [ { files: '*', date: [ { key: x }, none ] } ]").expect("valid");
    assert_eq!(outcome_by(&conventions, "- a\n", DAY), Outcome::NotADigest);
}

#[test]
fn topics_and_languages_are_in_their_places() {
    let topic = |rules, path, text| digest(rules, path, text).topic;
    assert_eq!(topic("topic: { key: beat }", DAY, "---\ntopic: a\nbeat: Sea Trade\n---\n- a\n"), "sea-trade");
    assert_eq!(topic("topic: { path: '([^/]+)/[^/]+$' }", "a/b/2026-03-25.md", "- a\n"), "b");
    assert_eq!(topic("topic: { heading: '^The (.+) brief' }", DAY, "# The Ports brief\n- a\n"), "ports");
    assert_eq!(topic("topic: { constant: '!' }", DAY, "---\ntopic: a\n---\n- a\n"), "a", "a name without an id");
    let lang = |rules| digest(rules, DAY, "---\nlang: ja\nfeed: cn\n---\n- a\n").lang;
    assert_eq!(lang("language: { constant: es }").as_deref(), Some("es"));
    assert_eq!(lang("language: { key: feed }").as_deref(), Some("zh"));
    assert_eq!(lang("language: { constant: us }").as_deref(), Some("ja"), "no language");
}

#[test]
fn perspectives_are_in_labels_headings_and_places_of_the_file() {
    let shown = |rules, path, text| {
        let digest = digest(rules, path, text);
        let name = |at: Option<usize>| at.map_or("-", |at| digest.perspectives[at].name.as_str());
        let bullets = digest.bullets.iter().map(|bullet| format!("{}: {}", name(bullet.perspective), bullet.text));
        let titles = digest.titles.iter().map(|t| format!("{}: {}", name(t.perspective.map(|(at, _)| at)), t.text));
        bullets.chain(titles).collect::<Vec<_>>()
    };
    let text = "# Day\n\n- 🇳🇴 **Norway**: waits\n  - for an answer\n- **Peru**：[says no](https://a.example/1)\n- Others wait\n\
                \nNorway: text\n\nmore\n";
    assert_eq!(
        shown("perspective: { label: 'Norway|Peru' }", DAY, text),
        ["Norway: waits", "Norway: for an answer", "-: Others wait", "Norway: text", "-: more", "Peru: says no"],
    );
    let text = "| Side | View |\n|---|---|\n| **秘鲁** | says no |\n| Chile | waits |\n\n- Peru: may wait\n";
    let rules = "perspective: { label: '^(秘鲁|Peru)$', value: Peru }";
    assert_eq!(shown(rules, DAY, text), ["Peru: says no", "-: Chile | waits", "Peru: may wait"]);
    let text = "## The view from Peru\n- a\n### Coast\n- b\n## Rest\n- c\n";
    assert_eq!(
        shown("perspective: [ { heading: '^The view from (.+)' }, { constant: Others } ]", DAY, text),
        ["Peru: a", "Peru: b", "Others: c"],
    );
    assert_eq!(shown("perspective: { path: '^([^/]+)/' }", "peru/2026-03-25.md", "- a\n"), ["peru: a"]);
    assert_eq!(
        shown("perspective: { key: feed }", DAY, "---\nfeed: Peru\n---\n# Day\n## Inside Chile\n- a\n"),
        ["Peru: a"]
    );
    assert_eq!(shown("perspective: { key: feed }", DAY, "# Day\n## Inside Chile\n- a\n"), ["Chile: a"]);
    assert_eq!(shown("perspective: [ { key: feed }, none ]", DAY, "# Day\n## Inside Chile\n- a\n"), ["-: a"]);
}

#[test]
fn a_label_is_removed_only_where_it_names_the_perspective() {
    let shown = |rules, text| {
        let digest = digest(rules, DAY, text);
        let name = |at: Option<usize>| at.map_or("-", |at| digest.perspectives[at].name.as_str());
        let bullets = digest.bullets.iter().map(|bullet| format!("{} of {}", bullet.text, name(bullet.perspective)));
        bullets.collect::<Vec<_>>()
    };
    let rules = "perspective: [ { heading: '^View of (.+)' }, { label: '.+' } ]";
    assert_eq!(shown(rules, "## View of Peru\n- Note: a\n## Rest\n- Chile: b\n"), ["Note: a of Peru", "b of Chile"]);
    let rules = "perspective: [ { label: '^A$' }, { label: '^B$' } ]";
    assert_eq!(shown(rules, "- A: x\n  - B: y\n  - z\n"), ["x of A", "y of B", "z of A"]);
    assert_eq!(shown("perspective: { label: 'Norway|' }", "- Peru: x\n"), ["Peru: x of -"]);
}

#[test]
fn skipped_sections_have_no_rule_within() {
    let text = "## Ads\n### News\n- a\n## Rest/Móre\n- b\n";
    let yaml = "layouts: [ { files: '**', bullet: { heading: News } } ]\nskip: { sections: [ads, 'Rest/M?re'] }";
    let conventions = Conventions::from_yaml(yaml).expect(yaml);
    assert!(matches!(outcome_by(&conventions, text, DAY), Outcome::Unusable(_)), "all of it is skipped");
}

#[test]
fn titles_are_the_value_of_their_rule_alone() {
    let rules = "title: [ { heading: '^(.+?):' }, { label: Headline } ]";
    let text = "# Day\n### Ports: [Berths open](https://a.example/1)\n\nHeadline: Fees fall\nMore text.\n";
    let entries = ["B More text.", "T Ports | a.example | https://a.example/1 | -", "T Fees fall | - | - | -"];
    assert_eq!(shown(&digest(rules, DAY, text)), entries);
}

#[test]
fn lines_keep_their_numbers_without_a_label() {
    let text = "- Norway: a\n  [b](https://a.example/1) c d e f g h i j\n";
    let digest = digest("perspective: { label: Norway }", DAY, text);
    assert_eq!(digest.loose_links, [(2, "b".to_owned())]);
}

#[test]
fn titles_are_where_rules_say() {
    let rules = "title: [ { heading: { level: 3, pattern: '^Story: (.+)' } }, none ]";
    let text =
        "# Day\n### Story: Berths open\n[Original](https://a.example/1)\n### Other\n- [No title](https://b.example)\n";
    let entries = ["B No title", "T Berths open | a.example | https://a.example/1 | -"];
    assert_eq!(shown(&digest(rules, DAY, text)), entries);
    let rules = "title: [ { heading: { level: 3 } }, { label: Story } ]\nsource: { after: 'via ([^,]+)' }";
    let text = "# Day\n### [Berths](https://a.example/1), via The Strait Post, today\n- Story: [Fees](https://b.example/2) - Harbour Daily\n";
    let entries = [
        "T Berths | The Strait Post | https://a.example/1 | via , today",
        "T Fees | Harbour Daily | https://b.example/2 | -",
    ];
    assert_eq!(shown(&digest(rules, DAY, text)), entries);
    let rules = "title: { label: '^(Headline|标题)$' }";
    let text = "- Headline: Berths open\n  Link: https://a.example/1\n- 标题：[泊位启用](https://b.example/2)\n\nHeadline: 7\n";
    let entries = [
        "T Berths open | a.example | https://a.example/1 | -",
        "T 泊位启用 | b.example | https://b.example/2 | -",
        "T 7 | - | - | -",
    ];
    assert_eq!(shown(&digest(rules, DAY, text)), entries);
}

#[test]
fn sources_are_where_rules_say() {
    let of = |rules, text| digest(rules, DAY, text).titles[0].source.clone();
    let text = "---\nfeed: Feed\n---\n# Day\n## From Paper\n- [A title](https://a.example), by Jo, via Post. Text\n  Reported by: Wire\n";
    for (rules, source) in [
        ("source: { after: 'via (\\w+)' }", Some("Post")),
        ("source: { label: '^Reported' }", Some("Wire")),
        ("source: { heading: '^From (.+)' }", Some("Paper")),
        ("source: { key: feed }", Some("Feed")),
        ("source: [ { heading: '^Of (.+)' }, { label: x }, { constant: C } ]", Some("C")),
        ("source: [ { label: '^Reported' }, { after: 'via (\\w+)' } ]", Some("Wire")),
        ("source: [ { after: 'via (\\w+)' }, { label: '^Reported' } ]", Some("Post")),
        ("source: { label: x }", Some("a.example")),
        ("source: [ { label: x }, none ]", None),
    ] {
        assert_eq!(of(rules, text).as_deref(), source, "{rules}");
    }
    let digest = digest("source: { after: 'via (\\w+)' }", DAY, "- [A title](https://a.example): text, via Post\n");
    assert_eq!(digest.titles[0].description.as_deref(), Some("text, via"));
}

#[test]
fn bullets_highlights_and_sections_are_where_rules_say() {
    let text = "## Brief\n- [x y](https://a.example)\n## Rest\n- Note: b\n- In short: c\n## Summary\n- d\n";
    let rules = "highlight: [ { heading: '^Brief' }, { label: '^In short' }, none ]\nbullet: { heading: Rest }";
    assert_eq!(shown(&digest(rules, DAY, text)), ["H x y", "H In short: c", "B Note: b", "B d"]);
    assert_eq!(
        shown(&digest("bullet: [ { label: Note }, none ]", DAY, text)),
        ["H d", "B Note: b", "T x y | a.example | https://a.example | -"]
    );
    let text = "# Day\n## A. Ports\n- a\n### Coast\n- b\n";
    let sections = |rules| digest(rules, DAY, text).bullets.into_iter().map(|b| b.section).collect::<Vec<_>>();
    let ports = || Some("Ports".to_owned());
    assert_eq!(sections("section: [ { heading: '^[A-Z]\\. (.+)' }, none ]"), [ports(), ports()]);
    assert_eq!(sections("section: { heading: '^[A-Z]\\. (.+)' }"), [ports(), Some("Ports / Coast".to_owned())]);
}

#[test]
fn sections_are_passed_over_by_their_heading() {
    let text = "## News\n- a\n## 💰 1. Our Sponsors\n- [b c](https://a.example)\n### More\n- d\n## Rest\n- e\n";
    let digest = by_settings("skip: { sections: ['our sponsor*'] }", DAY, text);
    assert_eq!((shown(&digest), digest.loose_links.len()), (vec!["B a".to_owned(), "B e".to_owned()], 0));
}

#[test]
fn rules_that_give_nothing_are_noted_with_their_line() {
    let yaml = "layouts:\n  - files: [x/*, '*.md']\n    topic: { constant: A }\n    date: { key: published }\n    source:\n      - after: via\n      - constant: A\n\
                skip:\n  files: [b, c]\n  sections: [Jobs, News]\n";
    let conventions = Conventions::from_yaml(yaml).expect(yaml);
    let mut files: Vec<(String, ())> = ["a.md", "b/c.md", "d.md"].map(|path| (path.to_owned(), ())).to_vec();
    let mut used = conventions.keep(&mut files, "");
    assert_eq!(files.iter().map(|(path, ())| path.as_str()).collect::<Vec<_>>(), ["a.md", "d.md"]);
    let Outcome::Digest(digest) = outcome_by(&conventions, "## News\n- a\n## Rest\n- b\n", DAY) else {
        panic!("a digest")
    };
    used.extend(conventions.used(&digest));
    let notes = conventions.unused(&used).into_iter().map(|note| format!("{} {}", note.line, note.message));
    assert_eq!(
        notes.collect::<Vec<_>>(),
        [
            "2 layouts: `x/*` matches no file, or only files of an earlier layout",
            "4 layouts: no digest has a date at this `key`",
            "6 layouts: no digest has a source at this `after`",
            "9 skip: no file matches `c`",
            "10 skip: no heading matches `Jobs`",
        ]
    );
}

#[test]
fn mistakes_in_rules_name_the_key_and_the_line() {
    for (yaml, message) in [
        ("layouts: { files: a }", "layouts: expected a list at line 1, found a mapping"),
        ("layouts:\n  - date: { key: a }", "layouts: the layout at line 2 has no `files`"),
        (
            "layouts: [ { files: a, sauce: { key: a } } ]",
            "layouts: unknown key `sauce` at line 1; expected files, date, topic",
        ),
        (
            "layouts: [ { files: a, date: { after: a } } ]",
            "layouts: date: unknown place `after` at line 1; expected key, name, path or heading",
        ),
        ("layouts: [ { files: a, date: { kay: a } } ]", "layouts: date: unknown place `kay` at line 1"),
        ("layouts: [ { files: a, section: { key: a } } ]", "unknown place `key` at line 1; expected heading"),
        (
            "layouts: [ { files: a, date: key } ]",
            "layouts: date: expected a place such as `key: NAME`, or `none` at the end",
        ),
        (
            "layouts: [ { files: a, date: [none, { key: a }] } ]",
            "expected a place such as `key: NAME`, or `none` at the end",
        ),
        ("layouts: [ { files: a, date: { name: a, value: b } } ]", "unknown place `value` at line 1"),
        (
            "layouts: [ { files: a, topic: { key: a, name: b } } ]",
            "layouts: topic: expected one place at line 1, found a mapping",
        ),
        (
            "layouts: [ { files: a, topic: { constant: a, value: b } } ]",
            "layouts: topic: unknown place `value` at line 1",
        ),
        ("skip: { files: ['!a'] }", "invalid pattern `!a` at line 1: a glob cannot be negated"),
        ("layouts: [ { files: a, topic: none } ]", "layouts: topic: expected a place such as `key: NAME` at line 1"),
        (
            "layouts: [ { files: a, date: { path: '(' } } ]",
            "layouts: date: path: invalid pattern `(` at line 1: unclosed group",
        ),
        ("layouts: [ { files: '[' } ]", "layouts: files: invalid pattern `[` at line 1"),
        (
            "layouts: [ { files: a, title: { heading: { level: 7 } } } ]",
            "level: expected a number from 1 to 6 at line 1",
        ),
        ("layouts: [ { files: a, title: { heading: {} } } ]", "expected a regular expression, a level or both"),
        ("skip: { files: a, folders: b }", "skip: unknown key `folders` at line 1; expected files or sections"),
    ] {
        let error = Conventions::from_yaml(yaml).expect_err(yaml).to_string();
        assert!(error.contains(message), "{yaml}: {error}");
    }
}
