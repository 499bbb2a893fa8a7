//! Conversion of Tantivy's errors.

use std::io;
use std::path::PathBuf;

use tantivy::TantivyError;
use tantivy::directory::error::{LockError, OpenDirectoryError, OpenReadError, OpenWriteError};

use crate::backend::Error;
use crate::files;

/// Returns a copy of an error of the system.
pub fn copy(error: &io::Error) -> io::Error {
    files::refusal(error).map_or_else(|| io::Error::new(error.kind(), error.to_string()), io::Error::from)
}

/// Converts an error of Tantivy on writing into a folder.
pub fn write(path: impl Into<PathBuf>) -> impl FnOnce(TantivyError) -> Error {
    let path = path.into();
    move |error| match tantivy(path)(error) {
        Error::Unavailable { path, source } => Error::Write { path, source },
        error => error,
    }
}

/// Converts an error of Tantivy on a folder.
pub fn tantivy(path: impl Into<PathBuf>) -> impl FnOnce(TantivyError) -> Error {
    let folder = path.into();
    let io = |path: PathBuf, e: &io::Error| match (e.raw_os_error(), e.kind()) {
        // Errors that Tantivy itself finds in the data.
        (None, io::ErrorKind::Other | io::ErrorKind::InvalidInput) => Error::Damaged { path, message: e.to_string() },
        _ => Error::read(path)(copy(e)),
    };
    move |error| match error {
        TantivyError::IoError(e) => io(folder, &e),
        TantivyError::LockFailure(LockError::IoError(e), _) => io(folder, &e),
        TantivyError::OpenDirectoryError(OpenDirectoryError::IoError { io_error, directory_path }) => {
            io(directory_path, &io_error)
        }
        TantivyError::OpenReadError(OpenReadError::IoError { io_error, filepath }) => {
            io(folder.join(filepath), &io_error)
        }
        TantivyError::OpenWriteError(OpenWriteError::IoError { io_error, filepath }) => {
            io(folder.join(filepath), &io_error)
        }
        TantivyError::OpenReadError(OpenReadError::FileDoesNotExist(file)) => {
            Error::Damaged { path: folder.join(file), message: "the file is missing".to_owned() }
        }
        TantivyError::DataCorruption(corruption) => Error::Damaged { path: folder, message: format!("{corruption:?}") },
        source => Error::Unavailable { path: folder, source: Box::new(source) },
    }
}
