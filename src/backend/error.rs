//! Errors of an index.

use std::ffi::OsStr;
use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;
use std::time::SystemTime;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Message, ValueRef, message, option};
use crate::files;
use crate::model::Field;

/// An error of an index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// No index.
    #[error("no index in {}", .path.display())]
    Missing {
        /// The folder.
        path: PathBuf,
    },
    /// A folder of other files.
    #[error("{} is not an index of digest-search: it contains {found}", .path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// A file that does not belong to an index.
        found: String,
    },
    /// Not a folder.
    #[error("{} is not a folder", .path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// An index of another version of the format.
    #[error("the index in {} is of another version of digest-search", .path.display())]
    OtherVersion {
        /// The folder.
        path: PathBuf,
    },
    /// The index is locked by another writer.
    #[error("the index in {} is being written by {owner}", .path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
        /// The writer.
        owner: Owner,
    },
    /// An unknown value of a filter.
    #[error("unknown {} `{value}`", .field.noun(false))]
    UnknownValue {
        /// The field.
        field: Field,
        /// The value.
        value: String,
        /// The most similar names, best first.
        nearest: Vec<String>,
        /// All names, if they are few.
        all: Vec<String>,
        /// Its byte range in the query, if it is in one.
        span: Option<Range<usize>>,
    },
    /// A part of a query that expands to too many terms.
    #[error("this expands to {words} terms (limit {most})")]
    TooManyWords {
        /// The number of terms.
        words: usize,
        /// The limit.
        most: usize,
        /// Its byte range in the query.
        span: Range<usize>,
    },
    /// An unknown id of an entry to compare with.
    #[error("unknown entry {id}")]
    UnknownEntry {
        /// The id.
        id: String,
        /// Its canonical spelling, if it can be parsed.
        instead: Option<String>,
    },
    /// An answer over the memory limit.
    #[error("the answer exceeds {}", megabytes(*.most))]
    TooLarge {
        /// The limit in bytes.
        most: usize,
    },
    /// The request was cancelled while it was answered.
    #[error("the request was cancelled")]
    Cancelled,
    /// A file cannot be read or written.
    #[error("cannot access {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// The error of the system.
        source: io::Error,
    },
    /// A damaged file of the index.
    #[error("the index is damaged: {}: {message}", .path.display())]
    Damaged {
        /// The file or folder.
        path: PathBuf,
        /// The damage.
        message: String,
    },
    /// A write error of the backend.
    #[error("cannot write the index in {}", .path.display())]
    Write {
        /// The index.
        path: PathBuf,
        /// The backend's reason.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// A failure of a remote index.
    #[error("{}: {message}", .path.display())]
    Remote {
        /// The address.
        path: PathBuf,
        /// The code in JSON.
        code: &'static str,
        /// What failed, and why.
        message: String,
        /// What to do next.
        hint: Option<String>,
    },
    /// A read error of the backend.
    #[error("cannot read the index in {}", .path.display())]
    Unavailable {
        /// The index.
        path: PathBuf,
        /// The backend's reason.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The process that writes an index.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The process id.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// The start time.
    pub since: String,
}

impl Owner {
    /// Returns a process on a machine that starts to write at a time.
    pub fn new(pid: u32, host: &OsStr, at: SystemTime) -> Self {
        let since = DateTime::<Utc>::from(at).format("%Y-%m-%d %H:%M:%S UTC").to_string();
        Self { pid, host: host.to_string_lossy().into_owned(), since }
    }
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It could not record its identity.
            Self { pid: 0, .. } => f.write_str("another process"),
            Self { pid, host, since } => write!(f, "process {pid} on {host}, since {since}"),
        }
    }
}

/// Returns the hint for an answer that is too large.
pub fn smaller() -> Message {
    message!["use a smaller ", option("limit"), ", fewer days, one topic or one source, or fewer ids"]
}

/// Formats a number of bytes.
pub fn megabytes(bytes: usize) -> String {
    format!("{} MiB", bytes >> 20)
}

/// Reports whether the disk is full.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

impl Error {
    /// Wraps an error of the system with a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Wraps an error of the system for a file of the index that is read: a missing or short one is damaged.
    pub fn read(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| match source.kind() {
            io::ErrorKind::NotFound => Self::Damaged { path, message: "the file is missing".to_owned() },
            io::ErrorKind::InvalidData | io::ErrorKind::UnexpectedEof => {
                Self::Damaged { path, message: source.to_string() }
            }
            _ => Self::Io { path, source },
        }
    }

    /// Adds the byte range in the query.
    pub fn at(self, place: Range<usize>) -> Self {
        match self {
            Self::UnknownValue { field, value, nearest, all, .. } => {
                Self::UnknownValue { field, value, nearest, all, span: Some(place) }
            }
            error => error,
        }
    }

    /// Returns the byte range in the query.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::UnknownValue { span, .. } => span.clone(),
            Self::TooManyWords { span, .. } => Some(span.clone()),
            _ => None,
        }
    }

    /// Returns the error as data; `text` is the query text, if any.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let diagnostic = Diagnostic::of(self.code(), self, self.hint()).in_text(text, self.span());
        match self {
            Self::UnknownValue { span: None, field, value, .. } => {
                let (option, value) = match field {
                    Field::Custom(field) => ("where", format!("{}={value}", field.name())),
                    field => (field.as_str(), value.clone()),
                };
                diagnostic.with_option(option, ValueRef::Text(value))
            }
            Self::UnknownEntry { .. } => diagnostic.with_option("like", ValueRef::At(0)),
            _ if self.span().is_some() => diagnostic.with_option("text", ValueRef::At(0)),
            _ => diagnostic,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "no_index",
            Self::Remote { code, .. } => code,
            Self::Busy { .. } => "busy",
            Self::UnknownValue { .. } => "unknown_value",
            Self::TooManyWords { .. } => "query",
            Self::TooLarge { .. } => "too_large",
            Self::Cancelled => "cancelled",
            Self::UnknownEntry { .. } => "unknown_entry",
            Self::OtherVersion { .. } => "other_version",
            Self::Damaged { .. } | Self::Unavailable { .. } => "damaged",
            Self::NotAnIndex { .. } | Self::NotAFolder { .. } => "not_an_index",
            Self::Io { .. } | Self::Write { .. } => "io",
        }
    }

    /// Returns the hint.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::Missing { path } if path.to_string_lossy().contains("://") => {
                Some(format!("create one with `digest-search --index {} index FOLDER`", path.display()).into())
            }
            Self::Missing { .. } => Some(message![
                "create one with `digest-search index FOLDER`, or name its folder with ",
                option("index")
            ]),
            Self::NotAnIndex { path, .. } if path.to_string_lossy().contains("://") => {
                Some(message!["name another index with ", option("index")])
            }
            Self::NotAnIndex { .. } | Self::NotAFolder { .. } => {
                Some(message!["name an empty or new folder with ", option("index")])
            }
            Self::OtherVersion { .. } => Some("run `digest-search index` to rebuild it".into()),
            Self::Busy { .. } => Some("try again when it is done".into()),
            Self::UnknownValue { field, nearest, all, .. } if all.is_empty() => {
                let by = field.as_str();
                Some(
                    did_you_mean(nearest)
                        .unwrap_or_else(|| format!("`digest-search count --by {by}` lists all"))
                        .into(),
                )
            }
            Self::UnknownValue { field, nearest, all, .. } => {
                let first = nearest.first().map(|name| format!("did you mean `{name}`? ")).unwrap_or_default();
                let all: Vec<String> = all.iter().map(|value| format!("`{value}`")).collect();
                Some(format!("{first}valid {}: {}", field.noun(true), all.join(", ")).into())
            }
            Self::Io { source, .. } if is_full(source) => Some("free disk space; the previous commit is intact".into()),
            Self::Io { source, .. } if files::refusal(source).is_some() => {
                Some(message!["remove it, or name another folder with ", option("index")])
            }
            Self::TooManyWords { .. } => Some("write more letters of the word".into()),
            Self::TooLarge { .. } => Some(smaller()),
            Self::UnknownEntry { id, instead: Some(instead) } if id != instead => {
                Some(format!("did you mean `{instead}`?").into())
            }
            Self::UnknownEntry { .. } => Some("copy an id from `digest-search query`".into()),
            Self::Remote { hint, .. } => hint.clone().map(Message::from),
            Self::Cancelled | Self::Io { .. } | Self::Write { .. } => None,
            Self::Damaged { .. } | Self::Unavailable { .. } => {
                Some("run `digest-search index --rebuild FOLDER`".into())
            }
        }
    }
}

/// Returns a suggestion of similar names, if any.
pub fn did_you_mean(nearest: &[String]) -> Option<String> {
    let nearest: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
    (!nearest.is_empty()).then(|| format!("did you mean {}?", nearest.join(" or ")))
}
