//! The folder of an index: the current generation, the write lock, and leftovers of interrupted runs.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use super::layout::{CURRENT, LOCK, READERS, is_removed, number};
use super::{generation, layout, lock};
use crate::backend::Error;
use crate::files;

/// The default folder of ledgers. It is not part of the index, but may be in its folder.
const LEDGERS: &str = "since-last";

/// The path of an index, which need not exist.
#[derive(Debug, Clone)]
pub struct Folder(PathBuf);

/// Number of attempts to open a commit, which may be replaced meanwhile.
pub const ATTEMPTS: u32 = 20;

/// A generation pinned for reading: it is not removed until this is dropped.
#[derive(Debug)]
pub struct PinnedGeneration {
    /// The generation's folder.
    pub path: PathBuf,
    folder: Folder,
    _lock: Option<File>,
}

impl PinnedGeneration {
    /// Reports whether the generation is the current one; false if that is unknown.
    pub fn is_current(&self) -> bool {
        let current = self.folder.current().ok().flatten();
        current.is_some_and(|name| self.folder.path().join(name) == self.path)
    }
}

impl Folder {
    pub fn new(path: &Path) -> Self {
        Self(path.to_path_buf())
    }

    pub fn path(&self) -> &Path {
        &self.0
    }

    /// Returns the name of the current generation, if there is an index.
    pub fn current(&self) -> Result<Option<String>, Error> {
        let path = self.0.join(CURRENT);
        let name = match files::read(&path) {
            Ok(name) => String::from_utf8_lossy(&name).trim().to_owned(),
            Err(e) if matches!(e.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => return Ok(None),
            Err(e) => return Err(Error::io(path)(e)),
        };
        match number(&name) {
            Some(_) => {
                let path = self.0.join(&name);
                files::is_folder(&path).map(|_| Some(name)).map_err(Error::io(path))
            }
            None => Err(Error::Damaged { path, message: "does not name a generation".to_owned() }),
        }
    }

    /// Pins the current generation, so that no writer removes it.
    pub fn pin_current(&self) -> Result<PinnedGeneration, Error> {
        loop {
            let Some(name) = self.current()? else { return Err(self.missing_error()) };
            let path = self.0.join(&name);
            let lock = match files::open(&path.join(READERS)) {
                Ok(file) => match file.lock_shared() {
                    Ok(()) => Some(file),
                    // Some file systems have no locks. There, a rebuild may remove files being read, which readers detect.
                    Err(_) => None,
                },
                // Removed since `CURRENT` was read, or damaged.
                Err(e) if e.kind() == io::ErrorKind::NotFound => None,
                Err(e) => return Err(Error::io(path.join(READERS))(e)),
            };
            if self.current()?.as_ref() == Some(&name) {
                return match path.is_dir() {
                    true => Ok(PinnedGeneration { path, folder: self.clone(), _lock: lock }),
                    false => {
                        Err(Error::Damaged { path, message: "the generation named by CURRENT is missing".to_owned() })
                    }
                };
            }
        }
    }

    /// Returns the error for a missing index.
    fn missing_error(&self) -> Error {
        let path = self.0.clone();
        match fs::metadata(&path) {
            Ok(metadata) if !metadata.is_dir() => Error::NotAFolder { path },
            Ok(_) => match self.foreign_file() {
                Ok(Some(found)) => Error::NotAnIndex { path, found },
                _ => Error::Missing { path },
            },
            Err(_) => Error::Missing { path },
        }
    }

    /// Returns a file in the folder that does not belong to an index. Hidden files and a README are allowed.
    fn foreign_file(&self) -> io::Result<Option<String>> {
        let mut names: Vec<String> = Vec::new();
        for entry in fs::read_dir(&self.0)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        for name in names {
            let is_known = name.starts_with('.') || matches!(name.as_str(), CURRENT | LOCK | LEDGERS | "README.md");
            if !is_known && !self.is_generation(&name)? {
                return Ok(Some(name));
            }
        }
        Ok(None)
    }

    fn is_generation(&self, name: &str) -> io::Result<bool> {
        match number(name).map(|_| generation::is_generation(&self.0.join(name))) {
            None => Ok(false),
            // A writer may have removed it since.
            Some(Err(e)) if e.kind() == io::ErrorKind::NotFound => Ok(true),
            Some(Err(e)) if e.kind() == io::ErrorKind::NotADirectory => Ok(false),
            Some(is_one) => is_one,
        }
    }

    /// Locks the index for writing and removes leftovers of killed runs. Creates the folder if missing.
    pub fn lock(&self) -> Result<File, Error> {
        let path = self.0.clone();
        match files::create_folder(&path) {
            Ok(()) => {}
            Err(_) if path.exists() && !path.is_dir() => return Err(Error::NotAFolder { path }),
            Err(e) => return Err(Error::io(path)(e)),
        }
        self.refuse_links()?;
        // A folder whose `CURRENT` names a generation is an index, whatever else is in it.
        let named = self.current().ok().flatten().map(|name| path.join(name)).filter(|path| path.is_dir());
        let is_index = named.map_or(Ok(false), |path| generation::is_generation(&path).map_err(Error::io(path)))?;
        if !is_index && let Some(found) = self.foreign_file().map_err(Error::io(&path))? {
            return Err(Error::NotAnIndex { path, found });
        }
        let lock = lock::take(&path)?;
        // If the disk is full, removing leftovers may free space. The owner's name is optional.
        let signed = lock::sign(&lock);
        self.sweep();
        let _ = signed.or_else(|_| lock::sign(&lock));
        Ok(lock)
    }

    /// Creates the folder of the next generation.
    pub fn next_generation(&self) -> Result<(String, PathBuf), Error> {
        // A damaged `CURRENT` may name a missing generation, which must not become an incomplete one.
        let named = self.current().ok().flatten();
        let last = self.numbers()?.into_iter().max().unwrap_or_default();
        let names = [last.saturating_add(1), last.saturating_add(2)].map(layout::name);
        let name = names.into_iter().find(|name| named.as_ref() != Some(name)).unwrap_or_default();
        let path = self.0.join(&name);
        fs::create_dir(&path).map_err(Error::io(&path))?;
        files::create(&path.join(READERS)).map_err(Error::io(&path))?;
        Ok((name, path))
    }

    /// Makes a generation the current one.
    pub fn set_current(&self, name: &str) -> Result<(), Error> {
        let path = self.0.join(CURRENT);
        // The generation must be on disk before it is named.
        let sync = files::sync_folder(&self.0);
        sync.and_then(|()| files::replace(&path, format!("{name}\n").as_bytes())).map_err(Error::io(&path))
    }

    /// Returns leftovers of killed runs, and generations that are not current and have no readers.
    pub fn leftovers(&self) -> Vec<PathBuf> {
        let new = self.0.join(files::temporary_name(CURRENT));
        let is_left = fs::symlink_metadata(&new).is_ok_and(|metadata| !metadata.is_dir());
        let mut left: Vec<PathBuf> = is_left.then_some(new).into_iter().collect();
        for entry in fs::read_dir(&self.0).into_iter().flatten().flatten() {
            if is_removed(&entry.file_name().to_string_lossy()) {
                left.push(entry.path());
            }
        }
        let kept = self.candidates();
        let is_old = |path: &PathBuf| !kept.contains(path) && generation::is_generation(path).unwrap_or_default();
        let is_read = |path: &PathBuf| match files::open(&path.join(READERS)) {
            Ok(file) => file.try_lock().is_err(),
            // Created by a run killed at once, or damaged.
            Err(e) => e.kind() != io::ErrorKind::NotFound,
        };
        left.extend(self.generations_newest_first().into_iter().filter(|path| is_old(path) && !is_read(path)));
        left.extend(kept.iter().flat_map(|generation| generation::leftovers(generation)));
        left
    }

    /// Removes leftovers. Failures are harmless: the next writer tries again.
    pub fn sweep(&self) {
        for path in self.leftovers() {
            let name = path.file_name().unwrap_or_default().to_string_lossy();
            let _ = match path.symlink_metadata() {
                Ok(metadata) if !metadata.is_dir() => fs::remove_file(&path),
                Ok(_) if is_removed(&name) => fs::remove_dir_all(&path),
                Ok(_) => generation::remove(&path),
                Err(e) => Err(e),
            };
        }
    }

    /// Returns an error if a path that this program opens is a symbolic link: the folder may be of an untrusted source.
    fn refuse_links(&self) -> Result<(), Error> {
        let is_ours = |name: &str| matches!(name, CURRENT | LOCK) || number(name).is_some() || is_removed(name);
        for entry in fs::read_dir(&self.0).map_err(Error::io(&self.0))? {
            let entry = entry.map_err(Error::io(&self.0))?;
            let is_link = entry.file_type().is_ok_and(|kind| kind.is_symlink());
            if is_link && is_ours(&entry.file_name().to_string_lossy()) {
                return Err(Error::io(entry.path())(files::Refused::Link.into()));
            }
        }
        Ok(())
    }

    /// Returns the folders that may contain the index: the current generation; if that is unknown or has no commit, all
    /// generations with one, newest first.
    pub fn candidates(&self) -> Vec<PathBuf> {
        let mut found: Vec<PathBuf> = self.current().ok().flatten().map(|name| self.0.join(name)).into_iter().collect();
        found.retain(|path| path.is_dir());
        if !found.iter().any(|path| generation::may_be_complete(path)) {
            found.extend(self.generations_newest_first().into_iter().filter(|path| generation::may_be_complete(path)));
        }
        found
    }

    /// Returns the folders of all generations, newest first; none if the folder cannot be listed.
    fn generations_newest_first(&self) -> Vec<PathBuf> {
        let mut numbers = self.numbers().unwrap_or_default();
        numbers.sort_unstable_by(|a, b| b.cmp(a));
        numbers.into_iter().map(|number| self.0.join(layout::name(number))).collect()
    }

    fn numbers(&self) -> Result<Vec<u32>, Error> {
        let mut numbers = Vec::new();
        for entry in fs::read_dir(&self.0).map_err(Error::io(&self.0))? {
            let name = entry.map_err(Error::io(&self.0))?.file_name();
            numbers.extend(name.to_str().and_then(number));
        }
        Ok(numbers)
    }
}

/// Returns the folder of the ledgers in an index, which need not exist.
///
/// # Errors
/// The path is a symbolic link.
pub fn ledgers(index: &Path) -> Result<PathBuf, Error> {
    let path = index.join(LEDGERS);
    files::is_folder(&path).map_err(Error::io(&path))?;
    Ok(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_writer_at_a_time() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(&dir.path().join("new/index"));
        let lock = folder.lock().expect("the first writer");
        match folder.lock() {
            Err(Error::Busy { owner, .. }) => assert_eq!(owner.pid, std::process::id()),
            other => panic!("{other:?}"),
        }
        drop(lock);
        folder.lock().expect("the next writer");
    }

    #[test]
    fn a_generation_with_readers_is_not_removed() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        let folder = Folder::new(dir.path());
        assert!(matches!(folder.pin_current(), Err(Error::Missing { .. })));
        let (first, first_path) = folder.next_generation().expect("made");
        folder.set_current(&first).expect("set");
        let generation = folder.pin_current().expect("pinned");
        assert_eq!(generation.path, first_path);
        let (second, _) = folder.next_generation().expect("made");
        folder.set_current(&second).expect("set");
        folder.sweep();
        assert!(first_path.exists(), "it has a reader");
        drop(generation);
        folder.sweep();
        assert!(!first_path.exists());
        assert_eq!(folder.current().expect("read"), Some(second));
    }

    #[test]
    fn a_foreign_folder_is_not_touched() {
        let dir = tempfile::tempdir().expect("a temporary folder");
        fs::write(dir.path().join(".gitignore"), "*").expect("written");
        let folder = Folder::new(dir.path());
        folder.lock().expect("hidden files are allowed");
        fs::write(dir.path().join("thesis.doc"), "x").expect("written");
        for error in [folder.lock().expect_err("refused"), folder.pin_current().expect_err("refused")] {
            assert!(matches!(error, Error::NotAnIndex { found, .. } if found == "thesis.doc"));
        }
        fs::remove_file(dir.path().join("thesis.doc")).expect("removed");
        for name in ["g7/summit.md", "g20/summit.md", "g20/meta.json"] {
            fs::create_dir_all(dir.path().join(name).parent().expect("a parent")).expect("made");
            fs::write(dir.path().join(name), "x").expect("written");
        }
        assert!(matches!(folder.lock(), Err(Error::NotAnIndex { found, .. }) if found == "g20"));
        folder.sweep();
        assert!(dir.path().join("g20/meta.json").exists());
        assert!(dir.path().join("g7/summit.md").exists(), "a foreign folder named like a generation");
        fs::write(dir.path().join("CURRENT"), "MANIFEST-000005").expect("written");
        assert!(matches!(folder.lock(), Err(Error::NotAnIndex { .. })), "a foreign CURRENT");
        fs::write(dir.path().join("thesis.doc"), "x").expect("written");
        let file = Folder::new(&dir.path().join("thesis.doc"));
        assert!(matches!(file.lock(), Err(Error::NotAFolder { .. })));
        assert!(matches!(file.pin_current(), Err(Error::NotAFolder { .. })));
    }
}
