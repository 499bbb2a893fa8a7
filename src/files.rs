//! Access to files in the program's own folders: never follows links, replaces atomically, syncs to disk.
//!
//! A cloned or extracted folder is untrusted and may contain links in place of these files. Links are followed only in
//! the path of the folder itself, which the user gave.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use rustix::fs::OFlags;
use rustix::io::Errno;

/// Reason for refusing to open a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// A symbolic link, which may lead anywhere.
    #[error("a symbolic link, which is not followed")]
    Link,
    /// A folder, a pipe or a device.
    #[error("not a regular file")]
    NotAFile,
}

impl From<Refused> for io::Error {
    fn from(refused: Refused) -> Self {
        Self::new(io::ErrorKind::PermissionDenied, refused)
    }
}

/// Returns the reason of an error of this module; none for errors of the system.
pub fn refusal(error: &io::Error) -> Option<Refused> {
    error.get_ref()?.downcast_ref().copied()
}

/// Opens a regular file with the given options. Follows no link and does not block on a pipe.
pub fn open_with(path: &Path, options: &mut OpenOptions) -> io::Result<File> {
    let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
    let file = match options.custom_flags(flags.bits() as i32).open(path) {
        Err(e) if e.raw_os_error() == Some(Errno::LOOP.raw_os_error()) => return Err(Refused::Link.into()),
        // A socket, or a pipe without a reader.
        Err(e) if e.raw_os_error() == Some(Errno::NXIO.raw_os_error()) => return Err(Refused::NotAFile.into()),
        opened => opened?,
    };
    if file.metadata()?.is_file() { Ok(file) } else { Err(Refused::NotAFile.into()) }
}

/// Opens a file for reading.
pub fn open(path: &Path) -> io::Result<File> {
    open_with(path, OpenOptions::new().read(true))
}

/// Opens a file for reading and appending, and creates it if missing.
pub fn append(path: &Path) -> io::Result<File> {
    open_with(path, OpenOptions::new().read(true).append(true).create(true))
}

/// Creates a file, replacing one that a killed run may have left.
pub fn create(path: &Path) -> io::Result<File> {
    match fs::remove_file(path) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
        _ => {}
    }
    // Exclusive creation never follows a link.
    File::create_new(path)
}

/// Returns all bytes of a file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    io::Read::read_to_end(&mut open(path)?, &mut bytes)?;
    Ok(bytes)
}

/// Reports whether a path is a folder.
///
/// # Errors
/// The path is a link, or cannot be read.
pub fn is_folder(path: &Path) -> io::Result<bool> {
    match fs::symlink_metadata(path) {
        Ok(metadata) if metadata.is_symlink() => Err(Refused::Link.into()),
        Ok(metadata) => Ok(metadata.is_dir()),
        Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => Ok(false),
        Err(e) => Err(e),
    }
}

/// Returns the first path in a folder that is neither a file nor a folder, with the reason for refusing it.
pub fn first_refused(folder: &Path) -> io::Result<Option<(PathBuf, Refused)>> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        match entry.file_type() {
            Ok(kind) if kind.is_file() || kind.is_dir() => {}
            Ok(kind) => {
                let refused = if kind.is_symlink() { Refused::Link } else { Refused::NotAFile };
                return Ok(Some((entry.path(), refused)));
            }
            // Removed concurrently.
            Err(e) if e.kind() == io::ErrorKind::NotFound => {}
            Err(e) => return Err(e),
        }
    }
    Ok(None)
}

/// Replaces a file atomically: readers see the old or the new content, also after a power cut.
pub fn replace(path: &Path, content: &[u8]) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    };
    let new = folder.join(temporary_name(&name.to_string_lossy()));
    let write = || {
        let mut file = create(&new)?;
        file.write_all(content)?;
        file.sync_all()?;
        fs::rename(&new, path)
    };
    write().inspect_err(|_| drop(fs::remove_file(&new)))?;
    // Makes the rename durable.
    sync_folder(folder)
}

/// Creates a file with its whole content, durably.
///
/// # Errors
/// The file exists already, or cannot be written.
pub fn create_whole(path: &Path, content: &[u8]) -> io::Result<()> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else {
        return Err(io::Error::from(io::ErrorKind::InvalidInput));
    };
    let new = folder.join(temporary_name(&name.to_string_lossy()));
    let write = || {
        let mut file = create(&new)?;
        file.write_all(content)?;
        file.sync_all()?;
        // Unlike a rename, a link never replaces a file.
        fs::hard_link(&new, path)
    };
    let written = write();
    drop(fs::remove_file(&new));
    written?;
    sync_folder(folder)
}

/// Returns the temporary name of a file that is about to replace another.
pub fn temporary_name(name: &str) -> String {
    format!(".{name}.new")
}

/// Reports whether a name is a temporary name.
pub fn is_temporary(name: &str) -> bool {
    name.starts_with('.') && name.ends_with(".new")
}

/// Syncs a folder to disk.
pub fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

/// Creates a folder and its missing parents, and syncs them to disk.
pub fn create_folder(folder: &Path) -> io::Result<()> {
    // The parent of a relative path of one component is the empty path.
    let parent = |folder: &Path| match folder.parent() {
        Some(parent) if parent.as_os_str().is_empty() => Some(PathBuf::from(".")),
        parent => parent.map(Path::to_path_buf),
    };
    let mut missing = Vec::new();
    let mut next = Some(folder.to_path_buf());
    while let Some(folder) = next.filter(|folder| !folder.exists()) {
        next = parent(&folder);
        missing.push(folder);
    }
    fs::create_dir_all(folder)?;
    missing.iter().filter_map(|folder| parent(folder)).try_for_each(|folder| sync_folder(&folder))
}

#[cfg(test)]
mod tests {
    use std::os::unix::fs::symlink;

    use super::*;

    #[test]
    fn nothing_is_opened_through_a_link() {
        let dir = tempfile::tempdir().expect("a folder");
        let [victim, link, dangling] = ["victim", "link", "dangling"].map(|name| dir.path().join(name));
        fs::write(&victim, "precious").expect("written");
        symlink("victim", &link).expect("linked");
        symlink("nowhere", &dangling).expect("linked");
        for path in [&link, &dangling] {
            for opened in [open(path), append(path)] {
                assert_eq!(refusal(&opened.expect_err("refused")), Some(Refused::Link), "{path:?}");
            }
            assert_eq!(refusal(&is_folder(path).expect_err("refused")), Some(Refused::Link), "{path:?}");
        }
        assert!(!dir.path().join("nowhere").exists());
        assert_eq!(first_refused(dir.path()).expect("listed").map(|(_, why)| why), Some(Refused::Link));
        // A replacement replaces the link, not its target.
        symlink("victim", dir.path().join(".link.new")).expect("linked");
        replace(&link, b"ours").expect("replaced");
        assert_eq!(fs::read(&victim).expect("read"), b"precious");
        assert_eq!(read(&link).expect("a file by now"), b"ours");
    }

    #[test]
    fn opening_a_pipe_does_not_block() {
        let dir = tempfile::tempdir().expect("a folder");
        let pipe = dir.path().join("pipe");
        assert!(std::process::Command::new("mkfifo").arg(&pipe).status().expect("mkfifo").success());
        for opened in [open(&pipe), append(&pipe), open(dir.path())] {
            assert_eq!(refusal(&opened.expect_err("refused")), Some(Refused::NotAFile));
        }
        assert_eq!(first_refused(dir.path()).expect("listed"), Some((pipe, Refused::NotAFile)));
    }

    #[test]
    fn folders_are_created_with_their_parents() {
        let dir = tempfile::tempdir().expect("a folder");
        let deep = dir.path().join("a/b/../b/c");
        fs::create_dir_all(dir.path().join("a/b")).expect("made");
        create_folder(&deep).expect("created");
        create_folder(&deep).expect("exists");
        assert!(is_folder(&deep).expect("readable"));
        fs::write(dir.path().join("file"), "x").expect("written");
        create_folder(&dir.path().join("file/below")).expect_err("the parent is a file");
    }
}
