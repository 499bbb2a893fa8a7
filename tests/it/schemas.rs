//! The output of the program against the JSON Schemas.

use std::fs;
use std::path::Path;

use digest_search::yaml::{self, Limits, Node};
use jsonschema::Validator;
use serde_json::{Value, json};

use crate::env::TestEnv;

pub fn schema(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(format!("{name}.json"));
    serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap()
}

pub fn validator(schema: &Value) -> Validator {
    jsonschema::options().should_validate_formats(true).build(schema).unwrap()
}

pub fn check(name: &str, output: &str) {
    let answer: Value = serde_json::from_str(output).unwrap_or_else(|e| panic!("{e}: {output}"));
    let errors: Vec<String> =
        validator(&schema(name)).iter_errors(&answer).map(|e| format!("{}: {e}", e.instance_path())).collect();
    assert!(errors.is_empty(), "{name}: {errors:#?}");
}

#[test]
fn answers_match_their_schemas() {
    let env = TestEnv::with_sample();
    let json = ["--format", "json"];
    let answer = |args: &[&str]| env.run(&[args, &json].concat()).stdout;
    check("index", &answer(&["index", "corpus", "--dry-run"]));
    check("index", &answer(&["index", "corpus"]));
    check("index", &answer(&["index"]));
    for args in [
        &[][..],
        &[
            "export controls",
            "--facets",
            "topic,perspective,source,kind,lang",
            "--perspective",
            "japan",
            "--since",
            "2w",
        ],
        &["fell 160", "--explain"],
        &["magent exports"],
        &["--words", "Ports: \"open\" AND -shut"],
        &["--fuzzy", "tarifs on stel", "--limit", "all", "--sort", "oldest"],
        &["--like", "china-japan/2026-02-09#t1"],
        &["--since-last", "x", "--all-copies"],
    ] {
        check("query", &answer(&[&["query"], args].concat()));
    }
    for args in [
        &[][..],
        &["tariff", "--by", "perspective,week", "--share"],
        &["tariff", "--by", "source", "--top", "2", "--on", "2026-02"],
        &["zzzz", "--by", "day"],
        &["--by", "topic,lang"],
    ] {
        check("count", &answer(&[&["count"], args].concat()));
    }
    for args in [
        &["--topic", "china-japan"][..],
        &["tariff", "--topic", "us-mexico"],
        &["--topic", "us-mexico", "--kind", "bullet", "--ngrams", "1-3", "--q", "1"],
        &["zzzz", "--topic", "china-japan"],
        &["--topic", "china-japan", "--perspective", "japan", "--period", "2026-01", "2026-02"],
    ] {
        check("compare", &answer(&[&["compare"], args].concat()));
    }
    for args in [
        &["tariff", "--topic", "us-mexico"][..],
        &["--topic", "china-japan", "--kind", "bullet", "--by", "year"],
        &["--topic", "us-mexico", "--by", "week"],
        &["zzzz", "--topic", "china-japan", "--by", "month"],
    ] {
        check("trend", &answer(&[&["trend"], args].concat()));
    }
    for args in [
        &[][..],
        &["tariff", "--since", "2026-02-10", "--sort", "oldest", "--limit", "all"],
        &["zzzz"],
        &["magent exports", "--fuzzy", "--min", "1"],
    ] {
        check("stories", &answer(&[&["stories"], args].concat()));
    }
    for args in [&[][..], &["tariff", "--q", "1"], &["zzzz"]] {
        check("gaps", &answer(&[&["gaps"], args].concat()));
    }
    env.copy_reports();
    env.write(
        "spec.yaml",
        "filters: {topic: us-mexico, on: [2026-02, 1w]}\nvars: {a: b}\nsections: [{title: x, text: y}, {count: {}, assert: total_entries = 0}]",
    );
    for spec in ["reports/weekly.yaml", "reports/two-perspectives.yaml", "spec.yaml"] {
        let report = answer(&["report", spec]);
        check("report", &report);
        let report: Value = serde_json::from_str(&report).unwrap();
        for section in report["sections"].as_array().unwrap().iter().filter(|section| !section["answer"].is_null()) {
            let command = section["answer"]["schema"].as_str().unwrap().strip_prefix("digest-search/").unwrap();
            check(command, &section["answer"].to_string());
        }
    }
    check("show", &answer(&["show", "china-japan/2026-02-10", "china-japan/2026-02-10#t1", "china-japan/1999-01-01"]));
    check("show", &answer(&["show", "2026-02-10", "Jan 1 1999"]));
    check("status", &answer(&["status"]));
    check("check", &answer(&["check"]));
    check("check", &answer(&["check", "--index-only"]));
    check("check", &answer(&["check", "--corpus-only"]));
    check("explain", &answer(&["check", "--explain", "corpus/china-japan/2026-02-10.md"]));
    check("init", &answer(&["init", "corpus"]));
    fs::remove_dir_all(env.path("corpus")).unwrap();
    check("status", &answer(&["status"]));
}

#[test]
fn json_lines_match_their_schemas() {
    let env = TestEnv::indexed();
    for (name, record, args) in [
        ("query", "hit", &["query", "tariff", "--explain"][..]),
        ("count", "row", &["count", "tariff", "--by", "day,topic", "--share"]),
        ("compare", "term", &["compare", "--topic", "china-japan", "--q", "1"]),
        ("trend", "point", &["trend", "tariff", "--topic", "us-mexico"]),
        ("stories", "title", &["stories", "tariff"]),
        ("gaps", "gap", &["gaps"]),
        ("show", "entry", &["show", "china-japan/2026-02-10"]),
        ("status", "topic", &["status"]),
        ("index", "note", &["index", "--rebuild"]),
        ("check", "finding", &["check"]),
        ("explain", "line", &["check", "--explain", "corpus/china-japan/2026-02-10.md"]),
        ("init", "part", &["init", "corpus"]),
    ] {
        let mut of_record = schema(name)["$defs"][record].clone();
        of_record["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        let validator = validator(&of_record);
        let run = env.run(&[args, &["--format", "jsonl"]].concat());
        assert_eq!(run.code, i32::from(args == ["check"]), "{args:?}: {}", run.stderr);
        let lines = run.stdout;
        assert!(lines.lines().count() > 2 || name == "gaps", "{name}");
        for line in lines.lines() {
            let line: Value = serde_json::from_str(line).unwrap();
            assert!(validator.is_valid(&line), "{name}: {:?}", validator.iter_errors(&line).next());
        }
    }
}

#[test]
fn answers_with_custom_fields_match_their_schemas() {
    let env = TestEnv::with_sample();
    let settings = "fields: { at: date }\nsources: { Potomac Wire: { country: [us, ca] } }\n";
    env.write("corpus/digest-search.yaml", settings);
    env.ok(&["index", "corpus"]);
    let condition = ["--where", "source.country=us"];
    for (name, args) in [
        ("query", &["query", "tariff", "--facets", "at,source.country"][..]),
        ("count", &["count", "tariff", "--by", "source.country,at", "--share"]),
        ("count", &["count", "--by", "source.country", "--top", "1"]),
        ("compare", &["compare", "--topic", "us-mexico"]),
        ("trend", &["trend", "tariff", "--topic", "us-mexico"]),
        ("stories", &["stories"]),
        ("gaps", &["gaps"]),
    ] {
        check(name, &env.run(&[args, &condition, &["--format", "json"]].concat()).stdout);
    }
    check("show", &env.ok(&["show", "china-japan/2026-02-10", "--format", "json"]));
    check("status", &env.ok(&["status", "--format", "json"]));
    let hit = &env.json(&["query", "tariff", "--where", "source.country=ca", "--limit", "1"])["results"][0];
    assert_eq!(hit["fields"]["source.country"], json!(["us", "ca"]), "{hit}");
    assert_eq!(hit["fields"]["at"].as_array().map(Vec::len), Some(1), "{hit}");
}

#[test]
fn json_lines_have_no_other_line_separators() {
    let env = TestEnv::new();
    env.write("corpus/t/1.md", crate::env::digest(1, "one\u{2028}two\u{2029}three\u{85}four"));
    env.ok(&["index", "corpus"]);
    let lines = env.ok(&["query", "--limit", "all", "--format", "jsonl"]);
    assert!(lines.contains("\\u2028") && !lines.contains(['\u{2028}', '\u{2029}', '\u{85}']), "{lines}");
}

#[test]
fn errors_match_their_schema() {
    let env = TestEnv::with_digests(1);
    for args in [&["query"][..], &["index", "nowhere"]] {
        check("error", &env.fails(&[args, &["--format", "json"]].concat()));
    }
    env.ok(&["index", "corpus"]);
    env.write("spec.yaml", "sections:\n- query: {limt: 3}");
    for args in [
        &["query", "a \"b"][..],
        &["query", "--topic", "x"],
        &["query", "--limit", "x"],
        &["query", "--fields", "x"],
        &["count", "--by", "x"],
        &["count", "--share"],
        &["count", "x", "--since", "soon"],
        &["show", "x"],
        &["compare", "--period", "2026-01", "2026-01"],
        &["compare", "--ngrams", "0"],
        &["trend", "--by", "day"],
        &["trend", "--topic", "nowhere"],
        &["stories", "--kind", "bullet"],
        &["report", "spec.yaml"],
        &["report", "nowhere.yaml"],
    ] {
        for format in ["json", "jsonl"] {
            check("error", &env.fails(&[args, &["--format", format]].concat()));
        }
    }
    env.write("queries.txt", "\"open\n");
    check("error", &env.run(&["query", "--batch", "queries.txt"]).stdout);
}

#[test]
fn schemas_reject_missing_and_additional_keys() {
    let env = TestEnv::with_digests(1);
    env.ok(&["index", "corpus"]);
    let answer = env.json(&["query", "plain"]);
    let validator = validator(&schema("query"));
    assert!(validator.is_valid(&answer));
    let mut less = answer.clone();
    less["results"][0].as_object_mut().unwrap().remove("url");
    let mut more = answer;
    more["results"][0]["other"] = json!(1);
    assert!(!validator.is_valid(&less) && !validator.is_valid(&more));
}

#[test]
fn the_schema_of_reports_has_all_options() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas/report-file.json");
    let made = digest_search::report::schema();
    if std::env::var_os("WRITE_SCHEMAS").is_some() {
        fs::write(&path, serde_json::to_string_pretty(&made).unwrap() + "\n").unwrap();
    }
    assert_eq!(schema("report-file"), made, "WRITE_SCHEMAS=1 writes {}", path.display());
    let validator = validator(&made);
    for entry in fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("reports")).unwrap() {
        let spec = spec(&fs::read_to_string(entry.unwrap().path()).unwrap());
        let errors: Vec<String> = validator.iter_errors(&spec).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    }
    for wrong in
        ["{}", "sections: [{query: {txt: a}}]", "sections: [{count: {kind: weak}}]", "sections: [{query: {any: 3}}]"]
    {
        let spec = spec(wrong);
        assert!(!validator.is_valid(&spec), "{wrong}");
    }
}

/// A spec as editors validate it: with numbers and booleans.
fn spec(yaml: &str) -> Value {
    fn value(node: &Node) -> Value {
        match &node.value {
            yaml::Value::Text(text) => serde_json::from_str(text).unwrap_or_else(|_| json!(text)),
            yaml::Value::List(nodes) => nodes.iter().map(value).collect(),
            yaml::Value::Map(entries) => entries.iter().map(|(key, node)| (key.name.clone(), value(node))).collect(),
        }
    }
    value(&yaml::read(yaml, Limits { bytes: 1 << 16, depth: 8 }).unwrap())
}
