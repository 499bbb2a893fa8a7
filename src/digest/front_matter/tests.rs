//! Tests of the front-matter parser.

use chrono::NaiveDate;

use super::node::{MAX_YAML_BRACKETS, MAX_YAML_BYTES};
use super::*;
use crate::digest::{Conventions, Subject, Warning};

fn check(yaml: &str) -> (FrontMatter, Vec<(Subject, Warning)>) {
    let text = format!("---\n{yaml}---\nbody\n");
    let block = block(&text).unwrap_or_else(|e| panic!("{e:?}"));
    assert_eq!(&text[block.body..], "body\n");
    let mut warnings = Vec::new();
    (read(&block, &mut warnings), warnings)
}

fn date(text: &str) -> NaiveDate {
    text.parse().expect("a date")
}

#[test]
fn the_writers_front_matter_is_read() {
    let (fm, warnings) = check(
        "title: \"A vs B - 2026-01-07\"\ndate: 2026-01-07T04:00:18.549Z\ntopic: a-b\ntopicName: \"A vs B\"\nsources: [\"X\", \"Y\"]\n\
         articleCount: 20\nperspectives:\n  - id: \"a\"\n    name: \"A\"\n    count: 12\n  - id: \"b\"\n    name: \"B\"\n    icon: x\n    count: 8\n\
         aSources: 12\nbSources: 8\ndraft: false\n",
    );
    assert_eq!(warnings, []);
    assert_eq!((fm.topic.as_deref(), fm.topic_name.as_deref(), fm.draft), (Some("a-b"), Some("A vs B"), false));
    assert_eq!(fm.date, Some(Ok(date("2026-01-07"))));
    assert_eq!(fm.article_count, Some(20));
    let perspectives: Vec<_> = fm.perspectives.iter().map(|p| (p.id.as_str(), p.name.as_str(), p.count)).collect();
    assert_eq!(perspectives, [("a", "A", Some(12)), ("b", "B", Some(8))]);
    assert_eq!(fm.source_counts, [("a".to_owned(), 12), ("b".to_owned(), 8)]);
}

#[test]
fn an_unescaped_quote_affects_no_other_key() {
    let (fm, warnings) = check("sources: [\"The \"Daily\" News\", \"B\"]\ntopic: t\ndate: 2026-01-07\n");
    assert_eq!((fm.topic.as_deref(), warnings), (Some("t"), vec![]));
    let (fm, warnings) = check("topicName: \"The \"Quiet\" Sea\"\ntopic: t\n");
    assert_eq!(fm.topic_name.as_deref(), Some("The \"Quiet\" Sea"));
    assert_eq!(warnings, [Subject::FrontMatter.at(2, "`topicName` is not valid YAML; read as plain text")]);
    let (fm, warnings) =
        check("topic: t\nperspectives:\n  - id: \"a\"\n    name: \"The \"A\" perspective\"\n    count: 3\n");
    assert_eq!((fm.perspectives[0].name.as_str(), fm.perspectives[0].count), ("The \"A\" perspective", Some(3)));
    assert_eq!(warnings[0].1.line, Some(3));
}

#[test]
fn dates_are_days_as_written() {
    for (text, day) in [
        ("2026-01-07", Some("2026-01-07")),
        ("2026-01-07T23:30:00-05:00", Some("2026-01-07")),
        ("2026-01-07 23:30:00 -0500", Some("2026-01-07")),
        ("2026-01-07T04:00Z # a comment", Some("2026-01-07")),
        ("2026-1-7", Some("2026-01-07")),
        ("20260107", Some("2026-01-07")),
        ("January 7, 2026", Some("2026-01-07")),
        ("\"2026-01-07 10:00:00\"", Some("2026-01-07")),
        ("2026-02-30", None),
        ("1/7/2026", None),
        ("soon", None),
        ("9999-12-31", None),
        ("0026-01-07", None),
    ] {
        let (fm, _) = check(&format!("date: {text}\n"));
        let got = fm.date.expect("there is a date key");
        assert_eq!(got.as_ref().ok(), day.map(date).as_ref(), "{text}");
    }
}

#[test]
fn keys_in_any_spelling_are_read() {
    let plain = "topic: t\ntopicName: N\ndate: 2026-01-07\ndraft: true\narticleCount: 2\nchinaSources: 2\n\
                 perspectives:\n  - id: a\n    name: A\n    count: 2\n";
    type Respell = fn(&str) -> String;
    let respelt = |respell: Respell| {
        plain.split_inclusive('\n').map(move |line| match line.split_once(':') {
            Some((key, value)) if !key.starts_with(' ') => format!("{}:{value}", respell(key)),
            _ => line.to_owned(),
        })
    };
    let spellings: [(Respell, bool); 4] = [
        (|key| format!("\"{key}\""), true),
        (|key| format!("'{key}' "), true),
        (|key| format!("{key} "), true),
        (|key| key[..1].to_uppercase() + &key[1..], false),
    ];
    for (respell, is_plain_topic) in spellings {
        let yaml: String = respelt(respell).collect();
        let (got, warnings) = check(&yaml);
        assert_eq!((got, warnings), (FrontMatter { is_plain_topic, ..check(plain).0 }, vec![]), "{yaml}");
    }
}

#[test]
fn numbers_and_words_are_text_as_written() {
    for text in ["1e3", "0o17", "1.50", "007", "yes", "~", "2026", "0x1F", "1_000", "null", "True", ".5", "+1", "1.0"] {
        let (fm, warnings) = check(&format!("topic: {text}\ntopicName: {text} # a comment\n"));
        assert_eq!((fm.topic.as_deref(), fm.topic_name.as_deref(), warnings), (Some(text), Some(text), vec![]));
    }
    assert_eq!(check("topic:\ntopicName: \"\"\n").0.topic, None);
}

#[test]
fn drafts_in_any_spelling() {
    for yaml in [
        "draft: true",
        "\"draft\": true",
        "draft : true",
        "Draft: true",
        "draft: yes",
        "draft: True",
        "draft: \"true\"",
        "draft: on # no",
    ] {
        assert!(check(&format!("{yaml}\n")).0.draft, "{yaml}");
    }
    for yaml in ["draft: false", "draft:", "draft: no", "draft: \"\"", "drafts: true", "params:\n  draft: true"] {
        assert_eq!((check(&format!("{yaml}\n")).0.draft, check(&format!("{yaml}\n")).1), (false, vec![]), "{yaml}");
    }
    let (fm, warnings) = check("topic: t\ndraft: maybe\n");
    let message = "expected true or false, found `draft: maybe`; read as false";
    assert_eq!((fm.draft, warnings), (false, vec![Subject::FrontMatter.at(3, message)]));
}

#[test]
fn invalid_counts_are_reported() {
    let yaml =
        "articleCount: 2.0\nchinaSources: \"1\"\nperspectives:\n  - {id: a, count: 1.0}\n  - {\"id\": b, Count: 1e1}\n";
    let (fm, warnings) = check(yaml);
    assert_eq!((fm.article_count, warnings), (Some(2), vec![]));
    assert_eq!(fm.source_counts, [("china".to_owned(), 1)]);
    assert_eq!(fm.perspectives.iter().map(|p| p.count).collect::<Vec<_>>(), [Some(1), Some(10)]);
    let (_, warnings) = check("articleCount: many\naSources: [x]\nperspectives:\n  - id: a\n    count: 1.5\n");
    assert_eq!(
        warnings,
        [
            Subject::FrontMatter.at(2, "expected a whole number, found `articleCount: many`; ignored"),
            Subject::FrontMatter.at(6, "expected a whole number, found `count: 1.5`; ignored"),
            Subject::FrontMatter.at(3, "expected a whole number, found `aSources: a list`; ignored"),
        ]
    );
    assert_eq!(check("dataSources: [\"a\", \"b\"]\nnewsSources: two\ntopic: t\n").1, [], "not counts of a perspective");
    assert_eq!(check("chinaSources: 10 or so\ntopic: t\n").1.len(), 1);
}

#[test]
fn malformed_lists_of_perspectives_are_reported() {
    assert_eq!(check("perspectives: [China, Japan]\n").0.perspectives.len(), 2);
    for yaml in ["perspectives: China\n", "perspectives: {a: 1}\n", "perspectives: [[a]]\n"] {
        let (fm, warnings) = check(yaml);
        assert_eq!((fm.perspectives.len(), warnings[0].1.line), (0, Some(2)), "{yaml}");
    }
}

#[test]
fn an_invalid_mapping_in_braces_is_reported() {
    let (fm, _) = check("{topic: t,\n date: 2026-02-10, title: \"a \"b\" c\"}\n");
    let broken = fm.broken.expect("reported");
    assert_eq!(broken.line, Some(3));
    assert!(broken.message.starts_with("the front matter is not valid YAML: "), "{}", broken.message);
    assert_eq!(check("{title: \"a \"b\" c\"}\n").0.broken, None, "of another page");
}

#[test]
fn values_over_several_lines_belong_to_their_key() {
    let (fm, warnings) = check("sources: [\n\"a\",\n\"b: c\"]\ntopic: t\ntopic: u\n");
    assert_eq!(fm.topic.as_deref(), Some("t"));
    assert_eq!(warnings, [Subject::FrontMatter.at(6, "repeated key `topic`; the first one is used")]);
}

#[test]
fn missing_blocks_have_a_reason() {
    assert_eq!(block("# hi\n").err(), Some(NoBlock::None(1)));
    assert_eq!(block("").err(), Some(NoBlock::None(1)));
    assert_eq!(block("+++\n+++\n").err(), Some(NoBlock::Toml(1)));
    assert_eq!(block("\n<!-- a -->\n{\n").err(), Some(NoBlock::Json(3)));
    assert_eq!(block("\n---\ntopic: t\n").err(), Some(NoBlock::Unclosed(2)));
    let ruled = "---\ntopic: t\n\n## China Perspective (China Sources)\n\n- c\n\n---\n";
    assert_eq!(block(ruled).err(), Some(NoBlock::Unclosed(1)), "a rule in the body does not close it");
}

#[test]
fn text_that_hugo_skips_may_precede() {
    for above in [
        "\n",
        "  \n\n",
        "\u{feff}",
        "\u{feff}\u{feff}\n",
        "<!-- generated -->\n",
        "<!-- generated\nby a program -->\n\n<!-- twice -->\n",
        "<!-- generated -->",
        " ",
    ] {
        let text = format!("{above}---\ntopic: t\ndate: soon\n---\nbody\n");
        let block = block(&text).unwrap_or_else(|e| panic!("{above:?}: {e:?}"));
        assert_eq!(&text[block.body..], "body\n");
        let front = read(&block, &mut Vec::new());
        assert_eq!(front.date_line, Some(3 + above.matches('\n').count()), "{above:?}");
    }
    let text = "<!--\n---\ntopic: t\n---\n-->\nbody\n";
    assert_eq!(block(text).map(|block| &text[block.body..]), Ok("\nbody\n"), "a comment may enclose it");
}

#[test]
fn ids_are_sanitized() {
    let (fm, warnings) = check("perspectives:\n  - id: \"a#b c\"\n    name: A\n");
    assert_eq!((fm.perspectives[0].id.as_str(), warnings.len()), ("a-b-c", 1));
    let (fm, warnings) = check("perspectives:\n  - id: a\n  - id: a\n  - id: \"\"\n  - id: b\n");
    assert_eq!(fm.perspectives.iter().map(|p| p.id.as_str()).collect::<Vec<_>>(), ["a", "b"]);
    assert_eq!(warnings.len(), 2, "{warnings:?}");
    let (fm, _) = check("topic: t\nnorth-southSources: 3\nnorth_eastSources: 4\n");
    assert_eq!(fm.source_counts, [("north-south".to_owned(), 3), ("north_east".to_owned(), 4)]);
}

#[test]
fn perspectives_are_limited() {
    let perspectives: String = (0..1_000).map(|i| format!("  - id: s{i}\n")).collect();
    let (fm, warnings) = check(&format!("perspectives:\n{perspectives}"));
    assert_eq!((fm.perspectives.len(), warnings.len()), (MAX_PERSPECTIVES, 1));
    let counts: String = (0..10_000).map(|i| format!("s{i}Sources: 1\n")).collect();
    let (fm, _) = check(&format!("{counts}topic: t\n"));
    assert_eq!((fm.source_counts.len(), fm.topic.as_deref()), (MAX_PERSPECTIVES * 2, Some("t")));
    let perspectives: String = (0..MAX_PERSPECTIVES).map(|i| format!("  - id: s{i}\n")).collect();
    let (fm, warnings) = check(&format!("perspectives:\n{perspectives}"));
    assert_eq!((fm.perspectives.len(), warnings), (MAX_PERSPECTIVES, vec![]), "not one too many");
}

#[test]
fn mappings_are_read_in_any_form() {
    for yaml in
        ["{topic: t, date: 2026-01-07}\n", "\"topic\": t\n'date': 2026-01-07\n", "  topic : t\n  date : 2026-01-07\n"]
    {
        let (fm, warnings) = check(yaml);
        assert_eq!(
            (fm.topic.as_deref(), fm.date, warnings),
            (Some("t"), Some(Ok(date("2026-01-07"))), vec![]),
            "{yaml}"
        );
    }
}

#[test]
fn deep_nesting_takes_linear_time() {
    let long = format!("\"{}\"", "x".repeat(MAX_YAML_BYTES));
    for value in ["[".repeat(1 << 20), format!("{0}]", "[],".repeat(MAX_YAML_BRACKETS + 1)), long] {
        let (fm, warnings) = check(&format!("topicName: {value}\ntopic: t\n"));
        assert_eq!(fm.topic.as_deref(), Some("t"));
        assert_eq!(
            warnings,
            [Subject::FrontMatter.at(2, "`topicName` is not valid YAML; read as plain text")],
            "{value:.9}"
        );
    }
}

#[test]
fn an_alias_bomb_is_not_expanded() {
    let mut yaml = "topicName:\n  a0: &a0 [x,x,x,x,x,x,x,x,x]\n".to_owned();
    for i in 1..12 {
        yaml += &format!("  a{i}: &a{i} [{}]\n", vec![format!("*a{}", i - 1); 9].join(","));
    }
    let (fm, warnings) = check(&format!("{yaml}topic: t\n"));
    assert_eq!(fm.topic.as_deref(), Some("t"));
    assert_eq!(warnings.len(), 1);
}

#[test]
fn custom_fields_have_one_value_or_a_list() {
    let conventions = Conventions::from_yaml("fields: { tags: tags, feed: source, country: country }").expect("valid");
    let check = |yaml: &str, values: &[&str], messages: &[(usize, &str)]| {
        let text = format!("---\n{yaml}---\n");
        let block = block(&text).unwrap_or_else(|e| panic!("{e:?}"));
        let mut warnings = Vec::new();
        let found = fields(&block, &conventions, &mut warnings);
        let found: Vec<String> = found.iter().map(|value| format!("{} {}", value.field.name(), value.value)).collect();
        assert_eq!(found, values, "{yaml}");
        let found: Vec<(usize, &str)> =
            warnings.iter().map(|(_, warning)| (warning.line.expect("a line"), warning.message.as_str())).collect();
        assert_eq!(found, messages, "{yaml}");
    };
    check("topic: t\ntags: [a, 'b c', a]\nTAGS2: x\n", &["tags a", "tags b c"], &[]);
    check(
        "topic: t\nCountry: jp, kr\nTags:\n- x\n- 2026-01-07\n- 1e3\n",
        &["tags x", "tags 2026-01-07", "tags 1e3", "country jp, kr"],
        &[],
    );
    check("topic: t\ntags: []\nsource:\ncountry: ~\n", &[], &[]);
    check("{ topic: t, tags: [a], source: W }\n", &["tags a", "feed W"], &[]);
    check(
        "topic: t\nsource: \"a \"b\" c\"\n",
        &["feed a \"b\" c"],
        &[(3, "`source` is not valid YAML; read as plain text")],
    );
    let nested = "expected one value or a list of them for `tags`, found";
    check("topic: t\ntags: { a: b }\n", &[], &[(3, &format!("{nested} a mapping; ignored"))]);
    check("topic: t\ntags:\n - a\n - [b]\n", &["tags a"], &[(5, &format!("{nested} a list in a list; ignored"))]);
    check("topic: t\ntags: a\nTags: b\n", &["tags a"], &[(4, "repeated key `Tags`; the first one is used")]);
    let many: String = (0..101).map(|n| format!("- t{n}\n")).collect();
    let text = format!("---\ntopic: t\ntags:\n{many}---\n");
    let mut warnings = Vec::new();
    let found = fields(&block(&text).unwrap_or_else(|e| panic!("{e:?}")), &conventions, &mut warnings);
    assert_eq!((found.len(), &*warnings[0].1.message), (100, "`tags` has 101 values; only the first 100 are used"));
}
