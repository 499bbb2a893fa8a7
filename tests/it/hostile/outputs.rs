//! Every command in every format over the hostile corpus: the output is harmless.

use pulldown_cmark::{Event, Options, Parser, Tag};

use super::{corpus, harmless, plain};
use crate::env::TestEnv;
use crate::terminal::on_a_terminal;

const FORMATS: [&str; 9] = ["text", "json", "jsonl", "csv", "tsv", "md", "ids", "svg", "html"];

/// All commands, with the most detailed output.
const COMMANDS: [&[&str]; 22] = [
    &["index", "corpus", "--rebuild"],
    &["query", "steel", "--limit", "all", "--all-copies", "--facets", "topic,source,perspective,kind,lang,tags"],
    &["query", "steel", "--limit", "all", "--explain", "--sort", "newest"],
    &["query", "script OR cmd OR hyperlink", "--limit", "all"],
    &["query", "steel", "--urls", "--limit", "all"],
    &["query", "steel", "--limit", "all", "--fields", "id,source,text,topic_name,url,copies,tags"],
    &["count", "--by", "source,topic"],
    &["count", "--by", "tags,source"],
    &["count", "steel", "--by", "source", "--share"],
    &["compare", "--topic", "t", "--q", "1", "--keep-names"],
    &["trend", "steel", "--topic", "t"],
    &["trend", "--by", "week", "--topic", "t"],
    &["stories", "--min", "1"],
    &["stories", "steel", "--min", "1", "--topic", "t"],
    &["stories", "--min", "1", "--fields", "text,story_label"],
    &["gaps", "--q", "1"],
    &["show", "t/2026-01-01", "t/2026-01-02"],
    &["show", "t/2026-01-01", "--fields", "text,source"],
    &["show", "t/2026-01-01#t1", "t/2026-01-01#t7"],
    &["status"],
    &["check"],
    &["report", "spec.yaml"],
];

const SPEC: &str = "title: All\nsections:\n- query: {text: steel, explain: true, facets: [source, topic], limit: all}\n\
    - count: {by: 'source,perspective'}\n- count: {text: steel, by: source, share: true}\n\
    - compare: {topic: t, q: 1, keep-names: true}\n- trend: {text: steel, topic: t}\n- trend: {by: week, topic: t}\n\
    - stories: {text: steel, min: 1}\n- stories: {gaps: true, q: 1}\n";

fn hostile() -> TestEnv {
    let env = corpus();
    env.write("spec.yaml", SPEC);
    env.write("corpus/\u{1b}[2J\u{202e}.md", "---\ntopic: \"\\e[31m\"\ndate: x\n---\n");
    env.write("corpus/two.md", std::fs::read(env.path("corpus/1/1.md")).unwrap());
    env
}

/// Reports whether a spreadsheet evaluates a cell.
fn is_formula(cell: &str) -> bool {
    cell.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}').starts_with(['=', '+', '-', '@'])
        && cell.parse::<f64>().is_err()
}

fn csv(text: &str, what: &str) {
    let mut reader = csv::ReaderBuilder::new().flexible(false).has_headers(false).from_reader(text.as_bytes());
    for cell in reader.records().flat_map(|row| row.unwrap().iter().map(str::to_owned).collect::<Vec<_>>()) {
        assert!(!is_formula(&cell) && !cell.contains(['\n', '\t']), "{what}: {cell:?}");
    }
}

fn tsv(text: &str, what: &str) {
    let rows: Vec<Vec<&str>> = text.lines().map(|line| line.split('\t').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == rows[0].len()), "{what}: {text}");
    assert!(!rows.iter().flatten().any(|cell| is_formula(cell)), "{what}: {text}");
}

fn markdown(text: &str, what: &str) {
    for event in Parser::new_ext(text, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH) {
        match event {
            Event::Html(html) | Event::InlineHtml(html) => panic!("{what}: {html}"),
            Event::Start(Tag::Link { dest_url, .. }) => {
                let is_harmless =
                    dest_url.starts_with("https://example.com/") || dest_url.starts_with("http://example.com/");
                assert!(is_harmless, "{what}: {dest_url}");
            }
            Event::Start(Tag::Image { .. } | Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::CodeBlock(_))
            | Event::Code(_) => panic!("{what}: {event:?}"),
            _ => {}
        }
    }
}

fn svg(text: &str, what: &str) {
    for node in roxmltree::Document::parse(text).unwrap().descendants() {
        assert!(
            !["script", "foreignObject", "image", "use", "a"].contains(&node.tag_name().name()),
            "{what}: {node:?}"
        );
        let harms = |name: &str| name.starts_with("on") || matches!(name, "href" | "src");
        assert!(!node.attributes().any(|attribute| harms(attribute.name())), "{what}: {node:?}");
    }
}

fn json(text: &str, what: &str) {
    serde_json::from_str::<serde_json::Value>(text).unwrap_or_else(|e| panic!("{what}: {e}: {text}"));
}

#[test]
fn every_format_escapes_text_of_a_corpus() {
    let env = hostile();
    let mut checked = 0;
    for command in COMMANDS {
        for format in FORMATS {
            let args = [command, &["--format", format]].concat();
            let (run, what) = (env.run(&args), format!("{args:?}"));
            plain(&run.stderr, &what);
            // Only two formats have tabs as separators.
            let has_columns = matches!(format, "tsv" | "ids");
            plain(&if has_columns { run.stdout.replace('\t', " ") } else { run.stdout.clone() }, &what);
            if run.code == 2 {
                let is_other_format = run.stderr.contains(&format!("this answer cannot be written as {format}"))
                    || run.stderr.contains(&format!(" has no effect with --format {format}"));
                assert!(is_other_format, "{what}: {}", run.stderr);
                continue;
            }
            checked += 1;
            // Findings of `check` are an exit code.
            assert_eq!(run.code, i32::from(command == ["check"]), "{what}: {}", run.stderr);
            // Two equal perspectives have no distinctive words.
            let has_rows = matches!(command[0], "query" | "count" | "show" | "stories");
            let (rows, head) = (run.stdout.lines().count(), usize::from(matches!(format, "csv" | "tsv")));
            assert!(!has_rows || rows > head, "{what}: {rows} rows");
            match format {
                "json" => json(&run.stdout, &what),
                "jsonl" => run.stdout.lines().for_each(|line| json(line, &what)),
                "csv" => csv(&run.stdout, &what),
                "tsv" => tsv(&run.stdout, &what),
                "md" => markdown(&run.stdout, &what),
                "svg" => svg(&run.stdout, &what),
                "html" => drop(harmless(&run.stdout, &what)),
                _ => {}
            }
        }
    }
    assert!(checked > 100, "{checked}");
}

/// Removes the program's own escape sequences: colours, and links to the web.
fn without_own(text: &str) -> String {
    let (mut rest, mut out) = (text, String::new());
    while let Some((before, behind)) = rest.split_once('\u{1b}') {
        out += before;
        rest = if let Some(link) = behind.strip_prefix("]8;;") {
            let (url, behind) = link.split_once("\u{1b}\\").expect("an end");
            assert!(
                url.is_empty() || url.starts_with("https://example.com/") || url.starts_with("http://example.com/"),
                "{url:?}"
            );
            plain(url, "a link");
            behind
        } else {
            let (codes, behind) = behind.strip_prefix('[').and_then(|color| color.split_once('m')).expect("a colour");
            assert!(codes.bytes().all(|byte| byte.is_ascii_digit() || byte == b';'), "{codes:?}");
            behind
        };
    }
    out + rest
}

#[test]
#[cfg(target_os = "linux")]
fn terminals_get_escaped_text_of_a_corpus() {
    let env = hostile();
    let mut links = 0;
    for command in COMMANDS {
        let command: Vec<String> = command.iter().map(|word| format!("'{word}'")).collect();
        let shown = on_a_terminal(&env, &command.join(" "), &[]).replace("\r\n", "\n");
        links += shown.matches("\u{1b}]8;;http").count();
        // A progress bar is redrawn.
        let shown = if command[0] == "'index'" { shown.lines().last().unwrap_or_default().to_owned() } else { shown };
        plain(&without_own(&shown), &command.join(" "));
    }
    assert!(links > 100, "{links}");
}
