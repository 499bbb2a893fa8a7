//! Answers that are not complete, and indices that are not what they should be: never an answer, always an error.

use serde_json::json;

use super::case::Case;
use super::stub::Act;

/// A question that looks no words up.
const COUNT: [&str; 1] = ["count"];

/// A question with words.
const QUERY: [&str; 2] = ["query", "highlight"];

#[test]
fn partial_answers_are_asked_for_again_and_then_errors() {
    for (from, to, text) in [
        ("\"failed\":0", "\"failed\":1", "shards did not answer"),
        ("\"timed_out\":false", "\"timed_out\":true", "the search took too long"),
        ("\"successful\":1", "\"successful\":0", "1 of 1 shards did not answer"),
        ("\"responses\":[{", "\"responses\":[],\"x\":[{", "an answer is missing"),
    ] {
        let case = Case::indexed();
        case.stub.on("_msearch", [Act::Edited(from, to)]);
        case.succeeds(&QUERY);
        case.stub.on("_msearch", vec![Act::Edited(from, to); 40]);
        case.fails(&QUERY, &["cannot answer in full", text, "try again"]);
    }
}

#[test]
fn a_node_that_ends_is_waited_for() {
    let case = Case::indexed();
    let ended = json!({ "status": 500, "error": { "type": "search_phase_execution_exception",
        "reason": "Partial shards failure", "caused_by": { "type": "node_disconnected_exception", "reason": "[n2]" } } });
    case.stub.on("_msearch", vec![Act::Fails(0, ended.clone()); 2]);
    case.succeeds(&QUERY);
    case.stub.on("_msearch", vec![Act::Fails(0, ended); 40]);
    case.fails(&QUERY, &["cannot answer in full: Partial shards failure: [n2]", "try again"]);
}

#[test]
fn no_question_is_answered_without_all_entries() {
    for args in
        [&COUNT[..], &["count", "--by", "source"], &QUERY, &["query", "--limit", "3"], &["query", "--limit", "all"]]
    {
        let case = Case::indexed();
        for entries in case.stub.state().fake.sent.values_mut() {
            entries.pop_last();
        }
        case.fails(args, &["does not have all entries of the last commit", "try again"]);
    }
}

#[test]
fn a_shard_that_fails_for_good_ends_a_question() {
    let case = Case::indexed();
    let scripts = json!({ "status": 400, "error": { "type": "search_phase_execution_exception",
        "reason": "all shards failed", "root_cause": [{ "type": "illegal_argument_exception",
        "reason": "cannot execute [inline] scripts" }] } });
    case.stub.on("_msearch", [Act::Fails(1, scripts)]);
    case.fails(&QUERY, &["scripts are switched off", "script.allowed_types"]);
}

#[test]
fn other_indices_are_refused() {
    let case = Case::indexed();
    let other = r#"{"news":{"mappings":{"properties":{"price":{"type":"long"}}}}}"#;
    for args in [&COUNT[..], &["index", "corpus"]] {
        case.stub.on("GET _doc/head", [Act::Answer(404, "{}".into())]);
        case.stub.on("GET _mapping", [Act::Answer(200, other.into())]);
        case.fails(args, &["not an index of digest-search", "no mark of this program"]);
        case.stub.state().fake.documents.remove("/news/_doc/nothing");
    }
    assert_eq!((case.stub.count("PUT"), case.stub.count("DELETE"), case.stub.count("_bulk")), (0, 0, 0));
}

#[test]
fn other_formats_are_refused_and_rebuilt() {
    let case = Case::indexed();
    let before = {
        let mut state = case.stub.state();
        let head = state.fake.documents.get_mut("/news/_doc/head").unwrap();
        let before = head.1["stamp"].clone();
        head.1 = json!({ "format": 99, "generation": 7, "last_attempt": 8, "stamp": before });
        before
    };
    case.fails(&COUNT, &["is of another version of digest-search", "run `digest-search index`"]);
    case.succeeds(&["index", "corpus"]);
    case.succeeds(&COUNT);
    let state = case.stub.state();
    let head = &state.fake.documents["/news/_doc/head"].1;
    assert_eq!((&head["generation"], &head["replaced"][0]["stamp"]), (&json!(9), &before));
}

#[test]
fn an_index_without_its_head_is_written_anew() {
    let case = Case::changed();
    case.stub.state().fake.documents.remove("/news/_doc/head");
    case.fails(&COUNT, &["no index in", "index FOLDER"]);
    case.succeeds(&["index", "corpus"]);
    let catalog = case.stub.state().fake.documents["/news/_doc/catalog@1"].1["catalog"].to_string();
    assert!(catalog.contains("2026-01-02"), "a catalog of a lost commit was kept: {catalog}");
}

#[test]
fn indices_that_are_lost_can_be_rebuilt() {
    let case = Case::indexed();
    // A node that has just joined may not know an index yet.
    let lost = r#"{"error":{"type":"index_not_found_exception","reason":"no such index [news-entries-1]"}}"#;
    case.stub.on("_msearch", [Act::Answer(404, lost.into())]);
    case.succeeds(&COUNT);
    case.stub.on("_msearch", vec![Act::Answer(404, lost.into()); 40]);
    case.fails(&COUNT, &["no such index [news-entries-1]", "digest-search index --rebuild"]);
    case.stub.calm();
    case.stub.state().fake.sent.clear();
    case.succeeds(&["index", "--rebuild", "corpus"]);
    case.succeeds(&COUNT);
}
