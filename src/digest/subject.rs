//! What a warning is about. An index keeps warnings without it: whoever asks for it reads the files again.

use super::warning::Warning;

/// What a warning is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// A key of the front matter that is not as YAML or as digests have it.
    FrontMatter,
    /// Who the perspectives are.
    Perspective,
    /// A line of the source list.
    SourceLine,
    /// List marks that Markdown does not recognize.
    List,
    /// The day of an article.
    Date,
    /// Counts that the lists disagree with.
    Count,
    /// A digest with nothing in it.
    Empty,
    /// What the corpus says about itself.
    Settings,
    /// Further warnings, of all kinds.
    More,
}

impl Subject {
    /// The word for it in answers.
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

    /// A warning of this about one line, counted from 1.
    pub(super) fn at(self, line: usize, message: impl Into<String>) -> (Self, Warning) {
        (self, Warning::at(line, message))
    }

    /// A warning of this about a key of the front matter, at its line where it begins one.
    pub(super) fn of_key(self, front_matter: &str, key: &str, message: impl Into<String>) -> (Self, Warning) {
        let is_key = |line: &str| {
            let rest = line.trim_start_matches(|c: char| c.is_whitespace() || "{\"'".contains(c)).strip_prefix(key);
            rest.is_some_and(|rest| rest.trim_start_matches(['"', '\'', ' ']).starts_with(':'))
        };
        let line = front_matter.lines().position(is_key).map(|at| at + 1);
        (self, Warning { line, message: message.into() })
    }

    /// A warning of this about the whole file.
    pub(super) fn file(self, message: impl Into<String>) -> (Self, Warning) {
        (self, Warning::file(message))
    }
}
