//! Fuzzes queries: parsing never panics or takes long, errors have valid spans, and formatted queries parse equally.
//!
//!     cargo +nightly fuzz run query
#![no_main]

use digest_search::query::{ParseOptions, TextQuery};
use libfuzzer_sys::fuzz_target;

/// Maximum length of a query in bytes.
const MAX_BYTES: usize = 4096;

fuzz_target!(|data: (bool, &str)| {
    let (any, text) = data;
    match TextQuery::parse(text, ParseOptions { any, ..ParseOptions::default() }) {
        Ok(Some(query)) => {
            assert!(query.root.words().iter().all(|node| text.get(node.span.clone()).is_some()));
            // Two kana fold to two others each, in one token.
            if text.contains(['ゟ', 'ヿ']) {
                return;
            }
            let formatted = query.to_string();
            match TextQuery::parse(&formatted, ParseOptions::default()) {
                Ok(again) => assert!(any || again.map(|query| query.to_string()) == Some(formatted)),
                // A formatted query may exceed the maximum length, and `any` splits words.
                Err(error) => assert!(any || formatted.len() > MAX_BYTES, "{formatted}: {error}"),
            }
        }
        Ok(None) => {}
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some());
            assert!(!error.hint().to_string().is_empty());
        }
    }
});
