//! Tests of [`parse`] with whole digests.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

const EARLY: &str = "---\ntopic: v\ndate: 2025-10-12\nvenezuelanSources: 1\ninternationalSources: 1\narticleCount: 2\n---\n\
    \n## Overall Summary\n\nBoth agree.\n\
    \n## Inside Venezuela (Venezuelan Sources)\n\n### Key Points\n\n- one\n- two\n\nIn short.\n\
    \n## US Perspective (US Sources)\n\n### Key Points\n\n- three\n\nNo takeaways available for US sources.\n\
    \n## Key Differences in Coverage\n\n- four\n\
    \n## Sources\n\nThis summary is based on 2 articles from the following sources:\n\n\
    1. [en-US] [a](https://example.com/a) - A (10/12/2025)\n2. [es-VE] [b](https://example.com/b) - B (10/11/2025)\n";

fn digest(text: &str) -> (Digest, Vec<(Subject, Warning)>) {
    digest_with(text, "")
}

fn digest_with(text: &str, conventions: &str) -> (Digest, Vec<(Subject, Warning)>) {
    let conventions = Conventions::from_yaml(conventions).expect(conventions);
    match parse(text, &conventions) {
        Parsed { outcome: Outcome::Digest(digest), warnings, .. } => (*digest, warnings),
        other => panic!("{other:?}"),
    }
}

/// Formats a digest in the current layout with the counts of perspectives and the source lines.
fn today(counts: &[(&str, usize)], body: &str, sources: &[String]) -> String {
    let mut text =
        format!("---\ntopic: t\ndate: 2026-01-07T04:00:00.000Z\narticleCount: {}\nperspectives:\n", sources.len());
    for (id, count) in counts {
        text +=
            &format!("  - id: \"{id}\"\n    name: \"{}{}\"\n    count: {count}\n", id[..1].to_uppercase(), &id[1..]);
    }
    text + "---\n\n"
        + body
        + "\n## Sources\n\nThis summary is based on 20 articles from the following sources:\n\n"
        + &sources.join("\n")
        + "\n"
}

fn line(n: usize, title: &str) -> String {
    format!("{n}. [en-US] [{title}](https://example.com/{n}) - Wire (1/6/2026)")
}

fn perspectives(digest: &Digest) -> Vec<Option<(&str, &str)>> {
    digest
        .titles
        .iter()
        .map(|t| t.perspective.map(|(perspective, how)| (digest.perspectives[perspective].id.as_str(), how.as_str())))
        .collect()
}

fn highlights(digest: &Digest) -> Vec<&str> {
    digest.highlights.iter().map(|highlight| highlight.text.as_str()).collect()
}

fn bullets(digest: &Digest) -> Vec<(&str, &str)> {
    digest
        .bullets
        .iter()
        .map(|b| (digest.perspectives[b.perspective.expect("a perspective")].id.as_str(), b.text.as_str()))
        .collect()
}

#[test]
fn current_layout_is_parsed() {
    let body = "## Overall Highlights\n\n- h1\n- h2\n\n<!--more-->\n\n## China Perspective (China Sources)\n\n- c1\n\n\
                ## Japan Perspective (Japan Sources)\n\n- No Japan sources available for this time period.\n";
    let (digest, warnings) =
        digest(&today(&[("china", 2), ("japan", 1)], body, &[line(1, "a"), line(2, "b"), line(3, "c")]));
    assert_eq!(warnings, []);
    assert_eq!(
        (digest.topic.as_str(), digest.topic_name.as_str(), digest.date.to_string()),
        ("t", "t", "2026-01-07".to_owned())
    );
    assert_eq!(highlights(&digest), ["h1", "h2"]);
    assert_eq!(bullets(&digest), [("china", "c1")]);
    assert_eq!(perspectives(&digest), [Some(("china", "order")), Some(("china", "order")), Some(("japan", "order"))]);
    assert_eq!(digest.titles[0].published, NaiveDate::from_ymd_opt(2026, 1, 6));
}

#[test]
fn early_layout_is_parsed() {
    let (digest, warnings) = digest(EARLY);
    assert_eq!(warnings, []);
    assert_eq!(highlights(&digest), ["Both agree.", "four"]);
    assert_eq!(
        bullets(&digest),
        [("venezuelan", "one"), ("venezuelan", "two"), ("venezuelan", "In short."), ("international", "three")],
        "a heading with another name belongs to the remaining perspective"
    );
    assert_eq!(perspectives(&digest), [Some(("international", "locale")), Some(("venezuelan", "locale"))]);
}

#[test]
fn early_layout_without_counts_is_parsed() {
    let text = EARLY
        .replace("venezuelanSources: 1\ninternationalSources: 1\n", "")
        .replace("[es-VE] ", "")
        .replace("[en-US] ", "");
    let (digest, warnings) = digest(&text);
    assert_eq!(warnings, []);
    assert_eq!(
        bullets(&digest).iter().map(|b| b.0).collect::<Vec<_>>(),
        ["venezuelan", "venezuelan", "venezuelan", "us"]
    );
    assert_eq!(perspectives(&digest), [None, None], "without evidence");
}

#[test]
fn settings_decide_unknown_perspectives() {
    let own = "topics:\n  v:\n    locales: { es-VE: us, fr-FR: nobody }\n    perspectives: { international: us }\n";
    let (digest, warnings) = digest_with(EARLY, own);
    assert_eq!(warnings, []);
    assert_eq!(perspectives(&digest), [Some(("us", "locale")), Some(("us", "config"))]);
    assert_eq!(bullets(&digest).last(), Some(&("us", "three")));
    let both = EARLY.replace("international", "us");
    let (digest, _) = digest_with(&both, "topics: { v: { perspectives: { us: venezuelan } } }");
    assert!(bullets(&digest).iter().all(|b| b.0 == "venezuelan"));
    assert!(digest.bullets.iter().all(|b| b.perspective == Some(0)), "merged perspectives have one index");
}

#[test]
fn unknown_headings_keep_their_text() {
    let body = "Preface.\n\n## What to Watch\n\n- w\n\n### Soon\n\ntext\n\n## China\n\n- c\n\n### Numbers\n\n1. d\n\n## Taiwan Perspective (Taiwan Sources)\n\n- e\n";
    let (digest, warnings) = digest(&today(&[("china", 1), ("japan", 0)], body, &[line(1, "a")]));
    assert_eq!(
        warnings,
        [Subject::Perspective.at(
            32,
            "the perspective of the heading `Taiwan Perspective (Taiwan Sources)` is missing from the front matter; `taiwan` is used"
        )]
    );
    assert_eq!(highlights(&digest), ["Preface.", "w", "text"]);
    assert_eq!(
        bullets(&digest),
        [("china", "c"), ("china", "d"), ("taiwan", "e")],
        "an undeclared perspective is added"
    );
}

#[test]
fn titles_below_a_heading_belong_to_its_perspective() {
    let text = "---\ntopic: t\ndate: 2026-01-07\n---\n## China Perspective\n\n- c\n\n### China Sources\n\n1. [a](https://example.com/1) - A (1/2/2026)\n";
    let (digest, _) = digest(text);
    assert_eq!(perspectives(&digest), [Some(("china", "heading"))]);
}

#[test]
fn source_lists_may_have_a_section_for_each_perspective() {
    let text = "---\ntopic: t\ndate: 2026-01-07\nchinaSources: 1\njapanSources: 1\n---\n## Sources\n\nSome prose.\n\n\
        ### China Sources\n\n- [a](https://example.com/1) - A\n\n### Japan Sources\n\n1. [b](https://example.com/2) - B (1/2/2026)\n";
    let (digest, warnings) = digest(text);
    assert_eq!(perspectives(&digest), [Some(("china", "heading")), Some(("japan", "heading"))]);
    assert_eq!((digest.highlights.len(), warnings.len()), (1, 1), "prose is kept, the line without a date is reported");
}

#[test]
fn broken_source_lines_are_kept_and_reported() {
    let sources = [
        line(1, "a"),
        "2. [en-US] [cut off".to_owned(),
        line(3, "two\nlines"),
        "4. [x](https://example.com/4) - W (2/30/2026)".to_owned(),
    ];
    let (digest, warnings) = digest(&today(&[("china", 2), ("japan", 2)], "", &sources));
    let titles: Vec<_> = digest.titles.iter().map(|t| t.text.as_str()).collect();
    assert_eq!(titles, ["a", "cut off", "two\nlines", "x"]);
    let messages: Vec<_> = warnings.iter().map(|(_, w)| (w.line, w.message.as_str())).collect();
    assert_eq!(
        messages,
        [
            (Some(20), "expected `N. [title](url) - source (M/D/YYYY)`; indexed as far as recognized"),
            (Some(23), "`2/30/2026` is not a date; the digest's date is used"),
        ]
    );
}

#[test]
fn lines_without_a_title_keep_their_position() {
    let sources = [line(1, "a"), line(2, ""), line(3, "c"), line(4, "d")];
    let (digest, warnings) = digest(&today(&[("china", 2), ("japan", 2)], "", &sources));
    assert_eq!(warnings, [Subject::SourceLine.at(20, "source line without a title; not indexed")]);
    assert_eq!(perspectives(&digest)[2], Some(("japan", "order")));
}

#[test]
fn contradictory_counts_leave_the_perspective_unknown() {
    let (digest, warnings) = digest(&today(&[("china", 10), ("japan", 10)], "", &[line(1, "a")]));
    assert_eq!(perspectives(&digest), [None]);
    assert_eq!(
        warnings,
        [Subject::Count.file(
            "the counts of `perspectives` do not add up to the 1 source lines; the order of the list is not used"
        )]
    );
}

#[test]
fn mojibake_is_repaired() {
    let text = today(
        &[("china", 1), ("japan", 0)],
        "## China Perspective\n\n- Trumpâ€™s\n",
        &[line(1, "MÃ©xico: Trumpâ€™s\nplan")],
    );
    let (expected, _) = digest(&text);
    assert_eq!(expected.bullets[0].text, "Trump’s");
    assert_eq!(expected.titles[0].text, "México: Trump’s\nplan");
    assert_eq!(digest(&format!("\u{feff}{text}")).0, expected);
}

#[test]
fn byte_order_marks_are_removed() {
    let text = today(&[("china", 1), ("japan", 0)], "## China Perspective\n\n- c\n", &[line(1, "a")]);
    let marked =
        text.replace("\ntopic", "\n\u{feff}topic").replace("\n## ", "\n\u{feff}## ").replace("\n1. ", "\n\u{feff}1. ");
    assert_eq!(digest(&format!("\u{feff}\u{feff}{marked}")), digest(&text));
}

#[test]
fn fused_items_are_split() {
    let of = |mark: &str, n: usize| line(n, &format!("title {n}")).replace(&format!("{n}. "), mark);
    for mark in ["1.", "1)", "(1) ", "• ", "•", "· ", "– ", "–", "*", "-", "-\u{a0}", "\u{a0}", "", "| 1 | "] {
        let lines: Vec<String> = (1..5).map(|n| of(mark, n)).collect();
        let (digest, warnings) = digest(&today(&[("china", 2), ("japan", 2)], "", &lines));
        let titles: Vec<_> = digest.titles.iter().map(|t| (t.text.as_str(), t.line, t.source.as_deref())).collect();
        let expected = [
            ("title 1", 19, Some("Wire")),
            ("title 2", 20, Some("Wire")),
            ("title 3", 21, Some("Wire")),
            ("title 4", 22, Some("Wire")),
        ];
        assert_eq!(titles, expected, "{mark}");
        assert_eq!(warnings.iter().map(|(_, w)| w.line).collect::<Vec<_>>(), [19, 20, 21, 22].map(Some), "{mark}");
        assert_eq!(perspectives(&digest)[3], Some(("japan", "order")));
    }
    let (digest, warnings) = digest(&today(
        &[("china", 4), ("japan", 0)],
        "",
        &[format!("{}\n{}", line(1, "a"), of("2.", 2)), line(3, "c") + " " + &line(4, "d")],
    ));
    assert_eq!(digest.titles.iter().map(|t| t.text.as_str()).collect::<Vec<_>>(), ["a", "title 2", "c", "d"]);
    let broken = warnings.iter().filter(|(subject, _)| *subject == Subject::SourceLine);
    assert_eq!(broken.map(|(_, w)| w.line).collect::<Vec<_>>(), [20, 21, 21].map(Some));
}

#[test]
fn tables_and_link_definitions_are_not_text() {
    let sources = [
        "| # | Title | Source | Date |".to_owned(),
        "|---|:---|---|---|".to_owned(),
        "| 1 | [One](https://example.com/1) | Wire | 1/6/2026 |".to_owned(),
        String::new(),
        "2. [en-US] [Two][m] - Wire (1/6/2026)".to_owned(),
        String::new(),
        "[m]: https://example.com/2".to_owned(),
    ];
    let (digest, _) = digest(&today(&[("china", 1), ("japan", 1)], "", &sources));
    let titles: Vec<_> =
        digest.titles.iter().map(|t| (t.text.as_str(), t.url.as_deref().unwrap_or_default())).collect();
    assert_eq!(titles, [("One", "https://example.com/1"), ("Two", "https://example.com/2")]);
    assert_eq!(highlights(&digest), [""; 0]);
}

#[test]
fn bullets_with_unknown_marks_are_split() {
    let body = "## China Perspective\n\n-\u{a0}One.\n-\u{a0}Two.\n\n## Japan Perspective\n\n• Three.\n• Four.\n";
    let (digest, warnings) = digest(&today(&[("china", 0), ("japan", 1)], body, &[line(1, "a")]));
    assert_eq!(bullets(&digest), [("china", "One."), ("china", "Two."), ("japan", "Three."), ("japan", "Four.")]);
    let lines: Vec<_> = warnings.iter().map(|(subject, warning)| (*subject, warning.line)).collect();
    assert_eq!(lines, [(Subject::List, Some(16)), (Subject::List, Some(21))]);
}

#[test]
fn titles_dated_after_their_digest_are_reported() {
    let of = |date: &str| line(1, "a").replace("1/6/2026", date);
    for (date, day) in [("1/9/2026", Some("2026-01-09")), ("1/10/2026", None), ("7/1/2026", None), ("1/7/2062", None)] {
        let (digest, warnings) = digest(&today(&[("china", 1), ("japan", 0)], "", &[of(date)]));
        assert_eq!(digest.titles[0].published.map(|day| day.to_string()).as_deref(), day, "{date}");
        let reported: Vec<_> = warnings.iter().map(|(subject, warning)| (*subject, warning.line)).collect();
        assert_eq!(reported, if day.is_some() { vec![] } else { vec![(Subject::Date, Some(19))] });
    }
}

#[test]
fn other_files_and_broken_digests_are_distinguished() {
    let outcome = |text: &str| parse(text, &Conventions::default()).outcome;
    assert_eq!(outcome("# Notes\n"), Outcome::NotADigest);
    assert_eq!(outcome("---\ntitle: x\n---\n"), Outcome::NotADigest);
    assert_eq!(outcome("---\ntitle: x\ndate: 2026-01-07\n---\n"), Outcome::NotADigest);
    assert_eq!(outcome("---\ntitle: x\nTopic: economics\n---\n"), Outcome::NotADigest);
    assert_eq!(outcome("+++\ntitle = 'x'\n+++\n"), Outcome::NotADigest);
    assert_eq!(outcome("{{< shortcode >}}\n"), Outcome::NotADigest);
    assert_eq!(outcome("Topic: budget\nDate: Monday\n\nMinutes.\n"), Outcome::NotADigest);
    assert_eq!(outcome("# Format\n\n```yaml\n## China Perspective (China Sources)\n```\n"), Outcome::NotADigest);
    assert_eq!(outcome("# Format\n\n```\n---\ntopic: t\ndate: 2026-01-07\n---\n```\n"), Outcome::NotADigest);
    assert_eq!(outcome("# Format\n\n~~~yaml\ntopic: t\ndate: 2026-01-07\n~~~\n"), Outcome::NotADigest);
    assert_eq!(outcome("# Links\n\n- [a](https://example.com/1) - A (1/2/2026)\n"), Outcome::NotADigest);
    assert_eq!(outcome("---\ndate: 2026-01-07\nmore:\n  topic: of another key\n---\n"), Outcome::NotADigest);
    for (text, line) in [
        ("", None),
        (" \n", None),
        ("+++\ntopic = 't'\n+++\n", Some(1)),
        ("+++\n", Some(1)),
        ("---\ntopic: t\n", Some(1)),
        ("topic: t\ndate: 2026-01-07\n---\n", Some(1)),
        ("---\ntopic: t\n---\n", None),
        ("---\ntopic: t\ndate: 2026-02-30\n---\n", Some(3)),
        ("---\ndate: 2026-02-03\nchinaSources: 3\n---\n", None),
        ("---\ndate: 2026-02-03\ntopic: [a, b]\n---\n", Some(3)),
        ("---\ntopic:china-japan\ndate: 2026-02-03\n---\n", Some(2)),
        ("---\ndate: 2026-02-03\nTopic:china-japan\n---\n", Some(3)),
        ("---\ndate: 2026-02-03\n\ttopic: china-japan\n---\n", Some(3)),
        ("---\n topic: china-japan\ndate: 2026-02-03\n---\n", Some(2)),
        ("\n# Digest\n\n---\ntopic: t\ndate: 2026-02-03\n---\n", Some(2)),
        ("```markdown\n---\ntopic: t\ndate: 2026-02-03\n---\n```\n", Some(1)),
        ("----\ntopic: t\ndate: 2026-02-03\n---\n", Some(1)),
        ("{\n  \"topic\": \"t\",\n  \"date\": \"2026-02-03\"\n}\n", Some(1)),
        ("---\n{topic: t, date: 2026-02-03, title: \"a \"b\" c\"}\n---\n", Some(2)),
        ("---\n- topic: t\n  date: 2026-02-03\n---\n", Some(2)),
        ("---\ntopic: t\n\"date\": soon\n---\n", Some(3)),
        ("---\ntopic: t\ndate:2026-02-03\n---\n", Some(3)),
        ("---\ntitle: x\n---\n\n## China Perspective (China Sources)\n", Some(5)),
        ("## Overall\n\nThis summary is based on 2 articles from the following sources:\n", Some(3)),
        ("# Notes\n\n1. [en-US] [a](https://example.com/1) - A (1/2/2026)\n", Some(3)),
        ("# Notes\n\n## Sources\n\n1. [a](https://example.com/1) - A (1/2/2026)\n", Some(5)),
    ] {
        assert!(matches!(outcome(text), Outcome::Unusable(w) if w.line == line), "{text}");
    }
}

#[test]
fn limits_are_exact() {
    let of =
        |head: &str, body: &str| parse(&format!("---\n{head}\ndate: 2026-01-07\n---\n{body}"), &Conventions::default());
    let entries = |bullets: usize| {
        of("topic: t", &format!("- h1\n- h2\n- h3\n\n## China Perspective\n\n{}", "- b\n".repeat(bullets)))
    };
    assert!(matches!(entries(9_997).outcome, Outcome::Digest(digest) if digest.bullets.len() == 9_997));
    let Outcome::Unusable(why) = entries(9_998).outcome else { panic!("too many") };
    assert_eq!(why.message, "10001 highlights, bullets and titles exceed the limit of 10000");
    let warnings = |broken: usize| of("topic: t", &format!("## Sources\n\n{}", "- broken\n".repeat(broken))).warnings;
    assert_eq!(warnings(99).len(), 99);
    assert!(warnings(100).iter().all(|(subject, _)| *subject == Subject::SourceLine));
    for more in [1, 7] {
        let warnings = warnings(100 + more);
        assert_eq!((warnings.len(), &warnings[100]), (101, &Subject::More.file(format!("and {more} more warnings"))));
    }
    let topic = |topic: &str| matches!(of(&format!("topic: \"{topic}\""), "- h\n").outcome, Outcome::Digest(_));
    assert!(topic(&"t".repeat(200)) && !topic(&"t".repeat(201)) && !topic("a\\u0001b"));
    let headings = (0..70).map(|n| format!("## A{n}x Perspective\n\n- b\n\n"));
    let Outcome::Digest(digest) = of("topic: t", &headings.collect::<String>()).outcome else { panic!("a digest") };
    assert_eq!(digest.perspectives.len(), 64);
}

#[test]
fn headings_with_another_name_belong_to_the_remaining_perspective() {
    let section = "## PRC Perspective (PRC Sources)\n\n- b\n\n";
    let head = "---\ntopic: t\ndate: 2026-01-07\nchinaSources: 1\njapanSources: 1\n---\n";
    let japan = "## Japan Perspective (Japan Sources)\n\n- j\n\n";
    let (digest, warnings) = digest(&format!("{head}{section}{section}{japan}"));
    let names: Vec<_> = digest.perspectives.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect();
    assert_eq!(names, [("china", "China"), ("japan", "Japan")]);
    let perspectives: Vec<_> = digest.bullets.iter().filter_map(|b| b.perspective).collect();
    assert_eq!((perspectives, warnings.len()), (vec![0, 0, 1], 1), "{warnings:?}");
}

#[test]
fn sections_after_the_source_list_are_read() {
    let body = "## China Perspective\n\n- c\n\n## Sources\n\n### China Sources\n\n1. [a](https://example.com/1) - Wire \
                (1/6/2026)\n\n## Japan Perspective\n\n- j\n";
    let text = today(&[("china", 1), ("japan", 0)], body, &[]);
    let (digest, _) = digest(&text);
    let bullets: Vec<_> = digest.bullets.iter().map(|b| (b.perspective.unwrap_or(9), b.text.as_str())).collect();
    assert_eq!((bullets, digest.titles.len()), (vec![(0, "c"), (1, "j")], 1));
}

/// Generates words without Markdown syntax.
fn words() -> impl Strategy<Value = String> {
    "[A-Za-zéñ新]{1,8}( [A-Za-z0-9éñ'.,%]{1,8}){0,4}"
}

proptest! {
    #[test]
    fn no_bullet_and_no_title_is_lost(
        highlights in prop::collection::vec(words(), 0..5),
        left in prop::collection::vec(words(), 0..5),
        right in prop::collection::vec(words(), 0..5),
        // Excludes characters that would be repaired as mojibake, C1 control characters and byte order marks.
        titles in prop::collection::vec("[^\r\n\t \u{80}-\u{9f}À-ÿ\u{feff}]{1,9}([ \n][^\r\n\t \u{80}-\u{9f}À-ÿ\u{feff}]{1,9}){0,3}", 1..25),
        split in 0usize..25,
    ) {
        let list = |items: &[String]| items.iter().map(|i| format!("- {i}\n")).collect::<String>();
        let body = format!(
            "## Overall Highlights\n\n{}\n## China Perspective (China Sources)\n\n{}\n## Japan Perspective (Japan Sources)\n\n{}",
            list(&highlights), list(&left), list(&right),
        );
        // A line that begins with the next number counts as the next item.
        let begins_next = |(at, title): (usize, &String)| title.contains(&format!("\n{}", at + 2));
        prop_assume!(!titles.iter().enumerate().any(begins_next));
        let split = split.min(titles.len());
        let lines: Vec<String> = titles.iter().enumerate().map(|(i, t)| line(i + 1, t)).collect();
        let (digest, warnings) = digest(&today(&[("china", split), ("japan", titles.len() - split)], &body, &lines));
        prop_assert_eq!(super::tests::highlights(&digest), highlights);
        let of = |perspective: usize| digest.bullets.iter().filter(|b| b.perspective == Some(perspective)).map(|b| b.text.clone()).collect::<Vec<_>>();
        prop_assert_eq!((of(0), of(1)), (left, right));
        prop_assert_eq!(digest.titles.iter().map(|t| t.text.clone()).collect::<Vec<_>>(), titles.clone());
        let of = |perspective: Option<usize>| digest.titles.iter().filter(|t| t.perspective.map(|p| p.0) == perspective).count();
        // If the first perspective has more than half of the maximum, the order depends on the writer's maximum.
        let is_one_order = split <= 5 || split == titles.len() || titles.len() > 10;
        prop_assert_eq!(warnings.is_empty(), is_one_order, "{:?}", warnings);
        prop_assert_eq!(of(None) == 0, is_one_order);
        prop_assert!(of(Some(0)) <= split && of(Some(1)) <= titles.len() - split);
    }

    #[test]
    fn never_panics(text in "(---\n|topic: t\n|date: 2026-01-07\n|perspectives:\n  - id: |[a-z\"]*\n|count: 3\n|## |China Perspective|Sources\n|[0-9]\\. |- |\\[|\\]\\(|\\) - |\\(1/2/2026\\)\n|\\PC|\n)*") {
        parse(&text, &Conventions::default());
        parse(&format!("---\ntopic: t\ndate: 2026-01-07\n---\n{text}"), &Conventions::default());
    }
}
