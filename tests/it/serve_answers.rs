//! Answers of the server against those of the commands, and against the OpenAPI description.

use serde_json::{Value, json};

use crate::env::TestEnv;
use crate::http::{Response, Server, target};
use crate::schemas::{check, schema, validator};

/// The routes with a command each, and its arguments.
const COMMANDS: [(&str, &[&str]); 8] = [
    ("query", &["query"]),
    ("count", &["count"]),
    ("compare", &["compare"]),
    ("trend", &["trend"]),
    ("stories", &["stories"]),
    ("gaps", &["gaps"]),
    ("show", &["show"]),
    ("status", &["status"]),
];

/// Reproducible pseudo-random numbers.
pub struct Lot(pub u64);

impl Lot {
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6364136223846793005).wrapping_add(1442695040888963407);
        (self.0 >> 33) as usize % n
    }

    fn one<'a>(&mut self, of: &[&'a str]) -> &'a str {
        of[self.below(of.len())]
    }
}

/// Parameters for a route, some of which are wrong.
pub fn drawn(route: &str, lot: &mut Lot) -> Vec<(&'static str, &'static str)> {
    let mut all: Vec<(&str, &[&str])> = vec![
        (
            "q",
            &[
                "tariff",
                "rare earths",
                "\"rare earths\"",
                "steel OR acero",
                "海港",
                "licen*",
                "-steel",
                "zzzz",
                "\"open",
                "topic:nix",
                "U.S. & co + 100%",
                "magent",
            ],
        ),
        ("topic", &["us-mexico", "china-japan", "arctic-shipping", "China vs Japan", "nowhere"]),
        ("perspective", &["japan", "mexican", "US", "japn"]),
        ("kind", &["title", "bullet", "Highlight"]),
        ("lang", &["en", "es"]),
        ("since", &["2026-02", "2w", "last month", "yesteryear"]),
        ("until", &["2026-02-20", "2026-03"]),
        ("on", &["2026-02", "2026-02-10..2026-02-20"]),
        ("as-of", &["2026-02-25"]),
        ("any", &["true"]),
        ("fuzzy", &["true"]),
        ("words", &["true"]),
    ];
    all.extend::<Vec<(&str, &[&str])>>(match route {
        "query" => vec![
            ("sort", &["newest", "oldest", "relevance"]),
            ("limit", &["1", "3", "25", "0"]),
            ("offset", &["2", "40"]),
            ("explain", &["true"]),
            ("all-copies", &["true"]),
            ("facets", &["source", "topic,kind"]),
            ("like", &["china-japan/2026-02-09#t1"]),
            ("source", &["海港网", "Potomac Wire"]),
            ("fields", &["id,text"]),
        ],
        "count" => {
            vec![("by", &["source,month", "perspective", "week", "topic"]), ("share", &["true"]), ("top", &["2"])]
        }
        "compare" => vec![
            ("ngrams", &["1", "1-3"]),
            ("keep-names", &["true"]),
            ("top", &["3"]),
            ("max-q", &["1"]),
            ("prior", &["50"]),
        ],
        "trend" => vec![("by", &["week", "month", "year"]), ("top", &["3"])],
        "stories" => vec![("sort", &["size", "newest", "oldest"]), ("limit", &["2"]), ("min", &["1", "3"])],
        "gaps" => vec![("limit", &["2"]), ("max-q", &["1", "0.5"])],
        _ => vec![],
    });
    let mut parameters = Vec::new();
    // Many options need words.
    if matches!(route, "query" | "count") && lot.below(3) > 0 {
        parameters.push(("q", lot.one(all[0].1)));
    }
    // `compare` mostly needs a topic.
    if matches!(route, "compare" | "trend" | "gaps" | "stories") {
        parameters.push(("topic", lot.one(&["us-mexico", "china-japan"])));
    }
    for _ in 0..lot.below(5) {
        let (name, values) = all[lot.below(all.len())];
        if !parameters.iter().any(|(known, _)| *known == name) {
            parameters.push((name, lot.one(values)));
        }
    }
    parameters
}

/// The parameters as arguments of a command.
fn arguments(command: &[&str], parameters: &[(&str, &str)]) -> Vec<String> {
    let mut args: Vec<String> = command.iter().map(ToString::to_string).collect();
    let mut text = Vec::new();
    for (name, value) in parameters {
        match *name {
            "q" => text.push((*value).to_owned()),
            "id" => text.push((*value).to_owned()),
            "any" | "fuzzy" | "words" | "explain" | "all-copies" | "share" | "keep-names" => {
                args.push(format!("--{name}"))
            }
            "max-q" => args.extend(["--q".to_owned(), (*value).to_owned()]),
            _ => args.push(format!("--{name}={value}")),
        }
    }
    args.extend(["--format".to_owned(), "json".to_owned(), "--".to_owned()]);
    args.extend(text);
    args
}

#[test]
fn answers_equal_those_of_the_commands() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let mut lot = Lot(7);
    let (mut answered, mut refused) = (0, 0);
    for n in 0..260 {
        // Slow routes less often.
        let (route, command) = if n % 3 == 0 { COMMANDS[lot.below(6)] } else { COMMANDS[lot.below(2)] };
        let parameters = drawn(route, &mut lot);
        let args = arguments(command, &parameters);
        let run = env.run(&args.iter().map(String::as_str).collect::<Vec<_>>());
        let response = server.ask(&format!("/api/v1/{route}"), &parameters);
        if run.code == 2 {
            let (own, other) = (without_syntax(response.text()), without_syntax(&run.stderr));
            assert_eq!((response.status, own), (400, other), "{route} {parameters:?}");
            refused += 1;
        } else {
            let (own, other) = (without_syntax(response.text()), without_syntax(&run.stdout));
            assert_eq!((response.status, own), (200, other), "{route} {parameters:?}");
            if response.json().get("filters").is_some() || route != "query" {
                check_unless_fields(route, &parameters, &response);
            }
            answered += 1;
        }
    }
    assert!(answered > 120 && refused > 20, "{answered} {refused}");
    for ids in [&["china-japan/2026-02-10"][..], &["china-japan/2026-02-10#t1", "china-japan/1999-01-01"]] {
        let parameters: Vec<_> = ids.iter().map(|id| ("id", *id)).collect();
        let response = server.ask("/api/v1/show", &parameters);
        assert_eq!(
            (response.status, response.text()),
            (200, &*env.run(&[&["show", "--format", "json"], ids].concat()).stdout)
        );
        check("show", response.text());
    }
    let of_day = server.ask("/api/v1/show", &[("id", "Feb 10 2026")]);
    assert_eq!(of_day.text(), env.ok(&["show", "Feb 10 2026", "--format", "json"]));
    let aliases =
        [("q", "tariff"), ("perspective", "us"), ("from", "2/1/2026"), ("to", "Feb 2026"), ("source", "Potomac Wire")];
    let args = ["-p", "us", "--since", "2/1/2026", "--until", "2026-02", "-s", "Potomac Wire", "-f", "json"];
    assert_eq!(server.ask("/api/v1/count", &aliases).text(), env.ok(&[&["count", "tariff"], &args[..]].concat()));
    let missing = server.ask("/api/v1/show", &[("id", "china-japan/1999-01-01")]);
    assert_eq!(
        (missing.status, missing.text()),
        (404, &*env.run(&["show", "china-japan/1999-01-01", "--format", "json"]).stdout)
    );
    let wrong = server.ask("/api/v1/show", &[("id", "nix")]);
    assert_eq!((wrong.status, wrong.text()), (400, &*env.run(&["show", "nix", "--format", "json"]).stderr));
    let status = server.get("/api/v1/status").text().to_owned();
    check("status", &status);
    // The same, except for paths.
    let mut own: Value = serde_json::from_str(&env.ok(&["status", "--format", "json"])).unwrap();
    for folder in ["/index", "/corpus", "/corpora/0/folder"] {
        let folder = own.pointer_mut(folder).unwrap();
        *folder = folder.as_str().unwrap().rsplit('/').next().into();
    }
    assert_eq!(serde_json::from_str::<Value>(&status).unwrap(), own);
    let svg = server.get("/api/v1/trend.svg?q=tariff&topic=us-mexico");
    assert_eq!(svg.header("content-type"), Some("image/svg+xml"));
    assert_eq!(svg.text(), env.ok(&["trend", "tariff", "--topic", "us-mexico", "--format", "svg"]));
}

/// An error without the syntax of options, which differs by face.
fn without_syntax(error: &str) -> Value {
    let mut error: Value = serde_json::from_str(error).unwrap();
    let plain = |text: &str| -> Value {
        let names = text.replace("TEXT", "q").replace("max-q", "q");
        names.replace('`', "").replace("--", "").replace('=', " ").into()
    };
    for part in ["message", "hint"] {
        if let Some(text) = error["error"][part].as_str() {
            error["error"][part] = plain(text);
        }
    }
    for note in error["notes"].as_array_mut().into_iter().flatten() {
        *note = plain(note.as_str().unwrap());
    }
    error
}

fn check_unless_fields(route: &str, parameters: &[(&str, &str)], response: &Response) {
    if !parameters.iter().any(|(name, _)| *name == "fields") {
        check(route, response.text());
    }
}

#[test]
fn the_openapi_description_is_complete() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &["--public-url", "https://news.example/digests"]);
    let api = server.get("/api/v1/openapi.json").json();
    assert_eq!(api["openapi"], "3.1.0");
    assert_eq!(api["servers"][0]["url"], "/digests");
    let paths = api["paths"].as_object().unwrap();
    assert_eq!(paths.len(), 20);
    for (path, item) in paths {
        let operation = &item["get"];
        let known = server.get(path);
        assert!(matches!(known.status, 200 | 400), "{path}: {}", known.status);
        for (status, response) in operation["responses"].as_object().unwrap() {
            assert!(status.parse::<u16>().is_ok() && response["description"].is_string(), "{path}: {response}");
        }
        let parameters = operation["parameters"].as_array().cloned().unwrap_or_default();
        let names: Vec<&str> = parameters.iter().map(|parameter| parameter["name"].as_str().unwrap()).collect();
        for parameter in &parameters {
            assert_eq!(parameter["in"], "query");
            jsonschema::meta::validate(&parameter["schema"]).unwrap();
            // Unknown parameters are refused, known ones are not.
            let name = parameter["name"].as_str().unwrap();
            let error = server.get(&format!("{path}?{name}=%00")).text().to_owned();
            assert!(!error.contains("unknown parameter"), "{path} {name}: {error}");
        }
        assert!(server.get(&format!("{path}?nix=1")).text().contains("unknown parameter `nix`"), "{path}");
        assert_eq!(names.len(), names.iter().collect::<std::collections::BTreeSet<_>>().len());
        // A route has all options of its command, except those for terminals and files.
        let route = path.trim_start_matches("/api/v1/");
        let Some((_, command)) = COMMANDS.iter().find(|(known, _)| *known == route) else { continue };
        let help = env.ok(&[command[0], "--help"]);
        let is_option = |word: &&str| word.starts_with("--") && word.len() > 3;
        let options = help.lines().map(str::trim).filter(|line| line.starts_with('-'));
        for option in options.filter_map(|line| line.split([' ', ',']).find(is_option)) {
            let option = option.trim_start_matches("--").trim_end_matches("...");
            let elsewhere = [
                "index",
                "format",
                "color",
                "refresh",
                "verify",
                "batch",
                "since-last",
                "state",
                "raw",
                "bom",
                "urls",
                "quiet",
                "verbose",
                "help",
                "version",
            ];
            if !elsewhere.contains(&option) {
                let name = if option == "q" { "max-q" } else { option };
                assert!(names.contains(&name), "{path} has no {option}");
            }
        }
    }
    // Its schemas are those of the repository, and answers match them.
    for (name, part) in api["components"]["schemas"].as_object().unwrap() {
        let mut whole = json!({ "$ref": format!("#/components/schemas/{name}"), "components": api["components"] });
        whole["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
        let validator = validator(&whole);
        assert_eq!(part["title"], schema(name)["title"]);
        let target = match name.as_str() {
            "show" => "/api/v1/show?id=china-japan/2026-02-10%23t1".to_owned(),
            "error" => "/api/v1/nix".to_owned(),
            _ => target(&format!("/api/v1/{name}"), &[("topic", "china-japan"), ("q", "export")]),
        };
        let target = if name == "status" { "/api/v1/status".to_owned() } else { target };
        let answer = server.get(&target).json();
        assert!(validator.is_valid(&answer), "{name}: {:?}", validator.iter_errors(&answer).next());
        assert!(!validator.is_valid(&json!({})), "{name}");
    }
}

/// Concurrent requests share the open index, but nothing that they read.
#[test]
fn concurrent_requests_get_the_same_answers() {
    let env = TestEnv::indexed();
    let server = Server::start(&env, &[]);
    let targets = ["/digest?id=china-japan/2026-02-10", "/api/v1/query?q=tariff", "/api/v1/status", "/?q=steel"];
    let expect = targets.map(|target| comparable(&server.get(target)));
    std::thread::scope(|scope| {
        for n in 0..8 {
            let (server, expect) = (&server, &expect);
            scope.spawn(move || {
                for turn in 0..60 {
                    let at = (n + turn) % targets.len();
                    assert_eq!(comparable(&server.get(targets[at])), expect[at], "{}", targets[at]);
                }
            });
        }
    });
}

/// An answer without the age of the index.
fn comparable(response: &Response) -> (u16, String) {
    let lines = response.text().lines().filter(|line| !line.contains("age"));
    (response.status, lines.collect::<Vec<_>>().join("\n"))
}
