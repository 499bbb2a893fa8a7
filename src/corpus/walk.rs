//! Which files a corpus has.

use std::borrow::Cow;
use std::fs::{self, DirEntry, ReadDir};
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

/// So many files are asked for their size and time by one thread, before it looks for more.
const BATCH: usize = 256;

/// The Markdown files of a folder.
#[derive(Debug, Default)]
pub struct Found {
    /// Relative path, with `/` between folders, and what the file system says of the file; sorted by path.
    pub files: Vec<(String, Stat)>,
    /// Relative paths that were left out, and why; sorted.
    pub left_out: Vec<(String, String)>,
    /// Folders that could not be read, and why. What is in them is unknown, which is not the same as gone.
    pub unreadable: Vec<(String, io::Error)>,
}

/// What the file system says of a file.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Stat {
    /// Size in bytes.
    pub size: u64,
    /// Time of the last change, in nanoseconds since 1970.
    pub mtime: i64,
}

/// Why a folder can't be walked at all.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// There is no such folder.
    #[error("there is no folder {0}", .path.display())]
    Missing {
        /// The folder asked for.
        path: PathBuf,
    },
    /// It is something else.
    #[error("{0} is not a folder", .path.display())]
    NotAFolder {
        /// The path asked for.
        path: PathBuf,
    },
    /// It can't be opened.
    #[error("can't read the folder {0}", .path.display())]
    Unreadable {
        /// The folder asked for.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

/// All `.md` files below a folder. Hidden files and folders are passed over; links are not followed, so that nothing
/// outside the folder is read and no loop is walked.
pub fn walk(root: &Path) -> Result<Found, WalkError> {
    let path = root.to_path_buf();
    match fs::metadata(root) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(WalkError::Missing { path }),
        Err(source) => return Err(WalkError::Unreadable { path, source }),
        Ok(metadata) if !metadata.is_dir() => return Err(WalkError::NotAFolder { path }),
        Ok(_) => {}
    }
    // Names come from reading folders, one after the other; what takes time is to ask for each file's size and time.
    let parts: Vec<Found> = Walk::new(root).par_bridge().map(Batch::found).collect();
    let mut found = Found::default();
    for part in parts {
        found.files.extend(part.files);
        found.left_out.extend(part.left_out);
        found.unreadable.extend(part.unreadable);
    }
    // The folder itself has no name below it.
    if let Some(at) = found.unreadable.iter().position(|(name, _)| name.is_empty()) {
        return Err(WalkError::Unreadable { path, source: found.unreadable.swap_remove(at).1 });
    }
    found.files.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    found.left_out.sort();
    found.unreadable.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

impl Found {
    /// What is gone while the folder is read is as if it had never been there.
    fn unreadable(&mut self, name: String, error: io::Error) {
        if error.kind() != io::ErrorKind::NotFound {
            self.unreadable.push((name, error));
        }
    }
}

/// A folder that is to be read.
struct Folder {
    path: PathBuf,
    /// Its path below the corpus's folder, with `/` at its end if there is any.
    name: String,
    /// Whether all of its path is text.
    is_text: bool,
}

/// Files of one folder that are still to be asked for their size and time, and what else was met on the way to them.
#[derive(Default)]
struct Batch {
    files: Vec<(String, DirEntry)>,
    met: Found,
}

/// Goes through folders and gives their files in batches. A folder stays open as long as there are entries of it, so
/// only as many are open as there are batches at a time.
struct Walk {
    waiting: Vec<Folder>,
    reading: Option<(Folder, ReadDir)>,
}

impl Walk {
    fn new(root: &Path) -> Self {
        let root = Folder { path: root.to_path_buf(), name: String::new(), is_text: root.to_str().is_some() };
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
    fn found(self) -> Found {
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

pub(super) fn stat(metadata: &fs::Metadata) -> Stat {
    let mtime = metadata.modified().ok().and_then(|t| match t.duration_since(UNIX_EPOCH) {
        Ok(after) => i64::try_from(after.as_nanos()).ok(),
        Err(before) => i64::try_from(before.duration().as_nanos()).ok().map(|n| -n),
    });
    Stat { size: metadata.len(), mtime: mtime.unwrap_or_default() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().expect("a temporary folder");
        for file in files {
            let path = dir.path().join(file);
            fs::create_dir_all(path.parent().expect("a parent")).expect("created");
            fs::write(path, "x").expect("written");
        }
        dir
    }

    #[test]
    fn finds_markdown_and_nothing_else() {
        let dir = folder(&["t/b.md", "t/a.MD", "c.md", "t/.hidden.md", ".git/x.md", "t/notes.txt", "t/md"]);
        let found = walk(dir.path()).expect("walked");
        let names: Vec<_> = found.files.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(names, ["c.md", "t/a.MD", "t/b.md"]);
        assert!(found.files.iter().all(|f| f.1.size == 1 && f.1.mtime > 0));
        assert!(found.left_out.is_empty() && found.unreadable.is_empty());
    }

    #[test]
    fn files_are_sorted_by_their_whole_path() {
        let mut names: Vec<String> = (0..3 * BATCH).map(|n| format!("a/{n}.md")).collect();
        names.extend(["a-b/c.md", "a.md", "a/b/c/d/e.md", "b/b.md"].map(str::to_owned));
        let dir = folder(&names.iter().map(String::as_str).collect::<Vec<_>>());
        let found = walk(dir.path()).expect("walked");
        names.sort();
        assert_eq!(found.files.into_iter().map(|f| f.0).collect::<Vec<_>>(), names);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_named_and_not_followed() {
        use std::os::unix::fs::symlink;
        let dir = folder(&["t/a.md"]);
        symlink(dir.path(), dir.path().join("t/loop")).expect("linked");
        symlink(dir.path().join("t/a.md"), dir.path().join("t/b.md")).expect("linked");
        symlink("nowhere.md", dir.path().join("t/broken.md")).expect("linked");
        symlink("nowhere", dir.path().join("t/broken")).expect("linked");
        let found = walk(dir.path()).expect("walked");
        assert_eq!(found.files.len(), 1);
        let left_out: Vec<_> = found.left_out.iter().map(|l| l.0.as_str()).collect();
        assert_eq!(left_out, ["t/b.md", "t/broken.md", "t/loop"]);
    }

    #[test]
    fn says_what_is_no_folder() {
        let dir = folder(&["a.md"]);
        assert!(matches!(walk(&dir.path().join("nothing")), Err(WalkError::Missing { .. })));
        assert!(matches!(walk(&dir.path().join("a.md")), Err(WalkError::NotAFolder { .. })));
    }
}
