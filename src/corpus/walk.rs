//! Which files a corpus has.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use walkdir::{DirEntry, WalkDir};

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
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
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
    let mut found = Found::default();
    let mut files = Vec::new();
    for entry in WalkDir::new(root).min_depth(1).into_iter().filter_entry(|e| !is_hidden(e)) {
        match entry {
            Ok(entry) => sort_out(root, entry, &mut files, &mut found),
            Err(e) => {
                let place = e.path().map_or_else(String::new, |p| relative(root, p));
                let cause = e.into_io_error().unwrap_or_else(|| io::Error::other("can't be walked"));
                match cause.kind() {
                    // Gone while the folder was read: as if it had never been there.
                    io::ErrorKind::NotFound => {}
                    _ if place.is_empty() => return Err(WalkError::Unreadable { path, source: cause }),
                    _ => found.unreadable.push((place, cause)),
                }
            }
        }
    }
    // The names come from reading folders; what takes time is to ask for each file's size and time.
    let stats: Vec<(String, io::Result<Stat>)> =
        files.into_par_iter().map(|(name, path)| (name, fs::symlink_metadata(path).map(|m| stat(&m)))).collect();
    for (name, stat) in stats {
        match stat {
            Ok(stat) => found.files.push((name, stat)),
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => found.unreadable.push((name, e)),
        }
    }
    found.files.sort_by(|a, b| a.0.cmp(&b.0));
    found.left_out.sort();
    found.unreadable.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(found)
}

fn sort_out(root: &Path, entry: DirEntry, files: &mut Vec<(String, PathBuf)>, found: &mut Found) {
    let kind = entry.file_type();
    let name = relative(root, entry.path());
    let is_markdown = entry.path().extension().is_some_and(|e| e.eq_ignore_ascii_case("md"));
    if kind.is_symlink() {
        // A linked folder may hold digests too; say of both that they were passed by.
        if is_markdown || fs::metadata(entry.path()).is_ok_and(|m| m.is_dir()) {
            found.left_out.push((name, "a symbolic link; links are not followed".to_owned()));
        }
    } else if kind.is_dir() || !is_markdown {
    } else if !kind.is_file() {
        found.left_out.push((name, "not a regular file".to_owned()));
    } else if entry.path().to_str().is_none() {
        found.left_out.push((name, "its name is not valid UTF-8".to_owned()));
    } else {
        files.push((name, entry.into_path()));
    }
}

fn is_hidden(entry: &DirEntry) -> bool {
    entry.depth() > 0 && entry.file_name().to_string_lossy().starts_with('.')
}

fn relative(root: &Path, path: &Path) -> String {
    path.strip_prefix(root).unwrap_or(path).to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/")
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
