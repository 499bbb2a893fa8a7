//! Goes through the folders of a corpus, one after the other, and gives their files in batches, which several threads ask
//! for sizes and times.

use std::borrow::Cow;
use std::fs::{self, DirEntry, ReadDir};
use std::path::{Path, PathBuf};

use super::found::Found;
use super::stat::stat;

/// So many files are asked for their size and time by one thread, before it looks for more.
pub const BATCH: usize = 256;

/// A folder that is to be read.
struct Folder {
    path: PathBuf,
    /// Its path below the corpus's folder, with `/` at its end if there is any.
    name: String,
    /// Whether all of that is text.
    is_text: bool,
}

/// Files of one folder that are still to be asked for their size and time, and what else was met on the way to them.
#[derive(Default)]
pub struct Batch {
    files: Vec<(String, DirEntry)>,
    met: Found,
}

/// Goes through folders and gives their files in batches. A folder stays open as long as there are entries of it, so
/// only as many are open as there are batches at a time.
pub struct Walk {
    waiting: Vec<Folder>,
    reading: Option<(Folder, ReadDir)>,
}

impl Walk {
    pub fn new(root: &Path) -> Self {
        // What the folder itself is called does not matter: names are those below it.
        let root = Folder { path: root.to_path_buf(), name: String::new(), is_text: true };
        Self { waiting: vec![root], reading: None }
    }

    fn sort_out(&mut self, folder: &Folder, entry: DirEntry, batch: &mut Batch) {
        let file_name = entry.file_name();
        let text = file_name.to_string_lossy();
        if text.starts_with('.') {
            return;
        }
        let is_text = folder.is_text && matches!(text, Cow::Borrowed(_));
        let name = [&folder.name, &*text].concat();
        let is_markdown = Path::new(&file_name).extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
        let kind = match entry.file_type() {
            Ok(kind) => kind,
            Err(e) => return batch.met.unreadable(name, e),
        };
        let mut leave_out = |name, why: &str| batch.met.left_out.push((name, why.to_owned()));
        if kind.is_symlink() {
            // A linked folder may hold digests too; say of both that they were passed by.
            if is_markdown || fs::metadata(entry.path()).is_ok_and(|m| m.is_dir()) {
                leave_out(name, "a symbolic link; links are not followed");
            }
        } else if kind.is_dir() {
            self.waiting.push(Folder { path: entry.path(), name: name + "/", is_text });
        } else if !is_markdown {
        } else if !kind.is_file() {
            leave_out(name, "not a regular file");
        } else if !is_text {
            leave_out(name, "its name is not valid UTF-8");
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
                        batch.met.unreadable(folder.name.trim_end_matches('/').to_owned(), e);
                        return Some(batch);
                    }
                }
            }
        };
        while let Some(entry) = entries.next() {
            match entry {
                Ok(entry) => self.sort_out(&folder, entry, &mut batch),
                Err(e) => batch.met.unreadable(folder.name.trim_end_matches('/').to_owned(), e),
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
    /// Asks for each file's size and time: by its name in the open folder, which is faster than by its path.
    pub fn found(self) -> Found {
        let Self { files, met: mut found } = self;
        found.files.reserve_exact(files.len());
        for (name, entry) in files {
            match entry.metadata() {
                Ok(metadata) => found.files.push((name, stat(&metadata))),
                Err(e) => found.unreadable(name, e),
            }
        }
        found
    }
}
