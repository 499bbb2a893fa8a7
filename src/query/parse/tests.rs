use super::*;
use chrono::NaiveDate;
use proptest::prelude::*;

use crate::model::CustomFields;

fn parse(text: &str, any: bool) -> Result<Option<TextQuery>, QueryError> {
    TextQuery::parse(text, ParseOptions { any, as_of: NaiveDate::from_ymd_opt(2026, 3, 9), ..ParseOptions::default() })
}

fn check(text: &str, expect: &str) {
    assert_eq!(parse(text, false).expect(text).expect(text).to_string(), expect, "{text}");
}

fn check_any(text: &str, expect: &str) {
    assert_eq!(parse(text, true).expect(text).expect(text).to_string(), expect, "{text}");
}

/// Checks the message of an error and the part of the query at fault.
fn check_error(text: &str, part: &str, expect: &str) {
    let error = parse(text, false).expect_err(text);
    assert_eq!((&text[error.span.clone()], error.to_string().as_str()), (part, expect), "{text}");
    assert!(!error.hint().to_string().is_empty());
}

#[test]
fn words_and_phrases_are_parsed() {
    check("Export controls", "export controls");
    check("\"export controls\" Japan", "\"export controls\" japan");
    check("“rare earths”~3 curbs", "\"rare earths\"~3 curbs");
    check("dual-use Dual\u{2011}Use", "dual-use dual-use");
    check("Trump's U.S. 2,000 10%", "trump us 2000 10");
    check("新华网 - ok \"\" ?!", "新华网 ok");
    check("licen* tarif~ tarif~1", "licen* tarif~1 tarif~1");
    check("\"?\"~2 a ~1 ~5", "a 1 5");
    check("dual-us* 1) f(n) Dios?\" ~5% AT&T~b", "dual-us* 1 f-n dios 5 at-t-b");
}

#[test]
fn operators_have_precedence() {
    check("a OR b c", "(a OR b) c");
    check("a AND b OR -c", "a (b OR -c)");
    check("(a b) OR c", "((a b) OR c)");
    check("-a NOT (b c) --d", "-a -(b c) d");
    check("NOT NOT a -\"b c\"", "a -\"b c\"");
    check("-(-a) NOT (NOT b)", "a b");
    check("a or b not c", "a or b not c");
    check("a (b (c d)) OR e", "a ((b c d) OR e)");
    check("a (b c) (d OR (e OR f))", "a b c (d OR e OR f)");
    check("a -? b NOT ? c", "a b -c");
    check("(a OR(b c))", "(a OR (b c))");
    check("NOT\"b c\" a OR\"d e\" ORa", "-\"b c\" (a OR \"d e\") ora");
}

#[test]
fn fields_are_parsed() {
    check("topic:china-japan x", "topic:\"china-japan\" x");
    check("source:\"China Daily\" OR source:Kyodo", "(source:\"China Daily\" OR source:\"Kyodo\")");
    check("date:2026-01..2026-02 Kind:TITLE -lang:es", "date:2026-01-01..2026-02-28 kind:title -lang:\"es\"");
    check("perspective:japan source:\"China Daily\"", "perspective:\"japan\" source:\"China Daily\"");
    check("date:12/25/2025 date:\"Jan 7 2026..\"", "date:2025-12-25 date:2026-01-07..");
    check("date:7d (date:2026-03-01)", "date:2026-03-03..2026-03-09 date:2026-03-01");
    check("text:japan text:\"a b\" text:x*", "text:japan \"a b\" text:x*");
    check("source:- ? a", "source:\"-\" a");
    check("topic:a\"(b OR topic:c(d)", "(topic:a\"(b  OR topic:\"c(d)\")");
    check("(a OR topic:b\"(c )", "(a OR topic:b\"(c )");
    check_error("topic:a\"b) OR c", ")", "unmatched closing parenthesis");
    check("10:30 https://example.com a:", "10-30 https-example-com a");
}

#[test]
fn any_word_may_match() {
    check_any("a b \"c d\"", "(a OR b OR \"c d\")");
    check_any("a b -c topic:x", "(a OR b) -c topic:\"x\"");
    check_any("dual-use 新华网", "(dual OR use OR 新华 OR 华网)");
    check_any("a", "a");
    check_any("topic:x kind:title", "topic:\"x\" kind:title");
    check_any("(a b) OR c", "((a OR b) OR c)");
    assert_eq!(parse("a AND b", true).expect_err("").problem, Problem::AndInAny);
}

fn check_words(text: &str, expect: &str) {
    let options = ParseOptions { words: true, ..ParseOptions::default() };
    let query = TextQuery::parse(text, options).expect(text).expect(text);
    assert_eq!(query.to_string(), expect, "{text}");
    let any = TextQuery::parse(text, ParseOptions { any: true, ..options }).expect(text).expect(text);
    assert_eq!(any.has_words(), query.has_words());
}

#[test]
fn plain_words_have_no_operators() {
    check_words("Ports \"open\" AND close: -why *?", "ports open and close why");
    check_words("NOT (a OR b) -c d* e~ f~9 \"g", "not a or b c d e f-9 g");
    check_words("topic:x date:soon kind:book nix:1", "topic-x date-soon kind-book nix-1");
    check_words("U.S.-built “dual-use” 新华网", "us-built dual-use 新华网");
    check_words("OR", "or");
    let error = |text: &str| {
        TextQuery::parse(text, ParseOptions { words: true, ..ParseOptions::default() }).expect_err(text).problem
    };
    assert_eq!(error("* - \" ()"), Problem::NoWords);
    assert_eq!(error(&"a ".repeat(65)), Problem::TooManyWords(65));
    assert_eq!(error(&"(".repeat(4097)), Problem::TooLong(4097));
    assert_eq!(TextQuery::parse(" \n", ParseOptions { words: true, ..ParseOptions::default() }), Ok(None));
}

#[test]
fn custom_fields_are_fields() {
    let names = ["tags", "Reading-time", "标签", "source.country"].map(str::to_owned);
    let options = ParseOptions { fields: CustomFields::new(&names), ..ParseOptions::default() };
    let check = |text: &str, expect: &str| {
        let query = TextQuery::parse(text, options).expect(text).expect(text);
        assert_eq!(query.to_string(), expect, "{text}");
        assert_eq!(
            TextQuery::parse(expect, options).expect(expect).map(|query| query.to_string()).as_deref(),
            Some(expect)
        );
    };
    check("TAGS:ai -tags:\"New York\"", "tags:\"ai\" -tags:\"New York\"");
    check("reading-time:5 OR 标签:a", "(Reading-time:\"5\" OR 标签:\"a\")");
    check("source.country:jp source:jp", "source.country:\"jp\" source:\"jp\"");
    check("tags source.country 标签 10:30 a-b:c", "tags source-country 标签 10-30 a-b-c");
    let error = |text: &str, options| TextQuery::parse(text, options).expect_err(text).to_string();
    assert_eq!(error("tag:ai", options), "unknown field `tag`");
    assert_eq!(error("source.land:jp", options), "unknown field `source.land`");
    assert_eq!(error("tags:ai", ParseOptions::default()), "unknown field `tags`");
    let text = TextQuery::parse("source.land:jp", ParseOptions::default()).expect("words").expect("words");
    assert_eq!(text.to_string(), "source-land-jp");
}

#[test]
fn errors_have_a_span_and_a_message() {
    assert_eq!(parse("  ", false), Ok(None));
    check_error("a \"b c", "\"", "unclosed quotation mark");
    check_error("a (b (c)", "(", "unclosed parenthesis");
    check_error("a ) b", ")", "unmatched closing parenthesis");
    check_error("a () b", "()", "empty parentheses");
    check_error("?! -", "?! -", "no words to search for");
    check_error("a OR", "OR", "expected a word after OR");
    check_error("OR a", "OR", "expected a word before OR");
    check_error("(a OR) b", "OR", "expected a word after OR");
    check_error("a NOT", "NOT", "expected a word after NOT");
    check_error("AND a", "AND", "expected a word before AND");
    check_error("a*b", "*", "`*` is only allowed at the end of a word");
    check_error("*", "*", "`*` is only allowed at the end of a word");
    check_error("dual-use~1", "dual-use~1", "`~` is only allowed after a single word");
    check_error("tarif~2", "~2", "invalid `~2`: at most one edit is supported");
    check_error("AT&T~5", "~5", "invalid `~5`: at most one edit is supported");
    check_error("\"a b\"~21", "~21", "invalid `~21`: expected a whole number from 0 to 20");
    check_error("tarif~x", "~x", "invalid `~x`: at most one edit is supported");
    check_error("tarif~1.5", "~1.5", "invalid `~1.5`: at most one edit is supported");
    check_error("source:\"a b\"~2", "~", "`~` is not allowed after the value of a field");
    check_error("date:\"Jan 7 2026\".. a", "..", "`..` is not allowed after a quotation mark");
    check_error("sorce:x", "sorce", "unknown field `sorce`");
    assert_eq!(
        parse("sorce:x", false).expect_err("").hint().to_string(),
        "use one of topic, perspective, source, kind, lang, section, corpus, date, text; quote a text that contains a colon, or search \
                 for plain words with `words`"
    );
    check_error("digest_date:2026", "digest_date", "unknown field `digest_date`");
    check_error("topic:(a b)", "topic:", "expected one value after `topic:`");
    check_error("kind:book", "book", "unknown kind `book`");
    check_error("date:soon", "soon", "`soon` is not a date");
    check_error(&"(".repeat(5000), &"(".repeat(5000), "query too long: 5000 bytes (limit 4096)");
    check_error(&"(".repeat(50), "(", "parentheses exceed the nesting limit of 32");
    check_error(&"a ".repeat(65), &"a ".repeat(65), "query too long: 65 words and fields (limit 64)");
    for long in [["a"; 65].join("-"), format!("\"{}\"", "a ".repeat(65)), "新".repeat(65)] {
        check_error(&long, &long, "query too long: 65 words and fields (limit 64)");
    }
    assert!(parse(&"source:\"a b\" ".repeat(64), false).is_ok());
    check(&format!("{}a{}", "(".repeat(32), ")".repeat(32)), "a");
}

proptest! {
    #[test]
    fn plain_words_fail_only_by_limits(text in "(\\PC|OR |NOT |AND |date:|nix:|[\"“”()*~ a-z'.,:-]){0,60}", any: bool) {
        match TextQuery::parse(&text, ParseOptions { any, words: true, ..ParseOptions::default() }) {
            Ok(Some(query)) => for node in query.root.words() {
                prop_assert!(!text[node.span.clone()].is_empty());
            },
            Ok(None) => prop_assert!(text.trim().is_empty()),
            Err(error) => prop_assert!(matches!(error.problem, Problem::NoWords | Problem::TooManyWords(_)), "{error:?}"),
        }
    }

    #[test]
    fn parsing_never_panics_and_spans_are_valid(
        text in "(\\PC|OR |NOT |AND |date:|source:|text:|[\"“”()*~ a-z'.,:12新网\u{0}\u{200b}-])*", any: bool,
    ) {
        match parse(&text, any) {
            Ok(Some(query)) => for node in query.root.words() {
                prop_assert!(!text[node.span.clone()].is_empty());
            },
            Ok(None) => {}
            Err(error) => prop_assert!(text.get(error.span.clone()).is_some(), "{error:?}"),
        }
    }

    #[test]
    fn formatted_queries_parse_equally(text in "((a|dual-use|新华网|U\\.S\\.|\"b c\"|\"b\"~2|x\\*|y~|text:z|kind:title|date:2026|topic:t|topic:a\"b|topic:a\"\\(b|source:\"a b\")( | OR | NOT | -|\\) \\(){1,2}){1,6}e") {
        if let Ok(Some(query)) = parse(&text.replace(") (", " "), false) {
            let again = parse(&query.to_string(), false);
            prop_assert_eq!(again.map(|q| q.map(|q| q.to_string())), Ok(Some(query.to_string())));
        }
    }
}

#[test]
fn words_beside_or_are_noticed() {
    let is_noticed = |text: &str| parse(text, false).expect(text).expect(text).has_words_beside_or();
    for text in [
        "rare earths OR metals",
        "tariff OR export controls",
        "(rare earths OR metals) topic:a",
        "steel rare AND earths OR metals",
        "a OR (b c OR d)",
        "(a OR b) OR c d",
        "-(rare earths OR metals) steel",
        "licen* export OR quota",
    ] {
        assert!(is_noticed(text), "{text}");
    }
    for text in [
        "rare earths",
        "tariff OR arancel",
        "\"rare earths\" OR metals",
        "(rare earths) OR metals",
        "rare (earths OR metals)",
        "(a OR b) c",
        "a (b OR c) d",
        "topic:a tariff OR arancel",
        "\"export controls\" tariff OR arancel",
        "steel \"rare earths\" OR metals",
        "tariff OR arancel -steel",
        "date:2026 tariff OR arancel source:b",
    ] {
        assert!(!is_noticed(text), "{text}");
    }
    let any = parse("rare earths OR metals", true).expect("parsed").expect("words");
    assert!(!any.has_words_beside_or(), "all of them are alternatives");
}
