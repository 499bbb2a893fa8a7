//! Subjects of parser warnings. An index stores warnings without their subject.

use super::warning::Warning;

/// Subject of a parser warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Invalid or unexpected front matter.
    FrontMatter,
    /// Ambiguous or unknown perspectives.
    Perspective,
    /// Malformed source lines.
    SourceLine,
    /// List marks that Markdown does not recognize.
    List,
    /// Invalid dates of articles.
    Date,
    /// Counts that differ from the lists.
    Count,
    /// Digests without entries.
    Empty,
    /// Settings of the corpus.
    Settings,
    /// Number of further warnings.
    More,
}

impl Subject {
    /// Returns the code as written in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::FrontMatter => "front-matter",
            Self::Perspective => "perspective",
            Self::SourceLine => "source-line",
            Self::List => "list",
            Self::Date => "date",
            Self::Count => "count",
            Self::Empty => "empty",
            Self::Settings => "settings",
            Self::More => "more",
        }
    }

    /// Returns a warning about a line, counted from 1.
    pub(super) fn at(self, line: usize, message: impl Into<String>) -> (Self, Warning) {
        (self, Warning::at(line, message))
    }

    /// Returns a warning about a key of the front matter, with its line where the key begins a line.
    pub(super) fn of_key(self, front_matter: &str, key: &str, message: impl Into<String>) -> (Self, Warning) {
        let is_key = |line: &str| {
            let rest = line.trim_start_matches(|c: char| c.is_whitespace() || "{\"'".contains(c)).strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        };
        let line = front_matter.lines().position(is_key).map(|at| at + 1);
        (self, Warning { line, message: message.into() })
    }

    /// Returns a warning about the whole file.
    pub(super) fn file(self, message: impl Into<String>) -> (Self, Warning) {
        (self, Warning::file(message))
    }
}
