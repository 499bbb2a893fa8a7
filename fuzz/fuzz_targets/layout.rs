//! Fuzzes digests in any layout: reading them never panics or takes long, decisions are the same each time, entries are
//! complete and numbered correctly.
//!
//!     cargo +nightly fuzz run layout
#![no_main]

mod entries;

use digest_search::digest::{Conventions, Facts, Folder, Layout, Outcome, Parsed, read};
use libfuzzer_sys::fuzz_target;

/// Paths of the file, with and without a day and a language.
const PATHS: [&str; 3] = ["2026-03-25.md", "content/en/2026/03/25.md", "news/notes.markdown"];

fuzz_target!(|text: &str| {
    let conventions = Conventions::default();
    for path in PATHS {
        let layout = Layout::of(text);
        let facts = if layout == Layout::General { Facts::of(text, path) } else { None };
        let folder = Folder::decide("/news", facts.iter().map(|facts| (path, facts)));
        let reading = facts.as_ref().map(|facts| folder.reading(path, facts));
        let again = facts.as_ref().map(|facts| folder.reading(path, facts).fingerprint());
        assert_eq!(reading.as_ref().map(|reading| reading.fingerprint()), again);
        let Parsed { outcome, .. } = read(text, layout, path, reading.as_ref(), &conventions);
        let Outcome::Digest(digest) = outcome else { continue };
        let perspectives = digest.perspectives.len();
        assert!(
            digest.bullets.iter().all(|bullet| bullet.perspective.is_none_or(|perspective| perspective < perspectives))
        );
        entries::check(*digest, &conventions);
    }
});
