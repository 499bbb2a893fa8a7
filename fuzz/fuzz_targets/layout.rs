//! Fuzzes digests in any layout: reading them never panics or takes long, decisions are the same each time, entries are
//! complete and numbered correctly.
//!
//!     cargo +nightly fuzz run layout
#![no_main]

use std::collections::BTreeSet;

use digest_search::digest::{Conventions, Folder, Outcome, Parsed, documents, facts, read};
use libfuzzer_sys::fuzz_target;

/// Paths of the file, with and without a day and a language.
const PATHS: [&str; 3] = ["2026-03-25.md", "content/en/2026/03/25.md", "news/notes.markdown"];

fuzz_target!(|text: &str| {
    let conventions = Conventions::default();
    for path in PATHS {
        let facts = facts(text, path);
        let folder = Folder::decide("/news", facts.iter().map(|facts| (path, facts)));
        let reading = facts.as_ref().map(|facts| folder.reading(path, facts));
        let again = facts.as_ref().map(|facts| folder.reading(path, facts).fingerprint());
        assert_eq!(reading.as_ref().map(|reading| reading.fingerprint()), again);
        let Parsed { outcome, .. } = read(text, path, reading.as_ref(), &conventions);
        let Outcome::Digest(digest) = outcome else { continue };
        let perspectives = digest.perspectives.len();
        assert!(digest.bullets.iter().all(|bullet| bullet.perspective.is_none_or(|perspective| perspective < perspectives)));
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
    }
});
