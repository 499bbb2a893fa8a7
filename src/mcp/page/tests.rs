//! Tests of pages: all together are the answer.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::super::units::MAX_UNIT;
use super::*;

const NEXT: Cursor = Cursor { at: 0, call: 1, commit: 2 };

/// The smallest budget of a server.
const LEAST: usize = 4_000;

fn pages(answer: &str, budget: usize) -> Vec<Value> {
    let (mut pages, mut from) = (Vec::new(), None);
    loop {
        let text = page(Node::parse(answer).expect("JSON"), from, NEXT, None, budget).expect("a page");
        assert!(json!({ "text": text }).to_string().len() <= budget, "{} > {budget}", text.len());
        let value: Value = serde_json::from_str(&text).expect("JSON");
        let cursor = value["page"]["cursor"].as_str().map(str::to_owned);
        pages.push(value);
        match cursor {
            Some(cursor) => from = Some(cursor.parse().expect("a cursor")),
            None => return pages,
        }
    }
}

/// Merges the next page into an answer; `open` are the steps to what it continues.
fn merge(into: &mut Value, from: Value, open: &[Value]) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                match into.get_mut(&key) {
                    Some(own) if open.first().is_some_and(|step| *step == key.as_str()) => {
                        merge(own, value, &open[1..])
                    }
                    own => {
                        assert!(own.is_none_or(|own| *own == value), "{key} is written twice");
                        into.insert(key, value);
                    }
                }
            }
        }
        (Value::Array(into), Value::Array(from)) => {
            let mut from = from.into_iter();
            if let ([_, rest @ ..], Some(last)) = (open, into.last_mut()) {
                merge(last, from.next().expect("the rest of an item"), rest);
            }
            into.extend(from);
        }
        (Value::String(into), Value::String(from)) => into.push_str(&from),
        (into, from) => panic!("{from} continues {into}"),
    }
}

fn merged(pages: Vec<Value>) -> Value {
    let mut whole = json!({});
    for mut page in pages {
        let about = page.as_object_mut().expect("an object").remove("page").unwrap_or_default();
        let open = about["continues"].as_array().cloned().unwrap_or_default();
        merge(&mut whole, page, &open);
    }
    whole
}

#[test]
fn a_small_answer_is_one_page_as_it_is() {
    let answer = r#"{"schema":"x","version":2,"b":[{"z":1.50}],"notes":["n"]}"#;
    let text = page(Node::parse(answer).expect("JSON"), None, NEXT, None, LEAST).expect("a page");
    assert_eq!(text, r#"{"schema":"x","version":2,"notes":["n"],"b":[{"z":1.50}]}"#);
}

#[test]
fn each_page_repeats_the_totals_and_says_what_it_continues() {
    let hits: Vec<Value> = (0..100).map(|i| json!({ "id": i, "text": "x".repeat(100) })).collect();
    let answer = json!({ "results": hits, "schema": "s", "total": 7 }).to_string();
    let pages = pages(&answer, LEAST);
    assert!(pages.len() > 3);
    // Keys of a `Value` are sorted: the totals come last in this answer.
    assert_eq!(pages[1]["page"]["continues"], json!(["results"]));
    assert_eq!(pages.last().expect("a page")["total"], 7);
    let first = json!({ "schema": "s", "total": 7, "z": hits }).to_string();
    let second = self::pages(&first, LEAST).remove(1);
    assert_eq!((&second["schema"], &second["total"]), (&json!("s"), &json!(7)));
}

#[test]
fn cursors_out_of_range_are_errors_and_a_changed_index_is_a_warning() {
    let long = json!({ "a": vec!["x".repeat(900); 20] }).to_string();
    let at =
        |at, commit| page(Node::parse(&long).expect("JSON"), Some(Cursor { at, call: 1, commit }), NEXT, None, LEAST);
    assert!(at(0, 2).is_err() && at(20, 2).is_err());
    let same: Value = serde_json::from_str(&at(3, 2).expect("a page")).expect("JSON");
    assert_eq!(same.get("warning"), None);
    let changed: Value = serde_json::from_str(&at(3, 3).expect("a page")).expect("JSON");
    assert_eq!(changed["warning"], CHANGED);
}

fn value() -> impl Strategy<Value = Value> {
    let text = prop_oneof![
        "\\PC{0,30}".prop_map(Value::from),
        ("[\"\\\\a\u{1}é]{1,3}", 1..900_usize).prop_map(|(text, times)| text.repeat(times).into()),
    ];
    let leaf =
        prop_oneof![text, any::<i32>().prop_map(Value::from), Just(Value::Null), any::<bool>().prop_map(Value::from)];
    leaf.prop_recursive(4, 200, 12, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..12).prop_map(Value::from),
            prop::collection::btree_map("[a-z]{1,3}", inner, 0..6)
                .prop_map(|map| Value::Object(map.into_iter().collect::<Map<_, _>>())),
        ]
    })
}

proptest! {
    #[test]
    fn all_pages_together_are_the_answer(answer in prop::collection::btree_map("[a-z]{1,3}", value(), 1..5), more in 0..20_000_usize) {
        let whole = Value::Object(answer.into_iter().filter(|(key, _)| key != "page").collect());
        let pages = pages(&whole.to_string(), LEAST + MAX_UNIT + more);
        prop_assert_eq!(merged(pages), whole);
    }
}
