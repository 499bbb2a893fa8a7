//! Properties of the entries of any digest.

use std::collections::BTreeSet;

use digest_search::digest::{Conventions, Digest, documents};

/// Checks that the entries of a digest are complete and numbered correctly.
pub fn check(digest: Digest, conventions: &Conventions) {
    let perspectives = digest.perspectives.len();
    assert!(
        digest.titles.iter().all(|title| title.perspective.is_none_or(|(perspective, _)| perspective < perspectives))
    );
    let titles = digest.titles.iter().filter(|title| !title.text.is_empty()).count();
    let entries = digest.highlights.len() + digest.bullets.len() + titles;
    let documents = documents(digest, conventions);
    assert_eq!(documents.len(), entries);
    let ids: BTreeSet<String> = documents.iter().map(|document| document.id.to_string()).collect();
    assert_eq!(ids.len(), entries);
    for document in &documents {
        assert_eq!(document.id.to_string().parse().as_ref(), Ok(&document.id));
        assert_eq!(document.exact.split_whitespace().count() as u64, document.words);
        assert_eq!(document.stem.split_whitespace().count() as u64, document.words);
    }
}
