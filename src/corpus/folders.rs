//! Sequential walk over the folders of a corpus. Returns files in batches, whose metadata several threads read.

use std::borrow::Cow;
use std::ffi::OsStr;
use std::fs::{self, DirEntry, ReadDir};
use std::path::{Path, PathBuf};

use super::listing::Listing;
use super::stat::stat;

/// Extensions of Markdown files.
const EXTENSIONS: [&str; 3] = ["md", "markdown", "mdown"];

/// Maximum number of files in a batch.
pub const BATCH: usize = 256;

/// A folder to read.
struct Folder {
    path: PathBuf,
    /// Path relative to the corpus; empty, or with a `/` at the end.
    name: String,
    /// True if the path is valid UTF-8.
    is_text: bool,
}

/// Files of one folder whose metadata is not read yet, and skipped paths found with them.
#[derive(Default)]
pub struct Batch {
    files: Vec<(String, DirEntry)>,
    listing: Listing,
}

/// Iterator over batches of files. A folder stays open while its files are pending, so the number of open folders is
/// bounded by the number of batches in use.
pub struct Walk {
    waiting: Vec<Folder>,
    reading: Option<(Folder, ReadDir)>,
}

impl Walk {
    pub fn new(root: &Path) -> Self {
        // Names are relative to the root, so its own name may be invalid UTF-8.
        let root = Folder { path: root.to_path_buf(), name: String::new(), is_text: true };
        Self { waiting: vec![root], reading: None }
    }

    fn classify(&mut self, folder: &Folder, entry: DirEntry, batch: &mut Batch) {
        let file_name = entry.file_name();
        let text = file_name.to_string_lossy();
        if text.starts_with('.') {
            return;
        }
        let is_text = folder.is_text && matches!(text, Cow::Borrowed(_));
        let name = [&folder.name, &*text].concat();
        let is_extension = |e: &OsStr| EXTENSIONS.iter().any(|known| e.eq_ignore_ascii_case(known));
        let is_markdown = Path::new(&file_name).extension().is_some_and(is_extension);
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(e) => return batch.listing.add_unreadable(name, e),
        };
        let mut skip = |name, reason: &str| batch.listing.skipped.push((name, reason.to_owned()));
        if kind.is_symlink() {
            // A linked folder may contain digests, too.
            if is_markdown || fs::metadata(entry.path()).is_ok_and(|m| m.is_dir()) {
                skip(name, "a symbolic link, which is not followed");
            }
        } else if kind.is_dir() {
            self.waiting.push(Folder { path: entry.path(), name: name + "/", is_text });
        } else if !is_markdown {
        } else if !kind.is_file() {
            skip(name, "not a regular file");
        } else if !is_text {
            skip(name, "invalid UTF-8 in the file name");
        } else {
            batch.files.push((name, entry));
        }
    }
}

impl Iterator for Walk {
    type Item = Batch;

    fn next(&mut self) -> Option<Batch> {
        let mut batch = Batch::default();
        let (folder, mut entries) = match self.reading.take() {
            Some(reading) => reading,
            None => {
                let folder = self.waiting.pop()?;
                match fs::read_dir(&folder.path) {
                    Ok(entries) => (folder, entries),
                    Err(e) => {
                        batch.listing.add_unreadable(folder.name.trim_end_matches('/').to_owned(), e);
                        return Some(batch);
                    }
                }
            }
        };
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => self.classify(&folder, entry, &mut batch),
                Err(e) => batch.listing.add_unreadable(folder.name.trim_end_matches('/').to_owned(), e),
            }
            if batch.files.len() == BATCH {
                self.reading = Some((folder, entries));
                break;
            }
        }
        Some(batch)
    }
}

impl Batch {
    /// Reads the metadata of each file, by its name in the open folder, which is faster than by its path.
    pub fn listing(self) -> Listing {
        let Self { files, mut listing } = self;
        listing.files.reserve_exact(files.len());
        for (name, entry) in files {
            match entry.metadata() {
                Ok(metadata) => listing.files.push((name, stat(&metadata))),
                Err(e) => listing.add_unreadable(name, e),
            }
        }
        listing
    }
}
