//! Queries of any text: none panics or takes long, errors point into the text, and what is shown means the same.
//!
//!     cargo +nightly fuzz run query
#![no_main]

use digest_search::query::{Reading, TextQuery};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|data: (bool, &str)| {
    let (any, text) = data;
    match TextQuery::parse(text, Reading { any, as_of: None }) {
        Ok(Some(query)) => {
            assert!(query.root.words().iter().all(|node| text.get(node.span.clone()).is_some()));
            // Shown, a query may be longer than one may be typed.
            let shown = query.to_string();
            if !any && let Ok(again) = TextQuery::parse(&shown, Reading { any, as_of: None }) {
                assert_eq!(again.map(|query| query.to_string()), Some(shown));
            }
        }
        Ok(None) => {}
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some());
            assert!(!error.hint().is_empty());
        }
    }
});
