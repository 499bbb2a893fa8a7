//! Tests of [`read`] with whole digests, as sites of several kinds write them.

use proptest::prelude::*;

use super::{Facts, Folder, read};
use crate::digest::{Conventions, Digest, Outcome};

/// Paths and texts of digests of several kinds.
pub const SAMPLES: [(&str, &str); 3] = [
    (
        "content/2026-03-24.md",
        "Title: Ports 5\nDate: 2026-03-24\n\n## News\n\n* [video] [Night pilots](https://a.example/1) - Harbour Daily\n\
         * [Buoys](https://b.example/2), a report from the coast\n\n## Summary\n\n- In short.\n",
    ),
    (
        "content/2026-03-25.md",
        "---\nlang: es\n---\n# Puertos\n\n### 1. Dos muelles\n- **Fuente:** diario\n- **Link:** https://a.example/3\n- **Resumen:** Tras un \
         año.\n\n### Inside Peru\n\n- una línea\n",
    ),
    ("content/2026-03-26.md", "1. **[标题](https://c.example/4)** — 新华网\n2. 一句话。\n"),
];

/// Reads a digest as the only file of its folder.
pub fn digest(text: &str) -> Digest {
    match outcome(text, "2026-03-25.md") {
        Outcome::Digest(digest) => *digest,
        other => panic!("{other:?}\n{text}"),
    }
}

fn outcome(text: &str, path: &str) -> Outcome {
    outcome_by(&Conventions::default(), text, path)
}

/// Reads a file as the only one of its folder, with settings.
pub fn outcome_by(conventions: &Conventions, text: &str, path: &str) -> Outcome {
    let facts = Facts::of(text, path, conventions);
    let folder = Folder::decide("news", facts.iter().map(|facts| (path, facts)));
    let reading = facts.map(|facts| folder.reading(path, &facts));
    read(text, path, reading.as_ref(), conventions).outcome
}

/// Formats the entries of a digest: `T title | source | url | description`, `B bullet`, `H highlight`.
pub fn shown(digest: &Digest) -> Vec<String> {
    let mut out: Vec<String> = digest.highlights.iter().map(|highlight| format!("H {}", highlight.text)).collect();
    out.extend(digest.bullets.iter().map(|bullet| format!("B {}", bullet.text)));
    out.extend(digest.titles.iter().map(|title| {
        let parts = [&title.source, &title.url, &title.description].map(|part| part.as_deref().unwrap_or("-"));
        format!("T {} | {}", title.text, parts.join(" | "))
    }));
    out
}

fn check(text: &str, expect: &[&str]) {
    assert_eq!(shown(&digest(text)), expect, "{text}");
}

#[test]
fn items_that_begin_with_a_link_are_titles() {
    for item in [
        "- [Port opens](https://a.example/1)",
        "3. [Port opens](https://a.example/1).",
        "* **[Port opens](https://a.example/1)**",
        "* [**Port opens**](https://a.example/1)",
        "- [x] [Port opens](https://a.example/1)",
        "- 🚢 [video] [Port opens](https://a.example/1)",
        "- <a href=\"https://a.example/1\">Port opens</a>",
        "- [Port opens][p]\n\n[p]: https://a.example/1",
        "- [Port\n  opens](https://a.example/1)",
        "- [Port opens <code>a.example</code>](https://a.example/1) - [12 comments 30 points](https://hn.example/2)",
        "- ![logo](https://img.example/x.png) [Port opens](https://a.example/1)",
        "| | |\n|-|-|\n| 1 | [Port opens](https://a.example/1) |",
        "<ul><li><a href='https://a.example/1'>Port opens</a></li></ul>",
        "- Today: [Port opens](https://a.example/1)",
    ] {
        let digest = digest(item);
        let titles: Vec<_> =
            digest.titles.iter().map(|t| (t.text.as_str(), t.url.as_deref(), t.source.as_deref())).collect();
        assert_eq!(titles, [("Port opens", Some("https://a.example/1"), Some("a.example"))], "{item}");
        assert_eq!((digest.bullets.len(), digest.highlights.len()), (0, 0), "{item}");
    }
}

#[test]
fn links_within_a_sentence_are_no_titles() {
    for text in [
        "- [Rust](https://a.example) is a language that many people like to write programs in",
        "- Read the report [here](https://a.example)",
        "- [here](https://a.example): the long report of the harbour",
        "- [Rust](https://a.example)'s new compiler for the web is out today",
        "- [Port opens](/relative)",
        "- [Port opens](mailto:a@b.example)",
        "[Port opens](https://a.example/1)",
        "- 9 News: https://a.example/1",
    ] {
        let digest = digest(text);
        assert_eq!((digest.titles.len(), digest.bullets.len()), (0, 1), "{text}");
    }
}

#[test]
fn an_address_alone_is_no_entry() {
    let digest = digest("- a\n- [https://a.example/1](https://a.example/1)\n\nhttps://b.example/2\n");
    assert_eq!((shown(&digest), digest.loose_links.len()), (vec!["B a".to_owned()], 2));
}

#[test]
fn a_day_a_group_and_its_events() {
    check(
        "- 2026-02-10 | Bergen, Norway | [Pilots of the coast meet for their yearly talk](https://a.example/g)\n  \
         - [Night navigation](https://a.example/1)\n- [2026-02-11](https://a.example/2)\n",
        &[
            "B 2026-02-10 | Bergen, Norway | Pilots of the coast meet for their yearly talk",
            "B 2026-02-11",
            "T Night navigation | a.example | https://a.example/1 | -",
        ],
    );
}

#[test]
fn tags_and_further_sources_are_descriptions() {
    check(
        "- [video] [ES] [Port opens](https://a.example/1): two berths\n- **Fees fall**\n  来源: The Strait Post, Harbour Daily\n  \
         [阅读全文](https://b.example/2)\n",
        &[
            "T Port opens | a.example | https://a.example/1 | video ES two berths",
            "T Fees fall | The Strait Post | https://b.example/2 | Harbour Daily",
        ],
    );
}

#[test]
fn hosts_in_a_tag_are_sources_and_others_are_text() {
    check(
        "- [A title <code>forge.example</code>](https://proxy.example/1)\n- [A bug in `read.rs`](https://a.example/2)\n",
        &[
            "T A title | forge.example | https://proxy.example/1 | -",
            "T A bug in read.rs | a.example | https://a.example/2 | -",
        ],
    );
}

#[test]
fn what_follows_a_link_is_its_description() {
    check(
        "- [Port opens](https://a.example/1) - Two berths, after a year of talks. (Harbour Daily)\n  More of it.\n\n  And a paragraph.\n",
        &[
            "T Port opens | Harbour Daily | https://a.example/1 | Two berths, after a year of talks. More of it. And a paragraph.",
        ],
    );
    check(
        "- [Port opens](https://a.example/1), a library for ports\n",
        &["T Port opens | a.example | https://a.example/1 | a library for ports"],
    );
    check(
        "- [Port opens](https://a.example/1) — Harbour Daily\n",
        &["T Port opens | Harbour Daily | https://a.example/1 | -"],
    );
    check(
        "- [Port opens](https://a.example/1) ([text](https://b.example/2)) by Jane\n",
        &["T Port opens | a.example | https://a.example/1 | (text) by Jane"],
    );
    check(
        "- [Port opens](https://a.example/1)\n  - Two berths.\n  - [Second port](https://b.example/2)\n  - [comments](https://c.example)\n",
        &[
            "B Two berths.",
            "B comments",
            "T Port opens | a.example | https://a.example/1 | -",
            "T Second port | b.example | https://b.example/2 | -",
        ],
    );
    check(
        "- Port opens its gates https://a.example/1\n",
        &["T Port opens its gates | a.example | https://a.example/1 | -"],
    );
    check("1. Port opens\n   https://a.example/1\n", &["T Port opens | a.example | https://a.example/1 | -"]);
}

#[test]
fn headings_are_titles_if_numbered_or_with_a_link_below() {
    check(
        "# Five stories\n\n## 1. Port opens\n- **Source:** harbourdaily\n- **Link:** https://a.example/1\n- **Summary:** Two berths.\n\n\
         ## 2. Rates fall\n\n> A remark.\n\n- one\n",
        &[
            "B A remark.",
            "B one",
            "T Port opens | harbourdaily | https://a.example/1 | Two berths.",
            "T Rates fall | - | - | -",
        ],
    );
    check(
        "## Port opens\n\nhttps://a.example/1\n\nTwo berths.\n\n## Rates fall\n\nBy a point. [Read more](https://b.example/2)\n\n## Rest\n\ntext\n",
        &[
            "B Two berths.",
            "B By a point. Read more",
            "B text",
            "T Port opens | a.example | https://a.example/1 | -",
            "T Rates fall | b.example | https://b.example/2 | -",
        ],
    );
    check(
        "Day\n===\n\n[Port opens](https://a.example/1)\n---\n\nTwo berths.\n",
        &["B Two berths.", "T Port opens | a.example | https://a.example/1 | -"],
    );
    check(
        "### 항만 개장\n\n출처: https://a.example/1\n\n### 港口开放\n\n- 来源：新华网 (2月28日)\n- 🔗 [阅读全文](https://b.example/2)\n",
        &["T 항만 개장 | a.example | https://a.example/1 | -", "T 港口开放 | 新华网 | https://b.example/2 | -"],
    );
    // The links of items are those of the items.
    check("## News\n\n- One. [原文](https://a.example/1)\n- Two.\n", &["B One. 原文", "B Two."]);
    check("## News\n\n1. **One**\n   Source: https://a.example/1\n", &["T One | a.example | https://a.example/1 | -"]);
    let menu = digest("|a|b|\n|-|-|\n| [Radio](https://a.example/1) | [Video](https://b.example/2) |\n\ntext\n");
    assert_eq!((shown(&menu), menu.loose_links.len()), (vec!["B text".to_owned()], 2));
    check("# 2026-03-25\n\n## March 24, 2026\n\nhttps://a.example/1\n\ntext\n", &["B text"]);
}

#[test]
fn bold_items_are_titles_if_their_own_lines_give_the_link() {
    check(
        "1. **Port opens**\n   > Two berths.\n   > 来源: 新华网 (2月28日)\n   > 🔗 [阅读全文](https://a.example/1)\n\n2. **Only bold**\n   text\n\n\
         3. **Rates fall**\n   来源: https://b.example/2\n",
        &[
            "B Only bold text",
            "T Port opens | 新华网 | https://a.example/1 | Two berths.",
            "T Rates fall | b.example | https://b.example/2 | -",
        ],
    );
}

#[test]
fn summaries_are_highlights_and_sections_are_paths() {
    let digest = digest(
        "# Daily 2026-03-25\n\nHello.\n\n## Key Highlights\n\n- a\n\n### Ports\n\nb\n\n## World\n\n### Inside Peru\n\n- c\n- [D e](https://a.example/1)\n\n\
         ### Japan Perspective\n\n- f\n",
    );
    let highlights: Vec<_> = digest.highlights.iter().map(|h| (h.text.as_str(), h.section.as_deref())).collect();
    assert_eq!(highlights, [("a", Some("Key Highlights")), ("b", Some("Key Highlights / Ports"))]);
    let bullets: Vec<_> =
        digest.bullets.iter().map(|b| (b.text.as_str(), b.section.as_deref(), b.perspective)).collect();
    assert_eq!(
        bullets,
        [
            ("Hello.", None, None),
            ("c", Some("World / Inside Peru"), Some(0)),
            ("f", Some("World / Japan Perspective"), Some(1))
        ]
    );
    let names: Vec<_> = digest.perspectives.iter().map(|p| (p.id.as_str(), p.name.as_str())).collect();
    assert_eq!(names, [("peru", "Peru"), ("japan", "Japan")]);
    assert_eq!(
        digest.titles[0].perspective.map(|(perspective, how)| (perspective, how.as_str())),
        Some((0, "heading"))
    );
}

#[test]
fn markup_is_no_text() {
    check(
        "f<T> of <html> and <b>g</b>\n\n<!-- - [Old](https://a.example) -->\n\n{{< card link=\"x\" >}}\n\n- a <br/> [![i](https://i.example/p.png)](https://i.example) b\n\n```\ncode text\n```\n\n\
         ---\n\n<div align=\"center\">c &amp; d</div>\n\n{% include x %}\n\n| A | B |\n|---|---|\n| 1 | two |\n\n[[Note|e]]\n",
        &["B f<T> of <html> and g", "B a b", "B code text", "B c & d", "B 1 | two", "B e"],
    );
}

#[test]
fn files_that_are_no_digests_say_why_if_they_look_like_one() {
    let links: String = (1..=5).map(|n| format!("- [Story {n}](https://a.example/{n})\n")).collect();
    for (path, text, message) in [
        ("about.md", "# About\n", None),
        ("README.md", links.as_str(), None),
        ("_index.md", links.as_str(), None),
        ("2026-03-25/_index.md", links.as_str(), None),
        (
            "news.md",
            links.as_str(),
            Some(
                "looks like a digest with 5 titles, but has no date in its front matter, name, path or first headings",
            ),
        ),
        ("news.md", "---\ndate: 2026-02-30\n---\nx\n", Some("invalid `date: 2026-02-30`; write it as 2026-01-07")),
        (
            "news.md",
            "---\ntopic: a\n---\nx\n",
            Some("has a topic, but no date in its front matter, name, path or first headings"),
        ),
        ("2026-03-25.md", "---\ntitle: a\n---\n", Some("dated 2026-03-25, but has no titles, bullets or highlights")),
    ] {
        let why = match outcome(text, path) {
            Outcome::NotADigest => None,
            Outcome::Unusable(why) => Some(why.message),
            Outcome::Digest(_) => panic!("{path}"),
        };
        assert_eq!(why.as_deref(), message, "{path}");
    }
}

#[test]
fn drafts_topics_and_languages_are_read() {
    for text in ["---\ndraft: true\n---\nx\n", "+++\ndraft = true\n+++\nx\n", "{\"draft\": true}\n\nx\n"] {
        assert!(digest(text).draft, "{text}");
    }
    let digest = digest("La autoridad portuaria abrió el lunes dos nuevos muelles, tras un año de conversaciones.\n");
    assert_eq!((digest.lang.as_deref(), digest.topic.as_str(), digest.variant.as_str()), (Some("es"), "news", ""));
}

#[test]
fn links_without_a_title_are_counted() {
    let digest = digest(
        "- [A title](https://a.example/1)\n- see [this report](https://a.example/2) of the year\n\n[More of it](https://a.example/3), [here](https://a.example/4)\n",
    );
    assert_eq!(digest.loose_links, [(2, "this report".to_owned()), (4, "More of it".to_owned())]);
}

/// A piece of Markdown with a word that must be found again.
fn piece() -> impl Strategy<Value = String> {
    let forms = prop::sample::select(
        &[
            "- W\n",
            "* [W](https://a.example/W)\n",
            "3. W\n",
            "## W\n",
            "## 4. W\n",
            "W\n\n",
            "> W\n\n",
            "    W\n\n",
            "- [x] W\n",
            "- **W**\n  W2 [more](https://a.example)\n",
            "| a | b |\n|---|---|\n| W | [W2](https://a.example) |\n\n",
            "<p>W</p>\n\n",
            "- W\n  - W2\n\n    W3\n",
            "W\n---\n",
            "```\nW\n```\n",
            "- **Source:** W\n",
            "- Summary: W\n",
            "<b>W</b> W2\n\n",
            "- W [W2](https://a.example) W3\n",
            "- a [W](https://a.example/b) - W2 (W3)\n",
            "<li>W\n\n",
            "W https://a.example/W\n\n",
            "[W]: x\n\n",
            "- W: [W2][r]\n\n",
            "\n\n",
            "<div>\nW\n",
            "# W\n",
            "<!-- note -->\n",
            "- # W\n",
            "***W***\n\n",
        ][..],
    );
    (forms, "[a-z]{6,9}").prop_map(|(form, word)| form.replace('W', &format!("{word}q")))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn no_word_is_lost(pieces in prop::collection::vec(piece(), 1..12)) {
        let text = format!("---\ndate: 2026-03-25\n---\n\n{}", pieces.concat());
        if let Outcome::Digest(digest) = outcome(&text, "x.md") {
            let mut found = shown(&digest).join(" ");
            let sections = digest.bullets.iter().filter_map(|bullet| bullet.section.as_deref());
            let sections = sections.chain(digest.titles.iter().filter_map(|title| title.section.as_deref()));
            sections.for_each(|section| { found.push(' '); found.push_str(section); });
            // A heading with nothing below it is part of no section.
            let body: String = text.lines().skip(3).filter(|line| !line.starts_with('#') && !line.starts_with("---")).map(|line| format!("{line}\n")).collect();
            let is_setext = |word: &str| text.contains(&format!("{word}\n---"));
            let words = body.split(|c: char| !c.is_ascii_alphanumeric()).filter(|word| word.len() > 6 && word.ends_with('q'));
            for word in words.filter(|word| !is_setext(word)) {
                prop_assert!(found.contains(word), "{word} of\n{text}\nis not in {found}");
            }
        }
    }

    #[test]
    fn nothing_makes_it_panic(text in "(\\PC|[\\n#*>|`<\\[\\]():.-]|https://a\\.example|\\*\\*|!\\[|<a href=|<!--|-->|\\{\\{|\n---\n|Source: ){0,80}", path in "[a-z0-9/._-]{0,30}") {
        if let Outcome::Digest(digest) = outcome(&text, &path) {
            let lines = text.split('\n').count();
            prop_assert!(digest.titles.iter().all(|title| (1..=lines).contains(&title.line) && !title.text.is_empty()));
        }
    }
}

#[test]
fn titles_keep_all_of_their_text() {
    for (text, titles) in [
        ("- (as seen at https://a.example)\n", &["(as seen at"][..]),
        ("## 1. (Untitled)\n- **Link:** https://a.example/1\n", &["(Untitled)"]),
        ("---\n\n- [A](https://a.example)\n\n---\n- [B](https://b.example)\n", &["A", "B"]),
        ("## 1. Story\n<div><a href=\"https://a.example\">Read more</a></div>\n", &["Story"]),
        ("<ul><li><p><a href=\"https://a.example\">In a paragraph</a></p></li></ul>\n", &["In a paragraph"]),
    ] {
        let digest = digest(text);
        assert_eq!(digest.titles.iter().map(|title| title.text.as_str()).collect::<Vec<_>>(), titles, "{text}");
    }
    let linked = digest("## 1. Story\n<div><a href=\"https://a.example\">Read more</a></div>\n");
    assert_eq!(linked.titles[0].url.as_deref(), Some("https://a.example"));
}

#[test]
fn the_line_of_a_link_is_no_description() {
    let digest =
        digest("- Reuters reports\n  [Fed holds rates steady as inflation cools](https://a.example) - Harbour Daily\n");
    let title = &digest.titles[0];
    assert_eq!(
        (title.text.as_str(), title.description.as_deref(), title.source.as_deref()),
        ("Fed holds rates steady as inflation cools", Some("Reuters reports"), Some("Harbour Daily"))
    );
}

#[test]
fn a_link_after_a_title_may_go_on_in_the_next_line() {
    let digest = digest("- [A](https://a.example) - [18\n  comments](https://b.example)\n");
    assert_eq!((digest.titles.len(), digest.titles[0].text.as_str()), (1, "A"));
}

#[test]
fn a_null_is_no_topic() {
    let digest = digest("---\ntopic: null\ncategory: ~\n---\n- [A](https://a.example)\n");
    assert_eq!(digest.topic, "news");
}
