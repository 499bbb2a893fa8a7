//! OpenAPI 3.1 description of the API. Parameters come from the routes that read them, answers from the JSON Schemas of
//! the command line, so the description cannot deviate.

mod parameters;

use hyper::body::Bytes;
use serde_json::{Map, Value, json};

use super::reply::ContentType;
use super::route::{DESCRIPTION, HEALTH, ROUTES, Route};
use crate::options::Command;
use parameters::ParameterList;

/// The JSON Schemas of answers and errors in the repository.
const SCHEMAS: [(&str, &str); 9] = [
    ("query", include_str!("../../schemas/query.json")),
    ("count", include_str!("../../schemas/count.json")),
    ("compare", include_str!("../../schemas/compare.json")),
    ("trend", include_str!("../../schemas/trend.json")),
    ("stories", include_str!("../../schemas/stories.json")),
    ("gaps", include_str!("../../schemas/gaps.json")),
    ("show", include_str!("../../schemas/show.json")),
    ("status", include_str!("../../schemas/status.json")),
    ("error", include_str!("../../schemas/error.json")),
];

/// The errors of all requests.
const ERRORS: [(&str, &str); 8] = [
    ("400", "Invalid parameters, or an answer that is too large"),
    ("403", "Cross-site request"),
    ("405", "Method other than GET and HEAD"),
    ("413", "Request with a body"),
    ("414", "URL too long"),
    ("421", "Unknown name in the header Host"),
    ("500", "Internal error"),
    ("503", "No readable index, or server busy; see the header Retry-After"),
];

/// The description of a server, constant while it runs.
pub struct Description {
    pub body: Bytes,
    pub etag: String,
}

impl Description {
    /// Returns the description of a server with a path prefix.
    pub fn new(prefix: &str) -> Self {
        let body = description(prefix);
        let etag = format!("\"{:016x}\"", xxhash_rust::xxh3::xxh3_64(&body));
        Self { body: body.into(), etag }
    }
}

fn description(prefix: &str) -> Vec<u8> {
    let schemas: Map<String, Value> =
        SCHEMAS.iter().map(|(name, text)| (name.to_string(), schema(name, text))).collect();
    let mut paths: Map<String, Value> =
        ROUTES.iter().map(|(path, route)| (path.to_string(), path_item(*route))).collect();
    paths.insert(DESCRIPTION.to_owned(), own_path());
    paths.insert(HEALTH.to_owned(), health());
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "digest-search",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Search news digests and compare how perspectives cover a story. Each path answers as the command of its \
                            name does with --format json; parameters are its options, with `q` for TEXT and `max-q` for --q. Empty \
                            parameters are ignored, unknown ones are errors. Answers have at most 1,000 records of the first 10,000 \
                            hits. Write # in an id as %23. Folders are shown by name only. A request that is not HTTP/1.1 gets status \
                            400 without a body, one with too long a head 431.",
        },
        "servers": [{ "url": if prefix.is_empty() { "/" } else { prefix } }],
        "paths": paths,
        "components": { "schemas": schemas },
    });
    let mut text = serde_json::to_vec_pretty(&description).unwrap_or_default();
    text.push(b'\n');
    text
}

/// Returns a schema as a component, with its references adapted.
fn schema(name: &str, text: &str) -> Value {
    let text = text.replace("\"#/$defs/", &format!("\"#/components/schemas/{name}/$defs/"));
    // Tests check that each is JSON.
    let mut schema: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
    }
    schema
}

/// Returns the operation's name, its summary, and the schema of its answer.
fn operation(route: Route) -> (String, String, &'static str) {
    let (operation, summary, schema) = match route {
        Route::Command(Command::Query) => {
            ("query", "Search entries, best match first; without words, newest first", "query")
        }
        Route::Command(Command::Count) => ("count", "Count matching entries by field or by date", "count"),
        Route::Command(Command::Compare) => ("compare", "Compare the perspectives of a topic", "compare"),
        Route::Command(Command::Trend) => ("trend", "Show how much of each perspective matches over time", "trend"),
        Route::Picture => ("trendPicture", "Chart of a trend (SVG)", "trend"),
        Route::Feed => ("queryFeed", "Feed of the newest matching entries (Atom)", "query"),
        Route::Command(Command::Stories) => {
            ("stories", "Group titles into stories across sources and perspectives", "stories")
        }
        Route::Command(Command::Gaps) => ("gaps", "Show stories without titles from one perspective", "gaps"),
        Route::Show => ("show", "Show digests, or entries in context", "show"),
        Route::Status => {
            ("status", "Show the contents of the index, and whether the corpus has changed since", "status")
        }
        Route::Csv(route) => {
            let (operation, summary, schema) = self::operation(*route);
            return (format!("{operation}Table"), format!("{summary} (CSV)"), schema);
        }
    };
    (operation.to_owned(), summary.to_owned(), schema)
}

fn path_item(route: Route) -> Value {
    let (operation, summary, schema) = self::operation(route);
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let error = json!({ "application/json": { "schema": of("error") } });
    let mut responses: Map<String, Value> = ERRORS
        .iter()
        .map(|(status, meaning)| (status.to_string(), json!({ "description": meaning, "content": error })))
        .collect();
    let content = match route.kind() {
        kind @ (ContentType::Svg | ContentType::Atom | ContentType::Csv) => {
            json!({ kind.as_str(): { "schema": { "type": "string" } } })
        }
        _ => json!({ "application/json": { "schema": of(schema) } }),
    };
    responses.insert("200".to_owned(), json!({ "description": "The answer", "content": content }));
    if route.is_stable() {
        responses.insert("304".to_owned(), json!({ "description": "Unchanged since the answer in If-None-Match" }));
    }
    if route.answered() == Route::Show {
        responses.insert("404".to_owned(), json!({ "description": "Unknown ids", "content": content }));
    }
    let parameters = ParameterList::of(route);
    json!({ "get": { "operationId": operation, "summary": summary, "parameters": parameters, "responses": responses } })
}

fn health() -> Value {
    let of = |schema: Value| json!({ "application/json": { "schema": schema } });
    let ok = json!({ "type": "object", "properties": { "status": { "const": "ok" } }, "required": ["status"] });
    let responses = json!({
        "200": { "description": "The index can be read", "content": of(ok) },
        "503": { "description": "The index cannot be read", "content": of(json!({ "$ref": "#/components/schemas/error" })) },
    });
    json!({ "get": { "operationId": "health", "summary": "Tell whether questions can be answered", "responses": responses } })
}

fn own_path() -> Value {
    let content = json!({ "application/json": { "schema": { "type": "object" } } });
    let responses = json!({
        "200": { "description": "The description", "content": content },
        "304": { "description": "Unchanged since the description in If-None-Match" },
    });
    json!({ "get": { "operationId": "describe", "summary": "Describe the API", "responses": responses } })
}
