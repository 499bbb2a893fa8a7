//! Queries: what scripts can rely on.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::env::{TestEnv, digest};

fn indexed() -> TestEnv {
    let env = TestEnv::with_sample();
    env.ok(&["index", "corpus"]);
    env
}

fn ids(answer: &Value) -> Vec<String> {
    answer["results"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn json_has_the_names_that_scripts_use() {
    let env = indexed();
    let answer = env.json(&["query", "tariff", "--kind", "title", "--limit", "2", "--facets", "topic,source"]);
    assert_eq!((&answer["schema"], &answer["version"]), (&"digest-search/query".into(), &1.into()));
    for key in ["query", "filters", "sort", "offset", "limit", "total", "total_units", "results", "facets", "warnings"]
    {
        assert!(answer.get(key).is_some(), "{key}");
    }
    for key in [
        "id",
        "kind",
        "topic",
        "perspective",
        "source",
        "lang",
        "date",
        "digest_date",
        "text",
        "url",
        "score",
        "copies",
    ] {
        assert!(answer["results"][0].get(key).is_some(), "{key}");
    }
    assert!(answer["results"][0]["score"].as_f64().unwrap() >= answer["results"][1]["score"].as_f64().unwrap());
    let value = &answer["facets"]["topic"][0];
    assert_eq!((&value["value"], &value["name"]), (&"us-mexico".into(), &"United States vs Mexico".into()));
}

#[test]
fn nothing_found_is_the_same_envelope_and_exit_1() {
    let env = indexed();
    let run = env.run(&["query", "zzyzx", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &answer["total"], answer["results"].as_array().unwrap().len()), (1, &0.into(), 0));
    assert_eq!(env.run(&["query", "zzyzx"]).stdout, "nothing found\nno unit has `zzyzx`\n");
}

#[test]
fn filters_narrow_and_alternatives_add_up() {
    let env = indexed();
    let units = |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total_units"].as_u64().unwrap();
    let all = units(&[]);
    let kinds = ["highlight", "bullet", "title"].map(|kind| units(&["--kind", kind]));
    assert_eq!(kinds.iter().sum::<u64>(), all);
    assert_eq!(units(&["--kind", "bullet", "--kind", "title"]), kinds[1] + kinds[2]);
    assert_eq!(units(&["--perspective", "China"]), units(&["--perspective", "china"]));
    assert_eq!(units(&["--topic", "CHINA VS JAPAN"]), units(&["--topic", "china-japan"]));
    assert!(units(&["--lang", "es", "--topic", "us-mexico"]) > 0);
    let before = units(&["--until", "2026-02-15"]);
    assert_eq!(before + units(&["--since", "2026-02-16"]), all);
    assert_eq!(units(&["--on", "2026-02-10", "--on", "2026-02-11"]), units(&["--on", "2026-02-10..2026-02-11"]));
    assert_eq!(units(&["--since", "1w"]), units(&["--since", "2026-03-03"]), "from the newest digest, 2026-03-09");
    assert_eq!(units(&["--since", "1w", "--as-of", "2026-02-10"]), units(&["--since", "2026-02-04"]));
}

#[test]
fn a_name_leads_to_all_that_ever_had_it() {
    let env = TestEnv::with_digests(3);
    let renamed =
        digest(3, "plain").replace("Here vs There", "Near and Far").replace("name: \"Here\"", "name: \"Near\"");
    env.write(
        "corpus/t/2026-01-03.md",
        renamed.replace("Here Perspective (Here Sources)", "Near Perspective (Near Sources)"),
    );
    env.ok(&["index", "corpus"]);
    let units = |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total_units"].as_u64().unwrap();
    for topic in ["t", "Here vs There", "near and far"] {
        assert_eq!(units(&["--topic", topic]), 15, "{topic}");
    }
    for side in ["here", "Here", "NEAR"] {
        assert_eq!(units(&["--perspective", side]), 6, "{side}");
    }
}

#[test]
fn a_side_without_units_is_known() {
    let env = TestEnv::with_digests(1);
    let text = digest(1, "plain")
        .replace("count: 1", "count: 0")
        .replace("- Bullet plain there 1.", "- No There sources available for this time period.");
    env.write("corpus/t/2026-01-01.md", text.split("1. [en-US]").next().unwrap());
    env.ok(&["index", "corpus"]);
    assert_eq!(env.run(&["query", "--perspective", "there"]).code, 1);
}

#[test]
fn ends_of_a_span_are_days_and_not_spans() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    for args in [["--since", "..2026-01"], ["--until", "2026-01.."], ["--as-of", "2026-01.."]] {
        assert!(env.fails(&[&["query"][..], &args].concat()).contains("is no date"), "{args:?}");
    }
    assert!(env.fails(&["query", "--since", "2026-03", "--until", "2026-01"]).contains("ends before it begins"));
}

#[test]
fn facets_of_one_value_a_unit_sum_to_the_units() {
    let env = indexed();
    for args in [
        &["query"][..],
        &["query", "export"],
        &["query", "--lang", "es"],
        &["query", "export controls", "--perspective", "japan"],
    ] {
        let answer = env.json(&[args, &["--facets", "topic,perspective,source,kind,lang", "--limit", "1"]].concat());
        for (field, values) in answer["facets"].as_object().unwrap() {
            let values = values.as_array().unwrap();
            let sum: u64 = values.iter().map(|v| v["count"].as_u64().unwrap()).sum();
            assert_eq!(sum, answer["total_units"].as_u64().unwrap(), "{field} of {args:?}");
        }
    }
}

#[test]
fn pages_are_parts_of_one_order() {
    let env = indexed();
    let all = ids(&env.json(&["query", "japan export", "--limit", "all"]));
    let mut paged = Vec::new();
    for offset in (0..all.len()).step_by(3) {
        paged.extend(ids(&env.json(&["query", "japan export", "--limit", "3", "--offset", &offset.to_string()])));
    }
    assert!(all.len() > 20);
    assert_eq!(paged, all);
    let dates = |sort: &str| {
        let answer = env.json(&["query", "japan export", "--sort", sort, "--limit", "all", "--all-copies"]);
        let dates = answer["results"].as_array().unwrap().iter().map(|hit| hit["date"].as_str().unwrap().to_owned());
        dates.collect::<Vec<String>>()
    };
    let (newest, oldest) = (dates("newest"), dates("oldest"));
    assert!(newest.is_sorted_by(|a, b| a >= b) && oldest.is_sorted() && newest.first() != newest.last());
    assert_eq!(newest.len(), oldest.len());
}

#[test]
fn copies_stand_behind_one_hit() {
    let env = indexed();
    let answer = env.json(&["query", "\"reader's guide to export controls\"", "--limit", "all"]);
    let hits = answer["results"].as_array().unwrap();
    let copies = hits[0]["copies"].as_array().unwrap().len();
    assert!(copies >= 4, "the article comes back for five days");
    let shown: u64 = hits.iter().map(|hit| 1 + hit["copies"].as_array().unwrap().len() as u64).sum();
    assert_eq!(shown, answer["total_units"].as_u64().unwrap());
    let apart = env.json(&["query", "\"reader's guide to export controls\"", "--limit", "all", "--all-copies"]);
    assert_eq!(apart["total"], answer["total_units"]);
}

#[test]
fn unknown_values_are_errors_with_the_nearest_names() {
    let env = indexed();
    let error = env.fails(&["query", "x", "--perspective", "japn"]);
    assert!(error.contains("no perspective is called `japn`") && error.contains("did you mean `Japan`?"), "{error}");
    let error = env.fails(&["query", "x", "--topic", "arctic"]);
    assert!(error.contains("`arctic-shipping`"), "{error}");
    let error = env.fails(&["query", "x", "--since", "soon"]);
    assert!(error.contains("`soon` is no date"), "{error}");
    let error = env.fails(&["query", "x", "--kind", "tilte"]);
    assert!(error.contains("title"), "{error}");
    let error = env.fails(&["query", "a", "\"b"]);
    assert!(error.contains("a \"b\n      ^"), "{error}");
    let run = env.run(&["query", "a \"b", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!((&json["error"]["code"], &json["error"]["position"]["start"]), (&"query".into(), &2.into()));
    let run = env.run(&["query", "--limit", "many", "--format", "json"]);
    let json: Value = serde_json::from_str(&run.stderr).unwrap();
    assert_eq!((run.code, &json["error"]["code"]), (2, &"usage".into()));
}

#[test]
fn what_was_typed_is_what_is_read_and_shown() {
    let env = indexed();
    let answer = env.json(&["query", "tariff", "-steel", "-\"rare earths\"", "--limit", "0"]);
    assert_eq!(answer["query"], "tariff -steel -\"rare earths\"");
    assert_eq!(answer["total"], env.json(&["query", "tariff NOT steel NOT \"rare earths\"", "--limit", "0"])["total"]);
    for (typed, same) in [(&["- steel"][..], "steel"), (&["-…", "steel"], "steel"), (&["-", "steel"], "steel")] {
        let total = |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total"].clone();
        assert_eq!(total(typed), total(&[same]), "{typed:?}");
    }
    let error = env.fails(&["query", "tariff", "-\"steel"]);
    assert!(error.contains("    tariff -\"steel\n            ^"), "{error}");
    for args in [&["query", "--offset", "-5"][..], &["query", "--source", "-x"]] {
        let error = env.fails(args);
        assert!(!error.contains("NOT") && error.contains(args[2]), "{error}");
    }
}

#[test]
fn show_finds_what_query_names() {
    let env = indexed();
    for id in ids(&env.json(&["query", "--sort", "oldest", "--limit", "40"])) {
        let answer = env.json(&["show", &id]);
        assert_eq!(answer["results"][0]["id"], id.as_str());
    }
    let run = env.run(&["show", "china-japan/1999-01-01"]);
    assert_eq!(
        (run.code, run.stdout.as_str(), run.stderr.as_str()),
        (1, "", "there is no digest china-japan/1999-01-01, or nothing is in it\n")
    );
    let two =
        env.json(&["show", "china-japan/2026-02-10#t999", "china-japan/2026-02-10#t01", "china-japan/2026-02-10#h1"]);
    assert_eq!((&two["total"], ids(&two)[0].as_str()), (&2.into(), "china-japan/2026-02-10#t1"));
    assert_eq!(two["warnings"][0], "there is no unit china-japan/2026-02-10#t999");
    assert!(env.fails(&["show", "rubbish"]).contains("`rubbish` is no id"));
}

#[test]
fn spellings_of_one_thing_find_the_same() {
    let env = indexed();
    let found = |query: &str| -> BTreeSet<String> {
        let answer = env.json(&["query", "--limit", "all", "--all-copies", query]);
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
        // Characters with a space between them are two words, which more units have.
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
    let outlet: Vec<String> = ids(&env.json(&["query", "--limit", "all", "--all-copies", "--source", "海港网"]));
    assert!(!outlet.is_empty() && found("海港").is_superset(&outlet.into_iter().collect()));
}

#[test]
fn every_way_to_match_is_marked() {
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
fn nothing_found_says_what_may_help() {
    let env = indexed();
    let answer = env.json(&["query", "tarrifs acero", "--topic", "us-mexico"]);
    let suggestions = &answer["suggestions"];
    assert_eq!((&answer["total"], &suggestions["unknown"][0]["word"]), (&0.into(), &"tarrifs".into()));
    assert_eq!(suggestions["unknown"][0]["words"][0], "tariff");
    let acero = env.json(&["query", "acero", "--topic", "us-mexico", "--limit", "0"]);
    assert_eq!(suggestions["any"], acero["total_units"]);
    let elsewhere = env.json(&["query", "acero", "--topic", "china-japan"]);
    assert_eq!(elsewhere["suggestions"]["unfiltered"], acero["total_units"]);
    assert_eq!(env.json(&["query", "acero"])["suggestions"], Value::Null);
    let fuzzy = env.json(&["query", "--fuzzy", "tarifs"]);
    assert!(fuzzy["total"].as_u64() > Some(0) && fuzzy["spellings"][0]["words"].as_array().is_some(), "{fuzzy}");
}

#[test]
fn what_can_not_be_found_is_named() {
    let env = indexed();
    let told = |args: &[&str]| env.run(&[&["query"], args].concat()).stdout;
    assert!(told(&["tarrifx*"]).contains("no word begins with `tarrifx`\n"));
    assert!(told(&["zzq-tarrifx*"]).contains("no unit has `zzq`\nno word begins with `tarrifx`\n"));
    for query in ["鑫", "ж"] {
        assert!(told(&[query]).contains(&format!("no unit has `{query}`\n")), "nothing is spelt like one character");
        assert!(told(&[query, "--fuzzy"]).contains(&format!("no unit has `{query}`\n")));
    }
    let many: String = ('a'..='p').map(|c| format!("zzq{c}zz ")).collect();
    assert_eq!(env.json(&["query", &many])["suggestions"]["unknown"].as_array().unwrap().len(), 8);
}

#[test]
fn a_long_query_is_shown_around_what_is_wrong() {
    let env = indexed();
    let long = "é ".repeat(150);
    let error = env.fails(&["query", &format!("{long}\"b {long}")]);
    let lines: Vec<&str> = error.lines().collect();
    assert!(lines[1].starts_with("    …") && lines[1].ends_with('…') && lines[1].chars().count() < 120, "{error}");
    let caret = lines[2].find('^').unwrap();
    assert_eq!(lines[1].chars().nth(caret), Some('"'), "{error}");
}

#[test]
fn any_is_offered_where_it_gives_what_is_said() {
    let env = indexed();
    let both = |query: &str, options: &[&str]| {
        let answer = env.json(&[&["query", query, "--limit", "0"], options].concat());
        let any = env.json(&[&["query", query, "--limit", "0", "--any"], options].concat());
        assert_eq!((&answer["total"], &any["suggestions"]["any"]), (&0.into(), &Value::Null), "{query}");
        assert_eq!(answer["suggestions"]["any"], any["total_units"], "{query}");
        any["total_units"].as_u64().unwrap()
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

/// The words and scores of the parts of each hit's score that are for nearness, by id.
fn near(answer: &Value) -> BTreeMap<String, Vec<(String, String)>> {
    let parts = |hit: &Value| {
        let parts = hit["explanation"].as_array().unwrap().iter().filter(|part| part["how"] == "near");
        parts.map(|part| (part["words"].as_str().unwrap().to_owned(), part["score"].to_string())).collect()
    };
    ids(answer).into_iter().zip(answer["results"].as_array().unwrap().iter().map(parts)).collect()
}

#[test]
fn neighbours_are_those_that_stand_side_by_side() {
    let env = indexed();
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
fn endings_of_one_language_make_no_words_of_another() {
    let env = indexed();
    let answer = env.json(&["query", "japano"]);
    assert_eq!((&answer["total"], &answer["suggestions"]["unknown"][0]["words"][0]), (&0.into(), &"japan".into()));
    let both = env.json(&["query", "México", "--facets", "lang", "--limit", "0"]);
    assert!(both["facets"]["lang"].as_array().unwrap().len() > 1, "a name is found in each language");
}

#[test]
fn units_like_one_leave_it_and_its_copies_out() {
    let env = indexed();
    let id = "china-japan/2026-02-09#t1";
    let own = env.json(&["query", "\"tighter licence rules\"", "--kind", "title"]);
    let copies: Vec<&str> =
        own["results"][0]["copies"].as_array().unwrap().iter().map(|c| c.as_str().unwrap()).collect();
    assert_eq!((own["results"][0]["id"].as_str().unwrap(), copies.len()), (id, 2));
    let like = ids(&env.json(&["query", "--like", id, "--all-copies", "--limit", "all"]));
    assert!(like.len() > 5 && !like.iter().any(|other| other == id || copies.contains(&other.as_str())), "{like:?}");
    let narrowed = ids(&env.json(&["query", "--like", id, "licence", "--all-copies", "--limit", "all"]));
    assert!(!narrowed.is_empty() && narrowed.len() < like.len() && narrowed.iter().all(|other| like.contains(other)));
    assert!(env.fails(&["query", "--like", "china-japan/2026-02-09#t999"]).contains("there is no unit"));
}
