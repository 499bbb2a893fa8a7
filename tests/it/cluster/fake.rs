//! A small part of OpenSearch in memory: enough for a run of `index` and for questions about its entries.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// The time at which it was started.
pub const START: u64 = 1_700_000_000_000;

/// Documents of a cluster.
#[derive(Debug, Clone, Default)]
pub struct Fake {
    /// Documents of the index of the head, by path, with their sequence numbers.
    pub documents: BTreeMap<String, (u64, Value)>,
    /// Documents sent by bulk requests, by index and id.
    pub sent: BTreeMap<String, BTreeMap<String, Value>>,
    /// A text; documents that contain it are refused.
    pub refused: Option<&'static str>,
    /// The time since it was started, in milliseconds.
    pub now: u64,
    next: u64,
}

impl Fake {
    /// Carries out a request.
    pub fn answer(&mut self, method: &str, path: &str, body: &str) -> (u16, Value) {
        let (path, parameters) = path.split_once('?').unwrap_or((path, ""));
        let index = path[1..].split('/').next().unwrap_or_default();
        let json = || serde_json::from_str::<Value>(body).unwrap_or_default();
        match (method, path.rsplit('/').next().unwrap_or_default()) {
            ("GET", "") => (200, json!({ "version": { "distribution": "opensearch", "number": "3.8.0" } })),
            ("GET", "_mapping") if path.contains('*') => {
                let mapping =
                    |name: &String| (name.clone(), json!({ "mappings": { "_meta": { "digest-search": 1 } } }));
                (200, self.sent.keys().map(mapping).collect())
            }
            ("GET", "_mapping") if self.documents.is_empty() => (404, json!({ "error": "index_not_found_exception" })),
            ("GET", "_mapping") => (200, json!({ index: { "mappings": { "_meta": { "digest-search": 1 } } } })),
            (_, id) if path.contains("/_doc/") => self.document(method, path, id, parameters, &json()),
            ("POST", "clock") => {
                self.now += 1;
                (200, json!({ "get": { "_source": { "now": START + self.now } } }))
            }
            ("POST", "_bulk") if !index.ends_with("-write") => {
                let lines = body.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok());
                let paths: Vec<String> = lines
                    .filter_map(|line| Some(format!("/{index}/_doc/{}", line["delete"]["_id"].as_str()?)))
                    .collect();
                self.documents.retain(|path, _| !paths.contains(path));
                (200, json!({ "errors": false }))
            }
            ("POST", "_bulk") => self.bulk(index, body),
            ("POST", "_refresh") => (200, json!({ "_shards": shards() })),
            ("PUT", name) if name.contains("-entries-") || name.contains("-digests-") => {
                self.sent.entry(name.to_owned()).or_default();
                (200, json!({ "acknowledged": true }))
            }
            ("POST", "_search") => {
                let found = self.search(index, &json());
                (found["status"].as_u64().unwrap_or_default() as u16, found)
            }
            ("POST", "_msearch") => {
                let lines: Vec<Value> = body.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
                let answer = |lines: &[Value]| self.search(lines[0]["index"].as_str().unwrap_or_default(), &lines[1]);
                (200, json!({ "responses": lines.chunks_exact(2).map(answer).collect::<Vec<_>>() }))
            }
            ("DELETE", _) => (if self.sent.remove(index).is_some() { 200 } else { 404 }, json!({})),
            _ => (200, json!({ "acknowledged": true })),
        }
    }

    fn document(&mut self, method: &str, path: &str, id: &str, parameters: &str, new: &Value) -> (u16, Value) {
        let last = self.documents.get(path).map(|(number, _)| *number);
        let named = parameters.split('&').find_map(|parameter| parameter.strip_prefix("if_seq_no=")?.parse().ok());
        let is_refused = parameters.contains("op_type=create") && last.is_some() || named.is_some() && named != last;
        match method {
            "GET" => match self.documents.get(path) {
                Some((number, source)) => {
                    (200, json!({ "_id": id, "_seq_no": number, "_primary_term": 1, "_source": source }))
                }
                None => (404, json!({ "found": false })),
            },
            _ if is_refused => (409, json!({ "error": { "type": "version_conflict_engine_exception" } })),
            "DELETE" => (if self.documents.remove(path).is_some() { 200 } else { 404 }, json!({})),
            _ => {
                self.next += 1;
                self.documents.insert(path.to_owned(), (self.next, new.clone()));
                (200, json!({ "_seq_no": self.next, "_primary_term": 1 }))
            }
        }
    }

    fn bulk(&mut self, alias: &str, body: &str) -> (u16, Value) {
        let documents = self.sent.entry(alias.trim_end_matches("-write").to_owned()).or_default();
        let mut lines = body.lines().map(|line| serde_json::from_str::<Value>(line).unwrap_or_default());
        let mut items = Vec::new();
        while let Some(action) = lines.next() {
            let (kind, id) = match action["delete"]["_id"].as_str() {
                Some(id) => ("delete", id),
                None => ("index", action["index"]["_id"].as_str().unwrap_or_default()),
            };
            let document = if kind == "index" { lines.next() } else { None };
            if self.refused.is_some_and(|text| document.as_ref().is_some_and(|new| new.to_string().contains(text))) {
                let error = json!({ "type": "x", "reason": "failed to parse [date]" });
                items.push(json!({ kind: { "status": 400, "error": error } }));
                continue;
            }
            match document {
                Some(document) => drop(documents.insert(id.to_owned(), document)),
                None => drop(documents.remove(id)),
            }
            items.push(json!({ kind: { "status": 200 } }));
        }
        let errors = items.iter().any(|item| item["index"]["status"] == 400);
        (200, json!({ "errors": errors, "items": items }))
    }

    fn search(&self, index: &str, search: &Value) -> Value {
        let Some(documents) = self.sent.get(index) else {
            let reason = format!("no such index [{index}]");
            return json!({ "error": { "type": "index_not_found_exception", "reason": reason }, "status": 404 });
        };
        let found: Vec<_> = documents.iter().filter(|(_, document)| matches(&search["query"], document)).collect();
        let number = |document: &Value, field: &str| document[field].as_u64().unwrap_or_default();
        let hit = |(id, document): &(&String, &Value)| {
            let fields = json!({ "copy": [document["copy"]] });
            json!({ "_id": id, "_score": 1.0, "_source": document, "fields": fields, "sort": [id] })
        };
        let size = search["size"].as_u64().unwrap_or(10) as usize;
        let hits: Vec<Value> = found.iter().take(size).map(hit).collect();
        let numbers = |field: &'static str| found.iter().map(move |(_, document)| number(document, field));
        let aggregation = |(name, _): (&String, &Value)| {
            let value = match &**name {
                "sum" => json!({ "value": numbers("check").sum::<u64>() as f64 }),
                "last" => json!({ "value": numbers("since").max().map(|since| since as f64) }),
                "distinct" => json!({ "value": found.len() }),
                _ => json!({ "buckets": [{ "doc_count": 1 }], "terms": { "buckets": [] } }),
            };
            (name.clone(), value)
        };
        let aggregations: Value = search["aggs"].as_object().into_iter().flatten().map(aggregation).collect();
        let total = json!({ "value": found.len(), "relation": "eq" });
        json!({
            "timed_out": false, "_shards": shards(), "hits": { "total": total, "hits": hits },
            "aggregations": aggregations, "status": 200,
        })
    }
}

fn shards() -> Value {
    json!({ "total": 1, "successful": 1, "failed": 0 })
}

/// Reports whether a document passes the filters on numbers; others pass all.
fn matches(query: &Value, document: &Value) -> bool {
    let all = |queries: &Value, wanted: bool| {
        let queries = queries.as_array().into_iter().flatten();
        queries.filter(|query| concerns_numbers(query)).all(|query| matches(query, document) == wanted)
    };
    let listed =
        |(field, values): (&String, &Value)| values.as_array().is_some_and(|all| all.contains(&document[field]));
    match query.as_object().and_then(|query| query.iter().next()).map(|(kind, query)| (&**kind, query)) {
        Some(("bool", query)) => all(&query["filter"], true) && all(&query["must_not"], false),
        Some(("range", query)) => query["since"]["lte"].as_u64() >= document["since"].as_u64(),
        Some(("terms", query)) => query.as_object().into_iter().flatten().all(listed),
        _ => true,
    }
}

fn concerns_numbers(query: &Value) -> bool {
    let terms = &query["terms"];
    query.get("bool").is_some()
        || query["range"].get("since").is_some()
        || terms.get("since").is_some()
        || terms.get("version").is_some()
}
