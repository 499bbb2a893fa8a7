//! What can go wrong with an index.

use std::fmt;
use std::io;
use std::ops::Range;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::diagnostic::{Diagnostic, Message, ValueRef, message, option};
use crate::files;
use crate::model::Field;

/// What can go wrong with an index.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Nothing is there.
    #[error("there is no index in {}", .path.display())]
    Missing {
        /// Where it was looked for.
        path: PathBuf,
    },
    /// Something is there that is no index.
    #[error("{} is not an index of digest-search: it holds {found}", .path.display())]
    NotAnIndex {
        /// The folder.
        path: PathBuf,
        /// Something in it that does not belong to an index.
        found: String,
    },
    /// It is not a folder at all.
    #[error("{} is not a folder", .path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// The index was made by a version that indexes differently.
    #[error("the index in {} was made by another version of digest-search", .path.display())]
    OtherVersion {
        /// The folder.
        path: PathBuf,
    },
    /// Another process writes.
    #[error("the index in {} is being written by {owner}", .path.display())]
    Busy {
        /// The folder.
        path: PathBuf,
        /// Who writes.
        owner: Owner,
    },
    /// A filter value that nothing in the index has.
    #[error("unknown {} `{value}`", .field.spec().label)]
    UnknownValue {
        /// The field.
        field: Field,
        /// What was asked for.
        value: String,
        /// The names nearest to it, the nearest first.
        nearest: Vec<String>,
        /// All that it can be, where these are few.
        all: Vec<String>,
        /// Its bytes in the query, where it stands in one.
        span: Option<Range<usize>>,
    },
    /// A part of a query that stands for more words than are looked up.
    #[error("this stands for {words} words; at most {most} are looked up")]
    TooManyWords {
        /// How many it stands for.
        words: usize,
        /// How many are looked up.
        most: usize,
        /// Its bytes in the query.
        span: Range<usize>,
    },
    /// The entry that others should be like.
    #[error("there is no entry {id}")]
    UnknownEntry {
        /// What was asked for.
        id: String,
        /// The same in the spelling that ids have, if it can be read as one.
        instead: Option<String>,
    },
    /// An answer that takes more memory than one may.
    #[error("the answer is larger than {}", megabytes(*.most))]
    TooLarge {
        /// How many bytes it may take.
        most: usize,
    },
    /// A file can't be read or written.
    #[error("can't get at {}", .path.display())]
    Io {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// A file of the index is not what it should be.
    #[error("the index is damaged: {}: {message}", .path.display())]
    Damaged {
        /// The file or folder.
        path: PathBuf,
        /// What is wrong with it.
        message: String,
    },
    /// The index cannot be written, though the system let it.
    #[error("the index in {} can't be written", .path.display())]
    Write {
        /// The index.
        path: PathBuf,
        /// The backend's reason.
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The index cannot be used.
    #[error("the index in {} can't be used", .path.display())]
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
    /// Its number.
    pub pid: u32,
    /// The machine it runs on.
    pub host: String,
    /// When it began.
    pub since: String,
}

impl fmt::Display for Owner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // It could not write down who it is.
            Self { pid: 0, .. } => f.write_str("another process"),
            Self { pid, host, since } => write!(f, "process {pid} on {host}, since {since}"),
        }
    }
}

/// What makes an answer smaller.
pub fn smaller() -> Message {
    message!["ask for less: a smaller ", option("limit"), ", fewer days, one topic or one source, or fewer ids"]
}

/// A number of bytes for people.
pub fn megabytes(bytes: usize) -> String {
    format!("{} MiB", bytes >> 20)
}

/// Whether there is no place for more.
fn is_full(error: &io::Error) -> bool {
    matches!(error.kind(), io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge)
}

impl Error {
    /// Wraps what the system says of a path.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(io::Error) -> Self {
        let path = path.into();
        move |source| Self::Io { path, source }
    }

    /// Wraps what the system says of a file of an index that is read: one that is missing or cut short is damage.
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

    /// With the place in the query where it is.
    pub fn at(self, place: Range<usize>) -> Self {
        match self {
            Self::UnknownValue { field, value, nearest, all, .. } => {
                Self::UnknownValue { field, value, nearest, all, span: Some(place) }
            }
            error => error,
        }
    }

    /// The part of the query that is wrong.
    pub fn span(&self) -> Option<Range<usize>> {
        match self {
            Self::UnknownValue { span, .. } => span.clone(),
            Self::TooManyWords { span, .. } => Some(span.clone()),
            _ => None,
        }
    }

    /// The error as data, maybe of a query.
    pub fn diagnostic(&self, text: &str) -> Diagnostic {
        let diagnostic = Diagnostic::of(self.code(), self, self.hint()).in_text(text, self.span());
        match self {
            Self::UnknownValue { span: None, field, value, .. } => {
                diagnostic.with_option(field.as_str(), ValueRef::Text(value.clone()))
            }
            Self::UnknownEntry { .. } => diagnostic.with_option("like", ValueRef::At(0)),
            _ if self.span().is_some() => diagnostic.with_option("text", ValueRef::At(0)),
            _ => diagnostic,
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Missing { .. } => "no_index",
            Self::Busy { .. } => "busy",
            Self::UnknownValue { .. } => "unknown_value",
            Self::TooManyWords { .. } => "query",
            Self::TooLarge { .. } => "too_large",
            Self::UnknownEntry { .. } => "unknown_entry",
            Self::OtherVersion { .. } => "other_version",
            Self::Damaged { .. } | Self::Unavailable { .. } => "damaged",
            Self::NotAnIndex { .. } | Self::NotAFolder { .. } => "not_an_index",
            Self::Io { .. } | Self::Write { .. } => "io",
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> Option<Message> {
        match self {
            Self::Missing { .. } => {
                Some(message!["make one with `digest-search index FOLDER`, or say where it is with ", option("index")])
            }
            Self::NotAnIndex { .. } | Self::NotAFolder { .. } => {
                Some(message!["give an empty or a new folder with ", option("index")])
            }
            Self::OtherVersion { .. } => Some("run `digest-search index` to build it anew".into()),
            Self::Busy { .. } => Some("wait until it is done and try again".into()),
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
                Some(format!("{first}{}s are {}", field.spec().label, all.join(", ")).into())
            }
            Self::Io { source, .. } if is_full(source) => {
                Some("is the disk full? What was indexed before still is".into())
            }
            Self::Io { source, .. } if files::refusal(source).is_some() => {
                Some(message!["remove it, or give another folder with ", option("index")])
            }
            Self::TooManyWords { .. } => Some("write more of the word".into()),
            Self::TooLarge { .. } => Some(smaller()),
            Self::UnknownEntry { id, instead: Some(instead) } if id != instead => {
                Some(format!("write `{instead}`: an id has one spelling").into())
            }
            Self::UnknownEntry { .. } => Some("give an id as `digest-search query` shows them".into()),
            Self::Io { .. } | Self::Write { .. } => None,
            Self::Damaged { .. } | Self::Unavailable { .. } => {
                Some("run `digest-search index --rebuild FOLDER` to build it anew".into())
            }
        }
    }
}

/// Offers what is near to what was typed, if anything is.
pub fn did_you_mean(nearest: &[String]) -> Option<String> {
    let nearest: Vec<String> = nearest.iter().map(|name| format!("`{name}`")).collect();
    (!nearest.is_empty()).then(|| format!("did you mean {}?", nearest.join(" or ")))
}
