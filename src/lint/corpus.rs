//! A corpus with its settings, and the decisions about its files in the general layout.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use rayon::prelude::*;

use super::error::ExplainError;
use crate::corpus::{self, Listing, Stat, WalkError};
use crate::digest::{Conventions, Facts, Folder, Layout, Reading, corpus_name};

/// A corpus that is about to be read.
pub struct Corpus {
    /// Its files, without those that the settings skip.
    pub listing: Listing,
    pub conventions: Conventions,
    /// Name of the file with the settings.
    pub settings: &'static str,
    /// Mistake in the settings, which are then the defaults.
    pub mistake: Option<String>,
    /// Settings that files have, by index.
    pub used: BTreeSet<usize>,
    /// Decisions about files in the general layout, by path.
    pub readings: HashMap<String, Reading>,
}

impl Corpus {
    /// Opens the corpus of a folder. Its name is that of the folder, unless one is given.
    ///
    /// # Errors
    /// The folder does not exist or cannot be read.
    pub fn open(root: &Path, name: Option<&str>) -> Result<Self, WalkError> {
        let mut listing = corpus::walk(root)?;
        let (settings, conventions) = conventions(root);
        let (conventions, mistake) = match conventions {
            Ok(conventions) => (conventions, None),
            Err(message) => (Conventions::default(), Some(message)),
        };
        let mut used = conventions.keep(&mut listing.files, "");
        used.extend(conventions.keep(&mut listing.skipped, ""));
        used.extend(conventions.keep(&mut listing.unreadable, ""));
        let own = || corpus_name(&corpus::canonical(root).to_string_lossy());
        let name = name.map_or_else(own, str::to_owned);
        let readings = readings(root, &name, &listing.files, &conventions);
        Ok(Self { listing, conventions, settings, mistake, used, readings })
    }

    /// Opens the corpus of a folder whose settings are valid.
    ///
    /// # Errors
    /// The folder does not exist or cannot be read, or its settings are invalid.
    pub fn with_settings(root: &Path, name: Option<&str>) -> Result<Self, ExplainError> {
        let mut corpus = Self::open(root, name)?;
        match corpus.mistake.take() {
            Some(message) => Err(ExplainError::Settings { path: root.join(corpus.settings), message }),
            None => Ok(corpus),
        }
    }
}

/// Reads the settings of a corpus: the name of their file, and the settings or the mistake in them.
fn conventions(root: &Path) -> (&'static str, Result<Conventions, String>) {
    match corpus::read_conventions(root) {
        Ok((name, yaml)) => (name, Conventions::from_yaml(&yaml).map_err(|error| error.to_string())),
        Err((name, error)) => (name, Err(error.to_string())),
    }
}

/// Decides how each file in the general layout is read.
fn readings(root: &Path, name: &str, files: &[(String, Stat)], conventions: &Conventions) -> HashMap<String, Reading> {
    let facts = |(name, _): &'_ (String, Stat)| {
        let path = root.join(name);
        if corpus::read_head(&path).is_some_and(|head| Layout::has_own_mark(&head)) {
            return None;
        }
        let text = corpus::read(&path).ok()?;
        let is_general = Layout::of(&text.text) == Layout::General;
        Some((name.clone(), is_general.then(|| Facts::of(&text.text, name, conventions))??))
    };
    let facts: Vec<(String, Facts)> = files.par_iter().filter_map(facts).collect();
    let folder = Folder::decide(name, facts.iter().map(|(name, facts)| (name.as_str(), facts)));
    facts.iter().map(|(name, facts)| (name.clone(), folder.reading(name, facts))).collect()
}
