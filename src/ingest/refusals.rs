//! Digests that the index refuses: their last indexed content is kept, and the next run reads their files again.

use std::collections::HashMap;

use super::note::FileNote;
use super::read::without_content;
use crate::backend::{Commit, DigestRecord, FileRecord, Refusal, State};
use crate::corpus::Stat;
use crate::digest::Warning;
use crate::model::DigestId;

/// Replaces the records of refused digests by those of a commit whose entries are kept; without it, or of new digests, by ones
/// without content. Returns a note on each.
pub fn replace(files: &mut [FileRecord], refusals: Vec<Refusal>, kept: Option<&Commit<'_>>) -> Vec<FileNote> {
    let mut reasons: HashMap<DigestId, String> =
        refusals.into_iter().map(|Refusal { digest, reason }| (digest, reason)).collect();
    let mut notes = Vec::new();
    for file in files {
        let Some((id, reason)) = file.digest().and_then(|digest| reasons.remove_entry(&digest.id())) else { continue };
        let is_last = |last: &&FileRecord| last.digest().map(DigestRecord::id).as_ref() == Some(&id);
        let last = kept.and_then(|kept| kept.files.iter().find(is_last));
        let path = std::mem::take(&mut file.path);
        let message = match last {
            Some(_) => format!("{reason}; its last indexed content is kept"),
            None => reason,
        };
        let warning = Warning::file(message);
        notes.push(FileNote { is_refused: true, ..FileNote::new(&path, &warning, true) });
        *file = match last {
            // Without size and times, the next run compares the hash, which is that of the indexed content.
            Some(last) => FileRecord { path, stat: Stat::default(), ..last.clone() },
            None => without_content(&path, State::Unusable(warning)),
        };
    }
    notes
}
