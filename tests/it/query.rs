//! Queries: the interface for scripts.

use serde_json::Value;

use crate::env::{TestEnv, digest};

pub fn ids(answer: &Value) -> Vec<String> {
    answer["results"].as_array().unwrap().iter().map(|hit| hit["id"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn json_has_documented_keys() {
    let env = TestEnv::indexed();
    let answer = env.json(&["query", "tariff", "--kind", "title", "--limit", "2", "--facets", "topic,source"]);
    assert_eq!((&answer["schema"], &answer["version"]), (&"digest-search/query".into(), &2.into()));
    for key in ["query", "filters", "sort", "offset", "limit", "total", "total_entries", "results", "facets", "notes"] {
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
    let env = TestEnv::indexed();
    let run = env.run(&["query", "zzyzx", "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((run.code, &answer["total"], answer["results"].as_array().unwrap().len()), (1, &0.into(), 0));
    assert_eq!(env.run(&["query", "zzyzx"]).stdout, "nothing found\nno entry has `zzyzx`\n");
}

#[test]
fn filters_narrow_and_alternatives_add_up() {
    let env = TestEnv::indexed();
    let entries =
        |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total_entries"].as_u64().unwrap();
    let all = entries(&[]);
    let kinds = ["highlight", "bullet", "title"].map(|kind| entries(&["--kind", kind]));
    assert_eq!(kinds.iter().sum::<u64>(), all);
    assert_eq!(entries(&["--kind", "bullet", "--kind", "title"]), kinds[1] + kinds[2]);
    assert_eq!(entries(&["--perspective", "China"]), entries(&["--perspective", "china"]));
    assert_eq!(entries(&["--topic", "CHINA VS JAPAN"]), entries(&["--topic", "china-japan"]));
    assert!(entries(&["--lang", "es", "--topic", "us-mexico"]) > 0);
    let before = entries(&["--until", "2026-02-15"]);
    assert_eq!(before + entries(&["--since", "2026-02-16"]), all);
    assert_eq!(entries(&["--on", "2026-02-10", "--on", "2026-02-11"]), entries(&["--on", "2026-02-10..2026-02-11"]));
    assert_eq!(entries(&["--since", "1w"]), entries(&["--since", "2026-03-03"]), "from the newest digest, 2026-03-09");
    assert_eq!(
        entries(&["--since", "1w", "--as-of", "2026-02-10"]),
        entries(&["--since", "2026-02-04", "--until", "2026-02-10"])
    );
    let later = entries(&["--since", "1w", "--until", "2026-02-20", "--as-of", "2026-02-10"]);
    assert_eq!(later, entries(&["--since", "2026-02-04", "--until", "2026-02-20"]));
}

#[test]
fn a_name_selects_every_id_that_had_it() {
    let env = TestEnv::with_digests(3);
    let renamed =
        digest(3, "plain").replace("Here vs There", "Near and Far").replace("name: \"Here\"", "name: \"Near\"");
    env.write(
        "corpus/t/2026-01-03.md",
        renamed.replace("Here Perspective (Here Sources)", "Near Perspective (Near Sources)"),
    );
    env.ok(&["index", "corpus"]);
    let entries =
        |args: &[&str]| env.json(&[&["query", "--limit", "0"], args].concat())["total_entries"].as_u64().unwrap();
    for topic in ["t", "Here vs There", "near and far"] {
        assert_eq!(entries(&["--topic", topic]), 15, "{topic}");
    }
    for perspective in ["here", "Here", "NEAR"] {
        assert_eq!(entries(&["--perspective", perspective]), 6, "{perspective}");
    }
}

#[test]
fn a_perspective_without_entries_is_known() {
    let env = TestEnv::with_digests(1);
    let text = digest(1, "plain")
        .replace("count: 1", "count: 0")
        .replace("- Bullet plain there 1.", "- No There sources available for this time period.");
    env.write("corpus/t/2026-01-01.md", text.split("1. [en-US]").next().unwrap());
    env.ok(&["index", "corpus"]);
    assert_eq!(env.run(&["query", "--perspective", "there"]).code, 1);
}

#[test]
fn since_until_and_as_of_take_one_date() {
    let env = TestEnv::with_digests(2);
    env.ok(&["index", "corpus"]);
    for args in [["--since", "..2026-01"], ["--until", "2026-01.."], ["--as-of", "2026-01.."]] {
        assert!(env.fails(&[&["query"][..], &args].concat()).contains("is not a date"), "{args:?}");
    }
    assert!(env.fails(&["query", "--since", "2026-03", "--until", "2026-01"]).contains("ends before it begins"));
}

#[test]
fn facet_counts_sum_to_the_number_of_entries() {
    let env = TestEnv::indexed();
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
            assert_eq!(sum, answer["total_entries"].as_u64().unwrap(), "{field} of {args:?}");
        }
    }
}

#[test]
fn pages_have_one_order() {
    let env = TestEnv::indexed();
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
fn copies_are_one_hit() {
    let env = TestEnv::indexed();
    let answer = env.json(&["query", "被困散货船脱险 kind:title", "--limit", "all"]);
    let hits = answer["results"].as_array().unwrap();
    let copies = hits[0]["copies"].as_array().unwrap().len();
    assert_eq!(copies, 2, "the article comes back");
    let shown: u64 = hits.iter().map(|hit| 1 + hit["copies"].as_array().unwrap().len() as u64).sum();
    assert_eq!(shown, answer["total_entries"].as_u64().unwrap());
    let all_copies = env.json(&["query", "被困散货船脱险 kind:title", "--limit", "all", "--all-copies"]);
    assert_eq!(all_copies["total"], answer["total_entries"]);
}

#[test]
fn unknown_values_are_errors_with_the_nearest_names() {
    let env = TestEnv::indexed();
    let error = env.fails(&["query", "x", "--perspective", "japn"]);
    assert!(error.contains("unknown perspective `japn`") && error.contains("did you mean `Japan`?"), "{error}");
    let error = env.fails(&["query", "x", "--topic", "arctic"]);
    assert!(error.contains("`arctic-shipping`"), "{error}");
    let error = env.fails(&["query", "x", "--since", "soon"]);
    assert!(error.contains("`soon` is not a date"), "{error}");
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
fn typed_text_is_parsed_and_shown_unchanged() {
    let env = TestEnv::indexed();
    let json = |text: &[&str]| -> Value {
        let run = env.run(&[&["query", "--limit", "0", "--format", "json", "--"], text].concat());
        serde_json::from_str(&run.stdout).unwrap()
    };
    let answer = json(&["tariff", "-steel", "-\"rare earths\""]);
    assert_eq!(answer["query"], "tariff -steel -\"rare earths\"");
    assert_eq!(answer["total"], env.json(&["query", "tariff NOT steel NOT \"rare earths\"", "--limit", "0"])["total"]);
    for (typed, same) in [(&["- steel"][..], "steel"), (&["-…", "steel"], "steel"), (&["-", "steel"], "steel")] {
        assert_eq!(json(typed)["total"], json(&[same])["total"], "{typed:?}");
    }
    let error = env.fails(&["query", "--", "tariff", "-\"steel"]);
    assert!(error.contains("    tariff -\"steel\n            ^"), "{error}");
    for args in [&["query", "--offset", "-5"][..], &["query", "--source", "-x"]] {
        let error = env.fails(args);
        assert!(!error.contains("NOT") && error.contains(&format!("{}={}", args[1], args[2])), "{error}");
    }
}

#[test]
fn show_finds_what_query_names() {
    let env = TestEnv::indexed();
    for id in ids(&env.json(&["query", "--sort", "oldest", "--limit", "40"])) {
        let answer = env.json(&["show", &id]);
        assert_eq!(answer["results"][0]["id"], id.as_str());
    }
    let run = env.run(&["show", "china-japan/1999-01-01", "chna-japan/2026-02-10"]);
    assert_eq!((run.code, run.stdout.as_str(), run.stderr.lines().count()), (1, "", 2));
    for near in [
        "digest china-japan/1999-01-01 does not exist or is empty; did you mean `china-japan/2026-02-02` or ",
        "digest chna-japan/2026-02-10 does not exist or is empty; did you mean `china-japan/2026-02-10` or ",
    ] {
        assert!(run.stderr.contains(near), "{}", run.stderr);
    }
    let two =
        env.json(&["show", "china-japan/2026-02-10#t999", "china-japan/2026-02-10#t1", "china-japan/2026-02-10#h1"]);
    assert_eq!((&two["total"], ids(&two)[0].as_str()), (&2.into(), "china-japan/2026-02-10#t1"));
    let near = "entry china-japan/2026-02-10#t999 does not exist; did you mean `china-japan/2026-02-10#t20` or ";
    assert!(two["notes"][0].as_str().unwrap().starts_with(near), "{}", two["notes"]);
    let error = env.fails(&["show", "china-japan/2026-2-10"]);
    assert!(
        error.contains("`china-japan/2026-2-10` is not the canonical spelling of an id")
            && error.contains("did you mean `china-japan/2026-02-10`?"),
        "{error}"
    );
    assert!(
        env.fails(&["show", "rubbish", "--index", "none"]).contains("`rubbish` is not an id"),
        "without an index, too"
    );
}
