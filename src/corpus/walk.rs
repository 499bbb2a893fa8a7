//! Which files a corpus has.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;

use super::folders::{Batch, Walk};

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
    pub(super) fn unreadable(&mut self, name: String, error: io::Error) {
        if error.kind() != io::ErrorKind::NotFound {
            self.unreadable.push((name, error));
        }
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
    use crate::corpus::folders::BATCH;

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
