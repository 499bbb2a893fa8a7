//! Overview of a corpus before anything is indexed: which part of its digests is found where.

use std::collections::BTreeMap;
use std::path::Path;

use rayon::prelude::*;

use super::corpus::Corpus;
use super::error::ExplainError;
use super::found::{Found, FoundPart};
use super::keys::Keys;
use crate::corpus;
use crate::digest::{self, Digest, FolderNotes, Layout, LooseLinks, Outcome, Parsed};

/// Number of labels that are named.
const MOST: usize = 8;

/// Overview of a corpus.
#[derive(Debug, Default)]
pub struct Overview {
    /// Number of Markdown files.
    pub files: usize,
    /// Number of digests.
    pub digests: usize,
    /// Digests in the site's own layout.
    pub own: usize,
    /// Digests that are drafts.
    pub drafts: usize,
    /// Number of files that are no digests.
    pub others: usize,
    /// Where each part is found, in the order of the documentation.
    pub parts: Vec<FoundPart>,
    /// Keys of front matter that may be fields: their number of digests, and values.
    pub keys: Vec<FoundPart>,
    /// Labels of bullets, which may name perspectives: their number.
    pub labels: Vec<(String, usize)>,
    /// Path and message of what is not indexed.
    pub unplaced: Vec<(String, String)>,
}

/// Looks at all files of a folder.
///
/// # Errors
/// The folder does not exist or cannot be read, or its settings are invalid.
pub fn overview(root: &Path) -> Result<Overview, ExplainError> {
    let corpus = Corpus::with_settings(root, None)?;
    let read = |(name, _): &(String, corpus::Stat)| {
        let text = corpus::read(&root.join(name)).map_err(|error| error.to_string())?;
        let (layout, reading) = (Layout::of(&text.text), corpus.readings.get(name));
        let parsed = digest::read(&text.text, layout, name, reading, &corpus.conventions);
        Ok((parsed, digest::other_keys(&text.text)))
    };
    let read: Vec<Read> = corpus.listing.files.par_iter().map(read).collect();
    let mut out = Overview { files: corpus.listing.files.len(), ..Overview::default() };
    let (mut found, mut keys, mut labels) = (Found::default(), Keys::default(), BTreeMap::new());
    let mut folders = FolderNotes::default();
    for (read, (name, _)) in read.into_iter().zip(&corpus.listing.files) {
        match read.map(|(parsed, keys)| (parsed.outcome, parsed.lines, keys)) {
            Ok((Outcome::Digest(digest), lines, own_keys)) => {
                out.digests += 1;
                out.own += usize::from(digest.layout == Layout::Own);
                out.drafts += usize::from(digest.draft);
                folders.add(name, &LooseLinks::of(&digest.loose_links), digest.repeated);
                found.add_digest(&digest, &lines);
                add_labels(&digest, &mut labels);
                own_keys.into_iter().for_each(|(key, values)| keys.add(key, values));
            }
            Ok((Outcome::NotADigest, ..)) => out.others += 1,
            Ok((Outcome::Unusable(warning), ..)) => {
                let line = warning.line.map_or_else(String::new, |line| format!("line {line}: "));
                out.unplaced.push((name.clone(), format!("{line}{}", warning.message)));
            }
            Err(message) => out.unplaced.push((name.clone(), message)),
        }
    }
    let links = folders.links().into_iter().map(|(folder, message)| (folder.to_owned(), message));
    out.unplaced.extend(links);
    out.unplaced.extend(folders.repeated().map(|message| (".".to_owned(), message)));
    out.parts = found.parts();
    out.keys = keys.useful(out.digests);
    out.labels = most_frequent(labels, out.digests);
    Ok(out)
}

/// The digest of a file and the keys of its front matter, or why it is unreadable.
type Read = Result<(Parsed, Vec<(String, Vec<String>)>), String>;

fn add_labels(digest: &Digest, labels: &mut BTreeMap<String, usize>) {
    for label in digest.bullets.iter().filter_map(|bullet| digest::label_of(&bullet.text)) {
        *labels.entry(label.to_owned()).or_default() += 1;
    }
}

/// Returns the most frequent labels, of those that are in at least a tenth as many bullets as there are digests.
fn most_frequent(labels: BTreeMap<String, usize>, digests: usize) -> Vec<(String, usize)> {
    let mut labels: Vec<(String, usize)> =
        labels.into_iter().filter(|(_, count)| *count >= (digests / 10).max(3)).collect();
    labels.sort_by(|(a, n), (b, m)| m.cmp(n).then_with(|| a.cmp(b)));
    labels.truncate(MOST);
    labels
}
