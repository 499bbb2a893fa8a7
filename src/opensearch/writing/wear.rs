//! Wear of an index: replaced versions, which each question excludes until they are deleted.

use super::run::Run;
use super::sweep::kept_since;
use crate::backend::Error;
use crate::opensearch::failure::Failure;
use crate::opensearch::head::Head;
use crate::opensearch::layout::HEAD;

/// The most replaced versions that an update leaves; a search may exclude 65,536 values of a field at a time.
const MOST: usize = 50_000;

/// The number of replaced versions that no index is rebuilt for. They cost questions less than a millisecond, and a small
/// corpus that is edited often would be rebuilt again and again.
const FEW: usize = 1_000;

impl Run {
    /// Reports whether an update that replaces some of the digests would leave too many replaced versions.
    pub fn prefers_rebuild(&self, replaced: usize, digests: usize) -> Result<bool, Error> {
        let cluster = &self.cluster;
        let fail = |failure: Failure| failure.at(&cluster.address.shown);
        let Some((head, _)) = cluster.get::<Head>(HEAD).map_err(fail)? else { return Ok(false) };
        // The entries of a digest have a version, and its file has one.
        let new = 2 * replaced;
        let versions = |since: u64| {
            let kept = head.superseded.iter().filter(|superseded| superseded.at >= since);
            new + kept.map(|superseded| superseded.versions.len()).sum::<usize>()
        };
        // The time is asked for only where it can matter.
        if !is_too_many(versions(0), digests) {
            return Ok(false);
        }
        let since = kept_since(cluster.now().map_err(fail)?);
        Ok(is_too_many(versions(since), digests))
    }
}

fn is_too_many(versions: usize, digests: usize) -> bool {
    versions > MOST.min(FEW.max(digests / 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_small_corpus_may_be_edited_often_and_a_large_one_in_part() {
        assert!(!is_too_many(1_000, 10) && is_too_many(1_001, 10));
        assert!(!is_too_many(2_000, 4_000) && is_too_many(2_001, 4_000));
        assert!(!is_too_many(50_000, 10_000_000) && is_too_many(50_001, 10_000_000));
    }
}
