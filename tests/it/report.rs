//! Reports.

use std::fs;
use std::path::Path;

use pulldown_cmark::{Event, Options, Parser, Tag};
use serde_json::Value;

use crate::env::{TestEnv, digest};

/// A folder with the indexed sample corpus and the specs of the project.
fn with_specs() -> TestEnv {
    let env = TestEnv::indexed();
    env.copy_reports();
    env
}

/// A spec with these sections, of the topic `china-japan`.
fn spec(env: &TestEnv, sections: &str) {
    env.write("spec.yaml", format!("filters: {{topic: china-japan}}\nsections:\n{sections}\n"));
}

#[test]
fn the_reports_are_up_to_date() {
    let env = with_specs();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (spec, format) in [("weekly", "md"), ("two-perspectives", "html")] {
        let shown = root.join(format!("docs/reports/{spec}.{format}"));
        let report = env.ok(&["report", &format!("reports/{spec}.yaml"), "--format", format]);
        if std::env::var_os("UPDATE_EXAMPLES").is_some() {
            fs::write(&shown, &report).unwrap();
        }
        assert_eq!(fs::read_to_string(&shown).unwrap(), report, "{spec}");
    }
}

#[test]
fn the_documented_spec_is_valid() {
    let env = TestEnv::indexed();
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/reports.md")).unwrap();
    let spec = page.split("```yaml\n").nth(1).unwrap().split("```").next().unwrap();
    env.write("spec.yaml", spec);
    let report = env.json(&["report", "spec.yaml"]);
    assert_eq!(report["sections"].as_array().unwrap().len(), 6);
}

#[test]
fn sections_are_the_answers_of_their_commands() {
    let env = TestEnv::indexed();
    let days = ["--since", "2w"];
    for (section, args) in [
        ("trend: {text: tariff OR licen*, since: 2w}", &["trend", "tariff OR licen*"][..]),
        (
            "query: {text: fell 160, limit: all, sort: oldest, explain: true, all-copies: true, facets: [source, kind]}",
            &[
                "query",
                "fell 160",
                "--limit",
                "all",
                "--sort",
                "oldest",
                "--explain",
                "--all-copies",
                "--facets",
                "source,kind",
            ],
        ),
        (
            "query: {like: china-japan/2026-02-09#t1, offset: 1, limit: 2}",
            &["query", "--like", "china-japan/2026-02-09#t1", "--offset", "1", "--limit", "2"],
        ),
        ("query: {text: magent tarifs, any: true, fuzzy: true}", &["query", "magent tarifs", "--any", "--fuzzy"]),
        (
            "count: {text: export, by: [week, perspective], share: true}",
            &["count", "export", "--by", "week,perspective", "--share"],
        ),
        (
            "count: {by: source, top: 3, kind: title, lang: en}",
            &["count", "--by", "source", "--top", "3", "--kind", "title", "--lang", "en"],
        ),
        (
            "compare: {ngrams: 1-3, q: 1, top: 2, prior: 20, keep-names: true}",
            &["compare", "--ngrams", "1-3", "--q", "1", "--top", "2", "--prior", "20", "--keep-names"],
        ),
        (
            "compare: {perspective: japan, period: [2026-01..2026-02-15, 2026-02-16..]}",
            &["compare", "--perspective", "japan", "--period", "2026-01..2026-02-15", "2026-02-16.."],
        ),
        ("compare: {kind: bullet, source: []}", &["compare", "--kind", "bullet"]),
        ("trend: {text: rare earth*, by: month}", &["trend", "rare earth*", "--by", "month"]),
        (
            "stories: {text: tariff OR magnets, sort: oldest, min: 3, limit: 4}",
            &["stories", "tariff OR magnets", "--sort", "oldest", "--min", "3", "--limit", "4"],
        ),
        ("stories: {gaps: true, q: 0.5, limit: all}", &["stories", "--gaps", "--q", "0.5", "--limit", "all"]),
        (
            "trend: {on: [2026-02, 1w], as-of: 2026-03-08}",
            &["trend", "--on", "2026-02", "--on", "1w", "--as-of", "2026-03-08"],
        ),
    ] {
        spec(&env, &format!("- {section}"));
        let report = env.json(&["report", "spec.yaml"]);
        let days = if section.contains("since") { &days[..] } else { &[] };
        let own = env.json(&[args, &["--topic", "china-japan"], days].concat());
        assert_eq!(report["sections"][0]["answer"], own, "{section}");
    }
}

/// Titles are published the day before their digest.
#[test]
fn all_sections_count_by_the_days_of_digests() {
    let env = TestEnv::new();
    for day in 5..=20 {
        let text = digest(day, "harbour").replace(&format!("(1/{day}/2026)"), &format!("(1/{}/2026)", day - 1));
        env.write(&format!("corpus/t/2026-01-{day:02}.md"), text);
    }
    env.ok(&["index", "corpus"]);
    let sections = "sections: [{query: {kind: title, limit: all}}, {count: {kind: title, by: day}}, \
                    {count: {text: title OR título, share: true}}, {stories: {min: 1}}, {trend: {text: title}}, {count: {text: 'date:2026-01-13', kind: title}}]";
    let report = |days: &str| {
        env.write("spec.yaml", format!("{days}\n{sections}\n"));
        env.json(&["report", "spec.yaml"])
    };
    for days in [
        "filters: {on: 2026-01-10..2026-01-12}",
        "filters: {since: 3d, as-of: 2026-01-12}",
        "last: 3d\nfilters: {as-of: 2026-01-12}",
    ] {
        let report = report(days);
        assert_eq!(report["days"], serde_json::json!([{ "first": "2026-01-10", "last": "2026-01-12" }]), "{days}");
        assert_eq!((&report["topics"][0]["digests"], &report["topics"][0]["last"]), (&3.into(), &"2026-01-12".into()));
        let answer = |section: usize| &report["sections"][section]["answer"];
        assert_eq!(answer(0)["total_entries"], 6, "{report:#}");
        let published = answer(0)["results"].as_array().unwrap().iter().map(|hit| hit["date"].as_str().unwrap());
        assert_eq!(published.clone().min(), Some("2026-01-09"));
        assert_eq!(published.max(), Some("2026-01-11"));
        let rows: Vec<(&Value, &Value)> =
            answer(1)["rows"].as_array().unwrap().iter().map(|row| (&row["day"], &row["count"])).collect();
        let expected = ["2026-01-10", "2026-01-11", "2026-01-12"].map(|day| (Value::from(day), Value::from(2)));
        assert_eq!(rows, expected.iter().map(|(day, count)| (day, count)).collect::<Vec<_>>());
        assert_eq!((&answer(2)["n"], &answer(3)["total_entries"]), (&6.into(), &6.into()));
        assert_eq!(answer(4)["total_entries"], 3);
    }
    // Outside of reports, days are those of publication.
    assert_eq!(
        env.json(&["query", "--kind", "title", "--on", "2026-01-10"])["results"][0]["digest_date"],
        "2026-01-11"
    );
}

#[test]
fn days_of_a_section_replace_those_of_the_report() {
    let env = TestEnv::indexed();
    env.write(
        "spec.yaml",
        "filters: {topic: us-mexico, kind: title, since: 7d}\nsections:\n- query: {}\n- query: {until: 2026-02, kind: bullet}\n",
    );
    let report = env.json(&["report", "spec.yaml"]);
    let filters = |section: usize| report["sections"][section]["answer"]["filters"].clone();
    assert_eq!(filters(0)["days"], serde_json::json!([{ "first": "2026-03-03", "last": null }]));
    assert_eq!(filters(1)["days"], serde_json::json!([{ "first": null, "last": "2026-02-28" }]));
    assert_eq!((filters(0)["kind"][0].as_str(), filters(1)["kind"][0].as_str()), (Some("title"), Some("bullet")));
    assert_eq!(report["days"], serde_json::json!([{ "first": "2026-03-03", "last": null }]));
    let topic = &report["topics"][0];
    assert_eq!((topic["digests"].as_u64(), topic["first"].as_str()), (Some(5), Some("2026-03-03")));
    assert_eq!(topic["missing"], serde_json::json!(["2026-03-05", "2026-03-08"]));
}

#[test]
fn reports_are_reproducible() {
    let env = with_specs();
    let formats = ["text", "md", "html", "json"];
    let all = |index: &str| {
        let of =
            |format: &&str| env.ok(&["--index", index, "report", "reports/two-perspectives.yaml", "--format", format]);
        formats.iter().map(of).collect::<Vec<_>>()
    };
    let before = all("index");
    assert_eq!(before, all("index"));
    // Another index of the same folder, with another history.
    env.ok(&["--index", "other", "index", "corpus/china-japan"]);
    env.ok(&["--index", "other", "index", "corpus", "--rebuild"]);
    assert_eq!(before, all("other"));
    env.write("corpus/china-japan/2026-03-10.md", "---\ntopic: china-japan\ndate: 2026-03-10\n---\n\n- New.\n");
    env.ok(&["index"]);
    let json = env.json(&["report", "reports/two-perspectives.yaml"]);
    assert_ne!(
        json["corpus"],
        serde_json::from_str::<Value>(&before[3]).unwrap()["corpus"],
        "another corpus has another hash"
    );
}

#[test]
fn assertions_decide_the_exit_code() {
    let env = TestEnv::indexed();
    spec(
        &env,
        "- query: {text: zzzz}\n- compare: {}\n  assert: [total_entries > 0, n(China) > 100, share(mexican) != 1]",
    );
    let run = env.run(&["report", "spec.yaml"]);
    assert_eq!(run.code, 1, "a perspective of another topic has no share here");
    assert_eq!(run.stderr, "spec.yaml:5: assertion failed: share(mexican) != 1 (actual value: unknown)\n");
    spec(&env, "- query: {text: zzzz}\n- compare: {text: export}\n  assert: [total_entries > 0, share(japan) > 1%]");
    assert_eq!(env.run(&["report", "spec.yaml"]).code, 0, "an empty answer is a success without assertions");
    spec(&env, "- query: {text: zzzz}\n  assert:\n  - total = 0\n  - total > 0\n- text: The end.");
    for format in ["text", "md", "html", "json"] {
        let run = env.run(&["report", "spec.yaml", "--format", format]);
        assert_eq!(run.code, 1, "{format}");
        assert_eq!(run.stderr, "spec.yaml:6: assertion failed: total > 0 (actual value: 0)\n");
        assert!(run.stdout.contains("The end."), "the rest is there: {}", run.stdout);
        assert!(format == "json" || run.stdout.contains("assertion failed: total"), "{}", run.stdout);
    }
    assert_eq!(env.json(&["report", "spec.yaml"])["failed"], 1);
}

#[test]
fn errors_of_a_spec_have_a_line() {
    let env = TestEnv::indexed();
    let fails = |sections: &str, expect: &[&str]| {
        spec(&env, sections);
        let error = env.fails(&["report", "spec.yaml"]);
        assert!(expect.iter().all(|part| error.contains(part)), "{sections}: {error}");
    };
    fails(
        "- query: {limt: 3}",
        &[
            "error: spec.yaml:3:11: unknown key `limt`\n    - query: {limt: 3}\n              ^\n  hint: did you mean `limit`?",
        ],
    );
    fails(
        "- query:\n    topic:\n    - china-japan\n    - us-mexiko",
        &["spec.yaml:6:7: unknown topic `us-mexiko`", "    - us-mexiko", "did you mean `us-mexico`"],
    );
    fails("- query: {}\n- count:\n    perspective: chna", &["spec.yaml:5:18: unknown perspective `chna`"]);
    fails("- query: {text: 'a \"b c'}", &["spec.yaml:3:17: unclosed quotation mark\n    a \"b c\n      ^\n"]);
    fails("- query: {text: 'topic:x'}", &["spec.yaml:3:17: unknown topic `x`\n    topic:x\n"]);
    fails("- query: {since: soon}", &["spec.yaml:3:18: `soon` is not a date", "2026-01-07"]);
    fails("- query: {on: [2026-01, soon]}", &["spec.yaml:3:25: `soon` is not a date"]);
    fails("- query: {since: 2026-02, until: 2026-01}", &["spec.yaml:3:34: ", "ends before it begins"]);
    fails("- query: {like: china-japan/1999-01-01#t1}", &["spec.yaml:3:17: unknown entry"]);
    fails("- count: {share: true}", &["spec.yaml:3:18: `share` requires words"]);
    fails("- count: {by: [week, week]}", &["spec.yaml:3:22: `by` has week twice"]);
    fails(
        "- count: {by: [week, weak]}",
        &["spec.yaml:3:22: unknown field `weak` for `by`", "did you mean `week`? valid fields: topic, perspective,"],
    );
    fails("- compare: {period: [2026-01]}", &["spec.yaml:3:22: `period` needs 2 periods, not 1"]);
    fails("- compare: {period: [2026-01, 2026]}", &["spec.yaml:3:31: the periods", "overlap"]);
    fails("- stories: {gaps: true, min: 3}", &["spec.yaml:3:30: `min` cannot be combined with `gaps`", "remove `min`"]);
    fails("- stories: {q: 0.1}", &["spec.yaml:3:16: `q` requires `gaps`"]);
    fails("- stories: {kind: bullet}", &["spec.yaml:3:12: "]);
    fails(
        "- compare: {perspective: china}",
        &["spec.yaml:3:12: this needs two perspectives; the query matches only china"],
    );
    fails(
        "- compare: {}\n  assert: share(chna) > 0",
        &["spec.yaml:4:11: unknown perspective `chna`", "did you mean `china`"],
    );
    env.write("spec.yaml", "filters:\n  since: 7x\nsections: [{text: a}]");
    assert!(env.fails(&["report", "spec.yaml"]).contains("spec.yaml:2:10: `7x` is not a date"));
    env.write("spec.yaml", "filters:\n  topic: x\nsections: [{text: a}]");
    assert!(env.fails(&["report", "spec.yaml"]).contains("spec.yaml:2:10: unknown topic `x`"));
    env.write("spec.yaml", b"sections: \xff");
    assert!(env.fails(&["report", "spec.yaml"]).contains("not UTF-8"));
    assert!(env.fails(&["report", "nowhere.yaml"]).contains("cannot read nowhere.yaml"));
    spec(&env, "- query: {}");
    assert!(env.fails(&["report", "spec.yaml", "--set", "x"]).contains("NAME=VALUE"));
    assert!(env.fails(&["report", "spec.yaml", "--set", "x=y"]).contains("unknown variable `x`"));
    assert!(env.fails(&["report", "spec.yaml", "--index", "nowhere"]).contains("digest-search index FOLDER"));
    for format in ["csv", "tsv", "jsonl", "ids", "svg"] {
        assert!(env.fails(&["report", "spec.yaml", "--format", format]).contains("md"), "{format}");
    }
    assert!(env.fails(&["query", "--format", "html"]).contains("html requires report"));
}

#[test]
fn a_file_is_replaced_as_a_whole() {
    let env = TestEnv::indexed();
    spec(&env, "- query: {text: steel}");
    let report = env.ok(&["report", "spec.yaml", "--format", "html"]);
    env.write("out/report.html", "before");
    assert_eq!(env.ok(&["report", "spec.yaml", "--format", "html", "-o", "out/report.html"]), "");
    assert_eq!(fs::read_to_string(env.path("out/report.html")).unwrap(), report);
    let error = env.fails(&["report", "spec.yaml", "-o", "out/report.html"]);
    assert!(error.contains("does not match --format text") && error.contains("--format html"), "{error}");
    assert!(env.fails(&["report", "spec.yaml", "-o", "no/report.txt"]).contains("cannot write no/report.txt"));
    assert_eq!(env.snapshot("out").len(), 1, "no temporary file is left");
}

#[test]
fn a_spec_may_come_from_standard_input() {
    use std::io::Write;
    use std::process::Stdio;
    let env = TestEnv::indexed();
    let mut child = env.command(&["report", "-"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"title: Mine\nsections: [{text: a}]").unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && String::from_utf8(output.stdout).unwrap().starts_with("Mine\n====\n"));
}

/// A corpus with hostile texts, and a spec with all kinds of sections.
fn hostile() -> TestEnv {
    let env = TestEnv::new();
    let act = "</title><script>alert(1)</script><img src=x onerror=alert(1)>'\"& <!-- ]]> \u{1b}[31m\u{202e} [a](javascript:b) **c**";
    for day in 1..=9 {
        let text = digest(day, act).replace("Here Times", &format!("Times {act}")).replace(
            "https://example.com",
            if day % 2 == 0 { "javascript:alert" } else { "https://e.example/\"onclick=x'<b>" },
        );
        env.write(
            &format!("corpus/t/{day}.md"),
            text.replace("Here vs There", "<b>a</b>").replace("\"Here\"", "\"<i>Here\""),
        );
    }
    env.ok(&["index", "corpus"]);
    env.write(
        "spec.yaml",
        "title: '<b>{x}'\nvars: {x: '<script>'}\nsections:\n- title: '<i>{x}'\n  text: '{x} <script> [a](javascript:b) ![c](https://d.example/e.png)'\n\
         - query: {text: script, explain: true, facets: [source, topic], limit: all}\n- count: {text: script, by: 'source,perspective'}\n\
         - count: {text: script, by: source, share: true}\n- compare: {q: 1, keep-names: true}\n- trend: {text: script}\n- trend: {by: week}\n- stories: {text: script, min: 1}\n- stories: {gaps: true, q: 1}\n\
         - query: {text: 'zzz<b>'}\n  assert: total > 0\n",
    );
    env
}

#[test]
fn html_reports_escape_text_of_a_corpus() {
    let env = hostile();
    let run = env.run(&["report", "spec.yaml", "--format", "html"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let page = run.stdout;
    assert!(page.contains("&lt;script&gt;alert(1)"), "{page}");
    let tags: Vec<&str> = page.split('<').skip(1).map(|tag| tag.split('>').next().unwrap()).collect();
    for tag in &tags {
        let name = tag.trim_start_matches('/').split([' ', '\n']).next().unwrap();
        assert!(
            !["script", "img", "i", "b", "iframe", "object", "link", "base", "form", "image", "use", "foreignObject"]
                .contains(&name),
            "<{tag}>"
        );
        let attributes: Vec<&str> = tag.split('"').step_by(2).collect();
        assert!(!attributes.iter().any(|name| name.trim_start().starts_with("on") || name.contains("src=")), "<{tag}>");
        if let Some(href) = tag.split("href=\"").nth(1) {
            assert!(href.starts_with("https://") || href.starts_with('#'), "<{tag}>");
        }
    }
    assert!(page.contains("default-src 'none'") && page.contains("<html lang=\"en\">"));
    assert!(!page.contains(['\u{1b}', '\u{202e}']), "{page}");
    assert!(page.contains("<title>&lt;b&gt;&lt;script&gt;</title>"), "{page}");
    assert!(tags.iter().filter(|tag| tag.starts_with("th")).all(|tag| *tag == "thead" || tag.contains("scope=")));
}

#[test]
fn markdown_reports_escape_text_of_a_corpus() {
    let env = hostile();
    let markdown = env.run(&["report", "spec.yaml", "--format", "md"]).stdout;
    // Text by the author is kept.
    let of_author = markdown.find("## <i>").or(markdown.find("query,")).unwrap();
    for event in Parser::new_ext(&markdown[of_author..], Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{html}: {markdown}"),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(dest_url.starts_with("https://"), "{dest_url}"),
            Event::Start(Tag::Image { .. } | Tag::Emphasis | Tag::CodeBlock(_)) | Event::Code(_) => {
                panic!("{event:?}: {markdown}")
            }
            _ => {}
        }
    }
}
