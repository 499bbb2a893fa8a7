//! Walk over a corpus.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::folders::{Batch, Walk};
use super::listing::Listing;

/// Error of walking a folder.
#[derive(Debug, thiserror::Error)]
pub enum WalkError {
    /// The folder does not exist.
    #[error("no such folder: {0}", .path.display())]
    Missing {
        /// Path as given.
        path: PathBuf,
    },
    /// The path is not a folder.
    #[error("{0} is not a folder", .path.display())]
    NotAFolder {
        /// Path as given.
        path: PathBuf,
    },
    /// The folder cannot be opened.
    #[error("cannot read the folder {0}", .path.display())]
    Unreadable {
        /// Path as given.
        path: PathBuf,
        /// Error of the system.
        source: io::Error,
    },
}

/// Returns the canonical path of a folder; the path as given if it has none.
pub fn canonical(root: &Path) -> PathBuf {
    fs::canonicalize(root).unwrap_or_else(|_| root.to_path_buf())
}

/// Returns the path of an existing file below a folder. The file is as seen from the working directory, or else from the folder.
pub fn name_in(root: &Path, file: &Path) -> Option<String> {
    let full = [file.to_path_buf(), root.join(file)].into_iter().find(|path| path.is_file())?;
    let (root, full) = (root.canonicalize().ok()?, full.canonicalize().ok()?);
    let parts: Option<Vec<&str>> = full.strip_prefix(root).ok()?.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

/// Lists all Markdown files below a folder. Ignores hidden files and folders. Does not follow links, so that it reads
/// nothing outside the folder and cannot loop.
pub fn walk(root: &Path) -> Result<Listing, WalkError> {
    let path = root.to_path_buf();
    match fs::metadata(root) {
        Err(e) if e.kind() == io::ErrorKind::NotFound => return Err(WalkError::Missing { path }),
        Err(source) => return Err(WalkError::Unreadable { path, source }),
        Ok(metadata) if !metadata.is_dir() => return Err(WalkError::NotAFolder { path }),
        Ok(_) => {}
    }
    // Reading folders is fast and sequential; reading the metadata of files takes most of the time.
    let parts: Vec<Listing> = Walk::new(root).par_bridge().map(Batch::listing).collect();
    let mut listing = Listing::default();
    for part in parts {
        listing.files.extend(part.files);
        listing.skipped.extend(part.skipped);
        listing.unreadable.extend(part.unreadable);
    }
    // The empty name is the folder itself.
    if let Some(at) = listing.unreadable.iter().position(|(name, _)| name.is_empty()) {
        return Err(WalkError::Unreadable { path, source: listing.unreadable.swap_remove(at).1 });
    }
    listing.files.par_sort_unstable_by(|a, b| a.0.cmp(&b.0));
    listing.skipped.sort();
    listing.unreadable.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(listing)
}

#[cfg(test)]
mod tests {
    use std::time::UNIX_EPOCH;

    use super::*;
    use crate::corpus::folders::BATCH;
    use crate::corpus::listing::TOO_LONG;

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
    fn only_markdown_files_are_listed() {
        let dir = folder(&[
            "t/b.md",
            "t/a.MD",
            "c.md",
            "d.markdown",
            "e.mdown",
            "t/.hidden.md",
            ".git/x.md",
            "t/notes.txt",
            "t/md",
        ]);
        let found = walk(dir.path()).expect("walked");
        let names: Vec<_> = found.files.iter().map(|f| f.0.as_str()).collect();
        assert_eq!(names, ["c.md", "d.markdown", "e.mdown", "t/a.MD", "t/b.md"]);
        assert!(found.files.iter().all(|f| f.1.size == 1 && f.1.mtime > 0));
        assert!(found.skipped.is_empty() && found.unreadable.is_empty());
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
    fn links_are_reported_and_not_followed() {
        use std::os::unix::fs::symlink;
        let dir = folder(&["t/a.md"]);
        symlink(dir.path(), dir.path().join("t/loop")).expect("linked");
        symlink(dir.path().join("t/a.md"), dir.path().join("t/b.md")).expect("linked");
        symlink("nowhere.md", dir.path().join("t/broken.md")).expect("linked");
        symlink("nowhere", dir.path().join("t/broken")).expect("linked");
        let found = walk(dir.path()).expect("walked");
        assert_eq!(found.files.len(), 1);
        let skipped: Vec<_> = found.skipped.iter().map(|skipped| skipped.0.as_str()).collect();
        assert_eq!(skipped, ["t/b.md", "t/broken.md", "t/loop"]);
    }

    #[test]
    fn paths_that_are_too_long_are_reported() {
        let dir = folder(&["a.md"]);
        let mut deep = dir.path().to_path_buf();
        while deep.as_os_str().len() < 3_900 {
            deep.push("d".repeat(100));
        }
        fs::create_dir_all(&deep).expect("created");
        fs::write(deep.join("b.md"), "x").expect("written");
        // Opened step by step, since the whole path is too long for the system.
        let below = "d".repeat(200);
        let open = rustix::fs::open(&deep, rustix::fs::OFlags::DIRECTORY, rustix::fs::Mode::empty()).expect("opened");
        rustix::fs::mkdirat(&open, &below, rustix::fs::Mode::RWXU).expect("created");
        let next = rustix::fs::openat(&open, &below, rustix::fs::OFlags::DIRECTORY, rustix::fs::Mode::empty());
        rustix::fs::mkdirat(next.expect("opened"), &below, rustix::fs::Mode::RWXU).expect("created");
        let found = walk(dir.path()).expect("walked");
        assert_eq!(found.files.len(), 2);
        assert!(found.unreadable.is_empty());
        let [(name, why)] = &found.skipped[..] else { panic!("{:?}", found.skipped) };
        assert!(name.ends_with(&below) && why == TOO_LONG, "{name}: {why}");
        // The temporary folder cannot remove such paths.
        let removed = std::process::Command::new("rm").arg("-r").arg(dir.path()).status();
        assert!(removed.expect("rm").success());
    }

    #[test]
    fn times_of_any_year_keep_their_order() {
        let dir = folder(&["a.md"]);
        let set = |time: std::time::SystemTime| {
            let file = fs::File::options().write(true).open(dir.path().join("a.md")).expect("opened");
            file.set_modified(time).expect("set");
            walk(dir.path()).expect("walked").files[0].1
        };
        let year = std::time::Duration::from_secs(31_557_600);
        let times = [UNIX_EPOCH - year, UNIX_EPOCH, UNIX_EPOCH + 200 * year].map(|time| set(time).mtime);
        assert!(times.is_sorted() && times[0] < 0 && times[1] == 0, "{times:?}");
        let stat = set(UNIX_EPOCH);
        assert!(stat.ctime > 0 && stat.inode > 0, "{stat:?}");
    }

    #[test]
    fn missing_folders_and_files_are_errors() {
        let dir = folder(&["a.md"]);
        assert!(matches!(walk(&dir.path().join("nothing")), Err(WalkError::Missing { .. })));
        assert!(matches!(walk(&dir.path().join("a.md")), Err(WalkError::NotAFolder { .. })));
    }
}
