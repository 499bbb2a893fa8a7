//! What the API is, for programs: OpenAPI 3.1. Parameters are what the routes read, answers are the JSON Schemas of the
//! command line, so that neither can be told otherwise than it is.

mod described;

use hyper::body::Bytes;
use serde_json::{Map, Value, json};

use super::reply::Kind;
use super::route::{DESCRIPTION, ROUTES, Route};
use crate::options::Command;
use described::Described;

/// The JSON Schemas of answers and errors, as they stand in the repository.
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

/// What can go wrong with any request.
const ERRORS: [(&str, &str); 8] = [
    ("400", "the question can't be understood, or its answer is too large; the error says where and what to do"),
    ("403", "a page of another site asked"),
    ("405", "neither GET nor HEAD"),
    ("413", "the request has a body"),
    ("414", "the address is too long"),
    ("421", "the server does not go by the name in Host"),
    ("500", "a mistake in the program"),
    ("503", "there is no index that can be read, or too much to do; Retry-After says when to try again"),
];

/// The description of a server, which is the same as long as it runs.
pub struct Description {
    pub body: Bytes,
    pub etag: String,
}

impl Description {
    /// Of a server whose paths are behind a prefix.
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
    let description = json!({
        "openapi": "3.1.0",
        "info": {
            "title": "digest-search",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Search news digests and compare how perspectives tell a story. Each path answers what the command of \
                            its name answers with --format json; parameters are its options, `q` its TEXT, `max-q` its \
                            --q. A parameter without a value is not given; one that is not known is an error. 1,000 records are shown \
                            at most, of the first 10,000 hits; # in an id is written %23. Of folders only names \
                            are told. What is no request of HTTP/1.1 is answered with 400, or 431 where its head is too \
                            long, without a body.",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": if prefix.is_empty() { "/" } else { prefix } }],
        "paths": paths,
        "components": { "schemas": schemas },
    });
    let mut text = serde_json::to_vec_pretty(&description).unwrap_or_default();
    text.push(b'\n');
    text
}

/// A schema as a part of the description, in which its references lead elsewhere.
fn schema(name: &str, text: &str) -> Value {
    let text = text.replace("\"#/$defs/", &format!("\"#/components/schemas/{name}/$defs/"));
    // Tests hold that each is JSON.
    let mut schema: Value = serde_json::from_str(&text).unwrap_or_default();
    if let Some(schema) = schema.as_object_mut() {
        schema.remove("$schema");
    }
    schema
}

/// The operation's name, what it does, and the schema of its answer.
fn told(route: Route) -> (&'static str, &'static str, &'static str) {
    match route {
        Route::Command(Command::Query) => {
            ("query", "The entries that match, best first; without words, the newest", "query")
        }
        Route::Command(Command::Count) => {
            ("count", "How many entries match, by what they are or by their days", "count")
        }
        Route::Command(Command::Compare) => {
            ("compare", "How the perspectives of a topic tell it, side by side", "compare")
        }
        Route::Command(Command::Trend) => ("trend", "How much each perspective has of something over time", "trend"),
        Route::Picture => ("trendPicture", "The same as a picture", "trend"),
        Route::Feed => ("queryFeed", "The newest entries that match, as a feed (Atom)", "query"),
        Route::Command(Command::Stories) => {
            ("stories", "Titles of one event, grouped across sources and perspectives", "stories")
        }
        Route::Command(Command::Gaps) => ("gaps", "The stories that one perspective has nothing of", "gaps"),
        Route::Show => ("show", "Whole digests, or entries and what stands around them", "show"),
        Route::Status => ("status", "What is indexed, and whether the folder has gone on since", "status"),
    }
}

fn path_item(route: Route) -> Value {
    let (operation, summary, schema) = told(route);
    let of = |name: &str| json!({ "$ref": format!("#/components/schemas/{name}") });
    let error = json!({ "application/json": { "schema": of("error") } });
    let mut responses: Map<String, Value> = ERRORS
        .iter()
        .map(|(status, what)| (status.to_string(), json!({ "description": what, "content": error })))
        .collect();
    let content = match route.kind() {
        kind @ (Kind::Svg | Kind::Atom) => json!({ kind.as_str(): { "schema": { "type": "string" } } }),
        _ => json!({ "application/json": { "schema": of(schema) } }),
    };
    responses.insert("200".to_owned(), json!({ "description": "the answer", "content": content }));
    if route.is_stable() {
        responses.insert("304".to_owned(), json!({ "description": "the answer is what If-None-Match says" }));
    }
    if route == Route::Show {
        responses
            .insert("404".to_owned(), json!({ "description": "there is nothing of these ids", "content": content }));
    }
    let parameters = Described::parameters(route);
    json!({ "get": { "operationId": operation, "summary": summary, "parameters": parameters, "responses": responses } })
}

fn own_path() -> Value {
    let content = json!({ "application/json": { "schema": { "type": "object" } } });
    let responses = json!({
        "200": { "description": "this description", "content": content },
        "304": { "description": "the description is what If-None-Match says" },
    });
    json!({ "get": { "operationId": "describe", "summary": "This description", "responses": responses } })
}
