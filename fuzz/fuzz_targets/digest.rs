//! Fuzzes digests: parsing never panics or takes long, entries are complete and numbered correctly, and warnings refer to
//! existing lines.
//!
//!     cargo +nightly fuzz run digest
#![no_main]

use std::collections::BTreeSet;

use digest_search::digest::{Conventions, Outcome, Parsed, parse};
use digest_search::digest::documents;
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let conventions = Conventions::default();
    let Parsed { outcome, warnings } = parse(text, &conventions);
    let lines = text.split(['\r', '\n']).count();
    assert!(warnings.iter().all(|(_, warning)| warning.line.is_none_or(|line| (1..=lines).contains(&line))));
    let Outcome::Digest(digest) = outcome else { return };
    let perspectives = digest.perspectives.len();
    assert!(digest.bullets.iter().all(|bullet| bullet.perspective.is_some_and(|perspective| perspective < perspectives)));
    assert!(digest.titles.iter().all(|title| title.perspective.is_none_or(|(perspective, _)| perspective < perspectives)));
    let titles = digest.titles.iter().filter(|title| !title.text.is_empty()).count();
    let entries = digest.highlights.len() + digest.bullets.len() + titles;
    let documents = documents(*digest, &conventions);
    assert_eq!(documents.len(), entries);
    let ids: BTreeSet<String> = documents.iter().map(|document| document.id.to_string()).collect();
    assert_eq!(ids.len(), entries);
    for document in &documents {
        assert_eq!(document.id.to_string().parse().as_ref(), Ok(&document.id));
        assert_eq!(document.exact.split_whitespace().count() as u64, document.words);
        assert_eq!(document.stem.split_whitespace().count() as u64, document.words);
    }
});
