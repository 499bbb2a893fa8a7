//! Fuzzes digests: parsing never panics or takes long, entries are complete and numbered correctly, and warnings refer to
//! existing lines.
//!
//!     cargo +nightly fuzz run digest
#![no_main]

mod entries;

use digest_search::digest::{Conventions, Outcome, Parsed, parse};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|text: &str| {
    let conventions = Conventions::default();
    let Parsed { outcome, warnings, .. } = parse(text, &conventions);
    let lines = text.split(['\r', '\n']).count();
    assert!(warnings.iter().all(|(_, warning)| warning.line.is_none_or(|line| (1..=lines).contains(&line))));
    let Outcome::Digest(digest) = outcome else { return };
    let perspectives = digest.perspectives.len();
    assert!(
        digest.bullets.iter().all(|bullet| bullet.perspective.is_some_and(|perspective| perspective < perspectives))
    );
    entries::check(*digest, &conventions);
});
