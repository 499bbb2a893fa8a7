//! Queries: matches of words, marks and suggestions.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::env::{TestEnv, digest};
use crate::query::ids;

#[test]
fn spelling_variants_find_the_same() {
    let env = TestEnv::indexed();
    let found = |query: &str| -> BTreeSet<String> {
        let answer = env.json(&["query", "--limit", "all", "--all-copies", "--", query]);
        ids(&answer).into_iter().collect()
    };
    for same in [
        &["dual-use", "Dual-Use", "dual\u{2011}use", "DUAL/USE", "dual.use"][..],
        &["México", "Mexico", "MÉXICO", "me\u{301}xico"],
        &["China's", "China’s", "China", "chi\u{200b}na"],
        &["ＵＳ", "US", "U.S.", "us"],
        &["海港", "海 港", "\"海港\" OR source:海港网"],
        &["tariff steel", "steel tariff", "(tariff) AND steel"],
        &["-(steel OR tariff)", "-steel -tariff", "NOT (steel OR tariff)"],
        &["steel kind:title topic:us-mexico", "steel kind:TITLE topic:\"United States vs Mexico\""],
    ] {
        let first = found(same[0]);
        // Characters separated by a space are two words, which match more entries.
        for other in same.iter().filter(|other| !other.contains(' ') || !other.contains('港')) {
            assert_eq!(found(other), first, "{} and {other}", same[0]);
        }
        assert!(!first.is_empty(), "{}", same[0]);
    }
    for (narrow, wide) in [
        ("dual-use", "dual use"),
        ("\"rare earths\"", "\"rare earths\"~2"),
        ("\"earths rare\"~2", "rare earths"),
        ("text:海港", "海港"),
        ("licence", "licen*"),
        ("tariff", "tarif~"),
        ("steel tariff", "steel OR tariff"),
    ] {
        assert!(found(narrow).is_subset(&found(wide)), "{narrow} within {wide}");
    }
    let parts = found("steel").len() + found("tariff").len() - found("steel tariff").len();
    assert_eq!(found("steel OR tariff").len(), parts);
    let source: Vec<String> = ids(&env.json(&["query", "--limit", "all", "--all-copies", "--source", "海港网"]));
    assert!(!source.is_empty() && found("海港").is_superset(&source.into_iter().collect()));
}

#[test]
fn every_kind_of_match_is_marked() {
    let env = TestEnv::with_digests(1);
    env.write(
        "corpus/t/2026-01-01.md",
        digest(1, "plain")
            .replace("Bullet plain here 1", "Licences for rare new earths: the licensing of export-controls"),
    );
    env.ok(&["index", "corpus"]);
    for (query, expected) in [
        ("licence", &["Licences", "licensing"][..]),
        ("licen*", &["Licences", "licensing"]),
        ("erths~", &["earths"]),
        ("\"rare earths\"~1", &["rare", "earths"]),
        ("\"new rare earths\"~2", &["rare new earths"]),
        ("export-control", &["export-controls"]),
        ("export controls -plain", &["export", "controls"]),
        ("\"of export\" OR zzz", &["of export"]),
    ] {
        let answer = env.json(&["query", query, "--kind", "bullet", "--limit", "1"]);
        let text = answer["results"][0]["text"].as_str().unwrap_or_default();
        let letters: Vec<char> = text.chars().collect();
        let marks = answer["results"][0]["marks"].as_array().cloned().unwrap_or_default();
        let place = |mark: &Value, i: usize| mark[i].as_u64().unwrap() as usize;
        let marked: Vec<String> =
            marks.iter().map(|mark| letters[place(mark, 0)..place(mark, 1)].iter().collect()).collect();
        assert_eq!(marked, expected, "{query}: {text}");
    }
}

#[test]
fn empty_answers_have_suggestions() {
    let env = TestEnv::indexed();
    let answer = env.json(&["query", "tarrifs acero", "--topic", "us-mexico"]);
    let suggestions = &answer["suggestions"];
    assert_eq!((&answer["total"], &suggestions["unknown"][0]["word"]), (&0.into(), &"tarrifs".into()));
    assert_eq!(suggestions["unknown"][0]["words"][0], "tariff");
    let acero = env.json(&["query", "acero", "--topic", "us-mexico", "--limit", "0"]);
    assert_eq!(suggestions["any"], acero["total_entries"]);
    let elsewhere = env.json(&["query", "acero", "--topic", "china-japan"]);
    assert_eq!(elsewhere["suggestions"]["unfiltered"], acero["total_entries"]);
    assert_eq!(elsewhere["suggestions"]["empty_days"], false);
    assert_eq!(env.json(&["query", "acero"])["suggestions"], Value::Null);
    let note = "there are no digests for these days in the topics searched\n";
    for (args, is_empty) in [
        (["query", "acero", "--on", "2020-01-01"], true),
        (["compare", "acero", "--on", "2020-01-01"], true),
        (["query", "tarrifs", "--on", "2026-03-06"], false),
    ] {
        let args = [&args[..], &["--topic", "us-mexico"]].concat();
        assert_eq!(env.json(&args)["suggestions"]["empty_days"], is_empty, "{args:?}");
        assert_eq!(env.run(&args).stdout.contains(note), is_empty, "{args:?}");
    }
    let fuzzy = env.json(&["query", "--fuzzy", "tarifs"]);
    assert!(fuzzy["total"].as_u64() > Some(0) && fuzzy["spellings"][0]["words"].as_array().is_some(), "{fuzzy}");
}

#[test]
fn words_that_cannot_be_found_are_named() {
    let env = TestEnv::indexed();
    let stdout = |args: &[&str]| env.run(&[&["query"], args].concat()).stdout;
    assert!(stdout(&["tarrifx*"]).contains("no word begins with `tarrifx`\n"));
    assert!(stdout(&["zzq-tarrifx*"]).contains("no entry has `zzq`\nno word begins with `tarrifx`\n"));
    for query in ["鑫", "ж"] {
        assert!(stdout(&[query]).contains(&format!("no entry has `{query}`\n")), "one character has no similar words");
        assert!(stdout(&[query, "--fuzzy"]).contains(&format!("no entry has `{query}`\n")));
    }
    let many: String = ('a'..='p').map(|c| format!("zzq{c}zz ")).collect();
    assert_eq!(env.json(&["query", &many])["suggestions"]["unknown"].as_array().unwrap().len(), 8);
}

#[test]
fn errors_show_a_long_query_around_the_position() {
    let env = TestEnv::indexed();
    let long = "é ".repeat(150);
    let error = env.fails(&["query", &format!("{long}\"b {long}")]);
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines[1].starts_with("    …") && lines[1].ends_with('…') && lines[1].chars().count() < 120, "{error}");
    let caret = lines[2].find('^').unwrap();
    assert_eq!(lines[1].chars().nth(caret), Some('"'), "{error}");
}

#[test]
fn the_suggested_any_finds_the_suggested_number() {
    let env = TestEnv::indexed();
    let both = |query: &str, options: &[&str]| {
        let answer = env.json(&[&["query", query, "--limit", "0"], options].concat());
        let any = env.json(&[&["query", query, "--limit", "0", "--any"], options].concat());
        assert_eq!((&answer["total"], &any["suggestions"]["any"]), (&0.into(), &Value::Null), "{query}");
        assert_eq!(answer["suggestions"]["any"], any["total_entries"], "{query}");
        any["total_entries"].as_u64().unwrap()
    };
    for query in
        ["zzq tariff -steel", "zzq dual-use", "zzq arancel lang:es", "zzq (steel OR acero) kind:title", "zzq 海港网"]
    {
        assert!(both(query, &[]) > 0, "{query}");
    }
    both("zzq tariff", &["--topic", "us-mexico", "--kind", "title"]);
    both("zzq tarif", &["--fuzzy"]);
    for query in [&["tariff AND zzq"][..], &["zzq", "--any"], &["tariff", "--on", "2020", "--any"]] {
        let answer = env.json(&[&["query"], query].concat());
        assert_eq!((&answer["total"], &answer["suggestions"]["any"]), (&0.into(), &0.into()), "{query:?}");
    }
}

/// The words and scores of the proximity parts of each hit, by id.
fn near(answer: &Value) -> BTreeMap<String, Vec<(String, String)>> {
    let parts = |hit: &Value| {
        let parts = hit["explanation"].as_array().unwrap().iter().filter(|part| part["how"] == "near");
        parts.map(|part| (part["words"].as_str().unwrap().to_owned(), part["score"].to_string())).collect()
    };
    ids(answer).into_iter().zip(answer["results"].as_array().unwrap().iter().map(parts)).collect()
}

#[test]
fn proximity_is_of_adjacent_words() {
    let env = TestEnv::indexed();
    let ask = |query: &str, options: &[&str]| {
        env.json(&[&["query", query, "--explain", "--limit", "all", "--all-copies"], options].concat())
    };
    let scores = |answer: &Value| -> BTreeMap<String, String> {
        let hits = answer["results"].as_array().unwrap();
        ids(answer).into_iter().zip(hits.iter().map(|hit| hit["score"].to_string())).collect()
    };
    let pairs =
        |answer: &Value| -> BTreeSet<String> { near(answer).into_values().flatten().map(|(words, _)| words).collect() };
    let alternatives = ask("export OR import controls", &[]);
    assert_eq!(scores(&alternatives), scores(&ask("import OR export controls", &[])));
    assert_eq!(pairs(&alternatives), BTreeSet::from(["(export OR import) controls".to_owned()]));
    assert_eq!(pairs(&ask("export OR controls", &[])), BTreeSet::new());
    assert_eq!(near(&ask("rare kind:title -steel earths", &[])), near(&ask("rare earths kind:title -steel", &[])));
    assert_eq!(scores(&ask("rare (earths magnets)", &[])), scores(&ask("rare earths magnets", &[])));
    let question = ask("dual-use goods", &["--any"]);
    let both = |pairs: Vec<(String, String)>| pairs.into_iter().map(|(words, _)| words).collect::<Vec<_>>();
    assert!(near(&question).into_values().any(|pairs| both(pairs) == ["dual use", "use goods"]));
    assert_eq!(scores(&question), scores(&ask("dual use goods", &["--any"])));
}

#[test]
fn stems_of_different_languages_are_distinct() {
    let env = TestEnv::indexed();
    let answer = env.json(&["query", "japano"]);
    assert_eq!((&answer["total"], &answer["suggestions"]["unknown"][0]["words"][0]), (&0.into(), &"japan".into()));
    let both = env.json(&["query", "México", "--facets", "lang", "--limit", "0"]);
    assert!(both["facets"]["lang"].as_array().unwrap().len() > 1, "a name is found in each language");
}

#[test]
fn like_leaves_out_the_entry_and_its_copies() {
    let env = TestEnv::indexed();
    let id = "china-japan/2026-02-09#t1";
    let own = env.json(&["query", "\"tighter licence rules\"", "--kind", "title"]);
    let copies: Vec<&str> =
        own["results"][0]["copies"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert_eq!((own["results"][0]["id"].as_str().unwrap(), copies.len()), (id, 2));
    let like = ids(&env.json(&["query", "--like", id, "--all-copies", "--limit", "all"]));
    assert!(like.len() > 5 && !like.iter().any(|other| other == id || copies.contains(&other.as_str())), "{like:?}");
    let narrowed = ids(&env.json(&["query", "--like", id, "licence", "--all-copies", "--limit", "all"]));
    assert!(!narrowed.is_empty() && narrowed.len() < like.len() && narrowed.iter().all(|other| like.contains(other)));
    assert!(env.fails(&["query", "--like", "china-japan/2026-02-09#t999"]).contains("unknown entry"));
}
