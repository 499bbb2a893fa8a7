//! Fuzzes `digest-search.yaml`: parsing never panics or takes long, and valid settings can be used.
//!
//!     cargo +nightly fuzz run config
#![no_main]

use digest_search::digest::documents;
use digest_search::digest::{Conventions, parse};
use libfuzzer_sys::fuzz_target;

const DIGEST: &str = "---\ntopic: t\ndate: 2026-01-07\nperspectives: [{id: a, name: A, count: 1}, {id: b, name: B, count: 1}]\n---\n\
    ## A\n\n- One.\n\n## Sources\n\n1. [es-MX] [Two](https://example.com/1) - Daily (1/7/2026)\n2. [en-US] [Three](https://example.com/2) - Weekly\n";

fuzz_target!(|yaml: &str| {
    match Conventions::from_yaml(yaml) {
        Ok(conventions) => {
            if let digest_search::digest::Outcome::Digest(digest) = parse(DIGEST, &conventions).outcome {
                assert_eq!(documents(*digest, &conventions).len(), 3);
            }
        }
        Err(error) => assert!(!error.to_string().is_empty()),
    }
});
