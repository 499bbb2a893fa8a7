//! Tests of source lines.

use chrono::NaiveDate;
use proptest::prelude::*;

use super::*;

fn one(line: &str) -> SourceLine {
    let mut found = scan(line);
    assert_eq!(found.len(), 1, "{line}: {found:?}");
    let (range, source) = found.remove(0);
    assert_eq!(range, 0..line.trim_end_matches('\n').len());
    source
}

#[test]
fn the_writers_format_is_parsed() {
    let source = one("12. [es-VE] [Canciller: «no»](https://example.com/a) - El Diario (1/7/2026)\n");
    let published = Published::On(NaiveDate::from_ymd_opt(2026, 1, 7).expect("a date"));
    assert_eq!(source.locale.as_deref(), Some("es-VE"));
    assert_eq!(source.title, "Canciller: «no»");
    assert_eq!(source.url.as_deref(), Some("https://example.com/a"));
    assert_eq!(source.source.as_deref(), Some("El Diario"));
    assert_eq!(source.published, published);
}

#[test]
fn titles_and_sources_are_kept_as_written() {
    for title in [
        "[Video] Talks *resume* | World",
        "A [b](c) d",
        "Ends with ]",
        "one\ntwo",
        "one\n# two\n- three",
        "[en] half (1/2/2026",
        "50% of \"all\" & _more_ \\ `x` <b>",
        "\u{2029}zero\u{200b}width\u{2029}",
        "新华网：标题",
        "](",
    ] {
        for source in ["The Nation (Somewhere )", "Wire -", "新华网", "a) - b"] {
            for locale in ["", "[en-US] "] {
                let line = one(&format!("3. {locale}[{title}](https://example.com/x_(y)) - {source} (12/31/2025)"));
                assert_eq!((line.title.as_str(), line.source.as_deref()), (title, Some(source)));
                assert_eq!(line.locale.is_some(), !locale.is_empty());
                assert_eq!(line.url.as_deref(), Some("https://example.com/x_(y)"));
            }
        }
    }
}

#[test]
fn locales_are_language_tags() {
    for tag in ["es-419", "zh-Hans", "zh-Hant-TW", "en-us", "en_US", "en", "sr-Latn"] {
        let source = one(&format!("1. [{tag}] [The title](<https://e.com/1>) - P (5/1/2026)"));
        assert_eq!((source.locale.as_deref(), source.title.as_str()), (Some(tag), "The title"));
        assert_eq!(source.url.as_deref(), Some("https://e.com/1"));
    }
    for tag in ["US", "Video", "en-", "en-1a2", "en-4190", "en-US1", "e-US", "engl-US"] {
        let source = one(&format!("1. [{tag}] [x](https://e.com/1) - P (5/1/2026)"));
        assert_eq!((source.locale, source.title), (None, format!("{tag}] [x")));
    }
    for title in ["[US] [Opinion] x", "[Video] [x] y", "[en-] [x"] {
        assert_eq!(one(&format!("1. [{title}](https://e.com/1) - P (5/1/2026)")).title, title);
    }
}

#[test]
fn malformed_lines_are_rejected() {
    let rest = "(https://e.com/1) - P";
    for line in [
        format!("3.[t]{rest} (1/2/2026)"),
        format!("3. [t]{rest} (111/2/2026)"),
        format!("3. [t]{rest} (1/222/2026)"),
        format!("3. [t]{rest} (1/2/26)"),
        format!("3. [t]{rest} (1/2/202a)"),
        format!("3. [cut\n## A section\nx]{rest} (1/2/2026)"),
        format!("3. [cut\n7. [another]{rest} (1/2/2026x)\n"),
    ] {
        assert_eq!(scan(&line), [], "{line}");
    }
    for title in ["one\n## two", "one\n7. [x]\ntwo", "one\n7. two", "one\n#two"] {
        assert_eq!(one(&format!("3. [{title}]{rest} (1/2/2026)")).title, title);
    }
}

#[test]
fn parts_may_be_missing() {
    let source = one("- [t]() -  (13/45/2026)");
    assert_eq!(
        source,
        SourceLine {
            title: "t".into(),
            published: Published::Impossible("13/45/2026".into()),
            ..SourceLine::default()
        }
    );
}

#[test]
fn a_broken_line_does_not_swallow_the_next() {
    let good = "2. [b](https://example.com/b) - B (1/1/2026)";
    let found = scan(&format!("1. [en-US] [a is cut\n{good}\n3. [c](https://exa\n"));
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].1.title, "b");
}

#[test]
fn items_that_begin_with_a_bracket_are_not_source_lines() {
    let good = "1. [b](https://example.com/b) - B (1/1/2026)";
    for before in ["- [Analysis] Tokyo weighs options.\n- Other.\n", "1. [Analysis] Tokyo weighs options.\n2. Other.\n"]
    {
        let found = scan(&format!("{before}\n## Sources\n\nProse.\n\n{good}\n"));
        assert_eq!(found.len(), 1, "{before}");
        assert_eq!(found[0].1.title, "b");
    }
}

#[test]
fn many_brackets_take_linear_time() {
    let line = format!("1. [{}(1/2/2026)", "](".repeat(1 << 20));
    assert!(scan(&line).is_empty(), "quadratic time would not end");
}

#[test]
fn partial_lines_are_salvaged() {
    let salvaged = |item: &str| {
        let s = salvage(item, &Definitions::default());
        (s.title, s.url, s.source)
    };
    let some = |s: &str| Some(s.to_owned());
    assert_eq!(salvaged("3. [en-US] [Cut in the mid"), ("Cut in the mid".into(), None, None));
    assert_eq!(salvaged("3. [en-US] [Cut](https://exa"), ("Cut".into(), some("https://exa"), None));
    assert_eq!(
        salvaged("[No source](https://example.com) (1/2/2026)"),
        ("No source".into(), some("https://example.com"), None)
    );
    assert_eq!(
        salvaged("[No date](https://example.com) - Wire"),
        ("No date".into(), some("https://example.com"), some("Wire"))
    );
    for line in [
        "[T](https://e.com/a b) - P",
        "[T](https://e.com/a%20b)  -  P",
        "[T](https://e.com/a%20b) – P",
        "[T](https://e.com/a%20b \"x\") - P",
    ] {
        assert_eq!(
            salvaged(&format!("1. [en-US] {line} (5/1/2026)")),
            ("T".into(), some("https://e.com/a%20b"), some("P")),
            "{line}"
        );
    }
    assert_eq!(salvaged("Plain words"), ("Plain words".into(), None, None));
}

#[test]
fn links_are_salvaged_in_all_forms() {
    let links =
        Definitions::of("[m]: https://example.com/2\n[makers  Wait]: <https://example.com/2> \"Title\"\n[n]: words\n");
    let day = NaiveDate::from_ymd_opt(2026, 2, 10).expect("a date");
    for link in [
        "[Makers wait](https://example.com/2)",
        "**[Makers wait](https://example.com/2)**",
        "*[Makers wait](https://example.com/2)*",
        "__[Makers wait](https://example.com/2)__",
        "[Makers wait](<https://example.com/2>)",
        "[Makers wait](https://example.com/2 \"Makers (wait)\")",
        "[Makers wait](https://example.com/2 'wait')",
        "[Makers wait]( https://example.com/2 )",
        "[Makers wait][m]",
        "[Makers wait][]",
        "[Makers wait]",
        "Makers wait <https://example.com/2>",
        "Makers wait (https://example.com/2)",
        "Makers wait https://example.com/2",
        "Makers wait: https://example.com/2",
        "<a href=\"https://example.com/2\">Makers wait</a>",
    ] {
        for dash in [" - ", "\u{a0}-\u{a0}", " – ", " — ", "\u{2009}–\u{2009}", "\u{200e} -\u{200f} ", ", ", " | "]
        {
            for mark in ["2. ", "2.", "2)", "(2) ", "• ", "– ", "-\u{a0}", ""] {
                // A mark may also precede the locale directly.
                let line = format!("{mark}[en-US] {link}{dash}Edo (2/10/2026)");
                let source = SourceLine {
                    locale: Some("en-US".into()),
                    title: "Makers wait".into(),
                    url: Some("https://example.com/2".into()),
                    source: Some("Edo".into()),
                    published: Published::On(day),
                };
                assert_eq!(salvage(&line, &links), source, "{line}");
            }
        }
    }
}

#[test]
fn table_rows_and_lines_without_links_are_salvaged() {
    let salvaged = |item: &str| {
        let s = salvage(item, &Definitions::default());
        [s.locale, Some(s.title), s.url, s.source].map(Option::unwrap_or_default).join(" / ")
    };
    for (line, parts) in [
        ("2. [en-US] Makers wait - Edo (2/10/2026)", "en-US / Makers wait /  / Edo"),
        ("2. [en-US] Makers wait – half of them - Edo", "en-US / Makers wait – half of them /  / Edo"),
        ("Makers wait - half of them", " / Makers wait - half of them /  / "),
        (
            "| 2 | en-US | [Makers | wait](https://e.com/2) | Edo | 2/10/2026 |",
            "en-US / Makers | wait / https://e.com/2 / Edo",
        ),
        ("| [en-US] | Makers wait | Edo | 2026-02-10 |", "en-US / Makers wait /  / Edo"),
        (
            "<li>[en-US] <a href='https://e.com/2'>Makers wait</a> - Edo (2/10/2026)</li>",
            "en-US / Makers wait / https://e.com/2 / Edo",
        ),
        ("https://e.com/2 Makers wait - Edo (2/10/2026)", " / Makers wait / https://e.com/2 / Edo"),
        ("Edo: [Makers wait](https://e.com/2) (2/10/2026)", " / Makers wait / https://e.com/2 / Edo"),
        (
            "[Makers wait](https://e.com/2) - [Edo](https://e.com) (Feb 10, 2026)",
            " / Makers wait / https://e.com/2 / Edo",
        ),
        ("[Makers wait](https://e.com/2) - **Edo**", " / Makers wait / https://e.com/2 / Edo"),
        ("[Makers wait](https://e.com/2) - Edo (Invalid Date)", " / Makers wait / https://e.com/2 / Edo"),
        (
            "[Makers wait](https://e.com/a_(b)) - The Nation (Somewhere )",
            " / Makers wait / https://e.com/a_(b) / The Nation (Somewhere )",
        ),
        ("2. [en-US] [Makers & wait](<https://e.com/a b>) - Edo", "en-US / Makers & wait / https://e.com/a%20b / Edo"),
        (
            "1. [en-US] [Makers &quot;wait&quot;](https://e.com?a=1&amp;b=2) – A&amp;B",
            "en-US / Makers \"wait\" / https://e.com?a=1&b=2 / A&B",
        ),
    ] {
        assert_eq!(salvaged(line), parts, "{line}");
    }
}

#[test]
fn placeholders_are_missing_values() {
    for (tag, locale) in [
        ("unknown-unknown", None),
        ("undefined-undefined", None),
        ("unknown", None),
        ("unknown-US", None),
        ("en-unknown", Some("en")),
        ("zh-Hans-unknown", Some("zh")),
    ] {
        let source = one(&format!("1. [{tag}] [The title](https://e.com/1) - P (5/1/2026)"));
        assert_eq!((source.locale.as_deref(), source.title.as_str()), (locale, "The title"), "{tag}");
    }
    let source = one("1. [en-US] [x](undefined) - undefined (5/1/2026)");
    assert_eq!((source.url, source.source), (None, None));
}

#[test]
fn character_references_are_decoded() {
    let source = one(
        "1. [Harbour&#39;s &quot;plan&quot;](https://e.com/?a=1&amp;b=2) - \u{200e}A&amp;B\u{a0}News\u{a0}\u{200b} (5/1/2026)",
    );
    assert_eq!(source.title, "Harbour's \"plan\"");
    assert_eq!(source.url.as_deref(), Some("https://e.com/?a=1&b=2"));
    assert_eq!(source.source.as_deref(), Some("A&B\u{a0}News"));
}

#[test]
fn sources_do_not_run_into_each_other() {
    let good = "[en-US] [b](https://example.com/b) - B (1/1/2026)";
    for second in [format!("2.{good}"), format!("(2) {good}"), format!("• {good}"), good.to_owned(), format!("*{good}")]
    {
        for first in
            ["1. [en-US] [a](https://example.com/a) - A (2026-01-01)", "1. [en-US] [a](https://example.com/a) - A"]
        {
            assert_eq!(scan(&format!("{first}\n{second}\n")), [], "{second}");
        }
    }
    assert_eq!(scan(&format!("1. {good} 2. {good}")), [], "two on one line");
    let line = format!("1. {good} 2. {good}, {good}");
    let starts = further_sources(&line);
    assert_eq!(starts.iter().map(|at| &line[*at..*at + 3]).collect::<Vec<_>>(), ["2. ", "[en"]);
}

proptest! {
    #[test]
    fn any_title_is_kept(title in "[^\r\n\t ]{1,20}( [^\r\n\t ]{1,9}){0,3}", source in "[\\p{L}()-]{1,9}( [\\p{L}-]{1,9}){0,2}") {
        // The only ambiguity of the format: text that ends the link early.
        prop_assume!(!source.contains("]("));
        let line = one(&format!("1. [en-US] [{title}](https://example.com/1) - {source} (1/2/2026)"));
        prop_assert_eq!(line.title, title);
        prop_assert_eq!(line.source, Some(source));
    }

    #[test]
    fn never_panics(text in "([0-9]{1,3}\\. |- |\\[|\\]|\\(|\\)|\n|[a-z]{2}-[A-Z]{2}|\\PC|1/2/2026)*") {
        for (range, _) in scan(&text) {
            salvage(&text[range], &Definitions::default());
        }
        salvage(&text, &Definitions::of(&text));
    }
}

#[test]
fn long_items_take_linear_time() {
    let many = |part: &str| part.repeat(1 << 19);
    for item in [
        many("]("),
        many("](x"),
        many(")"),
        many("(1/2/2026) "),
        many("]:"),
        many("<"),
        many("&a;"),
        many("[a] "),
        many("* "),
        many("|"),
    ] {
        let item = format!("1. [{item}");
        salvage(&item, &Definitions::of(&item));
        further_sources(&item);
        classify(&item, &item, false);
    }
}
