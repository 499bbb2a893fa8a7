//! Arbitrary addresses of requests: no internal error, no slow answer, JSON is valid, and pages have no
//! foreign scripts.
//!
//!     cargo +nightly fuzz run address
#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use chrono::NaiveDate;
use digest_search::ingest::{self, Options};
use digest_search::serve::FuzzServer;
use libfuzzer_sys::fuzz_target;
use tempfile::TempDir;

/// A server of the sample corpus, made once.
static SERVER: LazyLock<(TempDir, FuzzServer)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a folder");
    let options = Options {
        corpora: vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("../corpus").into()],
        index: folder.path().join("index"),
        rebuild: false,
        dry_run: false,
        strict: false,
        drafts: false,
        allow_shrink: false,
        shards: Default::default(),
        started: 0,
        today: NaiveDate::from_ymd_opt(2026, 6, 1).expect("a day"),
    };
    ingest::run(&options, &()).expect("indexed");
    let server = FuzzServer::new(options.index).expect("a runtime");
    (folder, server)
});

fuzz_target!(|target: &str| {
    // Otherwise it would name another server.
    if !target.starts_with('/') {
        return;
    }
    let Some((status, body)) = SERVER.1.answer(target) else { return };
    // 503 is the answer after a timeout.
    assert!(matches!(status, 200 | 400 | 403 | 404 | 414), "{status}: {}", String::from_utf8_lossy(&body));
    let path = target.split('?').next().unwrap_or_default();
    if path.starts_with("/api/") && !matches!(path, "/api/v1/query.atom" | "/api/v1/trend.svg") {
        serde_json::from_slice::<serde_json::Value>(&body).expect("JSON");
    }
    let text = std::str::from_utf8(&body).expect("UTF-8");
    if text.starts_with("<!DOCTYPE html>") {
        assert!(text.matches("<script").count() <= 1, "one script is ours");
    }
});
