//! Arbitrary queries: no panic, no slow parse, errors point into the text, and the printed query parses to the same.
//!
//!     cargo +nightly fuzz run query
#![no_main]

use digest_search::query::{Reading, TextQuery};
use libfuzzer_sys::fuzz_target;

/// The longest accepted query.
const MAX_BYTES: usize = 4096;

fuzz_target!(|data: (bool, &str)| {
    let (any, text) = data;
    match TextQuery::parse(text, Reading { any, ..Reading::default() }) {
        Ok(Some(query)) => {
            assert!(query.root.words().iter().all(|node| text.get(node.span.clone()).is_some()));
            // Two kana expand to two others each, and are searched for as one word.
            if text.contains(['ゟ', 'ヿ']) {
                return;
            }
            let shown = query.to_string();
            match TextQuery::parse(&shown, Reading::default()) {
                Ok(again) => assert!(any || again.map(|query| query.to_string()) == Some(shown)),
                // The printed query may exceed the limit, and `any` splits words.
                Err(error) => assert!(any || shown.len() > MAX_BYTES, "{shown}: {error}"),
            }
        }
        Ok(None) => {}
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some());
            assert!(!error.hint().to_string().is_empty());
        }
    }
});
