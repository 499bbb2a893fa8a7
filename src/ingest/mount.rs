//! Corpora of a run. With several, each is mounted under its id: the paths of its files begin with it.

use std::path::{Path, PathBuf};

use super::error::Error;
use crate::backend::{Catalog, Corpus, PartialCatalog};
use crate::corpus::{self, Listing};
use crate::digest::{corpus_name, slug};

/// A folder to index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CorpusFolder {
    /// Name of the corpus; by default that of the folder.
    pub name: Option<String>,
    /// The folder.
    pub path: PathBuf,
}

impl From<PathBuf> for CorpusFolder {
    fn from(path: PathBuf) -> Self {
        Self { name: None, path }
    }
}

impl CorpusFolder {
    /// Parses `NAME=DIR` or `DIR`. A folder that exists by the whole text has no name; neither has a text with a slash before
    /// `=`.
    pub fn parse(given: &Path) -> Self {
        let named = given.to_str().and_then(|text| text.split_once('=')).filter(|(name, path)| {
            !name.trim().is_empty() && !name.contains('/') && !path.is_empty() && !given.is_dir()
        });
        match named {
            Some((name, path)) => Self { name: Some(name.trim().to_owned()), path: path.into() },
            None => given.to_path_buf().into(),
        }
    }

    /// Returns the folders of an index.
    pub fn of(catalog: &PartialCatalog) -> Vec<Self> {
        match catalog.corpora.is_empty() {
            true => vec![catalog.corpus.clone().into()],
            false => catalog.corpora.iter().map(Self::from).collect(),
        }
    }

    /// Returns the folders of an index.
    pub(super) fn of_catalog(catalog: &Catalog) -> Vec<Self> {
        catalog.corpora.iter().map(Self::from).collect()
    }
}

impl From<&Corpus> for CorpusFolder {
    fn from(corpus: &Corpus) -> Self {
        Self { name: Some(corpus.name.clone()), path: corpus.path.clone() }
    }
}

/// Returns the id of a corpus.
pub fn corpus_id(name: &str) -> String {
    Some(slug(name)).filter(|id| !id.is_empty()).unwrap_or_else(|| "corpus".to_owned())
}

/// A corpus and the place of its files among those of all corpora.
#[derive(Debug, Clone)]
pub struct Mount {
    /// The folder as given.
    pub root: PathBuf,
    /// Id, name and canonical path, which the index stores.
    pub corpus: Corpus,
    /// Start of the paths of its files: the id and a slash; empty for a single corpus.
    pub prefix: String,
    /// True if the name is not that of the folder.
    pub is_named: bool,
}

impl Mount {
    /// Returns the corpora of folders, sorted by id.
    ///
    /// # Errors
    /// Two have the same id, or one is within another.
    pub fn all(folders: &[CorpusFolder]) -> Result<Vec<Self>, Error> {
        let mut all: Vec<Self> = folders.iter().map(Self::new).collect();
        all.sort_by(|a, b| a.corpus.id.cmp(&b.corpus.id));
        if let Some(same) = all.windows(2).find(|pair| pair[0].corpus.id == pair[1].corpus.id) {
            return Err(Error::SameCorpus {
                id: same[0].corpus.id.clone(),
                folders: same.iter().map(|mount| mount.root.clone()).collect(),
            });
        }
        for (at, outer) in all.iter().enumerate() {
            let is_within =
                |(other, inner): &(usize, &Self)| *other != at && inner.corpus.path.starts_with(&outer.corpus.path);
            if let Some((_, inner)) = all.iter().enumerate().find(is_within) {
                return Err(Error::Nested { inner: inner.root.clone(), outer: outer.root.clone() });
            }
        }
        if let [_, _, ..] = all[..] {
            all.iter_mut().for_each(|mount| mount.prefix = format!("{}/", mount.corpus.id));
        }
        Ok(all)
    }

    fn new(folder: &CorpusFolder) -> Self {
        let path = corpus::canonical(&folder.path);
        let own = corpus_name(&path.to_string_lossy());
        let name = folder.name.clone().unwrap_or_else(|| own.clone());
        let id = corpus_id(&name);
        let is_named = name != own;
        Self { root: folder.path.clone(), corpus: Corpus { id, name, path }, prefix: String::new(), is_named }
    }

    /// Returns the id in ids of digests: empty for a single corpus.
    pub fn id(&self) -> &str {
        self.prefix.trim_end_matches('/')
    }

    /// Returns the path below the corpus of a file; none of a file of another corpus.
    pub fn below<'a>(&self, path: &'a str) -> Option<&'a str> {
        path.strip_prefix(&self.prefix)
    }

    /// Returns the path of a file among those of all corpora.
    pub fn path(&self, below: &str) -> String {
        format!("{}{below}", self.prefix)
    }
}

/// Returns the full path of a file.
pub fn full(all: &[Mount], path: &str) -> PathBuf {
    let found = all.iter().find_map(|mount| Some(mount.root.join(mount.below(path)?)));
    found.unwrap_or_else(|| path.into())
}

/// Lists the files of all corpora.
pub fn walk(all: &[Mount]) -> Result<Listing, Error> {
    let mut listing = Listing::default();
    for mount in all {
        let Listing { files, skipped, unreadable } = corpus::walk(&mount.root)?;
        if mount.prefix.is_empty() {
            return Ok(Listing { files, skipped, unreadable });
        }
        listing.files.extend(files.into_iter().map(|(path, stat)| (mount.path(&path), stat)));
        listing.skipped.extend(skipped.into_iter().map(|(path, why)| (mount.path(&path), why)));
        listing.unreadable.extend(unreadable.into_iter().map(|(path, why)| (mount.path(&path), why)));
    }
    // `a-b/` is before `a/`.
    listing.files.sort_by(|a, b| a.0.cmp(&b.0));
    listing.skipped.sort();
    Ok(listing)
}

/// Reports whether an index has these corpora.
pub fn are_indexed(all: &[Mount], index: &PartialCatalog) -> bool {
    let paths = all.iter().map(|mount| &*mount.corpus.path).collect::<Vec<&Path>>();
    let ids = || all.iter().map(|mount| &mount.corpus.id).eq(index.corpora.iter().map(|corpus| &corpus.id));
    index.folders() == paths && (all.len() < 2 || ids())
}
